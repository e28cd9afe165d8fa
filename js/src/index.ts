// The main entry, `electroxide`: what the package is, with the safe semantics.

import { entityClass } from "./entity-class.js";
import type { Schema } from "./types/definition.js";
import type { Entity as EntityType, EntityConstructor } from "./types/entity.js";

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
