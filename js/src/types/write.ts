// The chains of put, create, delete and remove; those of updates are in update.ts.
import type { Batchable } from "./batch.js";
import type { Committable } from "./commit.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { ConditionCheckFailure, DataForm, WriteOptions, Or } from "./options.js";
import type { DeleteParams, PutParams } from "./params.js";
import type {
  AnyModel,
  Answered,
  DeleteResponse,
  DeleteResult,
  PutResponse,
  PutResult,
} from "./result.js";
import type { WhereCallback } from "./where.js";

/** A put or create of one item. */
export interface PutOperation<
  in out S extends AnyModel,
  in out Y extends Dialect = MainDialect,
> extends Committable<S, Y> {
  /**
   * Writes only when the condition holds for the item that is there. Several conditions must all hold.
   *
   * @example
   * User.put(user).where(({ version }, { lt }) => lt(version, 3));
   */
  where(callback: WhereCallback<S["attributes"]>): PutOperation<S, Y>;
  /**
   * Sends the request.
   *
   * @example
   * const { data } = await User.create({ userId: "u1", email: "ada@mail.org" }).go();
   */
  go<
    R extends PutResponse = never,
    D extends DataForm = never,
    H extends boolean = false,
    F extends ConditionCheckFailure = never,
  >(
    options?: WriteOptions<S["attributes"], R, D, H, F> & Y["options"],
  ): Promise<
    Answered<PutResult<S, Or<R, "default">, Or<D, "attributes">, H>, S, F, Or<D, "attributes">, H>
  >;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { Item } = User.put({ userId: "u1", email: "ada@mail.org" }).params();
   */
  params<T = PutParams>(
    options?: WriteOptions<S["attributes"], PutResponse, DataForm, boolean, ConditionCheckFailure> &
      Y["options"],
  ): NoInfer<T>;
}

/** A put as long as it has no condition, so that it can be an entry of a batch. */
export interface PlainPutOperation<
  in out S extends AnyModel,
  in out Y extends Dialect = MainDialect,
>
  extends PutOperation<S, Y>, Batchable<"write"> {}

/** A delete or remove of one item. */
export interface DeleteOperation<
  in out S extends AnyModel,
  in out Y extends Dialect = MainDialect,
> extends Committable<S, Y> {
  /**
   * Deletes only when the condition holds. Several conditions must all hold.
   *
   * @example
   * User.delete({ userId: "u1" }).where(({ role }, { ne }) => ne(role, "ADMIN"));
   */
  where(callback: WhereCallback<S["attributes"]>): DeleteOperation<S, Y>;
  /**
   * Sends the request.
   *
   * @example
   * const { data } = await User.delete({ userId: "u1" }).go({ response: "all_old" });
   */
  go<
    R extends DeleteResponse = never,
    D extends DataForm = never,
    H extends boolean = false,
    F extends ConditionCheckFailure = never,
  >(
    options?: WriteOptions<S["attributes"], R, D, H, F> & Y["options"],
  ): Promise<
    Answered<
      DeleteResult<S, Or<R, "default">, Or<D, "attributes">, H>,
      S,
      F,
      Or<D, "attributes">,
      H
    >
  >;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { Key } = User.delete({ userId: "u1" }).params();
   */
  params<T = DeleteParams>(
    options?: WriteOptions<
      S["attributes"],
      DeleteResponse,
      DataForm,
      boolean,
      ConditionCheckFailure
    > &
      Y["options"],
  ): NoInfer<T>;
}

/** A delete as long as it has no condition, so that it can be an entry of a batch. */
export interface PlainDeleteOperation<
  in out S extends AnyModel,
  in out Y extends Dialect = MainDialect,
>
  extends DeleteOperation<S, Y>, Batchable<"write"> {}
