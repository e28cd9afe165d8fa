// Transactions over entities: what their callbacks return, their options, and what they resolve with.
import type { Committed } from "./commit.js";
import type { AnyEntity } from "./entity.js";
import type { DataForm, OperationOptions, ResultOptions, Or } from "./options.js";
import type { StoredItem, TransactGetParams, TransactWriteParams } from "./params.js";
import type { AnyModel, KeyOf, Shown } from "./result.js";

/** Entities by the names that a transaction has for them. */
export interface TransactionEntities {
  readonly [name: string]: AnyEntity;
}

/** An item of a transaction: a chain, or what `commit` made of it. */
type ItemOfKind<K extends "get" | "write"> =
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Items are of any model.
  Committed<K, any, any> | { commit: () => Committed<K, any, any> };

/** An item of a write transaction. */
export type WriteItem = ItemOfKind<"write">;

/** An item of a get transaction. */
export type GetItem = ItemOfKind<"get">;

/** What an item of a transaction is about. */
type Subject<X> =
  X extends Committed<"get" | "write", infer S, infer P>
    ? [S, P]
    : X extends { commit: () => Committed<"get" | "write", infer S, PropertyKey> }
      ? [S, never]
      : never;

/** Why an item was rejected, in DynamoDB's words; `"None"` where it was not. */
export type TransactionItemCode =
  | "None"
  | "ConditionalCheckFailed"
  | "ItemCollectionSizeLimitExceeded"
  | "TransactionConflict"
  | "ProvisionedThroughputExceeded"
  | "ThrottlingError"
  | "ValidationError";

/**
 * What came of one item of a transaction.
 *
 * @example
 * type Outcome = TransactionItem<EntityItem<typeof UserEntity>>;
 */
export interface TransactionItem<T> {
  /** Whether this item cancelled the transaction. */
  readonly rejected: boolean;
  /** Why, in DynamoDB's words. */
  readonly code?: TransactionItemCode;
  /** Why, as DynamoDB puts it. */
  readonly message?: string | undefined;
  /** The item that was read, or the stored one of a write that was rejected and had asked for it. */
  readonly item: T | null;
}

/** What came of each item, in the order of the items. */
type Outcomes<O extends readonly unknown[], D extends DataForm, H> = {
  -readonly [I in keyof O]: TransactionItem<
    Subject<O[I]> extends [infer S extends AnyModel, infer P] ? Shown<S, P, D, H> : never
  >;
};

/** What the client answered to a transaction, or the reasons for which it was cancelled. */
export interface RawTransaction {
  readonly Responses?: { Item?: StoredItem }[];
  /** Why each item was rejected or not, where the transaction was cancelled. */
  readonly canceled?: { Code?: string; Message?: string; Item?: StoredItem }[];
  readonly [property: string]: unknown;
}

/** What a transaction resolves with: whether it was cancelled as a whole, and what came of each item. */
export type TransactionResult<O extends readonly unknown[], D extends DataForm, H> = {
  /** Whether nothing was read or written, because an item was rejected. */
  canceled: boolean;
  /** What came of each item, in the order of the items. */
  data: D extends "raw" ? RawTransaction : Outcomes<O, D, H>;
} & {};

/** The options of a transaction of gets. */
export interface GetTransactionOptions<D extends DataForm, H extends boolean>
  extends OperationOptions, ResultOptions<D, H> {
  /** Gives back items that do not carry their entity's identifiers. */
  readonly ignoreOwnership?: boolean | undefined;
}

/** The options of a transaction of writes. */
export interface WriteTransactionOptions<D extends DataForm, H extends boolean>
  extends OperationOptions, ResultOptions<D, H> {
  /** Makes the transaction happen once, however often it is sent within ten minutes: 1 to 36 characters. */
  readonly token?: string | undefined;
}

/** A transaction of gets. */
export interface GetTransaction<O extends readonly unknown[]> {
  /**
   * Reads all items as they were at one moment.
   *
   * @example
   * const { data } = await App.transaction.get([{ user: { userId: "u1" } }, { session: { sessionId: "s1" } }]).go();
   */
  go<D extends DataForm = never, H extends boolean = false>(
    options?: GetTransactionOptions<D, H>,
  ): Promise<TransactionResult<O, Or<D, "attributes">, H>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { TransactItems } = App.transaction.get([{ user: { userId: "u1" } }]).params();
   */
  params<T = TransactGetParams>(options?: GetTransactionOptions<DataForm, boolean>): NoInfer<T>;
}

/** A transaction of writes. */
export interface WriteTransaction<O extends readonly unknown[]> {
  /**
   * Writes all items or none.
   *
   * @example
   * const { canceled, data } = await App.transaction
   *   .write(({ user, session }) => [
   *     user.patch({ userId: "u1" }).set({ name: "Ada" }),
   *     session.remove({ sessionId: "s1" }),
   *   ])
   *   .go({ token: "rename-u1" });
   */
  go<D extends DataForm = never, H extends boolean = false>(
    options?: WriteTransactionOptions<D, H>,
  ): Promise<TransactionResult<O, Or<D, "attributes">, H>>;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { TransactItems } = App.transaction.write((app) => [app.user.remove({ userId: "u1" })]).params();
   */
  params<T = TransactWriteParams>(options?: WriteTransactionOptions<DataForm, boolean>): NoInfer<T>;
}

/** The key of an item, under the name of its entity. */
export type NamedKey<E extends TransactionEntities> = {
  [N in keyof E]: { readonly [M in N]: KeyOf<E[N]["schema"]> };
}[keyof E];

/** The gets that a list of keys stands for. */
export type NamedGets<E extends TransactionEntities, L extends readonly unknown[]> = {
  -readonly [I in keyof L]: Committed<"get", E[keyof L[I] & keyof E]["schema"]>;
};

/** The transactions over the entities `E`. */
export interface Transactions<in out E extends TransactionEntities> {
  /**
   * Reads up to 100 items as they are at one moment: those of the callback, or those of a list of keys.
   *
   * @example
   * await App.transaction
   *   .get(({ user, session }) => [user.get({ userId: "u1" }), session.get({ sessionId: "s1" })])
   *   .go();
   */
  get<const L extends readonly NamedKey<E>[]>(keys: L): GetTransaction<NamedGets<E, L>>;
  get<const O extends readonly GetItem[]>(callback: (entities: E) => O): GetTransaction<O>;
  /**
   * Writes up to 100 items, all of them or none.
   *
   * @example
   * await App.transaction
   *   .write(({ user, session }) => [user.remove({ userId: "u1" }), session.remove({ sessionId: "s1" })])
   *   .go();
   */
  write<const O extends readonly WriteItem[]>(callback: (entities: E) => O): WriteTransaction<O>;
}

/** What `createWriteTransaction` is. */
export type CreateWriteTransaction = <
  E extends TransactionEntities,
  const O extends readonly WriteItem[],
>(
  entities: E,
  callback: (entities: E) => O,
) => WriteTransaction<O>;

/** What `createGetTransaction` is. */
export type CreateGetTransaction = <
  E extends TransactionEntities,
  const O extends readonly GetItem[],
>(
  entities: E,
  callback: (entities: E) => O,
) => GetTransaction<O>;
