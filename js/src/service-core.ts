// What a service stands on: its members, its client and its table. Requests over several members are built elsewhere.

import { recogniseClient, type Client } from "./client.js";
import { coreOf, type BaseEntity } from "./entity.js";
import type { EntityCore } from "./entity-core.js";
import { refuse } from "./error.js";
import { readListeners, type Listener } from "./listeners.js";
import { isRecord } from "./tags.js";

/** The configuration of a service, before types narrow it. */
export interface ServiceConfiguration {
  readonly client?: unknown;
  readonly table?: unknown;
  readonly identifiers?: unknown;
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
  readonly listeners: readonly Listener[];
  private ownClient: Client | undefined = undefined;
  private ownTable: string | undefined = undefined;

  constructor(
    readonly dropIn: boolean,
    readonly configuration: ServiceConfiguration,
  ) {
    this.ownClient = recogniseClient(configuration.client, dropIn);
    this.ownTable = nameOf(configuration.table);
    this.listeners = readListeners(configuration, dropIn);
  }

  /** The name that the definitions of the members have for their service; undefined as long as there is none. */
  get name(): string | undefined {
    const [first] = this.members.values();
    return first?.core.runtime.plan.service;
  }

  /** What requests of the service are sent with: its own client, else in the main entry that of a member. */
  get client(): Client | undefined {
    return this.ownClient ?? this.ofMembers(({ core }) => core.runtime.client);
  }

  /** The table that the service is about: its own, else in the main entry that of its members. */
  get table(): string | undefined {
    return this.ownTable ?? this.ofMembers(({ core }) => core.runtime.table);
  }

  private ofMembers<T>(read: (member: Member) => T | undefined): T | undefined {
    if (this.dropIn) return undefined;
    for (const member of this.members.values()) {
      const found = read(member);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Takes an entity in. */
  join(name: string, entity: BaseEntity): void {
    const core = coreOf(entity);
    if (core.dropIn !== this.dropIn) {
      const message = `The entity \`${name}\` comes from the other entry of this package than the service`;
      throw refuse(this.dropIn, "InvalidModel", message);
    }
    this.members.set(name, { name, entity, core });
  }

  /** What error messages say of a name that is none of these: the nearest one of them. */
  suggestion(name: string, names: readonly string[]): string {
    const [first] = this.members.values();
    return String(first?.core.core.ask("suggestion", name, ...names) ?? "");
  }
}

function nameOf(table: unknown): string | undefined {
  return typeof table === "string" ? table : undefined;
}

/** The configuration as far as it is one. */
export function configurationOf(given: unknown): ServiceConfiguration {
  return isRecord(given) ? given : {};
}
