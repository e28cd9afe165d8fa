// `entity.query`: one function per access pattern, and the sort key operators that its composites leave over.
import type { Dialect, MainDialect } from "./dialect.js";
import type { PartialQueryOperation, PartialSortOperation } from "./projection.js";
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
    : OptionalComposites<A, R[number]>;

/** What `begins` takes: sort composites, or a first one that may turn out to be missing. */
export type SortPrefix<A, R extends readonly string[]> = R extends readonly [
  infer F,
  ...infer Rest extends readonly string[],
]
  ? | SortComposites<A, R>
    | Flat<{ -readonly [K in F & keyof A]: ValueOf<A[K]> | undefined } & Absent<Rest[number]>>
  : SortComposites<A, R>;

/** The operators of a sort key: each takes composites `C`, `begins` takes `B`, and leaves the query `Q`. */
export interface SortOperators<C, Q, B = C> {
  /**
   * Items whose sort key begins with these composites.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).begins({ date: "2025-01" });
   */
  begins(composites: B): Q;
  /**
   * Items whose sort key lies between, both ends included.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).between({ date: "2025-01" }, { date: "2025-03" });
   */
  between(low: C, high: C): Q;
  /**
   * Items whose sort key is greater.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).gt({ date: "2025-01-31" });
   */
  gt(composites: C): Q;
  /**
   * Items whose sort key is greater or equal.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).gte({ date: "2025-01-01" });
   */
  gte(composites: C): Q;
  /**
   * Items whose sort key is less.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).lt({ date: "2025-02-01" });
   */
  lt(composites: C): Q;
  /**
   * Items whose sort key is less or equal.
   *
   * @example
   * Session.query.byCourse({ courseId: "c1" }).lte({ date: "2025-01-31" });
   */
  lte(composites: C): Q;
}

/** A query whose sort key is not complete: operators narrow it by the composites `R` that are left. */
export interface SortOperation<
  in out S extends AnyModel,
  in out R extends readonly string[],
  in out Y extends Dialect = MainDialect,
>
  extends
    QueryOperation<S, Y>,
    SortOperators<
      SortComposites<S["attributes"], R>,
      QueryOperation<S, Y>,
      SortPrefix<S["attributes"], R>
    > {}

/** Composites of which `N` are needed and `O` may be left out. */
export type Composites<A, N, O = never> = [N] extends [never]
  ? [O] extends [never]
    ? NoComposites
    : Flat<Optional<A, O>>
  : [O] extends [never]
    ? Flat<Needed<A, N>>
    : Flat<Needed<A, N> & Optional<A, O>>;

/** A query of the access pattern `X`: of whole items, or of the part that its index holds. */
type Chain<S extends AnyModel, X, Y extends Dialect> = X extends keyof S["indexes"]
  ? S["indexes"][X] extends Y["partial"]
    ? PartialQueryOperation<S, X, Y>
    : QueryOperation<S, Y>
  : never;

/** The same, with the sort composites `R` left. */
type SortChain<
  S extends AnyModel,
  X,
  R extends readonly string[],
  Y extends Dialect,
> = X extends keyof S["indexes"]
  ? S["indexes"][X] extends Y["partial"]
    ? PartialSortOperation<S, X, R, Y>
    : SortOperation<S, R, Y>
  : never;

// A function for each number of sort composites: an intersection of overloads would say the same for all of
// them, but TypeScript compares the signatures of an intersection with each other, which costs thousands of instantiations.

interface Query1<S extends AnyModel, X, G, A extends string> {
  (composites: Composites<S["attributes"], G | A>): Chain<S, X, MainDialect>;
  (composites: Composites<S["attributes"], G, A>): SortChain<S, X, readonly [A], MainDialect>;
}

interface Query2<S extends AnyModel, X, G, A extends string, B extends string> {
  (composites: Composites<S["attributes"], G | A | B>): Chain<S, X, MainDialect>;
  (composites: Composites<S["attributes"], G | A, B>): SortChain<S, X, readonly [B], MainDialect>;
  (composites: Composites<S["attributes"], G, A>): SortChain<S, X, readonly [A, B], MainDialect>;
}

