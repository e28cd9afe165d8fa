// What the wrapper knows of one entity at run time, each part compiled when it is first needed. It sends and reads nothing.

import { keyFormsOf, type KeyForm } from "./key-forms.js";
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
  private forms: ReadonlyMap<number, KeyForm> | undefined = undefined;
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

  /** How attributes are stored that are keys by themselves, by slot: what is compared with them is made likewise. */
  get keyForms(): ReadonlyMap<number, KeyForm> {
    return (this.forms ??= keyFormsOf(this));
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
