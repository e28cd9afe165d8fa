// Writes a chain's state into a draft as one call (src/call/read.rs reads it); it decides nothing.

import { VERBS, type Action } from "../chain/data.js";
import { TooMany, type Draft } from "./draft.js";
import type { Encoder } from "./encode.js";
import type { PreparedItem } from "../hooks/hooks.js";
import type { KeyPlan, Slot } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import type { Structures } from "./structure.js";
import { define, ownMember } from "../tags.js";
import type { Argument, Clause, PathReference } from "../chain/tokens.js";
import type { PreparedUpdate } from "../hooks/update-hooks.js";
import { OPERATORS } from "../chain/compared.js";

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
  check: 12,
  /** A query whose index was chosen by what `find` or `match` was given. */
  search: 13,
} as const;

/** The heads of batches, in the same numbering: their options, which are said once for all items. */
export const HEADS = { get: 10, put: 11, delete: 11 } as const;

/** Beside an operation's number: it is part of a transaction. */
export const COMMITTED = 0x80;

/** The name of an operation. */
export type OperationName = keyof typeof OPERATIONS;

/** The sort operators, in the numbering of `src/call/read.rs`. */
export const SORTS = { begins: 1, between: 2, gt: 3, gte: 4, lt: 5, lte: 6 } as const;

/** Marks what begins a section of a call's structure; a count stands above the section's own number. */
const SECTION = 1 << 24;
const END = SECTION;
const KEY = SECTION | 1;
const SORT = SECTION | 2;
const ITEM = SECTION | 3;
const ACTIONS = SECTION | 4;
const COMPOSITE = SECTION | 5;
const INDEX_CONDITIONS = SECTION | 6;
const CLAUSE = SECTION | 7;
const OPTIONS = SECTION | 8;
const UNKNOWN = SECTION | 9;
const CHECKED = SECTION | 10;
const UPPER = SECTION | 11;

// An action is one mark of its verb, what is so of it, its target's kind, its operand's kind and its slot.
const FROM_DATA = 0x10;
const HAS_START = 0x20;
const HAS_CHECKED = 0x40;
const FROM_HOOK = 0x80;
const TEXT_TARGET = 1 << 8;
const PATH_TARGET = 2 << 8;
const VALUE_OPERAND = 1 << 10;
const CLAUSE_OPERAND = 2 << 10;
const SLOT_SHIFT = 12;

// An operator's argument.
const PATH = 0;
const VALUE = 1;
const TOKEN = 2;

const MANY = 0xffff;
const FEW = 0xff;

/** Options whose values the core reads; of all others it sees only that they are there. */
const READ_BY_CORE = new Set(["attributes", "conditions", "segments", "cursor"]);

/** Begins a call of the entity whose structures these are. */
export function begin(
  draft: Draft,
  structures: Structures,
  operation: number,
  index: number,
): void {
  draft.begin(structures);
  draft.mark(operation | (index << 8));
}

/**
 * Ends a call.
 * @param more Writes the values of further calls behind its own.
 */
export function end(draft: Draft, more?: (encoder: Encoder) => void): void {
  draft.mark(END);
  draft.finish(more);
}

/** The composites of these slots that the record has. */
function composites(
  draft: Draft,
  runtime: EntityRuntime,
  record: object,
  slots: readonly Slot[],
): void {
  const { attributes } = runtime.plan;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number;
    const value = ownMember(record, (attributes[slot] as { name: string }).name);
    if (value !== undefined) draft.given(value, slot << 4);
  }
}

/** The values of these slots, which stand in a list from this position on. */
export function writeListedKey(
  draft: Draft,
  slots: readonly Slot[],
  values: readonly unknown[],
  from: number,
): void {
  draft.mark(KEY);
  for (let i = 0; i < slots.length; i++) {
    const value = values[from + i];
    if (value !== undefined) draft.given(value, (slots[i] as Slot) << 4);
  }
}

/** The key attributes of the record, those of these slots. */
export function writeKey(
  draft: Draft,
  runtime: EntityRuntime,
  record: object,
  slots: readonly Slot[],
): void {
  draft.mark(KEY);
  composites(draft, runtime, record, slots);
}

/** The sort condition of a query. */
export function writeSort(
  draft: Draft,
  runtime: EntityRuntime,
  sort: { operator: number; lower: object; upper: object | undefined },
  key: KeyPlan | undefined,
): void {
  draft.mark(SORT | (sort.operator << 8));
  const slots = key?.composites ?? [];
  composites(draft, runtime, sort.lower, slots);
  if (sort.operator !== SORTS.between) return;
  draft.mark(UPPER);
  composites(draft, runtime, sort.upper ?? {}, slots);
}

/** The attributes to write. */
export function writeItem(draft: Draft, prepared: PreparedItem): void {
  const { values, checked, unknown } = prepared;
  draft.mark(ITEM);
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot];
    if (value !== undefined) draft.given(value, slot << 4);
  }
  if (checked !== undefined) {
    draft.mark(CHECKED);
    for (let slot = 0; slot < checked.length; slot++) {
      const value = checked[slot];
      if (value === undefined) continue;
      draft.mark(slot << 4);
      draft.unnumbered(value);
    }
  }
  if (unknown !== undefined) writeUnknown(draft, unknown);
}

/** Names that the model does not declare. */
function writeUnknown(draft: Draft, names: readonly string[]): void {
  draft.counted(UNKNOWN, names.length, MANY);
  for (const name of names) draft.mark(name);
}

