// The drop-in entry, `electroxide/electrodb`: the same under the semantics and the codes of ElectroDB 3.9.3.

import { entityClass } from "./entity/entity-class.js";
import * as errors from "./error.js";
import { serviceClass } from "./service/service-class.js";
import type { Schema } from "./types/definition.js";
import { schemaCreator } from "./entity/create-schema.js";
import type { DropInDialect } from "./types/dialect.js";
import type {
  DropInEntityConstructor,
  DropInError,
  DropInValidationError,
} from "./types/drop-in.js";
import type { CreateSchemaFunction, Entity as EntityType } from "./types/entity.js";
import type { ErrorClass } from "./types/error.js";
import type {
  Service as ServiceType,
  ServiceConstructor,
  ServiceEntities,
} from "./types/service.js";

export * from "./public.js";

/* eslint-disable @typescript-eslint/no-explicit-any -- ElectroDB's classes have a parameter for `cause`, and TypeScript narrows to `any` of it. */
/**
 * Everything that this library throws or rejects with.
 *
 * @example
 * if (error instanceof ElectroError && error.code === 4001) console.log(error.cause);
 */
export const ElectroError = errors.ElectroError as unknown as ErrorClass<DropInError<any>>;
/** An error of this library whose `cause` is an `E`. */
export type ElectroError<E extends Error = Error> = DropInError<E>;

/**
 * An error of one or several attributes, which are in `fields`.
 *
 * @example
 * if (error instanceof ElectroValidationError) console.log(error.fields.map(({ field }) => field));
 */
export const ElectroValidationError = errors.ElectroValidationError as unknown as ErrorClass<
  DropInValidationError<any>
>;
/** An error of attributes whose `cause` is a `T`. */
export type ElectroValidationError<T extends Error = Error> = DropInValidationError<T>;
/* eslint-enable @typescript-eslint/no-explicit-any */

export type {
  AddItem,
  AllTableIndexCompositeAttributes,
  AppendItem,
  AttributesItem as Item,
  DeleteItem,
  PutItem,
  RemoveItem,
  ResponseItem,
  SetItem,
  SubtractItem,
} from "./types/drop-in.js";

/** ElectroDB's other names for `ElectroValidationError`. */
export {
  ElectroValidationError as ElectroUserValidationError,
  ElectroValidationError as ElectroAttributeValidationError,
};

/**
 * One kind of item in a table: its attributes, and the indexes whose keys are made of them.
 *
 * @example
 * const User = new Entity({
 *   model: { entity: "user", service: "app", version: "1" },
 *   attributes: { userId: { type: "string", required: true }, name: { type: "string" } },
 *   indexes: { primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } } },
 * });
 */
export const Entity = entityClass(true) as unknown as DropInEntityConstructor;
/** An entity of the model `S`; the other parameters are there because ElectroDB has them. */
export type Entity<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C, P>,
  P extends string = string,
> = EntityType<A, F, C, S, DropInDialect>;

/**
 * Several entities of one table, to be read and written together.
 *
 * @example
 * const App = new Service({ user: User, session: Session }, { client, table: "app" });
 */
export const Service = serviceClass(true, Entity) as unknown as ServiceConstructor<DropInDialect>;
/** A service of the entities `E`. */
export type Service<E extends ServiceEntities> = ServiceType<E, DropInDialect>;

/**
 * Checks a model and gives it back as it is, so that it can be defined apart from its entity.
 *
 * @example
 * const schema = createSchema({
 *   model: { entity: "user", service: "app", version: "1" },
 *   attributes: { userId: { type: "string", required: true } },
 *   indexes: { primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } } },
 * });
 */
export const createSchema: CreateSchemaFunction = schemaCreator(true);
