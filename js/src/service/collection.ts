// The collections of a service: what their chains are made from. Requests and results go the way of an entity's queries.

import { Chain, QueryChain, record } from "../chain/chain.js";
import { CoreEntity, collectionSource } from "../border/core.js";
import { EntityCore, translated } from "../entity/entity-core.js";
import { refuse } from "../error.js";
import { asked } from "../entity/given.js";
import { keySlots } from "../hooks/index-conditions.js";
import { named } from "../named.js";
import type { EntityPlan, IndexPlan } from "../entity/plan.js";
import { EntityRuntime, type CollectionMember } from "../entity/runtime.js";
import type { Member, ServiceCore } from "./service-core.js";
import type { State } from "../chain/state.js";
import { ownMember } from "../tags.js";

/** One collection: the entities in it as if they were one. */
export class CollectionCore extends EntityCore {
  override readonly core: CoreEntity;
  private readonly own: EntityRuntime;
  /** The number of its index. */
  private readonly index: number;

  /** @throws 1013 where the members' indexes do not fit together. */
  constructor(
    private readonly service: ServiceCore,
    name: string,
    members: readonly Member[],
  ) {
    const { dropIn } = service;
    super(dropIn);
    const sources = members.map(({ name, core }) => [name, core.core.source] as const);
    const source = collectionSource(name, sources, dropIn);
    this.core = translated(dropIn, () => new CoreEntity(source, []));
    const plan = this.core.plan as unknown as EntityPlan;
    const placed = members.map((member): CollectionMember => {
      const { core } = member;
      return { name: member.name, core, index: indexIn(name, core.runtime.plan) };
    });
    checkPaddings(dropIn, name, placed);
    const parts = { dropIn, plan, hooks: [], attributes: {}, members: placed };
    this.own = new EntityRuntime(parts);
    this.index = indexIn(name, plan);
  }

  /** The collection at run time, where its service is now. */
  override get runtime(): EntityRuntime {
    const { own, service } = this;
    own.client = service.client;
    own.table = service.table;
    own.listeners = own.members?.[0]?.core.runtime.listeners ?? [];
    return own;
  }

  /** A query of these composites. */
  query(composites: unknown): Chain {
    const { runtime } = this;
    const state: State = asked(this, this.index, composites);
    const { kind } = runtime.plan.indexes[this.index] as IndexPlan;
    return kind === "isolated"
      ? new Chain(this, state)
      : new CollectionChain(this, state).checked();
  }

  /** The refusal of a composite by which not all members are sorted; ElectroDB leaves it out, and answers more than was asked for. */
  unshared(composites: object): Error | undefined {
    if (this.dropIn) return undefined;
    const { members, plan } = this.own;
    const shared = namesOf(plan, this.index);
    for (const { core, index } of members ?? []) {
      const { plan: own } = core.runtime;
      for (const name of namesOf(own, index)) {
        if (shared.includes(name) || ownMember(composites, name) === undefined) continue;
        const message = `Not all members of the collection \`${plan.entity}\` are sorted by \`${name}\`: filter by it with \`where\``;
        return refuse(false, "InvalidOptions", message);
      }
    }
    return undefined;
  }
}

/** A query of a clustered collection. */
class CollectionChain extends QueryChain {
  static {
    named(this, "CollectionChain");
  }

  private of(composites: unknown): this {
    const error = (this.entity as CollectionCore).unshared(record(composites));
    return error === undefined ? this : this.failing(error);
  }

  /** The chain, which fails where its own composites are not shared. */
  checked(): this {
    return this.of(this.state.key);
  }

  protected override sorted(operator: number, lower: unknown, upper?: unknown): this {
    this.of(lower).of(upper);
    return super.sorted(operator, lower, upper);
  }
}

/** The attributes that compose the keys of an index. */
function namesOf({ attributes, indexes }: EntityPlan, index: number): readonly string[] {
  return keySlots(indexes[index] as IndexPlan).map((slot) => attributes[slot]?.name ?? "");
}

/**
 * One key finds the items of all members only if each of them pads it alike. The core has compared all else.
 * @throws 1013 where they do not.
 */
function checkPaddings(
  dropIn: boolean,
  collection: string,
  members: readonly CollectionMember[],
): void {
  const [first, ...others] = members.map(paddingsIn);
  if (others.every((paddings) => paddings === first)) return;
  const message = `The collection \`${collection}\`: its members differ in the \`padding\` of attributes of their \`pk\``;
  throw refuse(dropIn, "InvalidJoin", message);
}

/** How the attributes of a member's partition key are padded, as a text. */
function paddingsIn({ core: { runtime }, index }: CollectionMember): string {
  const { attributes, indexes } = runtime.plan;
  const paddings = indexes[index]?.partition.composites.map((slot) => {
    const definition = runtime.attributes[attributes[slot]?.name ?? ""] as
      { padding?: unknown } | undefined;
    const { length, char } = (definition?.padding ?? {}) as { length?: unknown; char?: unknown };
    return [length, char];
  });
  return JSON.stringify(paddings);
}

/** The number of the index that is in the collection. */
function indexIn(collection: string, { indexes }: EntityPlan): number {
  return indexes.find(({ collections }) => collections.includes(collection))?.number ?? 0;
}
