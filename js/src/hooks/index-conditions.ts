// Asks the `condition` hooks of indexes, with what is known of the item that is written. What follows for keys is the core's.

import { writeIndexConditions } from "../border/calls.js";
import { takesNativeSets } from "../send/client.js";
import { VERBS, type Action } from "../chain/data.js";
import type { Draft } from "../border/draft.js";
import type { EntityCore } from "../entity/entity-core.js";
import { indexConditions, itemOf, type PreparedItem } from "./hooks.js";
import type { IndexPlan, Slot } from "../entity/plan.js";
import { shape } from "../border/shape.js";
import type { State } from "../chain/state.js";
import { define, ownMember, type Members } from "../tags.js";
import type { PreparedUpdate } from "./update-hooks.js";

/** The composites of both keys of an index. */
export function keySlots(index: IndexPlan): readonly Slot[] {
  return (index.slots ??= [...index.partition.composites, ...(index.sort?.composites ?? [])]);
}

/** Asks the conditions of those indexes of whose composites all are known. */
export function writeConditions(
  entity: EntityCore,
  state: State,
  item: PreparedItem | undefined,
  actions: readonly Action[],
  update: PreparedUpdate | undefined,
  draft: Draft,
): void {
  const { runtime, conditional } = entity;
  const known =
    item === undefined
      ? knownOfChange(entity, state, actions, update)
      : knownOfItem(entity, state, item);
  const { attributes } = runtime.plan;
  const asked = conditional.filter((index) =>
    keySlots(index).every((slot) => ownMember(known, attributes[slot]?.name ?? "") !== undefined),
  );
  if (asked.length === 0) return;
  const numbers = asked.map((index) => index.number);
  writeIndexConditions(draft, indexConditions(runtime, numbers, known));
}

/**
 * The whole item; ElectroDB shows it in its stored form, and an upsert's without what is absent. Of what an upsert does not
 * write, `composite()` tells.
 */
function knownOfItem({ runtime, dropIn }: EntityCore, state: State, item: PreparedItem): Members {
  const all = itemOf(runtime, item.values, dropIn);
  if (!dropIn) {
    for (const [name, value] of Object.entries(state.composite ?? {})) {
      if (ownMember(all, name) === undefined) define(all, name, value);
    }
    return all;
  }
  if (state.operation !== "upsert") return all;
  const present: Members = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) define(present, name, value);
  }
  return present;
}

/** What an update tells of the item, by attribute name. */
function knownOfChange(
  entity: EntityCore,
  state: State,
  actions: readonly Action[],
  update: PreparedUpdate | undefined,
): Members {
  const { runtime, dropIn } = entity;
  const known: Members = {};
  const removed: string[] = [];
  const tell = (slot: number, name: string, isWhole: boolean, value: unknown): void => {
    const attribute = runtime.plan.attributes[slot];
    if (attribute === undefined) return;
    const native = takesNativeSets(runtime, undefined);
    define(known, name, dropIn && isWhole ? shape(value, attribute, native, dropIn) : value);
  };
  actions.forEach(({ slot, name, steps, plain, verb }, i) => {
    if (steps !== undefined && !dropIn) return;
    if (verb === VERBS.remove && slot !== -1)
      removed.push(runtime.plan.attributes[slot]?.name ?? "");
    else if (plain && !(dropIn && update?.silent.includes(i) === true)) {
      tell(slot, name, steps === undefined, update?.values[i]);
    }
  });
  for (const { slot, value } of update?.extra ?? []) {
    tell(slot, runtime.plan.attributes[slot]?.name ?? "", true, value);
  }
  if (dropIn) {
    const { indexes, primary } = runtime.plan;
    const stated = composites(entity, state.composite, new Set(indexes.flatMap(keySlots)));
    const key = composites(entity, state.key, keySlots(indexes[primary] as IndexPlan));
    return { ...known, ...stated, ...key };
  }
  const all: Members = { ...known, ...state.composite, ...state.key };
  for (const name of removed) define(all, name, undefined);
  return all;
}

/** ElectroDB tells conditions of composites only, beside what is changed. */
function composites(
  { runtime }: EntityCore,
  given: object | undefined,
  slots: Iterable<Slot>,
): Members {
  const told: Members = {};
  for (const slot of slots) {
    const name = runtime.plan.attributes[slot]?.name ?? "";
    if (given !== undefined && Object.hasOwn(given, name)) {
      define(told, name, (given as Members)[name]);
    }
  }
  return told;
}
