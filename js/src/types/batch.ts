// What `get`, `put` and `delete` give for an array of items: the chains of batches, their options and their results.
import type { Dialect, MainDialect } from "./dialect.js";
import type { DataForm, OperationOptions, ReadOptions, Or } from "./options.js";
import type { BatchGetParams, BatchWriteParams, StoredItem } from "./params.js";
import type { AnyModel, KeyOf, Shown } from "./result.js";

declare const batchable: unique symbol;

/** What can be an entry of a batch over several entities: lists of items, and puts and deletes without conditions. */
export interface Batchable<K extends "get" | "write", S extends AnyModel = AnyModel> {
  readonly [batchable]: readonly [kind: K, model: S];
}

/** The form in which a batch hands back what was left undone: attributes, or as DynamoDB has it. */
export type UnprocessedForm = "item" | "raw";

/** The options that all batches share. */
export interface BatchOptions<U extends UnprocessedForm> extends OperationOptions {
  /** How many requests are under way at once; 1 when omitted. */
  readonly concurrent?: number | undefined;
  /** The same, as ElectroDB's documentation has it; the drop-in takes it and does nothing, as ElectroDB does. */
  readonly concurrency?: number | undefined;
  /** The form of what DynamoDB left undone; `"item"` when omitted. */
  readonly unprocessed?: U | undefined;
}

/** The options of a batch get; `O` says whether the result is in the order of the keys. */
export interface BatchGetOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
  O extends boolean,
  U extends UnprocessedForm,
>
  extends ReadOptions<P, D, H>, BatchOptions<U> {
  /** Whether there is an entry for every key, in the order of the keys, `null` where nothing was found. */
  readonly preserveBatchOrder?: O | undefined;
}

/** One item as it is stored. */
export interface RawItem {
  readonly Item: StoredItem;
}

/** The entries of a batch get: items, and `null` where the order is kept and nothing was found. */
export type BatchEntries<T, O> = [O] extends [false] ? T[] : (T | null)[];

/** The result of a batch get: what was found, and the keys that DynamoDB left unread. */
export type BatchGetResult<S extends AnyModel, P, D extends DataForm, H, O, U> = {
  data: BatchEntries<D extends "raw" ? RawItem : Shown<S, P, D, H>, O>;
  unprocessed: U extends "raw" ? StoredItem[] : KeyOf<S>[];
} & {};

/** A get of many items by their primary keys. */
export interface BatchGetOperation<
  in out S extends AnyModel,
  in out Y extends Dialect = MainDialect,
> extends Batchable<"get", S> {
  /**
   * Sends a request for every 100 keys.
   *
   * @example
   * const { data, unprocessed } = await User.get([{ userId: "u1" }, { userId: "u2" }]).go();
   */
  go<
    const P extends keyof S["attributes"] = never,
    D extends DataForm = never,
    H extends boolean = false,
    O extends boolean = Y["ordered"],
    U extends UnprocessedForm = never,
  >(
    options?: BatchGetOptions<P, D, H, O, U> & Y["options"],
  ): Promise<BatchGetResult<S, P, Or<D, "attributes">, H, O, Or<U, "item">>>;
  /**
   * Gives the requests without sending them.
   *
   * @example
   * const [request] = User.get([{ userId: "u1" }, { userId: "u2" }]).params();
   */
  params<T = BatchGetParams[]>(
    options?: BatchGetOptions<keyof S["attributes"], DataForm, boolean, boolean, UnprocessedForm> &
      Y["options"],
  ): NoInfer<T>;
}

/** A put or delete of many items; `I` is how it hands back what was left undone, `R` is the raw form. */
export interface BatchWriteOperation<
  in out I,
  in out R,
  in out Y extends Dialect = MainDialect,
> extends Batchable<"write"> {
  /**
   * Sends a request for every 25 items.
   *
   * @example
   * const { unprocessed } = await User.delete([{ userId: "u1" }, { userId: "u2" }]).go();
   */
  go<U extends UnprocessedForm = never>(
    options?: BatchOptions<U> & Y["options"],
  ): Promise<{ unprocessed: Or<U, "item"> extends "raw" ? R[] : I[] }>;
  /**
   * Gives the requests without sending them.
   *
   * @example
   * const [request] = User.put([user]).params();
   */
  params<T = BatchWriteParams[]>(
    options?: BatchOptions<UnprocessedForm> & Y["options"],
  ): NoInfer<T>;
}
