// What a service stands on: its members, its collections, its client and its table. It builds no request.

import { recogniseClient, type Client } from "../send/client.js";
import { CollectionCore } from "./collection.js";
import { coreOf, type BaseEntity } from "../entity/entity.js";
import type { EntityCore } from "../entity/entity-core.js";
import { refuse } from "../error.js";
import { readListeners, type Listener } from "../send/listeners.js";
import { isRecord } from "../tags.js";

/** The configuration of a service, before types narrow it. */
export interface ServiceConfiguration {
  readonly client?: unknown;
  readonly table?: unknown;
  readonly logger?: unknown;
  readonly listeners?: unknown;
}

/** One entity of a service, under the name that the service has for it. */
export interface Member {
  readonly name: string;
  readonly entity: BaseEntity;
  readonly core: EntityCore;
}

/** One service behind its public face. */
export class ServiceCore {
  /** The members in the order in which they were given. */
  readonly members = new Map<string, Member>();
  readonly collections = new Map<string, CollectionCore>();
  private readonly listeners: readonly Listener[];
  private ownClient: Client | undefined;
  private ownTable: string | undefined;

  /** @param given The name of the service where no member has told it yet. */
  constructor(
    readonly dropIn: boolean,
    configuration: ServiceConfiguration,
    private readonly given: string | undefined,
  ) {
    this.ownClient = recogniseClient(configuration.client, dropIn);
    this.ownTable = nameOf(configuration.table);
    const { logger, listeners } = configuration;
    // ElectroDB tells a service's logger before its listeners, and reads it as one of `go`.
    this.listeners = [
      ...readListeners({ logger }, dropIn, dropIn),
      ...readListeners({ listeners: dropIn ? listOf(listeners) : listeners }, dropIn),
    ];
  }

  /** The name that the definitions of the members have for their service; undefined as long as there is none. */
  get name(): string | undefined {
    const [first] = this.members.values();
    return this.given ?? first?.core.runtime.plan.service;
  }

  /** What requests of the service are sent with: its own client, else that of a member. */
  get client(): Client | undefined {
    return this.ownClient ?? this.ofMembers(({ core }) => core.runtime.client);
  }

  /** The table of the service: its own, else that of its members. */
  get table(): string | undefined {
    return this.ownTable ?? this.ofMembers(({ core }) => core.runtime.table);
  }

  /** The table that the service says it has: in the drop-in only its own. */
  get namedTable(): string | undefined {
    return this.dropIn ? this.ownTable : this.table;
  }

  private ofMembers<T>(read: (member: Member) => T | undefined): T | undefined {
    for (const member of this.members.values()) {
      const found = read(member);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Takes entities in and finds the collections that they make.
   * @throws 1009 for entities of the other entry or of another table, 1013 for those of another service and for what does not fit together.
   */
  join(entities: readonly (readonly [name: string, entity: BaseEntity])[]): void {
    const touched = new Set<string>();
    for (const [name, entity] of entities) {
      const core = coreOf(entity);
      this.check(name, core);
      this.lend(core);
      this.members.set(name, { name, entity, core });
      for (const { collections } of core.runtime.plan.indexes) {
        for (const collection of collections) touched.add(collection);
      }
    }
    for (const name of touched) {
      const members = [...this.members.values()].filter(({ core }) => isIn(name, core));
      this.collections.set(name, new CollectionCore(this, name, members));
    }
  }

  private check(name: string, core: EntityCore): void {
    const { dropIn } = this;
    const { plan, table } = core.runtime;
    if (core.dropIn !== dropIn) {
      const message = `The entity \`${name}\` comes from the other entry of this package than the service`;
      throw refuse(dropIn, "InvalidModel", message);
    }
    if (this.members.has(name))
      throw this.refuseJoin(`The service has an entity \`${name}\` already`);
    const service = this.name ?? plan.service;
    if (plan.service === "") throw this.refuseJoin(`The entity \`${name}\` names no service`);
    if (plan.service !== service) {
      const message = `The entity \`${name}\` is of the service \`${plan.service}\`, not of \`${service}\``;
      throw this.refuseJoin(message);
    }
    this.checkTable(name, table);
    const twin = [...this.members.values()].find(({ core: { runtime } }) => {
      return runtime.plan.entity === plan.entity && runtime.plan.version === plan.version;
    });
    // Whose an item is, could not be told.
    if (twin !== undefined && !dropIn) {
      const both = `\`${twin.name}\` and \`${name}\``;
      const message = `${both} are both the entity \`${plan.entity}\` of version \`${plan.version}\``;
      throw this.refuseJoin(message);
    }
  }

  /** ElectroDB puts its own table in an entity's place, and without one compares those of all entities. */
  private checkTable(name: string, table: string | undefined): void {
    const { dropIn, ownTable } = this;
    const isFirst = this.members.size === 0;
    const wanted = this.table;
    const isOther = dropIn
      ? ownTable === undefined && !isFirst && table !== wanted
      : table !== undefined && wanted !== undefined && table !== wanted;
    if (!isOther) return;
    const own = table === undefined ? "no table" : `the table \`${table}\``;
    const others = wanted === undefined ? "none" : `\`${wanted}\``;
    const message = `The entity \`${name}\` has ${own}, and the service has ${others}`;
    throw dropIn ? this.refuseJoin(message) : refuse(dropIn, "InvalidModel", message);
  }

  private lend({ runtime }: EntityCore): void {
    const { ownClient, ownTable, dropIn, listeners } = this;
    if (ownClient !== undefined && (dropIn || runtime.client === undefined)) {
      runtime.client = ownClient;
    }
    if (ownTable !== undefined && (dropIn || runtime.table === undefined)) runtime.table = ownTable;
    if (listeners.length > 0) runtime.listeners = [...runtime.listeners, ...listeners];
  }

  /** Sends all later requests of the service and of its entities with this client. */
  setClient(given: unknown): void {
    const client = recogniseClient(given, this.dropIn);
    if (client === undefined) return;
    this.ownClient = client;
    for (const { core } of this.members.values()) core.runtime.client = client;
  }

  /** Sends all later requests of the service and of its entities to this table. */
  setTable(given: unknown): void {
    this.ownTable = nameOf(given);
    for (const { entity } of this.members.values()) entity.setTableName(given);
  }

  private refuseJoin(message: string): Error {
    return refuse(this.dropIn, "InvalidJoin", message);
  }

  /** What error messages say of a name that is none of these: the nearest one of them. */
  suggestion(name: string, names: readonly string[]): string {
    const [first] = this.members.values();
    return first?.core.suggestion(name, names) ?? "";
  }
}

function isIn(collection: string, { runtime }: EntityCore): boolean {
  return runtime.plan.indexes.some(({ collections }) => collections.includes(collection));
}

/** A list of listeners, as ElectroDB reads a service's: one may stand alone, and what is as good as nothing is none. */
function listOf(listeners: unknown): unknown {
  if (!listeners) return undefined;
  return Array.isArray(listeners) ? listeners : [listeners];
}

function nameOf(table: unknown): string | undefined {
  return typeof table === "string" && table !== "" ? table : undefined;
}

/** The configuration as far as it is one. */
export function configurationOf(given: unknown): ServiceConfiguration {
  return isRecord(given) ? given : {};
}
