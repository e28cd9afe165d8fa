// Runs set hooks and watchers for update and patch, in ElectroDB's order. It checks nothing.

import { applySet, type Equality } from "./hooks.js";
import { attributeAt, isFreeProperty } from "../chain/paths.js";
import type { AttributePlan, IndexPlan } from "../entity/plan.js";
import { casedAs, isBare } from "../entity/key-forms.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { keySlots } from "./index-conditions.js";
import { isRebuilt, shape } from "../border/shape.js";
import { define, type Members } from "../tags.js";
import { refuseInvalidChanges } from "./validate.js";
import { isWatcher } from "./write-plan.js";

/** One action of an update, as far as hooks are concerned. */
export interface Change {
  /** The slot of the top-level attribute that it is about; -1 where none is declared by that name. */
  readonly slot: number;
  /** Its path as text: `name`, `address.street`, `tags[0]`. */
  readonly name: string;
  /** The steps below the top-level attribute; absent at the top level. */
  readonly steps?: readonly (string | number)[] | undefined;
  readonly value: unknown;
  /** Whether `value` is a value, not nothing (`remove`) and not an expression of tokens. */
  readonly plain: boolean;
  /** Whether it is one of the drop-in's object forms that says `undefined`. */
  readonly silent?: boolean | undefined;
  /** The path that a `data` callback walked; absent for the names of object forms. */
  readonly path?: unknown;
  /** The expression that a `data` callback gave instead of a value. */
  readonly clause?: unknown;
}

/** What a watcher sets beside the user's own changes. */
export interface Addition {
  readonly slot: number;
  readonly value: unknown;
}

/** An update after its set hooks. */
export interface PreparedUpdate {
  /** The values of the changes, in their order. */
  readonly values: readonly unknown[];
  /** What the core has to check instead of `values`. */
  readonly checked: readonly unknown[] | undefined;
  /** The positions of changes whose hook answered nothing, so that conditions of the drop-in see nothing there. */
  readonly silent: readonly number[];
  /** What watchers set beside the user's own changes, in the order in which it is to be written. */
  readonly extra: readonly Addition[];
}

interface Entry {
  readonly change: Change;
  readonly attribute: AttributePlan | undefined;
  /** The change's position; a later change of the same path takes the place of an earlier one. */
  position: number;
  value: unknown;
}

const NOTHING: PreparedUpdate["extra"] = [];
const NO_POSITIONS: readonly number[] = [];

/** The values of an update after its hooks, and what watchers add. */
export function prepareUpdate(
  runtime: EntityRuntime,
  changes: readonly Change[],
  equality?: Equality,
): PreparedUpdate {
  const { plain, watchers } = runtime.writes;
  // Lists of a known length: one that grows takes room for seventeen at once, and this is the hot path.
  const values = new Array<unknown>(changes.length);
  for (let i = 0; i < changes.length; i++) values[i] = (changes[i] as Change).value;
  const seen = runtime.dropIn ? refuseInvalidChanges(runtime, changes) : undefined;
  const dropped = runtime.dropIn && dropEmptySets(runtime, changes, values);
  if (plain.length === 0 && watchers.length === 0) {
    return {
      values,
      checked: seen ?? (dropped ? changes.map(({ value }) => value) : undefined),
      silent: NO_POSITIONS,
      extra: NOTHING,
    };
  }
  const checked = runtime.dropIn ? (seen ?? changes.map(({ value }) => value)) : undefined;
  const entries = readEntries(runtime, changes);
  if (plain.length > 0 || runtime.dropIn || runtime.writes.hasNestedSet) {
    runPlain(runtime, entries, values, equality);
  }
  const extra =
    watchers.length === 0 && !repeatsNested(runtime)
      ? NOTHING
      : runWatchers(runtime, changes, entries, values, equality);
  return { values, checked, silent: silentOf(runtime, entries), extra };
}

/** The positions of changes whose hook answered nothing, where they are asked for. */
function silentOf({ dropIn }: EntityRuntime, entries: readonly Entry[]): readonly number[] {
  if (!dropIn) return NO_POSITIONS;
  return entries.filter(({ value }) => value === undefined).map(({ position }) => position);
}

/** ElectroDB's updates take an empty list for nothing where a set belongs. Answers whether there was one. */
function dropEmptySets(
  runtime: EntityRuntime,
  changes: readonly Change[],
  values: unknown[],
): boolean {
  let any = false;
  changes.forEach((change, position) => {
    if (!isEmptySet(runtime, change)) return;
    values[position] = undefined;
    any = true;
  });
  return any;
}

function isEmptySet(runtime: EntityRuntime, { slot, steps, value }: Change): boolean {
  if (!Array.isArray(value) || value.length > 0) return false;
  return attributeAt(runtime, slot, steps)?.kind === "set";
}

/** The plain changes by path, in the order in which each path was first named. */
function readEntries(runtime: EntityRuntime, changes: readonly Change[]): Entry[] {
  const entries = new Array<Entry>(changes.length);
  let count = 0;
  for (let position = 0; position < changes.length; position++) {
    const change = changes[position] as Change;
    const { name, slot, steps, value } = change;
    // Hooks see nothing of what is not declared.
    if (!change.plain || slot < 0) continue;
    if (runtime.dropIn && (value === undefined || isEmptySet(runtime, change))) continue;
    const earlier = entryOf(entries, name, count);
    // ElectroDB shows hooks what is a key by itself as the key is cased.
    const form = runtime.dropIn && steps === undefined ? runtime.keyForms.get(slot) : undefined;
    const seen = form === undefined || !isBare(form) ? value : casedAs(form, value);
    if (earlier === undefined) {
      const attribute = hookedAt(runtime, slot, steps);
      entries[count++] = { change, attribute, position, value: seen };
    } else {
      earlier.position = position;
      earlier.value = seen;
    }
  }
  entries.length = count;
  return entries;
}

