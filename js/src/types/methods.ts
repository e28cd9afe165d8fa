// The methods of an entity that take one item or many, and `upsert`: functions, because those of the drop-in have other forms.
import type { BatchGetOperation, BatchWriteOperation } from "./batch.js";
import type { Dialect } from "./dialect.js";
import type { NewItem } from "./item.js";
import type { StoredItem } from "./params.js";
import type { GetOperation } from "./read.js";
import type { AnyModel, ItemOf, KeyNameOf, KeyOf } from "./result.js";
import type { RequiredName, Some, Upsert } from "./update.js";
import type { PlainDeleteOperation, PlainPutOperation } from "./write.js";

/** A new item of the model `S`. */
type New<S extends AnyModel> = NewItem<S["attributes"], KeyNameOf<S>>;

// TypeScript reads `Parameters` and `ReturnType` off the last form of a function: the one for one item in the main entry, the one
// for arrays in the drop-in, as in ElectroDB.

/** The forms of `get`. */
export interface GetForms<S extends AnyModel, Y extends Dialect> {
  (keys: readonly KeyOf<S>[]): BatchGetOperation<S, Y>;
  (key: KeyOf<S>): GetOperation<S, Y>;
}

/** The forms of `get` in the drop-in. */
export interface DropInGetForms<S extends AnyModel, Y extends Dialect> {
  (keys: readonly KeyOf<S>[]): BatchGetOperation<S, Y>;
  (key: KeyOf<S>): GetOperation<S, Y>;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- `Parameters` reads the last form, whose arrays can be changed.
  (keys: KeyOf<S>[]): BatchGetOperation<S, Y>;
}

/** What `get` of an entity is. */
export type GetMethod<S extends AnyModel, Y extends Dialect> = [Y["lenient"]] extends [true]
  ? DropInGetForms<S, Y>
  : GetForms<S, Y>;

/** The forms of `delete`. */
export interface DeleteForms<S extends AnyModel, Y extends Dialect> {
  (keys: readonly KeyOf<S>[]): BatchWriteOperation<KeyOf<S>, StoredItem, Y>;
  (key: KeyOf<S>): PlainDeleteOperation<S, Y>;
}

/** The forms of `delete` in the drop-in. */
export interface DropInDeleteForms<S extends AnyModel, Y extends Dialect> {
  (keys: readonly KeyOf<S>[]): BatchWriteOperation<KeyOf<S>, StoredItem, Y>;
  (key: KeyOf<S>): PlainDeleteOperation<S, Y>;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- `Parameters` reads the last form, whose arrays can be changed.
  (keys: KeyOf<S>[]): BatchWriteOperation<KeyOf<S>, StoredItem, Y>;
}

/** What `delete` of an entity is. */
export type DeleteMethod<S extends AnyModel, Y extends Dialect> = [Y["lenient"]] extends [true]
  ? DropInDeleteForms<S, Y>
  : DeleteForms<S, Y>;

/** The forms of `put`. */
export interface PutForms<S extends AnyModel, Y extends Dialect> {
  (items: readonly New<S>[]): BatchWriteOperation<New<S>, StoredItem, Y>;
  (attributes: New<S>): PlainPutOperation<S, Y>;
}

/** The forms of `put` in the drop-in; what ElectroDB hands back of an unfinished batch went through the hooks of a read. */
export interface DropInPutForms<S extends AnyModel, Y extends Dialect> {
  (items: readonly New<S>[]): BatchWriteOperation<ItemOf<S>, ItemOf<S>, Y>;
  (attributes: New<S>): PlainPutOperation<S, Y>;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- `Parameters` reads the last form, whose arrays can be changed.
  (items: New<S>[]): BatchWriteOperation<ItemOf<S>, ItemOf<S>, Y>;
}

/** What `put` of an entity is. */
export type PutMethod<S extends AnyModel, Y extends Dialect> = [Y["lenient"]] extends [true]
  ? DropInPutForms<S, Y>
  : PutForms<S, Y>;

/** The form of `upsert`. */
export type UpsertForm<S extends AnyModel, Y extends Dialect> = <N extends keyof New<S>>(
  attributes: Some<New<S>, N>,
) => Upsert<S, Exclude<RequiredName<New<S>>, N>, Y>;

/** The form of `upsert` in the drop-in: names that the model does not know are let pass, and left out. */
export type DropInUpsertForm<S extends AnyModel, Y extends Dialect> = <I extends Partial<New<S>>>(
  attributes: I,
) => Upsert<S, Exclude<RequiredName<New<S>>, keyof I>, Y>;

/** What `upsert` of an entity is. */
export type UpsertMethod<S extends AnyModel, Y extends Dialect> = [Y["lenient"]] extends [true]
  ? DropInUpsertForm<S, Y>
  : UpsertForm<S, Y>;
