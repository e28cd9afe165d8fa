// Writes a chain's state into the encoder as one call (src/call/read.rs reads it); it decides nothing.

import { VERBS, type Action } from "./data.js";
import type { Encoder } from "./encode.js";
import type { PreparedItem } from "./hooks.js";
import type { KeyPlan, Slot } from "./plan.js";
import type { EntityRuntime } from "./runtime.js";
import { define, ownMember } from "./tags.js";
import type { Argument, Clause, PathReference } from "./tokens.js";
import type { PreparedUpdate } from "./update-hooks.js";

/** The operations, in the numbering of `src/call/read.rs`. */
export const OPERATIONS = {
  put: 0,
  create: 1,
  get: 2,
  update: 3,
  patch: 4,
  upsert: 5,
  delete: 6,
  remove: 7,
  query: 8,
  scan: 9,
} as const;

/** The heads of batches, in the same numbering: their options, which are said once for all items. */
export const HEADS = { get: 10, put: 11, delete: 11 } as const;

/** The name of an operation. */
export type OperationName = keyof typeof OPERATIONS;

/** The sort operators, in the numbering of `src/call/read.rs`. */
export const SORTS = { begins: 1, between: 2, gt: 3, gte: 4, lt: 5, lte: 6 } as const;

const END = 0;
const KEY = 1;
const SORT = 2;
const ITEM = 3;
const ACTIONS = 4;
const COMPOSITE = 5;
const INDEX_CONDITIONS = 6;
const CLAUSE = 7;
const OPTIONS = 8;
const UNKNOWN = 9;
const CHECKED = 10;

const FROM_DATA = 1;
const HAS_START = 2;
const HAS_CHECKED = 4;
const FROM_HOOK = 8;

/** Options whose values the core reads; of all others it sees only that they are there. */
const READ_BY_CORE = new Set(["attributes", "conditions", "segments", "cursor"]);

/** Begins a call. */
export function begin(encoder: Encoder, operation: number, index: number): void {
  encoder.byte(operation);
  encoder.byte(index);
}

/** Ends a call. */
export function end(encoder: Encoder): void {
  encoder.byte(END);
}

/** The composites of these slots that the record has. */
function composites(
  encoder: Encoder,
  runtime: EntityRuntime,
  record: object,
  slots: readonly Slot[],
): void {
  let count = 0;
  const { attributes } = runtime.plan;
  for (let i = 0; i < slots.length; i++) {
    if (
      ownMember(record, (attributes[slots[i] as number] as { name: string }).name) !== undefined
    ) {
      count++;
    }
  }
  encoder.short(count);
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number;
    const value = ownMember(record, (attributes[slot] as { name: string }).name);
    if (value === undefined) continue;
    encoder.short(slot);
    encoder.given(value);
  }
}

/** The values of these slots, which stand in a list from this position on. */
export function writeListedKey(
  encoder: Encoder,
  slots: readonly Slot[],
  values: readonly unknown[],
  from: number,
): void {
  encoder.byte(KEY);
  let count = 0;
  for (let i = 0; i < slots.length; i++) if (values[from + i] !== undefined) count++;
  encoder.short(count);
  for (let i = 0; i < slots.length; i++) {
    const value = values[from + i];
    if (value === undefined) continue;
    encoder.short(slots[i] as Slot);
    encoder.given(value);
  }
}

/** The key attributes of the record, those of these slots. */
export function writeKey(
  encoder: Encoder,
  runtime: EntityRuntime,
  record: object,
  slots: readonly Slot[],
): void {
  encoder.byte(KEY);
  composites(encoder, runtime, record, slots);
}

/** The sort condition of a query. */
export function writeSort(
  encoder: Encoder,
  runtime: EntityRuntime,
  sort: { operator: number; lower: object; upper: object | undefined },
  key: KeyPlan | undefined,
): void {
  encoder.byte(SORT);
  encoder.byte(sort.operator);
  const slots = key?.composites ?? [];
  composites(encoder, runtime, sort.lower, slots);
  if (sort.operator === SORTS.between) composites(encoder, runtime, sort.upper ?? {}, slots);
}

/** The attributes to write. */
export function writeItem(encoder: Encoder, prepared: PreparedItem): void {
  encoder.byte(ITEM);
  writeSlots(encoder, prepared.values, true);
  if (prepared.checked !== undefined) {
    encoder.byte(CHECKED);
    writeSlots(encoder, prepared.checked, false);
  }
  if (prepared.unknown !== undefined) writeUnknown(encoder, prepared.unknown);
}

function writeSlots(encoder: Encoder, values: readonly unknown[], given: boolean): void {
  let count = 0;
  for (let slot = 0; slot < values.length; slot++) if (values[slot] !== undefined) count++;
  encoder.short(count);
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot];
    if (value === undefined) continue;
    encoder.short(slot);
    if (given) encoder.given(value);
    else encoder.value(value);
  }
}

