// Runs `data` callbacks of updates: each call of a verb becomes an action, `name` and `value` become tokens.

import { type ElectroError, refuse } from "./error.js";
import {
  type Clause,
  type PathNode,
  type PathReference,
  type Token,
  crossingText,
  hasTokens,
  pathOf,
  tokenText,
} from "./tokens.js";
import { type CallbackScope, OPERATORS, addToken, argumentOf } from "./where.js";

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

/** What an action applies to: a declared attribute, a name as it was written, or a path. */
export type Target = number | string | PathReference;

/** What an action applies. */
export type Operand = { value: unknown } | { clause: Clause } | undefined;

/** One action of an update. */
export interface Action {
  verb: number;
  target: Target;
  operand: Operand;
  /** The start value of `add` and `subtract`. */
  start: { value: unknown } | undefined;
  fromData: boolean;
}

interface Collection {
  dropIn: boolean;
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

function token(name: string, operator: number, operands: readonly unknown[]): string {
  return addToken(collection(name).tokens, operator, operands.map(argumentOf));
}

/** An action. The answer of `ifNotExists` may be an operand of another one, and is then no action of its own. */
function act(name: string, verb: number, operands: readonly unknown[]): string {
  const { actions, tokens, answered } = collection(name);
  const target = pathOf(operands[0]);
  if (target === undefined) {
    throw clauseError(
      `\`${name}\` needs one of the attributes that the \`data\` callback receives`,
    );
  }
  const [, value, start] = operands;
  const action: Action = {
    verb,
    target,
    operand: verb === VERBS.remove ? undefined : operandOf(name, value),
    start: operands.length > 2 && start !== undefined ? { value: start } : undefined,
    fromData: true,
  };
  actions.push(action);
  if (verb !== VERBS.ifNotExists) return "";
  answered.set(tokens.length, action);
  return addToken(tokens, OPERATORS.ifNotExists, [argumentOf(operands[0]), argumentOf(value)]);
}

function operandOf(name: string, value: unknown): Operand {
  const { actions, tokens, answered } = collection(name);
  const path = pathOf(value);
  if (path !== undefined) {
    const referred: Token = { operator: OPERATORS.name, arguments: [{ kind: "path", path }] };
    return { clause: { text: "\u00010\u0002", tokens: [referred] } };
  }
  if (!hasTokens(value)) return { value };
  for (const [number, action] of answered) {
    if (!value.includes(tokenText(number))) continue;
    answered.delete(number);
    actions.splice(actions.indexOf(action), 1);
  }
  const text = crossingText(value);
  if (text === undefined)
    throw clauseError(`\`${name}\` has a control character (U+0001) in its expression`);
  return { clause: { text, tokens } };
}

/** A `data` callback, before types narrow it. */
export type DataCallback = (
  attributes: Record<string, PathNode>,
  operators: Record<string, DataOperator>,
) => unknown;

/**
 * The actions of a callback.
 * @throws The callback's own error as it is; error 1012 when it is no function or uses what is no attribute.
 */
export function dataActions(scope: CallbackScope, callback: unknown): Action[] {
  const { dropIn } = scope;
  if (typeof callback !== "function") {
    throw refuse(dropIn, "InvalidWhere", "`data` needs a callback");
  }
  const outer = collected;
  const own: Collection = (collected = {
    dropIn,
    actions: [],
    tokens: [],
    answered: new Map(),
  });
  try {
    (callback as DataCallback)(scope.nodes, operators);
    return own.actions;
  } finally {
    collected = outer;
  }
}
