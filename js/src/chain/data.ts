// Runs `data` callbacks of updates: each call of a verb becomes an action, `name` and `value` become tokens.

import { type ElectroError, refuse, refuseFields } from "../error.js";
import { keySlots } from "../hooks/index-conditions.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { attributeAt } from "./paths.js";
import type { AttributePlan, IndexPlan } from "../entity/plan.js";
import { rootOf } from "./targets.js";
import {
  type Clause,
  type PathNode,
  type PathReference,
  type Token,
  crossingText,
  enterCallback,
  hasTokens,
  leaveCallback,
  pathOf,
  tokenNumber,
  tokenText,
} from "./tokens.js";
import type { Change } from "../hooks/update-hooks.js";
import { OPERATORS } from "./compared.js";
import { type CallbackScope, addToken, argumentOf } from "./where.js";

/** What an update does, in the numbering of `src/call/read.rs`. */
export const VERBS = {
  set: 0,
  add: 1,
  subtract: 2,
  append: 3,
  delete: 4,
  remove: 5,
  ifNotExists: 6,
} as const;

/** One action of an update: what hooks see of it, and how it is done. */
export interface Action extends Change {
  readonly verb: number;
  /** The path that a `data` callback walked; absent for the names of object forms. */
  readonly path: PathReference | undefined;
  /** The expression that a `data` callback gave instead of a value. */
  readonly clause: Clause | undefined;
  /** The start value of `add` and `subtract`. */
  readonly start: { readonly value: unknown } | undefined;
  /** In the drop-in, the amount beside a start value, which hooks then see as `value`. */
  readonly amount: { readonly value: unknown } | undefined;
}

interface Collection {
  dropIn: boolean;
  runtime: EntityRuntime;
  actions: Action[];
  tokens: Token[];
  /** The actions of `ifNotExists`, by the token that each has answered. */
  answered: Map<number, Action>;
}

let collected: Collection | undefined;

function clauseError(message: string): ElectroError {
  return refuse(collected?.dropIn ?? false, "InvalidWhere", message);
}

type DataOperator = (attribute: unknown, value?: unknown, start?: unknown) => unknown;

const operators = Object.create(null) as Record<string, DataOperator>;
for (const [name, verb] of Object.entries(VERBS)) {
  operators[name] = (...operands) => act(name, verb, operands);
}
operators["del"] = (...operands) => act("del", VERBS.delete, operands);
operators["name"] = (...operands) => token("name", OPERATORS.name, operands);
operators["value"] = (...operands) => token("value", OPERATORS.value, operands);

function collection(name: string): Collection {
  if (collected === undefined) {
    throw clauseError(`\`${name}\` was called outside of its \`data\` callback`);
  }
  return collected;
}

/** The path of the attribute that an operator is about. */
function attributePath(name: string, operand: unknown): PathReference {
  const path = pathOf(operand);
  if (path !== undefined) return path;
  throw clauseError(`\`${name}\` needs one of the attributes that the \`data\` callback receives`);
}

function token(name: string, operator: number, operands: readonly unknown[]): string {
  const { tokens, dropIn, runtime } = collection(name);
  attributePath(name, operands[0]);
  if (dropIn) refuseUnchangeable(runtime, operands[0]);
  return addToken(tokens, operator, operands.map(argumentOf));
}

/** ElectroDB's callbacks name nothing that an update may not change, not even to read it. */
function refuseUnchangeable(runtime: EntityRuntime, operand: unknown): void {
  const path = pathOf(operand);
  if (path === undefined) return;
  const { slot, steps, name: field } = rootOf(runtime, path);
  const { indexes, primary } = runtime.plan;
  const isKey = steps === undefined && keySlots(indexes[primary] as IndexPlan).includes(slot);
  if (!isKey && attributeAt(runtime, slot, steps)?.readOnly !== true) return;
  const reason = `\`${field}\` is read-only and can stand in no \`data\` callback`;
  const kind = "ReadOnlyAttribute";
  throw refuseFields(true, [{ kind, field, reason, index: undefined, cause: undefined }]);
}