/** Names that the model does not declare. */
export function writeUnknown(encoder: Encoder, names: readonly string[]): void {
  encoder.byte(UNKNOWN);
  encoder.short(names.length);
  for (const name of names) encoder.text(name);
}

/** The actions of an update with the values that hooks made of theirs, then what hooks add. */
export function writeActions(
  encoder: Encoder,
  actions: readonly Action[],
  update: PreparedUpdate | undefined,
): void {
  const extra = update?.extra ?? [];
  encoder.byte(ACTIONS);
  encoder.short(actions.length + extra.length);
  const checked = update?.checked;
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i] as Action;
    const value = update === undefined ? action.value : update.values[i];
    writeAction(encoder, action, value, checked !== undefined, checked?.[i]);
  }
  for (let i = 0; i < extra.length; i++) {
    const { slot, value } = extra[i] as PreparedUpdate["extra"][number];
    encoder.byte(VERBS.set);
    encoder.byte(FROM_HOOK);
    encoder.byte(0);
    encoder.short(slot);
    encoder.byte(1);
    encoder.given(value);
  }
}

function writeAction(
  encoder: Encoder,
  action: Action,
  value: unknown,
  isChecked: boolean,
  checked: unknown,
): void {
  const { start, path, clause, plain, amount } = action;
  const other = isChecked && (plain || clause !== undefined);
  encoder.byte(action.verb);
  encoder.byte(
    (path === undefined ? 0 : FROM_DATA) |
      (start === undefined ? 0 : HAS_START) |
      (other ? HAS_CHECKED : 0),
  );
  if (path !== undefined) {
    encoder.byte(2);
    writePath(encoder, path);
  } else if (action.slot !== -1 && action.steps === undefined) {
    encoder.byte(0);
    encoder.short(action.slot);
  } else {
    encoder.byte(1);
    encoder.text(action.name);
  }
  if (plain) {
    encoder.byte(1);
    encoder.given(amount === undefined ? value : amount.value);
  } else if (clause !== undefined) {
    encoder.byte(2);
    writeClauseBody(encoder, clause);
  } else {
    encoder.byte(0);
  }
  if (start !== undefined) encoder.given(amount === undefined ? start.value : value);
  if (other) encoder.value(checked);
}

function writePath(encoder: Encoder, path: PathReference): void {
  encoder.short(path.slot);
  encoder.text(path.name);
  encoder.few(path.steps.length);
  for (const step of path.steps) {
    if (typeof step === "string") {
      encoder.byte(0);
      encoder.text(step);
    } else {
      encoder.byte(1);
      encoder.word(step);
    }
  }
}

/** A where clause. */
export function writeClause(encoder: Encoder, clause: Clause): void {
  encoder.byte(CLAUSE);
  writeClauseBody(encoder, clause);
}

function writeClauseBody(encoder: Encoder, clause: Clause): void {
  encoder.text(clause.text);
  const { tokens } = clause;
  encoder.short(tokens.length);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Clause["tokens"][number];
    encoder.byte(token.operator);
    encoder.few(token.arguments.length);
    for (let j = 0; j < token.arguments.length; j++) {
      writeArgument(encoder, token.arguments[j] as Argument);
    }
  }
}

function writeArgument(encoder: Encoder, argument: Argument): void {
  switch (argument.kind) {
    case "path":
      encoder.byte(0);
      return writePath(encoder, argument.path);
    case "value":
      encoder.byte(1);
      return encoder.given(argument.value);
    case "token":
      encoder.byte(2);
      return encoder.short(argument.number);
  }
}

/** What `composite()` says the item already has. */
export function writeComposite(encoder: Encoder, runtime: EntityRuntime, record: object): void {
  encoder.byte(COMPOSITE);
  composites(
    encoder,
    runtime,
    record,
    runtime.plan.attributes.map((_, slot) => slot),
  );
}

/** Which index conditions held. */
export function writeIndexConditions(
  encoder: Encoder,
  held: readonly (readonly [number, boolean])[],
): void {
  encoder.byte(INDEX_CONDITIONS);
  encoder.byte(held.length);
  for (const [index, holds] of held) {
    encoder.byte(index);
    encoder.byte(holds ? 1 : 0);
  }
}

const NONE: readonly string[] = [];

/** The options, as far as the core may read them. */
export function writeOptions(encoder: Encoder, options: object): void {
  encoder.byte(OPTIONS);
  const readable: Record<string, unknown> = {};
  for (const name of Object.keys(options)) {
    const value = (options as Record<string, unknown>)[name];
    const opaque = typeof value === "function" || (typeof value === "object" && value !== null);
    define(readable, name, opaque && !READ_BY_CORE.has(name) ? true : value);
  }
  // Inherited ones and getters of a class count as well: a write without its conditions would destroy data.
  for (const name of typeof options === "object" ? READ_BY_CORE : NONE) {
    if (name in options && !Object.hasOwn(readable, name)) {
      define(readable, name, (options as Record<string, unknown>)[name]);
    }
  }
  encoder.givenAs(options, readable);
}
