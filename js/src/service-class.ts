// Makes the Service class of an entry, by its public type.

import { BaseService } from "./service.js";
import type { ServiceConstructor } from "./types/service.js";

/** The Service class of the drop-in or of the main entry. */
export function serviceClass(dropIn: boolean): ServiceConstructor {
  class EntryService extends BaseService {
    constructor(entities: object, configuration?: unknown) {
      super(entities, configuration, dropIn);
    }
  }
  // Bundlers rename classes; users see this name in stacks and logs.
  Object.defineProperty(EntryService, "name", { value: "Service" });
  return EntryService as unknown as ServiceConstructor;
}
