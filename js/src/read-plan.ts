// What reading needs to know of a model, sorted once: fields, hooks, and how to tell whose an item is. It reads nothing itself.

import type { AttributePlan, IndexPlan, KeyPlan } from "./plan.js";
import type { EntityRuntime } from "./runtime.js";

/** One top-level attribute as stored. */
export interface FieldPlan {
  readonly field: string;
  readonly name: string;
  readonly slot: number;
  readonly attribute: AttributePlan;
  /** Whether the stored value is the attribute's value, with nothing to convert, hide or run. */
  readonly verbatim: boolean;
}

/** How stored items become attributes. */
export interface ReadPlan {
  /** All top-level attributes in the order of the definition. */
  readonly fields: readonly FieldPlan[];
  /** Those that results show, in the order of the definition. */
  readonly shown: readonly FieldPlan[];
  readonly byField: ReadonlyMap<string, FieldPlan>;
  /** Whether any get hook runs, at any depth. */
  readonly hasGet: boolean;
  /** Attributes with get hooks that watch nothing, and those that watch. */
  readonly plain: readonly FieldPlan[];
  readonly watchers: readonly FieldPlan[];
  /** For each slot, the attributes with get hooks that watch it. */
  readonly watchersOf: readonly (readonly FieldPlan[])[];
  readonly watchersOfAll: readonly FieldPlan[];
}

/** Sorts what reading needs. */
export function compileReads(runtime: EntityRuntime): ReadPlan {
  const fields = runtime.plan.attributes.map((attribute, slot): FieldPlan => {
    const { field, name } = attribute;
    const verbatim = !attribute.shaped && !attribute.hasGet && !attribute.hasHidden;
    return { field, name, slot, attribute, verbatim };
  });
  const watchersOf: FieldPlan[][] = fields.map(() => []);
  const watchersOfAll: FieldPlan[] = [];
  const getters = fields.filter(({ attribute }) => attribute.hasGet);
  for (const getter of getters) {
    const { watch } = getter.attribute;
    if (watch === "*") watchersOfAll.push(getter);
    else watch?.forEach((watched) => watchersOf[watched]?.push(getter));
  }
  return {
    fields,
    shown: fields.filter(({ attribute }) => !attribute.hidden),
    byField: new Map(fields.map((plan) => [plan.field, plan])),
    hasGet: getters.length > 0,
    plain: getters.filter(({ attribute }) => attribute.watch === undefined),
    watchers: getters.filter(({ attribute }) => attribute.watch !== undefined),
    watchersOf,
    watchersOfAll,
  };
}

/** Whether an item belongs to the entity by the identifiers that it carries. */
export function hasIdentifiers(
  runtime: EntityRuntime,
  raw: Readonly<Record<string, unknown>>,
): boolean {
  const { identifiers, entity, version } = runtime.plan;
  return raw[identifiers.entity] === entity && raw[identifiers.version] === version;
}

/** Whether an item carries neither identifier, as in an index that does not hold them. */
export function lacksIdentifiers(
  runtime: EntityRuntime,
  raw: Readonly<Record<string, unknown>>,
): boolean {
  const { identifiers } = runtime.plan;
  return raw[identifiers.entity] === undefined && raw[identifiers.version] === undefined;
}

/**
 * Whether the keys of this index on an item begin as this entity's do.
 * @param lenient Whether a key that is not there counts as one that does.
 */
export function hasOwnKeys(
  index: IndexPlan,
  raw: Readonly<Record<string, unknown>>,
  lenient = false,
): boolean {
  if (index.kind === "composite") return false;
  const { partition, sort } = index;
  return (
    beginsLikeOwn(partition, raw, lenient) &&
    (sort === undefined || beginsLikeOwn(sort, raw, lenient))
  );
}

/** Whether the partition key of this index on an item begins as this entity's does. */
export function hasOwnPartition(index: IndexPlan, raw: Readonly<Record<string, unknown>>): boolean {
  return beginsLikeOwn(index.partition, raw, false);
}

function beginsLikeOwn(
  key: KeyPlan,
  raw: Readonly<Record<string, unknown>>,
  lenient: boolean,
): boolean {
  const value = raw[key.field];
  if (value === undefined) return lenient;
  return key.prefix === undefined || (typeof value === "string" && value.startsWith(prefixOf(key)));
}

function prefixOf({ prefix = "", casing }: KeyPlan): string {
  if (casing === "lower") return prefix.toLowerCase();
  return casing === "upper" ? prefix.toUpperCase() : prefix;
}
