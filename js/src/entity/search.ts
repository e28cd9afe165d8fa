// `find` and `match`: items by whatever attributes are known. Which index they read is the core's choice; without one they scan.

import { Chain, QueryChain } from "../chain/chain.js";
import { keyFields } from "../send/cursor.js";
import { type EntityCore, translate } from "./entity-core.js";
import { refuse } from "../error.js";
import { snapshot } from "./given.js";
import { keySlots } from "../hooks/index-conditions.js";
import type { IndexPlan, Slot } from "./plan.js";
import { State } from "../chain/state.js";
import { isRecord, type Members } from "../tags.js";
import type { Argument, Clause, Token } from "../chain/tokens.js";
import { OPERATORS, comparedAsStored } from "../chain/compared.js";

/** What is looked for. */
interface Sought {
  readonly values: Members;
  /** The attributes that have a value, in the order in which they are given. */
  readonly slots: readonly Slot[];
}

/** Items by the index that the attributes say most of; what is no part of its key is left out. */
export function find(core: EntityCore, attributes: unknown): Chain {
  return attempt(core, () => {
    const sought = read(core, "find", attributes);
    const index = choice(core, sought, false);
    const state = stateOf(core, sought, index, []);
    // As in ElectroDB, the sort key of what `find` has chosen can be compared, and that of a `match` not.
    return index === undefined ? new Chain(core, state) : new QueryChain(core, state);
  });
}

/** The same with every attribute as a filter beside it. */
export function match(core: EntityCore, attributes: unknown): Chain {
  return attempt(core, () => {
    const sought = read(core, "match", attributes);
    if (sought.slots.length === 0 && !core.dropIn) {
      const message = "`match` needs a value to look for: `scan` reads all items";
      throw refuse(false, "InvalidOptions", message);
    }
    const index = choice(core, sought, true);
    return new Chain(core, stateOf(core, sought, index, filterOf(core, sought, index)));
  });
}

/** A chain that fails when it is used, where it cannot be made. */
function attempt(core: EntityCore, make: () => Chain): Chain {
  try {
    return make();
  } catch (thrown) {
    const error = translate(core.dropIn, thrown);
    return new Chain(core, new State("scan", core.runtime.plan.primary, {}, undefined, { error }));
  }
}

function read(core: EntityCore, method: string, given: unknown): Sought {
  const { runtime, dropIn } = core;
  const { attributes } = runtime.plan;
  if (given === null || (!dropIn && !isRecord(given))) {
    throw refuse(dropIn, "InvalidOptions", `\`${method}\` needs an object of attributes`);
  }
  const values = snapshot(runtime, undefined, given);
  const slots: Slot[] = [];
  for (const name of Object.keys(values)) {
    const slot = runtime.slot(name);
    if (slot === -1 && !dropIn) throw core.unknownAttribute(name, attributes);
    if (slot !== -1 && values[name] !== undefined) slots.push(slot);
  }
  return { values, slots };
}

function choice(core: EntityCore, { slots }: Sought, filtered: boolean): IndexPlan | undefined {
  const number = core.core.ask("choice", filtered, ...slots);
  return typeof number === "number" ? core.runtime.plan.indexes[number] : undefined;
}

function stateOf(
  { runtime }: EntityCore,
  { values }: Sought,
  index: IndexPlan | undefined,
  clauses: readonly Clause[],
): State {
  const nothing = undefined;
  return index === undefined
    ? new State("scan", runtime.plan.primary, {}, nothing, nothing, [], nothing, clauses)
    : new State("search", index.number, values, nothing, nothing, [], nothing, clauses);
}

/** One clause: each attribute has the value. */
function filterOf(core: EntityCore, sought: Sought, index: IndexPlan | undefined): Clause[] {
  const { attributes } = core.runtime.plan;
  const tested = index === undefined ? [] : testedByKey(core, sought, index);
  const filtered = sought.slots.filter((slot) => !tested.includes(slot));
  const tokens = filtered.map((slot): Token => {
    const name = attributes[slot]?.name ?? "";
    const path: Argument = { kind: "path", path: { slot, name, steps: [] } };
    const value: Argument = { kind: "value", value: sought.values[name] };
    return { operator: OPERATORS.is, arguments: [path, value] };
  });
  if (tokens.length === 0) return [];
  const text = tokens.map((_, number) => `\u0001${number}\u0002`).join(" AND ");
  return [{ text, tokens: comparedAsStored(core.runtime, tokens) }];
}

/** The attributes that are keys by themselves: the key condition compares them, and DynamoDB refuses a filter on them. */
function testedByKey({ runtime }: EntityCore, { slots }: Sought, index: IndexPlan): Slot[] {
  const composites = keySlots(index);
  const end = composites.findIndex((slot) => !slots.includes(slot));
  const fields = keyFields(runtime, index);
  return composites
    .slice(0, end < 0 ? composites.length : end)
    .filter((slot) => fields.includes(runtime.plan.attributes[slot]?.field ?? ""));
}
