// What a read of an index gives that holds only a part of its items; reads of whole items are in read.ts and query.ts.
import type { Dialect, MainDialect } from "./dialect.js";
import type { DataForm, QueryOptions, ScanOptions, Or } from "./options.js";
import type { HiddenItem, PrimaryName, Selected } from "./item.js";
import type { QueryParams, ScanParams, StoredItem } from "./params.js";
import type { SortComposites, SortPrefix, SortOperators } from "./query.js";
import type { AnyModel, InForm, ItemOf, KeyNameOf, PageResult, RawPage } from "./result.js";
import type { Flat } from "./value.js";
import type { WhereCallback } from "./where.js";

/** An index whose `projection` says that it holds less than the whole items. */
export interface ProjectedIndex {
  /** The name of the secondary index in the table. */
  readonly index: string;
  /** What the table copies into it. */
  readonly projection: "keys_only" | readonly string[];
}

/** An index that holds less than the whole items. */
export type PartialIndex =
  ProjectedIndex | { readonly index: string; readonly project: "keys_only" | readonly string[] };

type ListedName<X> = X extends {
  readonly projection?: infer P;
}
  ? P extends readonly (infer N)[]
    ? N
    : never
  : X extends { readonly project: readonly (infer N)[] }
    ? N
    : never;

type FieldOf<X> =
  | (X extends { readonly pk: { readonly field: infer F } } ? F : never)
  | (X extends { readonly sk: { readonly field: infer F } } ? F : never);

/** The composites of an index whose keys are the attributes themselves. */
type KeyedName<X> = X extends {
  readonly type: "composite";
  readonly pk: { readonly composite: readonly (infer P)[] };
}
  ? P | (X extends { readonly sk: { readonly composite: readonly (infer N)[] } } ? N : never)
  : never;

/** The names of the attributes of `A` that lie in one of the fields `F`. */
type NameInField<A, F> = {
  [K in keyof A]: (A[K] extends { readonly field: infer N } ? N : K) extends F ? K : never;
}[keyof A];

/** The attributes of the model `S` that are themselves keys of its index `X`, or of the table, and so are always held. */
type KeyHeldName<S extends AnyModel, X> =
  | (KeyedName<X> & keyof S["attributes"])
  | NameInField<S["attributes"], FieldOf<X> | FieldOf<S["indexes"][PrimaryName<S["indexes"]>]>>;

/** The names of the attributes of the model `S` that its index `X` holds. */
export type HeldName<S extends AnyModel, X> =
  (ListedName<X> & keyof S["attributes"]) | KeyHeldName<S, X>;

interface ComputedAttribute {
  readonly get: (...parameters: never) => unknown;
}

/** The names of the attributes whose hook may make a value of nothing. */
type ComputedName<A> = {
  [K in keyof A]: A[K] extends ComputedAttribute ? K : never;
}[keyof A];

type Whole<S extends AnyModel, H> = H extends true
  ? HiddenItem<S["attributes"], KeyNameOf<S>>
  : ItemOf<S>;

/** What the index `X` holds of the whole item `T`. */
type HeldPart<T, S extends AnyModel, X> = Flat<
  Pick<T, HeldName<S, X> & keyof T> &
    Required<Pick<T, KeyHeldName<S, X> & keyof T>> &
    Partial<Pick<T, ComputedName<S["attributes"]> & keyof T>>
>;

/** An item as the index `X` of the model `S` holds it, with hidden attributes when `H`. */
export type HeldItem<S extends AnyModel, X, H = false> = HeldPart<Whole<S, H>, S, X>;

/** The names of the attributes that the index `X` lacks. */
type LackedName<S extends AnyModel, X> = X extends PartialIndex
  ? Exclude<keyof S["attributes"], HeldName<S, X>>
  : never;

/** What is sure to be in the item `T` when any of the indexes may have been read. */
type FoundPart<T, L> = Flat<Omit<T, L & keyof T> & Partial<Pick<T, L & keyof T>>>;

/** An item as `find` and `match` give it, whichever index they read. */
export type FoundItem<S extends AnyModel, H = false> = FoundPart<
  Whole<S, H>,
  LackedName<S, S["indexes"][keyof S["indexes"]]>
>;

/** A page of the items `T`. */
type PartialPage<T, D extends DataForm> = D extends "raw"
  ? { data: RawPage; cursor: string | StoredItem | null }
  : { data: InForm<T, D>[]; cursor: string | null; unprocessed?: StoredItem[] };

/** The option by which the table completes what an index holds. */
export interface Hydrated {
  /** Reads the items themselves, from the table. */
  readonly hydrate: true;
}

/** The option by which the table completes what an index holds, when `T`. */
export interface Hydration<T extends boolean> {
  /** Reads the items themselves, from the table, where an index holds only a part of them. */
  readonly hydrate?: T | undefined;
}

/** The names of the attributes that a read of the index `X` can ask for, hydrated when `T`. */
export type ReadableName<S extends AnyModel, X, T> = [T] extends [true]
  ? keyof S["attributes"]
  : HeldName<S, X>;

/** A page of an index: of whole items when `T`, else of the items `I`. */
type HydratedPage<S extends AnyModel, I, P, D extends DataForm, H, T> = [T] extends [true]
  ? PageResult<S, P, D, H>
  : PartialPage<Selected<I, P>, D>;