/** An action. The answer of `ifNotExists` may be an operand of another one, and is then no action of its own. */
function act(name: string, verb: number, operands: readonly unknown[]): string {
  const { actions, tokens, answered, runtime, dropIn } = collection(name);
  const path = attributePath(name, operands[0]);
  const root = rootOf(runtime, path);
  const attribute = attributeAt(runtime, root.slot, root.steps);
  if (dropIn && verb !== VERBS.remove && isNothing(attribute, operands.slice(1))) return "";
  if (dropIn && verb === VERBS.ifNotExists) refuseUnchangeable(runtime, operands[0]);
  const stated = verb === VERBS.set ? statedValue(tokens, operands[1]) : operands[1];
  const value = dropIn ? asText(attribute, stated) : stated;
  const start = operands[2];
  const clause = verb === VERBS.remove ? undefined : clauseOf(name, value);
  const plain = verb !== VERBS.remove && clause === undefined;
  const hasStart = operands.length > 2 && start !== undefined;
  // ElectroDB remembers the last value that an operator has named, and so hooks and index keys see the start value.
  const swaps = hasStart && plain && dropIn && (verb === VERBS.add || verb === VERBS.subtract);
  const seen = swaps ? start : value;
  const action: Action = {
    ...root,
    value: plain ? seen : undefined,
    plain,
    verb,
    path,
    clause,
    start: hasStart ? { value: start } : undefined,
    amount: swaps ? { value } : undefined,
  };
  actions.push(action);
  if (verb !== VERBS.ifNotExists) return "";
  answered.set(tokens.length, action);
  return addToken(tokens, OPERATORS.ifNotExists, [argumentOf(operands[0]), argumentOf(value)]);
}

/** ElectroDB takes an operator that is given nothing for none, or an empty list where a set belongs. */
function isNothing(attribute: AttributePlan | undefined, operands: readonly unknown[]): boolean {
  const isEmptySet = (operand: unknown): boolean =>
    attribute?.kind === "set" && Array.isArray(operand) && operand.length === 0;
  return operands.every((operand) => operand === undefined) || operands.some(isEmptySet);
}

/** ElectroDB's callbacks turn what they give to a string into one. What has no text of its own is left to be refused. */
function asText(attribute: AttributePlan | undefined, value: unknown): unknown {
  const isText =
    attribute?.kind === "string" ||
    (attribute?.kind === "enum" && attribute.enum?.every((one) => typeof one === "string"));
  return isText === true && ["number", "boolean", "bigint"].includes(typeof value)
    ? String(value)
    : value;
}

/** `set(a, value(a, x))` sets `x` like any value: hooks see it and index keys follow it. */
function statedValue(tokens: readonly Token[], operand: unknown): unknown {
  const number = tokenNumber(operand);
  const token = number === undefined ? undefined : tokens[number];
  if (token?.operator !== OPERATORS.value) return operand;
  const stated = token.arguments[1];
  return stated?.kind === "value" ? stated.value : operand;
}

/** The expression that an operand is; undefined for a value. */
function clauseOf(name: string, value: unknown): Clause | undefined {
  const { actions, tokens, answered } = collection(name);
  const path = pathOf(value);
  if (path !== undefined) {
    const referred: Token = { operator: OPERATORS.name, arguments: [{ kind: "path", path }] };
    return { text: "\u00010\u0002", tokens: [referred] };
  }
  if (!hasTokens(value)) return undefined;
  for (const [number, action] of answered) {
    if (!value.includes(tokenText(number))) continue;
    answered.delete(number);
    actions.splice(actions.indexOf(action), 1);
  }
  const text = crossingText(value);
  if (text === undefined)
    throw clauseError(`\`${name}\` has a control character (U+0001) in its expression`);
  return { text, tokens };
}

/** A `data` callback, before types narrow it. */
export type DataCallback = (
  attributes: Record<string, PathNode>,
  operators: Record<string, DataOperator>,
) => unknown;

/** What a callback receives, and the entity whose attributes it changes. */
export interface DataScope extends CallbackScope {
  readonly runtime: EntityRuntime;
}

/**
 * The actions of a callback.
 * @throws The callback's own error as it is; error 1012 when it is no function or uses what is no attribute.
 */
export function dataActions(scope: DataScope, callback: unknown): Action[] {
  const { dropIn, runtime } = scope;
  if (typeof callback !== "function") {
    throw refuse(dropIn, "InvalidWhere", "`data` needs a callback");
  }
  const outer = collected;
  const outerTokens = enterCallback();
  const own: Collection = (collected = {
    dropIn,
    runtime,
    actions: [],
    tokens: [],
    answered: new Map(),
  });
  try {
    (callback as DataCallback)(scope.nodes, operators);
    return own.actions;
  } finally {
    leaveCallback(outerTokens);
    collected = outer;
  }
}
