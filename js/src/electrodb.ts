// The drop-in entry, `electroxide/electrodb`: the same under the semantics and the codes of ElectroDB 3.9.3.

import { entityClass } from "./entity-class.js";
import { serviceClass } from "./service-class.js";
import type { Schema } from "./types/definition.js";
import { schemaCreator } from "./create-schema.js";
import type { DropInEntityConstructor } from "./types/drop-in.js";
import type { CreateSchemaFunction, Entity as EntityType } from "./types/entity.js";
import type {
  Service as ServiceType,
  ServiceConstructor,
  ServiceEntities,
} from "./types/service.js";

export * from "./public.js";
/** ElectroDB's other names for `ElectroValidationError`. */
export {
  ElectroValidationError as ElectroUserValidationError,
  ElectroValidationError as ElectroAttributeValidationError,
} from "./public.js";

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
export const Entity: DropInEntityConstructor = entityClass(true) as DropInEntityConstructor;
/**
 * An entity of the model `S`, for code that takes one; the other parameters are there because ElectroDB has them. It is the interface
 * that the entities of both entries have: TypeScript takes no entity for `Entity<any, any, any, any>` where that is an intersection.
 */
export type Entity<
  A extends string,
  F extends string,
  C extends string,
  S extends Schema<A, F, C>,
> = EntityType<A, F, C, S>;

/**
 * Several entities of one table, to be read and written together.
 *
 * @example
 * const App = new Service({ user: User, session: Session }, { client, table: "app" });
 */
export const Service: ServiceConstructor = serviceClass(true, Entity);
/** A service of the entities `E`. */
export type Service<E extends ServiceEntities> = ServiceType<E>;

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
