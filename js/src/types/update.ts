// The chains of update, patch and upsert: changes first, then conditions, then sending.
import type {
  Addable,
  Appendable,
  ChangeAttributes,
  CompositeAttributes,
  Deletable,
  IfNotExistsAttributes,
  RemovableName,
  SetAttributes,
  Subtractable,
} from "./change.js";
import type { Committable } from "./commit.js";
import type { DataCallback } from "./data.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { NewItem } from "./item.js";
import type { ConditionCheckFailure, DataForm, WriteOptions, Or } from "./options.js";
import type { UpdateParams } from "./params.js";
import type {
  AnyModel,
  Answered,
  KeyNameOf,
  PatchResult,
  UpdateResponse,
  UpdateResult,
  UpsertResult,
} from "./result.js";
import type { WhereCallback } from "./where.js";

/** The changes of an update or patch; each gives a chain `O` that can be sent. */
export interface UpdateStart<in out S extends AnyModel, out O> {
  /**
   * Writes these attributes.
   *
   * @example
   * User.update({ userId: "u1" }).set({ name: "Ada" });
   */
  set(attributes: SetAttributes<S["attributes"], KeyNameOf<S>>): O;
  /**
   * Writes these attributes where they are not there yet.
   *
   * @example
   * User.update({ userId: "u1" }).ifNotExists({ name: "Ada" });
   */
  ifNotExists(attributes: IfNotExistsAttributes<S["attributes"], KeyNameOf<S>>): O;
  /**
   * Adds to numbers, and adds members to sets.
   *
   * @example
   * User.update({ userId: "u1" }).add({ visits: 1, tags: ["new"] });
   */
  add(attributes: ChangeAttributes<S["attributes"], KeyNameOf<S>, Addable>): O;
  /**
   * Subtracts from numbers.
   *
   * @example
   * User.update({ userId: "u1" }).subtract({ credits: 5 });
   */
  subtract(attributes: ChangeAttributes<S["attributes"], KeyNameOf<S>, Subtractable>): O;
  /**
   * Puts elements at the end of lists.
   *
   * @example
   * User.update({ userId: "u1" }).append({ logins: [{ at: 1 }] });
   */
  append(attributes: ChangeAttributes<S["attributes"], KeyNameOf<S>, Appendable>): O;
  /**
   * Removes members from sets.
   *
   * @example
   * User.update({ userId: "u1" }).delete({ tags: ["new"] });
   */
  delete(attributes: ChangeAttributes<S["attributes"], KeyNameOf<S>, Deletable>): O;
  /**
   * Removes attributes.
   *
   * @example
   * User.update({ userId: "u1" }).remove(["nickname"]);
   */
  remove(attributes: readonly RemovableName<S["attributes"], KeyNameOf<S>>[]): O;
  /**
   * Changes attributes and places below them.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ address }, { set }) => set(address.city, "Lviv"));
   */
  data(callback: DataCallback<S["attributes"], KeyNameOf<S>>): O;
  /**
   * Names attributes that stay as they are but are needed to build an index key; the write fails when they differ.
   *
   * @example
   * User.update({ userId: "u1" }).set({ role: "ADMIN" }).composite({ createdAt: "2025-01-01" });
   */
  composite(attributes: CompositeAttributes<S["attributes"]>): O;
}

/** An update that can be sent. */
export interface UpdateOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect>
  extends UpdateStart<S, UpdateOperation<S, Y>>, Committable<S, Y> {
  /**
   * Writes only when the condition holds. Several conditions must all hold.
   *
   * @example
   * User.update({ userId: "u1" }).set({ name: "Ada" }).where(({ version }, { eq }) => eq(version, 3));
   */
  where(callback: WhereCallback<S["attributes"]>): UpdateOperation<S, Y>;
  /**
   * Sends the request.
   *
   * @example
   * await User.update({ userId: "u1" }).set({ name: "Ada" }).go({ conditions: { version: 3 } });
   */
  go<
    R extends UpdateResponse = never,
    D extends DataForm = never,
    H extends boolean = false,
    F extends ConditionCheckFailure = never,
  >(
    options?: WriteOptions<S["attributes"], R, D, H, F> & Y["options"],
  ): Promise<
    Answered<
      UpdateResult<S, Or<R, "default">, Or<D, "attributes">, H>,
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
   * const { UpdateExpression } = User.update({ userId: "u1" }).set({ name: "Ada" }).params();
   */
  params<T = UpdateParams>(
    options?: WriteOptions<
      S["attributes"],
      UpdateResponse,
      DataForm,
      boolean,
      ConditionCheckFailure
    > &
      Y["options"],
  ): NoInfer<T>;
}