/** The attribute whose set hooks run. ElectroDB knows none of a property that holds anything. */
function hookedAt(
  runtime: EntityRuntime,
  slot: number,
  steps: Change["steps"],
): AttributePlan | undefined {
  const attribute = attributeAt(runtime, slot, steps);
  return runtime.dropIn && attribute !== undefined && isFreeProperty(attribute, steps)
    ? undefined
    : attribute;
}

/** The entry of this path among the first so many. */
function entryOf(entries: readonly Entry[], name: string, count: number): Entry | undefined {
  for (let i = 0; i < count; i++) {
    const entry = entries[i] as Entry;
    if (entry.change.name === name) return entry;
  }
  return undefined;
}

/** The item that hooks see: what is written, over what conditions say is there. */
function record(entries: readonly Entry[], equality: Equality | undefined): Members {
  const item: Members = {};
  equality?.forEach((value, name) => {
    if (entryOf(entries, name, entries.length) === undefined) define(item, name, value);
  });
  for (const { change, value } of entries) define(item, change.name, value);
  return item;
}

function runPlain(
  runtime: EntityRuntime,
  entries: readonly Entry[],
  values: unknown[],
  equality: Equality | undefined,
): void {
  let item: Members | undefined;
  const results: [Entry, unknown][] = [];
  for (const entry of entries) {
    const { attribute, change } = entry;
    if (attribute === undefined) continue;
    if (attribute.hasSet && (change.steps !== undefined || !isWatcher(attribute))) {
      item ??= record(entries, equality);
      results.push([entry, applySet(runtime, attribute, entry.value, item)]);
    } else if (runtime.dropIn && isRebuilt(attribute) && !isWatcher(attribute)) {
      results.push([entry, entry.value]);
    }
  }
  for (const [entry, result] of results) {
    settle(entry, result, values);
    if (runtime.dropIn) entry.value = stored(runtime, entry, result);
  }
}

/** A hook that answers nothing leaves what the user wrote; the item shows `undefined` all the same. */
function settle(entry: Entry, result: unknown, values: unknown[]): void {
  entry.value = result;
  if (result !== undefined) values[entry.position] = result;
}

/** ElectroDB shows watchers the stored form of what was written. */
function stored(runtime: EntityRuntime, { attribute }: Entry, value: unknown): unknown {
  return attribute === undefined
    ? value
    : shape(value, attribute, runtime.client !== undefined, runtime.dropIn);
}

/** In a model with a watcher, ElectroDB runs the set hooks of nested paths a second time, on their own result. */
function repeatsNested(runtime: EntityRuntime): boolean {
  return runtime.dropIn && runtime.writes.watchers.length > 0 && runtime.writes.hasNestedSet;
}

/** Whether the user gives an attribute an expression, which no hook sees: DynamoDB refuses a second value beside it. */
function isExpressed(changes: readonly Change[], slot: number): boolean {
  return changes.some(
    (change) => change.slot === slot && change.steps === undefined && change.clause !== undefined,
  );
}

/** The watchers that are written themselves, then those of what is written, then those of everything. */
function runWatchers(
  runtime: EntityRuntime,
  changes: readonly Change[],
  entries: readonly Entry[],
  values: unknown[],
  equality: Equality | undefined,
): PreparedUpdate["extra"] {
  const { plan, writes } = runtime;
  const kept = keySlots(plan.indexes[plan.primary] as IndexPlan);
  const item = record(entries, equality);
  let extra: Addition[] | undefined;
  let ran: number[] | undefined;
  let results: [Entry, unknown][] | undefined;
  for (const entry of entries) {
    const { attribute, change } = entry;
    if (attribute?.hasSet !== true) continue;
    const { slot, steps } = change;
    if (steps === undefined ? !isWatcher(attribute) : !repeatsNested(runtime)) continue;
    if (steps === undefined) ran = added(ran, slot);
    results = added(results, [entry, applySet(runtime, attribute, entry.value, item)]);
  }
  const run = (slot: number): void => {
    if (ran?.includes(slot) === true) return;
    ran = added(ran, slot);
    const value = applySet(runtime, plan.attributes[slot] as AttributePlan, undefined, item);
    // What the table's key is made of stays what the key says, or the item would no longer be found by it.
    if (value === undefined || kept.includes(slot) || isExpressed(changes, slot)) return;
    extra = added(extra, { slot, value });
  };
  for (const { change } of entries) {
    if (change.steps !== undefined || change.slot < 0) continue;
    for (const slot of writes.watchersOf[change.slot] ?? []) run(slot);
  }
  for (const slot of writes.watchersOfAll) run(slot);
  for (const [entry, result] of results ?? []) settle(entry, result, values);
  return extra ?? NOTHING;
}

/** A list that begins with its first member. */
function added<T>(list: T[] | undefined, member: T): T[] {
  if (list === undefined) return [member];
  list.push(member);
  return list;
}
