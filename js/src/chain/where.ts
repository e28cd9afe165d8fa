// Runs `where` callbacks: their operators become tokens, their answer the text around them. The core renders both.

import {
  type Argument,
  type Clause,
  type PathNode,
  type Token,
  crossingText,
  enterCallback,
  fieldReference,
  hasTokens,
  leaveCallback,
  pathOf,
  tokenNumber,
  tokenText,
} from "./tokens.js";
import { type ElectroError, refuse } from "../error.js";
import { asStored } from "../entity/key-forms.js";
import type { EntityRuntime } from "../entity/runtime.js";

/** A function of a `where` callback. */
export type WhereOperator = (...operands: unknown[]) => unknown;

/** A `where` callback, before types narrow it. */
export type WhereCallback = (
  attributes: Record<string, PathNode>,
  operators: Record<string, WhereOperator>,
) => unknown;

/** What a callback receives: its entity's attributes. */
export interface CallbackScope {
  readonly dropIn: boolean;
  readonly nodes: Record<string, PathNode>;
  readonly runtime: EntityRuntime;
}

/** The tokens of the callback that is running; callbacks may call the library, and then run within one another. */
let collected: Token[] | undefined;
let dropIn = false;

/** A refusal of what a callback did or answered. */
export function clauseError(message: string, scope = dropIn): ElectroError {
  return refuse(scope, "InvalidWhere", message);
}

/** The operators that `where` offers, in the numbering of `src/call/read.rs`. */
export const OPERATORS = {
  eq: 0,
  ne: 1,
  gt: 2,
  gte: 3,
  lt: 4,
  lte: 5,
  between: 6,
  begins: 7,
  contains: 8,
  notContains: 9,
  in: 10,
  exists: 11,
  notExists: 12,
  eqOrNotExists: 13,
  type: 14,
  size: 15,
  value: 16,
  name: 17,
  field: 18,
  escape: 19,
  ifNotExists: 20,
  is: 21,
  holds: 22,
} as const;

const operators = Object.create(null) as Record<string, WhereOperator>;
for (const [name, operator] of Object.entries(OPERATORS)) {
  if (name === "ifNotExists" || name === "field" || name === "is" || name === "holds") continue;
  operators[name] = (...operands) => collect(name, operator, operands);
}
operators["field"] = (name) => {
  if (pathOf(name) !== undefined) return collect("field", OPERATORS.name, [name]);
  if (typeof name !== "string" || name === "") throw clauseError("`field` needs a field's name");
  return collect("field", OPERATORS.field, [fieldReference(name)]);
};

function collect(name: string, operator: number, operands: readonly unknown[]): string {
  if (collected === undefined) {
    throw clauseError(`\`${name}\` was called outside of its \`where\` callback`);
  }
  // ElectroDB crashes over making a text of it, and no item holds one.
  if (operands.some((operand) => typeof operand === "symbol")) {
    throw clauseError(`\`${name}\` takes no symbol`);
  }
  return addToken(collected, operator, operands.map(argumentOf));
}

/** Adds a token and answers its text. */
export function addToken(tokens: Token[], operator: number, operands: Argument[]): string {
  tokens.push({ operator, arguments: operands });
  return tokenText(tokens.length - 1);
}

/** What an operand stands for. */
export function argumentOf(operand: unknown): Argument {
  const path = pathOf(operand);
  if (path !== undefined) return { kind: "path", path };
  const number = tokenNumber(operand);
  if (number === undefined && hasTokens(operand)) {
    throw clauseError("an operand is a value or an operator's answer, not a text around one");
  }
  return number === undefined ? { kind: "value", value: operand } : { kind: "token", number };
}

/** Compares attributes that are keys by themselves with what would be stored. A type's letter is no value of theirs. */
export function comparedAsStored(runtime: EntityRuntime, tokens: Token[]): Token[] {
  const { plan, keyForms } = runtime;
  if (keyForms.size === 0) return tokens;
  return tokens.map((token) => {
    const [first, ...operands] = token.arguments;
    if (first?.kind !== "path" || token.operator === OPERATORS.type) return token;
    const form = first.path.steps.length > 0 ? undefined : keyForms.get(first.path.slot);
    if (form === undefined) return token;
    const { kind = "" } = plan.attributes[first.path.slot] ?? {};
    // ElectroDB's operators compare a string with the text of whatever they are given, and a match with what it is.
    const isOperator = token.operator !== OPERATORS.is;
    const isText = runtime.dropIn && isOperator && ["string", "enum"].includes(kind);
    const stored = (value: unknown): unknown =>
      typeof value === "string" || (isText && value !== undefined)
        ? asStored(form, String(value))
        : value;
    const made = operands.map((operand) => {
      if (operand.kind !== "value") return operand;
      const { value } = operand;
      const isList = token.operator === OPERATORS.in && Array.isArray(value);
      return { ...operand, value: isList ? value.map(stored) : stored(value) };
    });
    return { ...token, arguments: [first, ...made] };
  });
}

/**
 * The clause of a callback.
 * @throws The callback's own error as it is; error 1012 when it is no function or answers no text.
 */
export function whereClause(scope: CallbackScope, callback: unknown): Clause {
  if (typeof callback !== "function") throw clauseError("`where` needs a callback", scope.dropIn);
  const outer = collected;
  const outerDropIn = dropIn;
  const outerTokens = enterCallback();
  const tokens: Token[] = (collected = []);
  dropIn = scope.dropIn;
  try {
    const text = (callback as WhereCallback)(scope.nodes, operators);
    if (typeof text !== "string") {
      throw clauseError("a `where` callback has to return the text of a condition");
    }
    const crossing = crossingText(text);
    if (crossing === undefined) {
      throw clauseError(
        "the text of a `where` callback holds another callback's operator, or a control character (U+0001)",
      );
    }
    return { text: crossing, tokens: comparedAsStored(scope.runtime, tokens) };
  } finally {
    leaveCallback(outerTokens);
    collected = outer;
    dropIn = outerDropIn;
  }
}
