// `createSchema` of both entries: a model that is checked and handed back. It makes no entity.

import { CoreEntity, entitySource } from "../border/core.js";
import { translated } from "./entity-core.js";
import { ElectroError } from "../error.js";
import type { CreateSchemaFunction } from "../types/entity.js";

const INVALID_MODEL = 1009;

/**
 * The function of one entry. ElectroDB looks at a model's outward form only and leaves the rest to its Entity, so the drop-in
 * takes here what the Entity alone will refuse.
 */
export function schemaCreator(dropIn: boolean): CreateSchemaFunction {
  const createSchema = (model: object): object => {
    try {
      translated(dropIn, () => new CoreEntity(entitySource(model, undefined, dropIn), []));
    } catch (error) {
      const isOutward = error instanceof ElectroError && error.code === INVALID_MODEL;
      if (!dropIn || isOutward) throw error;
    }
    return model;
  };
  return createSchema as unknown as CreateSchemaFunction;
}
