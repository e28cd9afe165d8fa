// The Service class as it runs; its public types are in types/service.ts, and the entries put the two together.

import type { BaseEntity } from "./entity.js";
import { refuse } from "./error.js";
import { ServiceCore, configurationOf } from "./service-core.js";

/** What a service stands on; it is a private field, because every call asks for it. */
export let serviceOf: (service: object) => ServiceCore;

/** Several entities of one table. */
export abstract class BaseService {
  #core: ServiceCore;
  readonly entities: Record<string, BaseEntity>;

  constructor(entities: object, configuration: unknown, dropIn: boolean) {
    const core = new ServiceCore(dropIn, configurationOf(configuration));
    this.#core = core;
    this.entities = {};
    for (const [name, entity] of Object.entries(entities as Record<string, BaseEntity>)) {
      core.join(name, entity);
      this.entities[name] = entity;
    }
  }

  static {
    serviceOf = (service) => {
      if (#core in service) return service.#core;
      throw refuse(false, "InvalidModel", "This object is no service of electroxide");
    };
  }

  getTableName(): string | undefined {
    return this.#core.table;
  }
}
