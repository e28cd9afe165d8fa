// The main entry, `electroxide`: what the package is, with the safe semantics.

import { entityClass } from "./entity/entity-class.js";
import { serviceClass } from "./service/service-class.js";
import type { Schema } from "./types/definition.js";
import { schemaCreator } from "./entity/create-schema.js";
import type {
  CreateSchemaFunction,
  Entity as EntityType,
  EntityConstructor,
} from "./types/entity.js";
import type {
  Service as ServiceType,
  ServiceConstructor,
  ServiceEntities,
} from "./types/service.js";

export * from "./public.js";

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
export const Entity: EntityConstructor = entityClass(false);
/** An entity of the model `S`; the other parameters are there because ElectroDB has them. */
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
export const Service: ServiceConstructor = serviceClass(false, Entity);
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
export const createSchema: CreateSchemaFunction = schemaCreator(false);
