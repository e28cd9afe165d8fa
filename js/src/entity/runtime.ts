// What the wrapper knows of one entity at run time, each part compiled when it is first needed. It sends and reads nothing.

import type { EntityCore } from "./entity-core.js";
import type { Client } from "../send/client.js";
import type { Listener } from "../send/listeners.js";
import type { AttributePlan, EntityPlan, IndexPlan } from "./plan.js";
import { compileReads, type ReadPlan } from "../read/read-plan.js";
import { compileWrites, type WritePlan } from "../hooks/write-plan.js";

/** What an entity brings. */
export interface RuntimeParts {
  /** Whether the entity came from the drop-in entry. */
  readonly dropIn: boolean;
  readonly plan: EntityPlan;
  /** The definition's functions and regular expressions by their numbers. */
  readonly hooks: readonly unknown[];
  /** The definition's attributes, from which default values are taken. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The entities of a collection; none for an entity itself. */
  readonly members?: readonly CollectionMember[];
}

/** One entity of a collection. */
export interface CollectionMember {
  /** The service's name for it. */
  readonly name: string;
  /** The number of its index in the collection. */
  readonly index: number;
  readonly core: EntityCore;
}

/** A casing that changes texts. */
export type Casing = "lower" | "upper";

/** One entity at run time, or one collection. */
export class EntityRuntime {
  readonly dropIn: boolean;
  readonly plan: EntityPlan;
  readonly hooks: readonly unknown[];
  readonly attributes: Readonly<Record<string, unknown>>;
  client: Client | undefined = undefined;
  table: string | undefined = undefined;
  listeners: readonly Listener[] = [];
  private slots: Map<string, number> | undefined = undefined;
  private casings: ReadonlyMap<number, Casing> | undefined = undefined;
  private nodes: AttributePlan[] | undefined = undefined;
  private writing: WritePlan | undefined = undefined;
  private reading: ReadPlan | undefined = undefined;

  /** The indexes that say by a condition whether an item is in them. */
  readonly conditional: readonly IndexPlan[];
  /** The entities whose items a collection holds. */
  readonly members: readonly CollectionMember[] | undefined;

  constructor(parts: RuntimeParts) {
    this.dropIn = parts.dropIn;
    this.plan = parts.plan;
    this.conditional = parts.plan.indexes.filter(({ condition }) => condition !== undefined);
    this.hooks = parts.hooks;
    this.attributes = parts.attributes;
    this.members = parts.members;
  }

  /** What error messages call it. */
  get title(): string {
    return `${this.members === undefined ? "entity" : "collection"} \`${this.plan.entity}\``;
  }

  /** Slots by attribute name. */
  get names(): ReadonlyMap<string, number> {
    return (this.slots ??= new Map(this.plan.attributes.map(({ name }, slot) => [name, slot])));
  }

  /** The slot of a top-level attribute; -1 where the name is not declared. */
  slot(name: string): number {
    return this.names.get(name) ?? -1;
  }

  /** The attribute of this number, nested ones too. */
  attribute(node: number): AttributePlan {
    return (this.nodes ??= numberNodes(this.plan.attributes))[node] as AttributePlan;
  }

  /** How attributes are stored that are keys by themselves, by slot: what is compared with them is cased likewise. */
  get keyCasings(): ReadonlyMap<number, Casing> {
    return (this.casings ??= casingsOf(this));
  }

  /** How items are prepared for writing. */
  get writes(): WritePlan {
    return (this.writing ??= compileWrites(this));
  }

  /** How stored items are read. */
  get reads(): ReadPlan {
    return (this.reading ??= compileReads(this));
  }
}

/** A text in this casing; anything else as it is. */
export function casedAs(casing: Casing, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return casing === "upper" ? value.toUpperCase() : value.toLowerCase();
}

/** ElectroDB cases what is compared with such an attribute where the definition names the casing only. */
function casingsOf({ plan, dropIn, members }: EntityRuntime): Map<number, Casing> {
  const casings = new Map<number, Casing>();
  if (members !== undefined) {
    // An attribute of a collection is stored as the first member has it that declares it.
    plan.attributes.forEach(({ name }, slot) => {
      const owner = members.find(({ core }) => core.runtime.slot(name) !== -1)?.core.runtime;
      const casing = owner?.keyCasings.get(owner.slot(name));
      if (casing !== undefined) casings.set(slot, casing);
    });
    return casings;
  }
  for (const { partition, sort } of plan.indexes) {
    for (const { field, composites, numeric, head, casing, cased } of [
      partition,
      sort ?? partition,
    ]) {
      const [slot = -1, ...others] = composites;
      const isAttribute = head === undefined && others.length === 0 && !numeric;
      if (!isAttribute || plan.attributes[slot]?.field !== field || casing === "none") continue;
      if (cased || !dropIn) casings.set(slot, casing);
    }
  }
  return casings;
}

function numberNodes(attributes: readonly AttributePlan[]): AttributePlan[] {
  const nodes: AttributePlan[] = [];
  const visit = (attribute: AttributePlan): void => {
    nodes[attribute.node] = attribute;
    attribute.properties?.forEach(visit);
    if (attribute.items !== undefined) visit(attribute.items);
  };
  attributes.forEach(visit);
  return nodes;
}