const NO_ADDITIONS: PreparedUpdate["extra"] = [];

/** The actions of an update with the values that hooks made of theirs, then what hooks add. */
export function writeActions(
  draft: Draft,
  actions: readonly Action[],
  update: PreparedUpdate | undefined,
): void {
  const extra = update?.extra ?? NO_ADDITIONS;
  draft.counted(ACTIONS, actions.length + extra.length, MANY);
  const checked = update?.checked;
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i] as Action;
    const value = update === undefined ? action.value : update.values[i];
    writeAction(draft, action, value, checked !== undefined, checked?.[i]);
  }
  for (let i = 0; i < extra.length; i++) {
    const { slot, value } = extra[i] as PreparedUpdate["extra"][number];
    draft.mark(VERBS.set | FROM_HOOK | VALUE_OPERAND | (slot << SLOT_SHIFT));
    draft.given(value, 0);
  }
}

function writeAction(
  draft: Draft,
  action: Action,
  value: unknown,
  isChecked: boolean,
  checked: unknown,
): void {
  const { start, path, clause, plain, amount } = action;
  // As what an upsert of the drop-in says of parts, read-only ones too.
  const onlyChecked = !plain && action.value !== undefined;
  const other =
    onlyChecked || (isChecked && (plain || clause !== undefined || checked !== undefined));
  const operand = plain ? VALUE_OPERAND : clause === undefined ? 0 : CLAUSE_OPERAND;
  const said =
    action.verb |
    (path === undefined ? 0 : FROM_DATA) |
    (start === undefined ? 0 : HAS_START) |
    (other ? HAS_CHECKED : 0) |
    (onlyChecked ? FROM_HOOK : 0) |
    operand;
  if (path !== undefined) {
    draft.mark(said | PATH_TARGET);
    writePath(draft, path);
  } else if (action.slot !== -1 && action.steps === undefined) {
    draft.mark(said | (action.slot << SLOT_SHIFT));
  } else {
    draft.mark(said | TEXT_TARGET);
    draft.mark(action.name);
  }
  if (plain) {
    draft.given(amount === undefined ? value : amount.value, 0);
  } else if (clause !== undefined) {
    draft.counted(0, clause.tokens.length, MANY);
    writeClauseBody(draft, clause);
  }
  if (start !== undefined) draft.given(amount === undefined ? start.value : value, 0);
  if (other) draft.unnumbered(onlyChecked ? action.value : checked);
}

function writePath(draft: Draft, { slot, name, steps }: PathReference): void {
  if (steps.length > FEW) throw new TooMany();
  draft.mark((slot & 0xffff) | (steps.length << 16));
  draft.mark(name);
  for (const step of steps) {
    draft.mark(typeof step === "string" ? 0 : 1);
    draft.mark(step);
  }
}

/** A where clause. */
export function writeClause(draft: Draft, clause: Clause): void {
  draft.counted(CLAUSE, clause.tokens.length, MANY);
  writeClauseBody(draft, clause);
}

function writeClauseBody(draft: Draft, { text, tokens }: Clause): void {
  draft.mark(text);
  for (let i = 0; i < tokens.length; i++) {
    const { operator, arguments: operands } = tokens[i] as Clause["tokens"][number];
    draft.counted(operator, operands.length, FEW);
    for (let j = 0; j < operands.length; j++) {
      writeArgument(draft, operator, operands[j] as Argument);
    }
  }
}

function writeArgument(draft: Draft, operator: number, argument: Argument): void {
  switch (argument.kind) {
    case "path":
      draft.mark(PATH);
      return writePath(draft, argument.path);
    case "value": {
      const { value } = argument;
      draft.mark(VALUE);
      if (operator === OPERATORS.escape) return draft.named(value);
      return draft.argument(value);
    }
    case "token":
      return draft.mark(TOKEN | (argument.number << 2));
  }
}

/** What `composite()` says the item already has. */
export function writeComposite(draft: Draft, runtime: EntityRuntime, record: object): void {
  draft.mark(COMPOSITE);
  composites(
    draft,
    runtime,
    record,
    runtime.plan.attributes.map((_, slot) => slot),
  );
}

/** Which index conditions held. */
export function writeIndexConditions(
  draft: Draft,
  held: readonly (readonly [number, boolean])[],
): void {
  draft.counted(INDEX_CONDITIONS, held.length, FEW);
  for (const [index, holds] of held) draft.mark((index << 1) | (holds ? 1 : 0));
}

const NONE: readonly string[] = [];

/** What the core sees of an object that it does not read: something that is none of its values. */
const OPAQUE: readonly unknown[] = [];

/** The options, as far as the core may read them. */
export function writeOptions(draft: Draft, options: object): void {
  draft.mark(OPTIONS);
  const readable: Record<string, unknown> = {};
  for (const name of Object.keys(options)) {
    const value = (options as Record<string, unknown>)[name];
    const opaque = typeof value === "function" || (typeof value === "object" && value !== null);
    define(readable, name, opaque && !READ_BY_CORE.has(name) ? OPAQUE : value);
  }
  // Inherited ones and getters of a class count as well: a write without its conditions would destroy data.
  for (const name of typeof options === "object" ? READ_BY_CORE : NONE) {
    if (name in options && !Object.hasOwn(readable, name)) {
      define(readable, name, (options as Record<string, unknown>)[name]);
    }
  }
  draft.givenAs(options, readable, 0);
}
