// The entity of the drop-in as a type, where it is another one: ElectroDB's batches give other results.
import type { Attributes } from "./attribute.js";
import type { BatchGetOperation, BatchWriteOperation } from "./batch.js";
import type { EntityConfiguration } from "./config.js";
import type { Indexes, Model, Schema } from "./definition.js";
import type { CompositeName, Entity } from "./entity.js";
import type { NewItem } from "./item.js";
import type { AnyModel, ItemOf, KeyNameOf, KeyOf } from "./result.js";

/** The batches of the drop-in, where ElectroDB's results are others: found items only, and items as they are read. */
export interface DropInBatches<in out S extends AnyModel> {
  /**
   * Reads many items by their primary keys; only what was found comes back.
   *
   * @example
   * const { data } = await User.get([{ userId: "u1" }, { userId: "u2" }]).go();
   */
  get(keys: readonly KeyOf<S>[]): BatchGetOperation<S, false>;
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

/** An entity of the drop-in. */
export type DropInEntity<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = DropInBatches<S> & Entity<A, F, C, S>;

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
    const I extends Indexes<CompositeName<A>> = Indexes<CompositeName<A>>,
  >(
    model: Model<A, I>,
    configuration?: EntityConfiguration,
  ): DropInEntity<string, string, string, Model<A, I>>;
}