/** A patch that can be sent. */
export interface PatchOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect>
  extends UpdateStart<S, PatchOperation<S, Y>>, Committable<S, Y> {
  /**
   * Writes only when the condition holds. Several conditions must all hold.
   *
   * @example
   * User.patch({ userId: "u1" }).set({ name: "Ada" }).where(({ version }, { eq }) => eq(version, 3));
   */
  where(callback: WhereCallback<S["attributes"]>): PatchOperation<S, Y>;
  /**
   * Sends the request.
   *
   * @example
   * const { data } = await User.patch({ userId: "u1" }).set({ name: "Ada" }).go({ response: "all_new" });
   */
  go<
    R extends UpdateResponse = never,
    D extends DataForm = never,
    H extends boolean = false,
    F extends ConditionCheckFailure = never,
  >(
    options?: WriteOptions<S["attributes"], R, D, H, F> & Y["options"],
  ): Promise<
    Answered<PatchResult<S, Or<R, "default">, Or<D, "attributes">, H>, S, F, Or<D, "attributes">, H>
  >;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { ConditionExpression } = User.patch({ userId: "u1" }).set({ name: "Ada" }).params();
   */
  params<T = UpdateParams>(
    options?: WriteOptions<
      S["attributes"],
      UpdateResponse,
      DataForm,
      boolean,
      ConditionCheckFailure
    > &
      Y["options"],
  ): NoInfer<T>;
}

/** The attributes that an upsert writes: those of a new item. */
type Written<S extends AnyModel> = NewItem<S["attributes"], KeyNameOf<S>>;

type WrittenNumbers<S extends AnyModel, X> = Pick<
  Written<S>,
  Extract<keyof Written<S>, keyof ChangeAttributes<S["attributes"], never, X>>
>;

/** The properties `N` of `T`; the others are there for editors to offer them. */
export type Some<T, N extends keyof T> = Pick<T, N> & Partial<T>;

/** The names of `T` that must be there. */
export type RequiredName<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? never : K;
}[keyof T];

/** An upsert that lacks the required attributes `M` still, or that can be sent when there are none. */
export type Upsert<S extends AnyModel, M, Y extends Dialect = MainDialect> = [M] extends [never]
  ? UpsertOperation<S, Y>
  : UpsertStart<S, M, Y>;

/** The changes of an upsert that still lacks the required attributes `M`. */
export interface UpsertStart<
  in out S extends AnyModel,
  in out M,
  in out Y extends Dialect = MainDialect,
> {
  /**
   * Writes these attributes.
   *
   * @example
   * User.upsert({ userId: "u1" }).set({ email: "ada@mail.org" });
   */
  set<N extends keyof Written<S>>(attributes: Some<Written<S>, N>): Upsert<S, Exclude<M, N>, Y>;
  /**
   * Writes these attributes where they are not there yet.
   *
   * @example
   * User.upsert({ userId: "u1" }).ifNotExists({ email: "ada@mail.org" });
   */
  ifNotExists<N extends keyof Written<S>>(
    attributes: Some<Written<S>, N>,
  ): Upsert<S, Exclude<M, N>, Y>;
  /**
   * Adds to numbers, from 0 when there is none, and adds members to sets.
   *
   * @example
   * User.upsert({ userId: "u1", email: "ada@mail.org" }).add({ visits: 1 });
   */
  add<N extends keyof WrittenNumbers<S, Addable>>(
    attributes: Some<WrittenNumbers<S, Addable>, N>,
  ): Upsert<S, Exclude<M, N>, Y>;
  /**
   * Subtracts from numbers, from 0 when there is none.
   *
   * @example
   * User.upsert({ userId: "u1", email: "ada@mail.org" }).subtract({ credits: 5 });
   */
  subtract<N extends keyof WrittenNumbers<S, Subtractable>>(
    attributes: Some<WrittenNumbers<S, Subtractable>, N>,
  ): Upsert<S, Exclude<M, N>, Y>;
  /**
   * Puts elements at the end of lists.
   *
   * @example
   * User.upsert({ userId: "u1", email: "ada@mail.org" }).append({ logins: [{ at: 1 }] });
   */
  append<N extends keyof WrittenNumbers<S, Appendable>>(
    attributes: Some<WrittenNumbers<S, Appendable>, N>,
  ): Upsert<S, Exclude<M, N>, Y>;
}

/** An upsert that has all required attributes. */
export interface UpsertOperation<in out S extends AnyModel, in out Y extends Dialect = MainDialect>
  extends UpsertStart<S, never, Y>, Committable<S, Y> {
  /**
   * Writes only when the condition holds for the item that is there. Several conditions must all hold.
   *
   * @example
   * User.upsert(user).where(({ version }, { lt }) => lt(version, 3));
   */
  where(callback: WhereCallback<S["attributes"]>): UpsertOperation<S, Y>;
  /**
   * Sends the request.
   *
   * @example
   * await User.upsert({ userId: "u1", email: "ada@mail.org" }).go();
   */
  go<
    R extends UpdateResponse = never,
    D extends DataForm = never,
    H extends boolean = false,
    F extends ConditionCheckFailure = never,
  >(
    options?: WriteOptions<S["attributes"], R, D, H, F> & Y["options"],
  ): Promise<
    Answered<
      UpsertResult<S, Or<R, "default">, Or<D, "attributes">, H>,
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
   * const { UpdateExpression } = User.upsert({ userId: "u1", email: "ada@mail.org" }).params();
   */
  params<T = UpdateParams>(
    options?: WriteOptions<
      S["attributes"],
      UpdateResponse,
      DataForm,
      boolean,
      ConditionCheckFailure
    > &
      Y["options"],
  ): NoInfer<T>;
}
