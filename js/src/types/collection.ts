// The collections of a service: which entities are in one, what its query takes, and what it resolves with.
import type { Dialect, MainDialect } from "./dialect.js";
import type { DataForm, QueryOptions, Or } from "./options.js";
import type { QueryParams, StoredItem } from "./params.js";
import type {
  PartialCollectionOperation,
  PartialCollectionSortOperation,
} from "./partial-collection.js";
import type { Composites, OptionalComposites, SortOperators } from "./query.js";
import type { ItemOf, RawPage, Shown } from "./result.js";
import type { ServiceEntities } from "./service.js";
import type { WhereCallback } from "./where.js";

/** The collections of the index `X`. */
type CollectionOf<X> = X extends { readonly collection: infer C }
  ? C extends readonly (infer N)[]
    ? N
    : C
  : never;

/** The collections of the indexes `I`. */
type CollectionIn<I> = { [N in keyof I]: CollectionOf<I[N]> }[keyof I];

/** The names of the collections that the entities `E` make. */
export type CollectionName<E extends ServiceEntities> = {
  [K in keyof E]: CollectionIn<E[K]["schema"]["indexes"]>;
}[keyof E] &
  string;

/** The names of those entities of `E` that are in the collection `C`. */
export type MemberName<E extends ServiceEntities, C> = {
  [K in keyof E]: C extends CollectionIn<E[K]["schema"]["indexes"]> ? K : never;
}[keyof E];

/** Those of the indexes `I` that are in the collection `C`. */
export type IndexOf<I, C> = {
  [N in keyof I]: C extends CollectionOf<I[N]> ? I[N] : never;
}[keyof I];

/** The indexes that the entities `K` have in the collection `C`. */
type PlacedIndex<E extends ServiceEntities, K extends keyof E, C> = {
  [N in K]: IndexOf<E[N]["schema"]["indexes"], C>;
}[K];

type PartitionName<X> = X extends {
  readonly pk: { readonly composite: readonly (infer N)[] };
}
  ? N
  : never;

type SortName<X> = X extends { readonly sk: { readonly composite: readonly (infer N)[] } }
  ? N
  : never;

/** Those of the names `N` that some index of `X` is not sorted by. */
type LackedBy<X, N> = X extends unknown ? Exclude<N, SortName<X>> : never;

/** The sort composites that all of the indexes `X` have. */
type SharedSort<X> = Exclude<SortName<X>, LackedBy<X, SortName<X>>>;

/** The attributes of the entities `K`, which of them has which left open. */
export type AttributesIn<
  E extends ServiceEntities,
  K extends keyof E,
> = E[K]["schema"]["attributes"];

/** All members of a union of objects in one. */
export type Merged<U> = (U extends unknown ? (attributes: U) => void : never) extends (
  attributes: infer A,
) => void
  ? A
  : never;

/** The names of the attributes of any of the entities `K`. */
export type NameIn<E extends ServiceEntities, K extends keyof E> = K extends unknown
  ? keyof E[K]["schema"]["attributes"]
  : never;

/** The result of a collection: the items of each of the entities `K`, and where to go on. */
export type CollectionResult<
  E extends ServiceEntities,
  K extends keyof E,
  P,
  D extends DataForm,
  H,
> = D extends "raw"
  ? { data: RawPage; cursor: string | StoredItem | null }
  : {
      data: { [N in K]: Shown<E[N]["schema"], P, D, H>[] };
      cursor: string | null;
      unprocessed?: StoredItem[];
    };

/** A query of a collection: the entities `K` of `E` at once. */
export interface CollectionOperation<
  in out E extends ServiceEntities,
  in out K extends keyof E,
  in out Y extends Dialect = MainDialect,
> {
  /**
   * Filters the items. The callback sees the attributes of all entities in the collection.
   *
   * @example
   * App.collections.activity({ userId: "u1" }).where(({ date }, { begins }) => begins(date, "2025"));
   */
  where(callback: WhereCallback<Merged<AttributesIn<E, K>>>): CollectionOperation<E, K, Y>;
  /**
   * Sends one request, or more with `pages`, and gives the items by the names of their entities.
   *
   * @example
   * const { data, cursor } = await App.collections.activity({ userId: "u1" }).go({ limit: 100 });
   * console.log(data.user.length, data.session.length, cursor);
   */
  go<const P extends NameIn<E, K> = never, D extends DataForm = never, H extends boolean = false>(
    options?: QueryOptions<P, D, H> & Y["options"],
  ): Promise<CollectionResult<E, K, P, Or<D, "attributes">, H>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { FilterExpression } = App.collections.activity({ userId: "u1" }).params();
   */
  params<T = QueryParams>(
    options?: QueryOptions<NameIn<E, K>, DataForm, boolean> & Y["options"],
  ): NoInfer<T>;
}

/** A query of a clustered collection, whose entities are sorted among one another by the attributes `R`. */
export interface CollectionSortOperation<
  in out E extends ServiceEntities,
  in out K extends keyof E,
  in out R,
  in out Y extends Dialect = MainDialect,
>
  extends
    CollectionOperation<E, K, Y>,
    SortOperators<OptionalComposites<AttributesIn<E, K>, R>, CollectionOperation<E, K, Y>> {}

/** The chain that a query of a collection begins with: `O` of whole items, or `P` of the part that the indexes `X` hold. */
type Held<X, P, O, Y extends Dialect> = [X] extends [Y["partial"]] ? P : O;

/** The function of the collection `C` of the entities `K`, whose indexes are `X`. */
type CollectionQuery<E extends ServiceEntities, K extends keyof E, C, X, Y extends Dialect> = [
  X,
] extends [{ readonly type: "clustered" | "composite" }]
  ? (
      composites: Composites<AttributesIn<E, K>, PartitionName<X>, SharedSort<X>>,
    ) => Held<
      X,
      PartialCollectionSortOperation<E, K, C, SharedSort<X>, Y>,
      CollectionSortOperation<E, K, SharedSort<X>, Y>,
      Y
    >
  : (
      composites: Composites<AttributesIn<E, K>, PartitionName<X>>,
    ) => Held<X, PartialCollectionOperation<E, K, C, Y>, CollectionOperation<E, K, Y>, Y>;

/** The collections of the entities `E` by name. */
export type Collections<E extends ServiceEntities, Y extends Dialect = MainDialect> = {
  readonly [C in CollectionName<E>]: CollectionQuery<
    E,
    MemberName<E, C>,
    C,
    PlacedIndex<E, MemberName<E, C>, C>,
    Y
  >;
};

/** What the types below read of a service. */
interface Collecting {
  readonly entities: ServiceEntities;
  readonly collections: object;
}

/**
 * The items of a collection by the names of their entities.
 *
 * @example
 * type Activity = CollectionItem<typeof App, "activity">;
 */
export type CollectionItem<S extends Collecting, C extends keyof S["collections"]> = {
  [K in MemberName<S["entities"], C>]: ItemOf<S["entities"][K]["schema"]>[];
};

/**
 * What a collection resolves with.
 *
 * @example
 * type Activity = CollectionResponse<typeof App, "activity">;
 */
export type CollectionResponse<S extends Collecting, C extends keyof S["collections"]> = {
  data: CollectionItem<S, C>;
  cursor: string | null;
};
