// Whole items of an entity as reads give them and as create takes them; updates are in change.ts.
import type { Flat, ValueOf } from "./value.js";

/** The name of the access pattern that is the table itself. */
export type PrimaryName<I> = {
  [N in keyof I]: I[N] extends { readonly index: string } ? never : N;
}[keyof I];

type Composite<X, P extends "pk" | "sk"> = X extends {
  readonly [K in P]: { readonly composite: readonly (infer C)[] };
}
  ? C
  : never;

/** The names of the attributes that the keys of the access patterns `X` are composed of. */
export type CompositeNameOf<X> = X extends unknown
  ? Composite<X, "pk"> | Composite<X, "sk">
  : never;

/** The names of the attributes in the primary key. */
export type KeyName<I> = Composite<I[PrimaryName<I>], "pk"> | Composite<I[PrimaryName<I>], "sk">;

/** The attributes `N` of the primary key: what names one item. */
export type Key<A, N> = Flat<{ -readonly [K in N & keyof A]: ValueOf<A[K]> }>;

// In the mapped types below conditions stand in place, not in types of their own with sets of names: that costs half.

/** The definitions of attributes that results leave out. */
export interface HiddenAttribute {
  /** Left out of results. */
  readonly hidden: true;
}

/** The definitions of attributes that have to be there. */
export interface RequiredAttribute {
  /** Always there. */
  readonly required: true;
}

/** The names of the attributes whose definition is an `X`. */
export type NameOf<A, X> = { [K in keyof A]: A[K] extends X ? K : never }[keyof A];

/** An item as reads give it; `N` are the attributes of its key. */
export type Item<A, N> = Flat<
  {
    -readonly [
      K in keyof A as A[K] extends RequiredAttribute
        ? A[K] extends HiddenAttribute
          ? never
          : K
        : K extends N
          ? K
          : never
    ]: ValueOf<A[K]>;
  } & {
    -readonly [K in keyof A as A[K] extends HiddenAttribute ? never : K]?: ValueOf<A[K]>;
  }
>;

/** An item as reads give it with `includeHidden: true`. */
export type HiddenItem<A, N> = Flat<
  {
    -readonly [
      K in keyof A as A[K] extends RequiredAttribute ? K : K extends N ? K : never
    ]: ValueOf<A[K], "all">;
  } & {
    -readonly [K in keyof A]?: ValueOf<A[K], "all">;
  }
>;

/** Every attribute of an item, none of them optional. */
export type FullItem<A> = { -readonly [K in keyof A]: ValueOf<A[K], "full"> } & {};

/** Any of the attributes of an item: what `find` and `match` take. */
export type PartialItem<A> = { -readonly [K in keyof A]?: ValueOf<A[K], "all"> | undefined } & {};

/** An item as create, put and upsert take it. */
export type NewItem<A, N> = Flat<
  {
    -readonly [
      K in keyof A as A[K] extends RequiredAttribute
        ? A[K] extends { readonly default: unknown }
          ? never
          : K
        : K extends N
          ? A[K] extends { readonly default: unknown }
            ? never
            : K
          : never
    ]: ValueOf<A[K], "put">;
  } & {
    -readonly [K in keyof A]?: ValueOf<A[K], "put">;
  }
>;

/** The attributes of `T` that are named, or all of them when none is. */
export type Selected<T, P> = [P] extends [never] ? T : Flat<Pick<T, P & keyof T>>;
