// Makes the Entity class of an entry, by its public type.

import { BaseEntity, type Configuration } from "./entity.js";
import { named } from "../named.js";
import type { EntityConstructor } from "../types/entity.js";

/** The Entity class of the drop-in or of the main entry. */
export function entityClass(dropIn: boolean): EntityConstructor {
  class EntryEntity extends BaseEntity {
    constructor(definition: object, configuration?: Configuration) {
      super(definition, configuration, dropIn);
    }
  }
  named(EntryEntity, "Entity");
  return EntryEntity as unknown as EntityConstructor;
}
