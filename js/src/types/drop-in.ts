// What the drop-in has beside what both entries have: its constructor, its errors, and ElectroDB's names for types.
import type { Attributes } from "./attribute.js";
import type { EntityConfiguration } from "./config.js";
import type {
  Addable,
  Appendable,
  ChangeAttributes,
  Deletable,
  RemovableName,
  SetAttributes,
  Subtractable,
} from "./change.js";
import type { Indexes, Model, Schema } from "./definition.js";
import type { DropInDialect } from "./dialect.js";
import type { CompositeName, Entity } from "./entity.js";
import type {
  ElectroError,
  ElectroErrorReference,
  ElectroValidationErrorFieldReference,
} from "./error.js";
import type { FullItem, NewItem } from "./item.js";
import type { ItemOf, KeyNameOf, KeyOf } from "./result.js";

// ElectroDB's names for what an entity takes and gives, as code over any model writes them.

/** An item as reads give it. */
export type ResponseItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = ItemOf<S>;

/** Every one of the attributes `T`, none of them optional. */
export type AttributesItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
  T extends S["attributes"],
> = FullItem<T>;

/** What put and create take. */
export type PutItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = NewItem<S["attributes"], KeyNameOf<S>>;

/** What `set` takes. */
export type SetItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = SetAttributes<S["attributes"], KeyNameOf<S>>;

/** What `add` takes. */
export type AddItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = ChangeAttributes<S["attributes"], KeyNameOf<S>, Addable>;

/** What `subtract` takes. */
export type SubtractItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = ChangeAttributes<S["attributes"], KeyNameOf<S>, Subtractable>;

/** What `append` takes. */
export type AppendItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = ChangeAttributes<S["attributes"], KeyNameOf<S>, Appendable>;

/** What `delete` of an update takes. */
export type DeleteItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = ChangeAttributes<S["attributes"], KeyNameOf<S>, Deletable>;

/** What `remove` of an update takes. */
export type RemoveItem<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = RemovableName<S["attributes"], KeyNameOf<S>>[];

/** The primary key of an item. */
export type AllTableIndexCompositeAttributes<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = KeyOf<S>;

/** An error of the drop-in: its `cause` is one of the type `E`, and ElectroDB's description of its code is always there. */
export interface DropInError<E extends Error = Error> extends ElectroError {
  /** The error that led to this one. */
  readonly cause: E | undefined;
  /** ElectroDB's description of the code. */
  readonly ref: ElectroErrorReference;
}

/** An error of one or several attributes in the drop-in. */
export interface DropInValidationError<T extends Error = Error> extends DropInError<T> {
  /** The refused attributes, in the order of the model. */
  readonly fields: readonly ElectroValidationErrorFieldReference<T>[];
}

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
  ): Entity<string, string, string, Model<A, I>, DropInDialect>;
}
