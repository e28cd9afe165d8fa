// `entity.query`: one function per access pattern, and the sort key operators that its composites leave over.
import type { QueryOperation } from "./read.js";
import type { AnyModel } from "./result.js";
import type { Flat, ValueOf } from "./value.js";

/** `{}`: what a query takes when its access pattern has no composites. */
export interface NoComposites {
  readonly [name: string]: never;
}

/** The composites `N` of the attributes `A`, all of them needed. */
type Needed<A, N> = { -readonly [K in N & keyof A]: ValueOf<A[K]> };

/** The composites `N` of the attributes `A`, each of which may be left out. */
type Optional<A, N> = { -readonly [K in N & keyof A]?: ValueOf<A[K]> | undefined };

/** The composites `N` in one readable object, each of which may be left out. */
export type OptionalComposites<A, N> = Flat<Optional<A, N>>;

type Absent<N extends string> = { readonly [K in N]?: undefined };

/**
 * Sort composites in their order, beginning with the first of `R`: a later one is allowed only when those
 * before it are there.
 */
export type SortComposites<A, R extends readonly string[], G = never> = R extends readonly [
  infer F,
  infer N,
  ...infer Rest extends readonly string[],
]
  ? Rest extends readonly []
    ? Flat<Needed<A, G | F> & Optional<A, N>>
    : | Flat<Needed<A, G | F> & Optional<A, N> & Absent<Rest[number]>>
      | SortComposites<A, readonly [N & string, ...Rest], G | F>
  : R extends readonly [infer F]
    ? Flat<Needed<A, G | F>>
    : Optional<A, R[number]>;

/** A query whose sort key is not complete: operators narrow it by the composites `R` that are left. */
export interface SortOperation<
  in out S extends AnyModel,
  in out R extends readonly string[],
> extends QueryOperation<S> {
  /**
   * Items whose sort key begins with these composites.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).begins({ date: "2025-01" });
   */
  begins(composites: SortComposites<S["attributes"], R>): QueryOperation<S>;
  /**
   * Items whose sort key lies between, both ends included.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).between({ date: "2025-01" }, { date: "2025-03" });
   */
  between(
    low: SortComposites<S["attributes"], R>,
    high: SortComposites<S["attributes"], R>,
  ): QueryOperation<S>;
  /**
   * Items whose sort key is greater.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).gt({ date: "2025-01-31" });
   */
  gt(composites: SortComposites<S["attributes"], R>): QueryOperation<S>;
  /**
   * Items whose sort key is greater or equal.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).gte({ date: "2025-01-01" });
   */
  gte(composites: SortComposites<S["attributes"], R>): QueryOperation<S>;
  /**
   * Items whose sort key is less.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).lt({ date: "2025-02-01" });
   */
  lt(composites: SortComposites<S["attributes"], R>): QueryOperation<S>;
  /**
   * Items whose sort key is less or equal.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).lte({ date: "2025-01-31" });
   */
  lte(composites: SortComposites<S["attributes"], R>): QueryOperation<S>;
}

/** Composites of which `N` are needed and `O` may be left out. */
export type Composites<A, N, O = never> = [N] extends [never]
  ? [O] extends [never]
    ? NoComposites
    : Flat<Optional<A, O>>
  : [O] extends [never]
    ? Flat<Needed<A, N>>
    : Flat<Needed<A, N> & Optional<A, O>>;

// A function for each number of sort composites: an intersection of overloads would say the same for all of
// them, but TypeScript compares the signatures of an intersection with each other, which costs thousands of instantiations.

interface Query1<S extends AnyModel, G, A extends string> {
  (composites: Composites<S["attributes"], G | A>): QueryOperation<S>;
  (composites: Composites<S["attributes"], G, A>): SortOperation<S, readonly [A]>;
}

interface Query2<S extends AnyModel, G, A extends string, B extends string> {
  (composites: Composites<S["attributes"], G | A | B>): QueryOperation<S>;
  (composites: Composites<S["attributes"], G | A, B>): SortOperation<S, readonly [B]>;
  (composites: Composites<S["attributes"], G, A>): SortOperation<S, readonly [A, B]>;
}

interface Query3<S extends AnyModel, G, A extends string, B extends string, C extends string> {
  (composites: Composites<S["attributes"], G | A | B | C>): QueryOperation<S>;
  (composites: Composites<S["attributes"], G | A | B, C>): SortOperation<S, readonly [C]>;
  (composites: Composites<S["attributes"], G | A, B>): SortOperation<S, readonly [B, C]>;
  (composites: Composites<S["attributes"], G, A>): SortOperation<S, readonly [A, B, C]>;
}

interface Query4<
  S extends AnyModel,
  G,
  A extends string,
  B extends string,
  C extends string,
  D extends string,
> {
  (composites: Composites<S["attributes"], G | A | B | C | D>): QueryOperation<S>;
  (composites: Composites<S["attributes"], G | A | B | C, D>): SortOperation<S, readonly [D]>;
  (composites: Composites<S["attributes"], G | A | B, C>): SortOperation<S, readonly [C, D]>;
  (composites: Composites<S["attributes"], G | A, B>): SortOperation<S, readonly [B, C, D]>;
  (composites: Composites<S["attributes"], G, A>): SortOperation<S, readonly [A, B, C, D]>;
}

/**
 * The function of one access pattern. Its overloads stand for how many of the sort composites `R` are given, the
 * most first; the composites `G` are needed in any case. Beyond four sort composites the order is not checked.
 */
type SortQuery<S extends AnyModel, G, R> = R extends readonly []
  ? (composites: Composites<S["attributes"], G>) => QueryOperation<S>
  : R extends readonly [infer A extends string]
    ? Query1<S, G, A>
    : R extends readonly [infer A extends string, infer B extends string]
      ? Query2<S, G, A, B>
      : R extends readonly [infer A extends string, infer B extends string, infer C extends string]
        ? Query3<S, G, A, B, C>
        : R extends readonly [
              infer A extends string,
              infer B extends string,
              infer C extends string,
              infer D extends string,
            ]
          ? Query4<S, G, A, B, C, D>
          : R extends readonly string[]
            ? (
                composites: Composites<S["attributes"], G, R[number]>,
              ) => SortOperation<S, readonly R[number][]>
            : never;

type Names<K> = K extends { readonly composite: infer C extends readonly string[] } ? C : never;

/** The function of the access pattern `X`. */
export type Query<S extends AnyModel, X> = X extends { readonly pk: infer P }
  ? X extends { readonly sk: infer K }
    ? SortQuery<S, Names<P>[number], Names<K>>
    : (composites: Composites<S["attributes"], Names<P>[number]>) => QueryOperation<S>
  : never;

/** The access patterns of a model by name. */
export type Queries<S extends AnyModel> = {
  readonly [N in keyof S["indexes"]]: Query<S, S["indexes"][N]>;
};
