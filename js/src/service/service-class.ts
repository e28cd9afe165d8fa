// Makes the Service class of an entry, by its public type.

import { named } from "../named.js";
import { BaseService, type EntityMaker } from "./service.js";
import type { ServiceConstructor } from "../types/service.js";

/** The Service class of the drop-in or of the main entry. */
export function serviceClass(dropIn: boolean, Entity: unknown): ServiceConstructor {
  class EntryService extends BaseService {
    constructor(entities: unknown, configuration?: unknown) {
      super(entities, configuration, dropIn, Entity as EntityMaker);
    }
  }
  named(EntryService, "Service");
  return EntryService as unknown as ServiceConstructor;
}
