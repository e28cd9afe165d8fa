// The chains of get and scan, and the end of every query: filter, look at the request, or send it.
import type { CommitGetOptions, Committed } from "./commit.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { DataForm, QueryOptions, ReadOptions, ScanOptions, Or } from "./options.js";
import type { GetParams, QueryParams, ScanParams } from "./params.js";
import type { FoundOperation, PartialIndex, PartialScanOperation } from "./projection.js";
import type { AnyModel, GetResult, PageResult } from "./result.js";
import type { WhereCallback } from "./where.js";

/** A get of one item by its primary key. */
export interface GetOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect> {
  /**
   * Ends the chain as an item of a transaction. It is needed only for options.
   *
   * @example
   * App.transaction.get((app) => [app.user.get({ userId: "u1" }).commit({ attributes: ["name"] })]);
   */
  commit<const P extends keyof S["attributes"] = never>(
    options?: CommitGetOptions<P> & Y["options"],
  ): Committed<"get", S, NoInfer<P>>;
  /**
   * Sends the request.
   *
   * @example
   * const { data } = await User.get({ userId: "u1" }).go({ attributes: ["name"] });
   */
  go<
    const P extends keyof S["attributes"] = never,
    D extends DataForm = never,
    H extends boolean = false,
  >(
    options?: ReadOptions<P, D, H> & Y["options"],
  ): Promise<GetResult<S, P, Or<D, "attributes">, H>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { Key } = User.get({ userId: "u1" }).params();
   */
  params<T = GetParams>(
    options?: ReadOptions<keyof S["attributes"], DataForm, boolean> & Y["options"],
  ): NoInfer<T>;
}

/** A query: what is left when its keys are chosen. */
export interface QueryOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect> {
  /**
   * Filters the items that the keys select. Several filters must all hold.
   *
   * @example
   * User.query.byRole({ role: "ADMIN" }).where(({ name }, { begins }) => begins(name, "A"));
   */
  where(callback: WhereCallback<S["attributes"]>): QueryOperation<S, Y>;
  /**
   * Sends the request and reads one page, or more with `pages`.
   *
   * @example
   * const { data, cursor } = await User.query.byRole({ role: "ADMIN" }).go({ limit: 10 });
   */
  go<
    const P extends keyof S["attributes"] = never,
    D extends DataForm = never,
    H extends boolean = false,
  >(
    options?: QueryOptions<P, D, H> & Y["options"],
  ): Promise<PageResult<S, P, Or<D, "attributes">, H>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { KeyConditionExpression } = User.query.byRole({ role: "ADMIN" }).params();
   */
  params<T = QueryParams>(
    options?: QueryOptions<keyof S["attributes"], DataForm, boolean> & Y["options"],
  ): NoInfer<T>;
}

/** A scan of the table for the items of one entity. */
export interface ScanOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect> {
  /**
   * Filters the items. Several filters must all hold.
   *
   * @example
   * User.scan.where(({ verified }, { eq }) => eq(verified, true));
   */
  where(callback: WhereCallback<S["attributes"]>): ScanOperation<S, Y>;
  /**
   * Sends the request and reads one page, or more with `pages`.
   *
   * @example
   * const { data, cursor } = await User.scan.go({ segments: { total: 4, segment: 0 } });
   */
  go<
    const P extends keyof S["attributes"] = never,
    D extends DataForm = never,
    H extends boolean = false,
  >(
    options?: ScanOptions<P, D, H> & Y["options"],
  ): Promise<PageResult<S, P, Or<D, "attributes">, H>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { FilterExpression } = User.scan.params();
   */
  params<T = ScanParams>(
    options?: ScanOptions<keyof S["attributes"], DataForm, boolean> & Y["options"],
  ): NoInfer<T>;
}

/** `entity.scan`: a scan of the table, and by name one of each index. */
export type Scan<S extends AnyModel, Y extends Dialect = MainDialect> = ScanOperation<S, Y> & {
  readonly [
    N in Exclude<keyof S["indexes"], keyof ScanOperation<S>>
  ]: S["indexes"][N] extends Y["partial"] ? PartialScanOperation<S, N, Y> : ScanOperation<S, Y>;
};

/** What `find` and `match` give: whole items, if every index holds them whole, no index is known, or the dialect says so. */
export type Found<S extends AnyModel, Y extends Dialect = MainDialect> = [Y["lenient"]] extends [
  true,
]
  ? QueryOperation<S, Y>
  : string extends keyof S["indexes"]
    ? QueryOperation<S, Y>
    : [Extract<S["indexes"][keyof S["indexes"]], PartialIndex>] extends [never]
      ? QueryOperation<S, Y>
      : FoundOperation<S, Y>;