interface Query3<S extends AnyModel, X, G, A extends string, B extends string, C extends string> {
  (composites: Composites<S["attributes"], G | A | B | C>): Chain<S, X, MainDialect>;
  (
    composites: Composites<S["attributes"], G | A | B, C>,
  ): SortChain<S, X, readonly [C], MainDialect>;
  (
    composites: Composites<S["attributes"], G | A, B>,
  ): SortChain<S, X, readonly [B, C], MainDialect>;
  (composites: Composites<S["attributes"], G, A>): SortChain<S, X, readonly [A, B, C], MainDialect>;
}

interface Query4<
  S extends AnyModel,
  X,
  G,
  A extends string,
  B extends string,
  C extends string,
  D extends string,
> {
  (composites: Composites<S["attributes"], G | A | B | C | D>): Chain<S, X, MainDialect>;
  (
    composites: Composites<S["attributes"], G | A | B | C, D>,
  ): SortChain<S, X, readonly [D], MainDialect>;
  (
    composites: Composites<S["attributes"], G | A | B, C>,
  ): SortChain<S, X, readonly [C, D], MainDialect>;
  (
    composites: Composites<S["attributes"], G | A, B>,
  ): SortChain<S, X, readonly [B, C, D], MainDialect>;
  (
    composites: Composites<S["attributes"], G, A>,
  ): SortChain<S, X, readonly [A, B, C, D], MainDialect>;
}

/**
 * The function of the access pattern `X`. Its overloads stand for how many of the sort composites `R` are given, the
 * most first; the composites `G` are needed in any case. Beyond four sort composites the order is not checked.
 */
type SortQuery<S extends AnyModel, X, G, R> = R extends readonly []
  ? (composites: Composites<S["attributes"], G>) => Chain<S, X, MainDialect>
  : R extends readonly [infer A extends string]
    ? Query1<S, X, G, A>
    : R extends readonly [infer A extends string, infer B extends string]
      ? Query2<S, X, G, A, B>
      : R extends readonly [infer A extends string, infer B extends string, infer C extends string]
        ? Query3<S, X, G, A, B, C>
        : R extends readonly [
              infer A extends string,
              infer B extends string,
              infer C extends string,
              infer D extends string,
            ]
          ? Query4<S, X, G, A, B, C, D>
          : R extends readonly string[]
            ? (
                composites: Composites<S["attributes"], G, R[number]>,
              ) => SortChain<S, X, readonly R[number][], MainDialect>
            : never;

type Names<K> = K extends { readonly composite: infer C extends readonly string[] } ? C : never;

/** The function of the access pattern `X`, which is the index `I`. */
type Query<S extends AnyModel, X, I> = I extends { readonly pk: infer P }
  ? I extends { readonly sk: infer K }
    ? SortQuery<S, X, Names<P>[number], Names<K>>
    : (composites: Composites<S["attributes"], Names<P>[number]>) => Chain<S, X, MainDialect>
  : never;

/** The composites `N`, all needed, and `O`, in one object that may have further properties. */
type LenientComposites<A, N, O> = Flat<Needed<A, N> & Optional<A, O>>;

/**
 * The function of the access pattern `X` of a lenient dialect, of the partition composites `G` and the sort composites `R`. Names
 * that it does not know are let pass, and those of `R` may be left out, each for itself.
 */
type LenientSortQuery<
  S extends AnyModel,
  X,
  G,
  R extends readonly string[],
  Y extends Dialect,
> = R extends readonly []
  ? <C extends LenientComposites<S["attributes"], G, never>>(composites: C) => Chain<S, X, Y>
  : <C extends LenientComposites<S["attributes"], G, R[number]>>(
      composites: C,
    ) => SortChain<S, X, readonly Exclude<R[number], keyof C>[], Y>;

/** The same for the index `I`, which may have no sort key. */
type LenientQuery<S extends AnyModel, X, I, Y extends Dialect> = I extends { readonly pk: infer P }
  ? I extends { readonly sk: infer K }
    ? LenientSortQuery<S, X, Names<P>[number], Names<K>, Y>
    : LenientSortQuery<S, X, Names<P>[number], readonly [], Y>
  : never;

/** The access patterns of a model by name. */
export type Queries<S extends AnyModel, Y extends Dialect = MainDialect> = {
  readonly [N in keyof S["indexes"]]: [Y["lenient"]] extends [true]
    ? LenientQuery<S, N, S["indexes"][N], Y>
    : Query<S, N, S["indexes"][N]>;
};
