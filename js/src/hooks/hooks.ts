// Runs the set hooks of items and the conditions of indexes before a write, in ElectroDB's order. It checks nothing.

import type { FilledItem } from "./defaults.js";
import { hookFailed } from "../error.js";
import type { AttributePlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { finish, isRebuilt, membersOf, presentMembers, shape, shapeSet } from "../border/shape.js";
import { define, isRecord, ownMember, type Members } from "../tags.js";
import { hasSetBelow, isWatcher, type Hook } from "./write-plan.js";

/** An item after its set hooks. */
export interface PreparedItem extends FilledItem {
  /** What the core has to check instead of `values`: ElectroDB checks what the user gave, not what hooks made of it. */
  readonly checked: readonly unknown[] | undefined;
}

/** The attributes that conditions ask to be equal to a value: a set hook sees them (the lock rule). */
export type Equality = ReadonlyMap<string, unknown>;

/** Runs the set hooks of put, create and upsert: plain ones on the item as filled, watchers on the item after those. */
export function runSetters(
  runtime: EntityRuntime,
  item: FilledItem,
  equality?: Equality,
): PreparedItem {
  const { plain, watchers } = runtime.writes;
  const { defaulted, unknown } = item;
  if (plain.length === 0 && watchers.length === 0) {
    return { values: item.values, defaulted, unknown, checked: undefined };
  }
  const values = runtime.dropIn ? shownValues(runtime, item.values) : item.values.slice();
  const seen = (before: readonly unknown[], second: boolean): Members => {
    const record = itemOf(runtime, before, second);
    if (equality !== undefined) addEquality(runtime, record, equality, item);
    return record;
  };
  if (plain.length > 0) runPass(runtime, plain, values, seen(values, false));
  if (watchers.length > 0) runPass(runtime, watchers, values, seen(values, true));
  return { values, defaulted, unknown, checked: runtime.dropIn ? item.values : undefined };
}

function runPass(
  runtime: EntityRuntime,
  slots: readonly number[],
  values: unknown[],
  item: Members,
): void {
  for (const slot of slots) {
    const attribute = runtime.plan.attributes[slot] as AttributePlan;
    values[slot] = applySet(runtime, attribute, values[slot], item);
  }
}

/** An equality value stands in where the payload says nothing, also over a default. */
function addEquality(
  runtime: EntityRuntime,
  record: Members,
  equality: Equality,
  item: FilledItem,
): void {
  for (const [name, value] of equality) {
    const slot = runtime.slot(name);
    if (slot < 0) continue;
    if (item.values[slot] === undefined || item.defaulted.includes(slot)) {
      define(record, name, value);
    }
  }
}

/**
 * The item that hooks see: every attribute by name, absent ones `undefined`.
 * @param second Whether the plain set hooks have run, after which ElectroDB shows parts in their stored form.
 */
export function itemOf(
  runtime: EntityRuntime,
  values: readonly unknown[],
  second = false,
): Members {
  const { attributes } = runtime.plan;
  const record: Members = {};
  for (let slot = 0; slot < attributes.length; slot++) {
    const attribute = attributes[slot] as AttributePlan;
    const value = values[slot];
    const seen =
      runtime.dropIn && isRebuilt(attribute)
        ? // A watcher's own value waits for its hook, while all others have their stored form.
          seenBy(runtime, attribute, value, second && !isWatcher(attribute))
        : value;
    define(record, attribute.name, seen);
  }
  return record;
}

function shownValues(runtime: EntityRuntime, values: readonly unknown[]): unknown[] {
  return values.map((value, slot) => {
    const attribute = runtime.plan.attributes[slot] as AttributePlan;
    return isRebuilt(attribute) ? seenBy(runtime, attribute, value, false) : value;
  });
}

/** How ElectroDB shows a value to hooks: sets wrapped already, maps without what is not declared. */
export function seenBy(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
  second: boolean,
): unknown {
  if (value === undefined || value === null) return value;
  if (second) return shape(value, attribute, runtime.client !== undefined, runtime.dropIn);
  const { properties, items } = attribute;
  if (attribute.kind === "set") return shapeSet(value, attribute, runtime.client !== undefined);
  if (attribute.shaped && properties !== undefined && isRecord(value)) {
    const declared: Members = {};
    for (const property of properties) {
      const part = ownMember(value, property.name);
      if (part !== undefined)
        define(declared, property.name, seenBy(runtime, property, part, false));
    }
    return declared;
  }
  if (items !== undefined && Array.isArray(value)) {
    return presentMembers(value).map((member) => seenBy(runtime, items, member, false));
  }
  return value;
}

/** The value after the set hooks of an attribute: those of its parts first, then its own. */
export function applySet(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
  item: unknown,
): unknown {
  const below =
    value === undefined || value === null ? value : applyBelow(runtime, attribute, value);
  if (attribute.set === undefined) return below;
  let result: unknown;
  try {
    result = (runtime.hooks[attribute.set] as Hook)(below, item);
  } catch (cause) {
    throw hookFailed(runtime.dropIn, `the \`set\` hook of \`${attribute.name}\``, cause);
  }
  if (runtime.dropIn && isRebuilt(attribute) && attribute.kind !== "set") finish(result);
  return result;
}

function applyBelow(runtime: EntityRuntime, attribute: AttributePlan, value: unknown): unknown {
  if (attribute.kind === "set") return membersOf(value) ?? value;
  const { properties, items } = attribute;
  if (attribute.shaped && properties !== undefined && isRecord(value)) {
    return runtime.dropIn
      ? storedMap(runtime, properties, value)
      : changedMap(runtime, properties, value);
  }
  if (items !== undefined && Array.isArray(value)) {
    if (!hasSetBelow(attribute) && !runtime.dropIn) return value;
    const members = value.map((member) => applySet(runtime, items, member, value));
    if (!runtime.dropIn) return members;
    // A list's own set hook gets its members in their stored form, as a map's does.
    const present = members.filter((member) => member !== undefined);
    const stored = present.map((member) =>
      shape(member, items, runtime.client !== undefined, runtime.dropIn),
    );
    finish(stored);
    return stored;
  }
  return value;
}

/** ElectroDB hands a map to its own set hook in its stored form: by field, without what is not declared. */
function storedMap(
  runtime: EntityRuntime,
  properties: readonly AttributePlan[],
  value: Members,
): Members {
  const stored: Members = {};
  for (const property of properties) {
    if (!Object.hasOwn(value, property.name)) continue;
    const part = applySet(runtime, property, value[property.name], value);
    if (part === undefined) continue;
    define(
      stored,
      property.field,
      shape(part, property, runtime.client !== undefined, runtime.dropIn),
    );
  }
  finish(stored);
  return stored;
}

function changedMap(
  runtime: EntityRuntime,
  properties: readonly AttributePlan[],
  value: Members,
): Members {
  let changed = value;
  for (const property of properties) {
    if (!property.hasSet || !Object.hasOwn(value, property.name)) continue;
    if (changed === value) changed = { ...value };
    define(changed, property.name, applySet(runtime, property, value[property.name], value));
  }
  return changed;
}

/**
 * Whether an item is in its indexes, as the `condition` of each says.
 * @param indexes The numbers of the indexes to ask; those without a condition are passed over.
 */
export function indexConditions(
  runtime: EntityRuntime,
  indexes: readonly number[],
  item: Members,
): [number, boolean][] {
  const answers: [number, boolean][] = [];
  for (const number of indexes) {
    const index = runtime.plan.indexes[number];
    if (index?.condition === undefined) continue;
    try {
      answers.push([number, Boolean((runtime.hooks[index.condition] as Hook)(item))]);
    } catch (cause) {
      throw hookFailed(runtime.dropIn, `the \`condition\` of index \`${index.name}\``, cause);
    }
  }
  return answers;
}
