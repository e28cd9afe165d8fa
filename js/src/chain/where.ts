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
import { OPERATORS, comparedAsStored } from "./compared.js";
import { type ElectroError, refuse } from "../error.js";
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
