// The `Entity` type and its constructor; what its methods return is in read.ts, query.ts, write.ts and update.ts.
import type { Attributes } from "./attribute.js";
import type { CheckOperation } from "./commit.js";
import type { DynamoClient, EntityConfiguration } from "./config.js";
import type { Conversions } from "./conversion.js";
import type { Indexes, Model, Schema } from "./definition.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { NewItem, PartialItem } from "./item.js";
import type { DeleteMethod, GetMethod, PutMethod, UpsertMethod } from "./methods.js";
import type { Parse } from "./parse.js";
import type { Queries } from "./query.js";
import type { Found, Scan } from "./read.js";
import type { ItemOf, KeyNameOf, KeyOf } from "./result.js";
import type { PatchOperation, UpdateOperation, UpdateStart } from "./update.js";
import type { DeleteOperation, PutOperation } from "./write.js";

/** The names of an entity, and its item as a type. */
export interface EntityModel<T> {
  /** What an item is. */
  readonly entity: string;
  /** What the items of a table that belong together have in common. */
  readonly service: string;
  /** Which version of the model wrote an item. */
  readonly version: string;
  /** Only a type, to be read by `typeof User.model.schema`; there is no value at run time. */
  readonly schema: T;
}

/**
 * One kind of item in a table. `S` is its model, `Y` the dialect of its entry; `A`, `F` and `C` are there because ElectroDB has them.
 *
 * @example
 * const User = new Entity({
 *   model: { entity: "user", service: "app", version: "1" },
 *   attributes: { userId: { type: "string", required: true }, name: { type: "string" } },
 *   indexes: { primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } } },
 * });
 */
export interface Entity<
  in out A extends string,
  in out F extends string,
  in out C extends string,
  in out S extends Schema<A, F, C>,
  in out Y extends Dialect = MainDialect,
> {
  /** The names of the entity, and its item as a type: `typeof User.model.schema`. */
  readonly model: EntityModel<ItemOf<S>>;
  /** The model as it was defined. */
  readonly schema: S;
  /**
   * Queries by access pattern.
   *
   * @example
   * await User.query.byRole({ role: "ADMIN" }).go();
   */
  readonly query: Queries<S, Y>;
  /**
   * Scans the table for items of this entity; under the name of an index, that index.
   *
   * @example
   * await User.scan.where(({ verified }, { eq }) => eq(verified, true)).go();
   * await User.scan.byRole.go();
   */
  readonly scan: Scan<S, Y>;
  /**
   * Finds items by whatever attributes are known: queries the index that they say most of, or scans where none can be
   * queried. Attributes that are no part of the chosen key are left out; `match` filters by them.
   *
   * @example
   * const { data } = await User.find({ role: "ADMIN" }).go();
   */
  find(attributes: PartialItem<S["attributes"]>): Found<S, Y>;
  /**
   * Finds the items that have all of these values: as `find`, with each of them as a filter beside it.
   *
   * @example
   * const { data } = await User.match({ role: "ADMIN", verified: true }).go();
   */
  match(attributes: PartialItem<S["attributes"]>): Found<S, Y>;
  /**
   * Reads one item by its primary key, or many by an array of keys.
   *
   * @example
   * const { data } = await User.get({ userId: "u1" }).go();
   */
  readonly get: GetMethod<S, Y>;
  /**
   * Writes a new item, and fails when there is one already.
   *
   * @example
   * await User.create({ userId: "u1", email: "ada@mail.org" }).go();
   */
  create(attributes: NewItem<S["attributes"], KeyNameOf<S>>): PutOperation<S, Y>;
  /**
   * Writes an item, or an array of items, over whatever is there.
   *
   * @example
   * await User.put({ userId: "u1", email: "ada@mail.org" }).go();
   */
  readonly put: PutMethod<S, Y>;
  /**
   * Updates an item, or makes it of these attributes. Required attributes may come by `set` later in the chain.
   *
   * @example
   * await User.upsert({ userId: "u1", email: "ada@mail.org" }).go();
   */
  readonly upsert: UpsertMethod<S, Y>;
  /**
   * Changes an item; DynamoDB makes one when there is none.
   *
   * @example
   * await User.update({ userId: "u1" }).set({ name: "Ada" }).go();
   */
  update(key: KeyOf<S>): UpdateStart<S, UpdateOperation<S, Y>>;
  /**
   * Changes an item, and fails when there is none.
   *
   * @example
   * await User.patch({ userId: "u1" }).set({ name: "Ada" }).go();
   */
  patch(key: KeyOf<S>): UpdateStart<S, PatchOperation<S, Y>>;
  /**
   * Deletes an item if it is there, or many by an array of keys.
   *
   * @example
   * await User.delete({ userId: "u1" }).go();
   */
  readonly delete: DeleteMethod<S, Y>;
  /**
   * Deletes an item, and fails when there is none.
   *
   * @example
   * await User.remove({ userId: "u1" }).go();
   */
  remove(key: KeyOf<S>): DeleteOperation<S, Y>;
  /**
   * Holds a transaction to a condition on an item that it does not write.
   *
   * @example
   * App.transaction.write(({ user, session }) => [
   *   user.check({ userId: "u1" }).where(({ verified }, { eq }) => eq(verified, true)),
   *   session.remove({ sessionId: "s1" }),
   * ]);
   */
  check(key: KeyOf<S>): CheckOperation<S, Y>;
  /**
   * Makes items of what DynamoDB or a stream gave: `null` when it belongs to another entity.
   *
   * @example
   * const user = User.parse(unmarshall(record.dynamodb.NewImage));
   */
  readonly parse: Parse<S>;
  /**
   * Composite attributes, keys and cursors into one another.
   *
   * @example
   * const { pk, sk } = User.conversions.fromComposite.toKeys({ userId: "u1" });
   */
  readonly conversions: Conversions<S>;
  /**
   * Sends all later requests with this client.
   *
   * @example
   * User.setClient(new DynamoDBClient({}));
   */
  setClient(client: DynamoClient): void;
  /**
   * The name of the table, when there is one.
   *
   * @example
   * const table = User.getTableName();
   */
  getTableName(): string | undefined;
  /**
   * Sends all later requests to this table.
   *
   * @example
   * User.setTableName("app");
   */
  setTableName(table: string): void;
  /**
   * Renames one of the two identifier fields of stored items.
   *
   * @example
   * User.setIdentifier("entity", "__type");
   */
  setIdentifier(identifier: "entity" | "version", field: string): void;
}

/** Any entity, as a parameter of code that works with all of them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Entity is invariant, so only `any` stands for every model.
export type AnyEntity = Entity<any, any, any, any, any>;

/** The attributes that keys can be composed of: texts, numbers, flags and enums, opaque ones too. */
export type CompositeName<A> = {
  [K in keyof A & string]: A[K] extends {
    readonly type: "map" | "list" | "set" | "any";
  }
    ? never
    : K;
}[keyof A & string];

/** What `Entity` is as a value. The type parameters are inferred from the model literal. */
export interface EntityConstructor {
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
  ): Entity<string, string, string, Model<A, I>>;
}

/** What `createSchema` is as a value. */
export type CreateSchemaFunction = <
  const A extends Attributes = Attributes,
  const I extends Indexes<CompositeName<A>, string, keyof A & string> = Indexes<
    CompositeName<A>,
    string,
    keyof A & string
  >,
>(
  model: Model<A, I>,
) => Model<A, I>;
