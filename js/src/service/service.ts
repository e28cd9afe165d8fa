// The Service class as it runs; its public types are in types/service.ts, and the entries put the two together.

import type { Chain } from "../chain/chain.js";
import { coreOf, isEntity, type BaseEntity } from "../entity/entity.js";
import { refuse } from "../error.js";
import { late } from "../late/late.js";
import { CONFIGURATION, checkNames } from "../send/option-names.js";
import type { ServiceBatches } from "../batch/service-batch.js";
import type { ServiceCore } from "./service-core.js";
import { define, isRecord, type Members } from "../tags.js";
import type { Transactions } from "../transaction/transaction.js";

/** What a service stands on; it is a private field, because every call asks for it. */
export let serviceOf: (service: object) => ServiceCore;

/** The Entity class of an entry, by which a model that was given in an entity's place becomes one. */
export type EntityMaker = new (definition: object) => BaseEntity;

/** Several entities of one table. */
export abstract class BaseService {
  #core: ServiceCore;
  #maker: EntityMaker;
  readonly entities: Record<string, BaseEntity>;
  readonly collections: Record<string, (composites?: unknown) => Chain>;
  readonly transaction: Transactions;
  readonly batch: ServiceBatches;

  /** @param given The entities by their names; a name alone makes a service whose entities are joined later. */
  constructor(given: unknown, configuration: unknown, dropIn: boolean, maker: EntityMaker) {
    const { ServiceCore, batchesOf, configurationOf, refusing, transactionsOf } = late();
    const [name, config] = namedBy(given, configurationOf(configuration));
    const core = new ServiceCore(dropIn, config, name);
    this.#core = core;
    this.#maker = maker;
    this.transaction = transactionsOf(core);
    this.batch = batchesOf(core);
    this.entities = refusing(core, "entity", () => [...core.members.keys()]);
    this.collections = refusing(core, "collection", () => [...core.collections.keys()]);
    if (name === undefined) {
      const entities = typeof given === "object" && given !== null ? Object.entries(given) : [];
      if (entities.length === 0) {
        throw refuse(dropIn, "InvalidJoin", "A service needs an object of entities by their names");
      }
      this.#take(entities);
    }
    if (dropIn) return;
    const what = "The configuration of a service";
    checkNames(Object.keys(config), CONFIGURATION, what, core.suggestion.bind(core));
  }

  static {
    serviceOf = (service) => {
      if (#core in service) return service.#core;
      throw refuse(false, "InvalidModel", "This object is no service of electroxide");
    };
  }

  #take(given: readonly (readonly [name: string | undefined, entity: unknown])[]): void {
    const core = this.#core;
    const joined = given.map(([name, value]) => {
      const entity = this.#entityOf(name, value);
      return [name ?? coreOf(entity).runtime.plan.entity, entity] as const;
    });
    core.join(joined);
    for (const [name, entity] of joined) define(this.entities as Members, name, entity);
    for (const [name, collection] of core.collections) {
      define(this.collections, name, (composites?: unknown) => collection.query(composites));
    }
  }

  #entityOf(name: string | undefined, value: unknown): BaseEntity {
    const { dropIn } = this.#core;
    if (isRecord(value)) {
      // A model in an entity's place is what ElectroDB takes, too.
      const isModel = Object.hasOwn(value, "attributes") && Object.hasOwn(value, "indexes");
      if (isModel) return new this.#maker(value);
      if (isEntity(value)) return value;
    }
    const what = name === undefined ? "What is joined" : `\`${name}\``;
    throw refuse(dropIn, "InvalidJoin", `${what} is neither an entity nor a model`);
  }

  /** Takes one more entity in, under this name or its own. */
  join(...given: readonly [entity: unknown] | readonly [name: string, entity: unknown]): this {
    const [name, entity] = given.length === 1 ? [undefined, given[0]] : given;
    this.#take([[name, entity]]);
    return this;
  }

  tableDefinition(options?: { table?: string; ttl?: string }): unknown {
    const { table, members } = this.#core;
    const entities = [...members.values()].map(({ entity }) => entity);
    return late().tableDefinition(entities, table === undefined ? options : { table, ...options });
  }

  setClient(client: unknown): void {
    this.#core.setClient(client);
  }

  setTableName(table: unknown): void {
    this.#core.setTable(table);
  }

  getTableName(): string | undefined {
    return this.#core.namedTable;
  }

  get service(): { name: string | undefined; table: string | undefined } {
    const { name, namedTable } = this.#core;
    return { name, table: namedTable };
  }

  /** ElectroDB's older name for the entities and the collections together. */
  get find(): object {
    return { ...this.entities, ...this.collections };
  }
}

/** The name of a service in the forms that ElectroDB had before its entities came with the constructor. */
function namedBy<C extends object>(given: unknown, config: C): [name: string | undefined, C] {
  if (typeof given === "string" && given !== "") return [given, config];
  if (!isRecord(given) || typeof given["service"] !== "string") return [undefined, config];
  const { service, table } = given;
  return [service, table === undefined ? config : { ...config, table }];
}
