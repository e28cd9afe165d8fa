// The entity of the drop-in as a type, where it is another one: some of ElectroDB's results are others.
import type { Attributes } from "./attribute.js";
import type { BatchGetOperation, BatchWriteOperation } from "./batch.js";
import type { EntityConfiguration } from "./config.js";
import type { Indexes, Model, Schema } from "./definition.js";
import type { CompositeName, Entity } from "./entity.js";
import type { NewItem, PartialItem } from "./item.js";
import type { StoredItem } from "./params.js";
import type { QueryOperation } from "./read.js";
import type { AnyModel, ItemOf, KeyNameOf, KeyOf } from "./result.js";

/** The methods of the drop-in whose results are others in ElectroDB: batches give found items only, `find` whole items. */
export interface DropInMethods<in out S extends AnyModel> {
  /**
   * Reads many items by their primary keys; only what was found comes back.
   *
   * @example
   * const { data } = await User.get([{ userId: "u1" }, { userId: "u2" }]).go();
   */
  get(keys: readonly KeyOf<S>[]): BatchGetOperation<S, false>;
  /**
   * Finds items by whatever attributes are known, typed as whole ones, as ElectroDB types them.
   *
   * @example
   * const { data } = await User.find({ role: "ADMIN" }).go();
   */
  find(attributes: PartialItem<S["attributes"]>): QueryOperation<S>;
  /**
   * Finds the items that have all of these values, typed as whole ones, as ElectroDB types them.
   *
   * @example
   * const { data } = await User.match({ role: "ADMIN", verified: true }).go();
   */
  match(attributes: PartialItem<S["attributes"]>): QueryOperation<S>;
  /**
   * Writes many items over whatever is there.
   *
   * @example
   * await User.put([{ userId: "u1", email: "ada@mail.org" }]).go();
   */
  put(
    items: readonly NewItem<S["attributes"], KeyNameOf<S>>[],
  ): BatchWriteOperation<ItemOf<S>, ItemOf<S>>;
}

/**
 * The methods for one item or many once more: TypeScript reads `Parameters` and `ReturnType` off the last form of a method, which is
 * the one for arrays in ElectroDB. Its arrays are not read-only, since TypeScript leaves out a form that it has seen before.
 */
export interface DropInArrays<in out S extends AnyModel> {
  /**
   * Reads many items by their primary keys; only what was found comes back.
   *
   * @example
   * const { data } = await User.get([{ userId: "u1" }]).go();
   */
  get(keys: KeyOf<S>[]): BatchGetOperation<S, false>;
  /**
   * Deletes many items by their primary keys.
   *
   * @example
   * await User.delete([{ userId: "u1" }]).go();
   */
  delete(keys: KeyOf<S>[]): BatchWriteOperation<KeyOf<S>, StoredItem>;
  /**
   * Writes many items over whatever is there.
   *
   * @example
   * await User.put([{ userId: "u1", email: "ada@mail.org" }]).go();
   */
  put(items: NewItem<S["attributes"], KeyNameOf<S>>[]): BatchWriteOperation<ItemOf<S>, ItemOf<S>>;
}

/** An entity of the drop-in. */
export type DropInEntity<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = DropInMethods<S> & Entity<A, F, C, S> & DropInArrays<S>;

/** What `Entity` of the drop-in is as a value. The type parameters are inferred from the model literal. */
export interface DropInEntityConstructor {
  /**
   * Makes an entity of a model. The attributes in `composite` have to be declared.
   *
   * @example
   * const Note = new Entity(
   *   {
   *     model: { entity: "note", service: "app", version: "1" },
   *     attributes: { noteId: { type: "string", required: true } },
   *     indexes: { primary: { pk: { field: "pk", composite: ["noteId"] } } },
   *   },
   *   { client, table: "app" },
   * );
   */
  new <
    const A extends Attributes = Attributes,
    const I extends Indexes<CompositeName<A>, string, keyof A & string> = Indexes<
      CompositeName<A>,
      string,
      keyof A & string
    >,
  >(
    model: Model<A, I>,
    configuration?: EntityConfiguration,
  ): DropInEntity<string, string, string, Model<A, I>>;
}
