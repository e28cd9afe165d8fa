// Converts stored values and runs get hooks, in each entry's order. Whose an item is, is read.ts's to decide.

import { valueOf } from "../entity/key-forms.js";
import { hookFailed } from "../error.js";
import type { AttributePlan } from "../entity/plan.js";
import type { FieldPlan } from "../read/read-plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { membersOf } from "../border/shape.js";
import { define, isRecord, isSet, ownMember, type Members } from "../tags.js";
import type { Hook } from "./write-plan.js";

/**
 * The attribute's value of a stored one: sets as arrays, properties by name.
 * @param item The record that the attribute's own get hook sees; without one, hooks are left alone.
 * @param withHidden Whether hidden properties are shown.
 */
export function readValue(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
  item?: unknown,
  withHidden = false,
): unknown {
  const form = attribute.slot === undefined ? undefined : runtime.reads.texts.get(attribute.slot);
  const own = form === undefined ? value : valueOf(form, value);
  const below =
    own === undefined || own === null ? own : readBelow(runtime, attribute, own, item, withHidden);
  if (attribute.get === undefined || item === undefined) return below;
  try {
    return (runtime.hooks[attribute.get] as Hook)(below, item);
  } catch (cause) {
    throw hookFailed(runtime.dropIn, `the \`get\` hook of \`${attribute.name}\``, cause);
  }
}

function readBelow(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
  item: unknown,
  withHidden: boolean,
): unknown {
  const { kind, properties, items } = attribute;
  if (kind === "set") return membersOf(value) ?? value;
  if (!attribute.shaped && !attribute.hasGet && !attribute.hasHidden) return value;
  if (runtime.dropIn) {
    // ElectroDB makes a map or a list of whatever is stored in its place.
    if (properties !== undefined && !isRecord(value)) return {};
    if (items !== undefined && (typeof value === "string" || isSet(value))) {
      return readBelow(runtime, attribute, [...(value as Iterable<unknown>)], item, withHidden);
    }
  }
  // A map without declared properties shows nothing in ElectroDB; the main entry shows what is stored.
  if (properties !== undefined && (properties.length > 0 || runtime.dropIn) && isRecord(value)) {
    const read: Members = {};
    for (const property of properties) {
      const part = ownMember(value, property.field);
      if ((property.hidden && !withHidden) || part === undefined) continue;
      const seen = item === undefined ? undefined : value;
      const shown = readValue(runtime, property, part, seen, withHidden);
      if (shown !== undefined || !runtime.dropIn) define(read, property.name, shown);
    }
    return read;
  }
  if (items !== undefined && Array.isArray(value)) {
    if (items.hidden && !withHidden) return [];
    const seen = item === undefined ? undefined : value;
    const members = value.map((member) => readValue(runtime, items, member, seen, withHidden));
    return runtime.dropIn ? members.filter((member) => member !== undefined) : members;
  }
  return value;
}

/**
 * The main entry's order: every plain get hook, also of absent attributes, on the item as stored; then every watcher on
 * the item after those. What answers `undefined` is left out.
 */
export function runGetters(
  runtime: EntityRuntime,
  raw: Members,
  wanted: readonly boolean[] | undefined,
  includeHidden: boolean,
): Members {
  const { fields, plain, watchers } = runtime.reads;
  const stored: Members = {};
  for (const { field, name, attribute } of fields) {
    if (!Object.hasOwn(raw, field)) continue;
    define(stored, name, readValue(runtime, attribute, raw[field]));
  }
  const isShown = ({ slot, attribute }: FieldPlan): boolean =>
    (includeHidden || !attribute.hidden) && (wanted === undefined || wanted[slot] === true);
  const result: Members = { ...stored };
  const run = (plan: FieldPlan, item: Members): void => {
    if (!isShown(plan)) return;
    const stored = ownMember(raw, plan.field);
    const value = readValue(runtime, plan.attribute, stored, item, includeHidden);
    define(result, plan.name, value);
  };
  for (const plan of plain) run(plan, stored);
  if (watchers.length > 0) {
    const after = { ...result };
    for (const plan of watchers) run(plan, after);
  }
  const shown: Members = {};
  for (const plan of fields) {
    const { name } = plan;
    if (!isShown(plan) || !Object.hasOwn(result, name)) continue;
    if (result[name] !== undefined) define(shown, name, result[name]);
  }
  return shown;
}

/** What ElectroDB hands to the second hooks of an absent attribute. */
function emptyOf({ kind, items, properties, get }: AttributePlan, absent: unknown): unknown {
  if (absent === null || get === undefined) return absent;
  if (kind === "list" && items !== undefined) return [];
  return kind === "map" && properties !== undefined ? {} : undefined;
}

/**
 * ElectroDB's order: the hooks of stored attributes in the order in which they are stored; then stored watchers,
 * watchers of stored attributes and watchers of all, on the item after the first ones.
 */
export function runGettersAsElectroDB(
  runtime: EntityRuntime,
  raw: Members,
  options: { readonly data?: string | undefined; readonly includeHidden?: boolean | undefined },
): Members {
  const { byField, fields, watchersOf, watchersOfAll } = runtime.reads;
  const stored: Members = {};
  const found: FieldPlan[] = [];
  for (const field of Object.keys(raw)) {
    const plan = byField.get(field);
    if (plan !== undefined) {
      found.push(plan);
      define(stored, plan.name, raw[field]);
    } else if (options.data === "includeKeys") {
      define(stored, field, raw[field]);
    }
  }
  const withHidden = options.includeHidden === true;
  const isShown = ({ attribute }: FieldPlan): boolean => !attribute.hidden || withHidden;
  const first: Members = { ...stored };
  for (const plan of found) {
    const { watch, get } = plan.attribute;
    // A watcher's own value waits for its hook.
    if (watch !== undefined && get !== undefined) continue;
    const shown = isShown(plan)
      ? readValue(runtime, plan.attribute, raw[plan.field], stored, withHidden)
      : undefined;
    define(first, plan.name, shown);
  }
  const second = new Set(found.filter(({ attribute }) => attribute.watch !== undefined));
  for (const { slot } of found) watchersOf[slot]?.forEach((plan) => second.add(plan));
  watchersOfAll.forEach((plan) => second.add(plan));
  const result: Members = {};
  for (const name of Object.keys(first)) {
    const slot = runtime.slot(name);
    if (slot < 0 || isShown(fields[slot] as FieldPlan)) define(result, name, first[name]);
  }
  for (const plan of second) {
    if (!isShown(plan)) continue;
    // The hooks of its parts have run with the first ones.
    if (plan.attribute.get === undefined) continue;
    const kept = ownMember(raw, plan.field);
    const value = kept ?? emptyOf(plan.attribute, kept);
    define(result, plan.name, readValue(runtime, plan.attribute, value, first, withHidden));
  }
  return result;
}