/** A query of the access pattern `X`, whose index holds a part of the items: whole ones come with `hydrate: true`. */
export interface PartialQueryOperation<
  in out S extends AnyModel,
  in out X extends keyof S["indexes"],
  in out Y extends Dialect = MainDialect,
> {
  /**
   * Filters the items that the keys select, by what the index holds. Several filters must all hold.
   *
   * @example
   * User.query.byRole({ role: "ADMIN" }).where(({ name }, { begins }) => begins(name, "A"));
   */
  where(
    callback: WhereCallback<Pick<S["attributes"], HeldName<S, S["indexes"][X]>>>,
  ): PartialQueryOperation<S, X, Y>;
  /**
   * Sends the request and reads one page, or more with `pages`: what the index holds, or whole items with `hydrate: true`.
   *
   * @example
   * const { data, cursor } = await User.query.byRole({ role: "ADMIN" }).go({ hydrate: true });
   */
  go<
    const P extends ReadableName<S, S["indexes"][X], T> = never,
    D extends DataForm = never,
    H extends boolean = false,
    T extends boolean = false,
  >(
    options?: QueryOptions<P, D, H> & Hydration<T> & Y["options"],
  ): Promise<HydratedPage<S, HeldItem<S, S["indexes"][X], H>, P, Or<D, "attributes">, H, T>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { KeyConditionExpression } = User.query.byRole({ role: "ADMIN" }).params();
   */
  params<T = QueryParams>(
    options?:
      | (QueryOptions<HeldName<S, S["indexes"][X]>, DataForm, boolean> & Y["options"])
      | (QueryOptions<keyof S["attributes"], DataForm, boolean> & Hydrated & Y["options"]),
  ): NoInfer<T>;
}

/** A query of the access pattern `X` whose sort key is not complete: operators narrow it by the composites `R` that are left. */
export interface PartialSortOperation<
  in out S extends AnyModel,
  in out X extends keyof S["indexes"],
  in out R extends readonly string[],
  in out Y extends Dialect = MainDialect,
>
  extends
    PartialQueryOperation<S, X, Y>,
    SortOperators<
      SortComposites<S["attributes"], R>,
      PartialQueryOperation<S, X, Y>,
      SortPrefix<S["attributes"], R>
    > {}

/** A scan of the access pattern `X`, whose index holds a part of the items: whole ones come with `hydrate: true`. */
export interface PartialScanOperation<
  in out S extends AnyModel,
  in out X extends keyof S["indexes"],
  in out Y extends Dialect = MainDialect,
> {
  /**
   * Filters the items by what the index holds. Several filters must all hold.
   *
   * @example
   * User.scan.byRole.where(({ name }, { begins }) => begins(name, "A"));
   */
  where(
    callback: WhereCallback<Pick<S["attributes"], HeldName<S, S["indexes"][X]>>>,
  ): PartialScanOperation<S, X, Y>;
  /**
   * Sends the request and reads one page, or more with `pages`: what the index holds, or whole items with `hydrate: true`.
   *
   * @example
   * const { data, cursor } = await User.scan.byRole.go({ hydrate: true });
   */
  go<
    const P extends ReadableName<S, S["indexes"][X], T> = never,
    D extends DataForm = never,
    H extends boolean = false,
    T extends boolean = false,
  >(
    options?: ScanOptions<P, D, H> & Hydration<T> & Y["options"],
  ): Promise<HydratedPage<S, HeldItem<S, S["indexes"][X], H>, P, Or<D, "attributes">, H, T>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { IndexName } = User.scan.byRole.params();
   */
  params<T = ScanParams>(
    options?:
      | (ScanOptions<HeldName<S, S["indexes"][X]>, DataForm, boolean> & Y["options"])
      | (ScanOptions<keyof S["attributes"], DataForm, boolean> & Hydrated & Y["options"]),
  ): NoInfer<T>;
}

/** What `find` and `match` give where some index holds only a part of the items, and may be the one that is read. */
export interface FoundOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect> {
  /**
   * Filters the items that are found. Several filters must all hold.
   *
   * @example
   * User.find({ role: "ADMIN" }).where(({ name }, { begins }) => begins(name, "A"));
   */
  where(callback: WhereCallback<S["attributes"]>): FoundOperation<S, Y>;
  /**
   * Sends the request and reads one page, or more with `pages`: what the index holds, or whole items with `hydrate: true`.
   *
   * @example
   * const { data, cursor } = await User.find({ role: "ADMIN" }).go({ hydrate: true });
   */
  go<
    const P extends keyof S["attributes"] = never,
    D extends DataForm = never,
    H extends boolean = false,
    T extends boolean = false,
  >(
    options?: QueryOptions<P, D, H> & Hydration<T> & Y["options"],
  ): Promise<HydratedPage<S, FoundItem<S, H>, P, Or<D, "attributes">, H, T>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { IndexName } = User.find({ role: "ADMIN" }).params();
   */
  params<T = QueryParams>(
    options?: QueryOptions<keyof S["attributes"], DataForm, boolean> & Y["options"],
  ): NoInfer<T>;
}
