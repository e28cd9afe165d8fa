// Makes the Service class of an entry, by its public type.

import { BaseService, type EntityMaker } from "./service.js";
import type { ServiceConstructor } from "./types/service.js";

/** The Service class of the drop-in or of the main entry. */
export function serviceClass(dropIn: boolean, Entity: unknown): ServiceConstructor {
  class EntryService extends BaseService {
    constructor(entities: unknown, configuration?: unknown) {
      super(entities, configuration, dropIn, Entity as EntityMaker);
    }
  }
  // Bundlers rename classes; users see this name in stacks and logs.
  Object.defineProperty(EntryService, "name", { value: "Service" });
  return EntryService as unknown as ServiceConstructor;
}
