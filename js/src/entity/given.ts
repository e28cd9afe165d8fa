// A chain's own copy of what a caller gives to name items: the caller's object may say something else by the time of `go`.

import type { OperationName } from "../border/calls.js";
import { record } from "../chain/chain.js";
import { type EntityCore, translate } from "./entity-core.js";
import { keySlots } from "../hooks/index-conditions.js";
import type { IndexPlan } from "./plan.js";
import type { EntityRuntime } from "./runtime.js";
import { State } from "../chain/state.js";
import { define, isRecord, type Members, ownMember } from "../tags.js";

/** The state of a call on what these values name; a getter that throws is the call's failure. */
export function started(
  { runtime, dropIn }: EntityCore,
  operation: OperationName,
  number: number,
  given: unknown,
  failure: State["failure"],
): State {
  try {
    const key = snapshot(runtime, runtime.plan.indexes[number], given);
    return new State(operation, number, key, undefined, failure);
  } catch (error) {
    return new State(operation, number, {}, undefined, { error: translate(dropIn, error) });
  }
}

/** The state of a query. In the main entry a name that the model does not declare is refused: without it, the answer would be wider. */
export function asked(core: EntityCore, number: number, given: unknown): State {
  const state = started(core, "query", number, given, undefined);
  const error = core.undeclared(state.key);
  return error === undefined ? state : state.withFailure(error);
}

/**
 * A copy of the values. Getters of a class are no members of the object itself, so they are asked for: those that compose
 * the keys of this index, or without one all of the model's.
 */
export function snapshot(
  { plan }: EntityRuntime,
  index: IndexPlan | undefined,
  given: unknown,
): Members {
  const values = record(given) as Members;
  const copy = { ...values };
  if (Object.getPrototypeOf(values) === Object.prototype) return copy;
  // What a set or the like says of itself (`size`) is not what is sought.
  if (index === undefined && !isRecord(values)) return copy;
  for (const slot of index === undefined ? plan.attributes.keys() : keySlots(index)) {
    const name = plan.attributes[slot]?.name ?? "";
    if (Object.hasOwn(copy, name)) continue;
    const value = ownMember(values, name);
    if (value !== undefined) define(copy, name, value);
  }
  return copy;
}
