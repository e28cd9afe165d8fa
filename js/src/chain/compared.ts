// What clauses and conditions compare attributes with that are keys by themselves: what is stored there. It renders nothing.

import { type KeyForm, asStored, casedAs } from "../entity/key-forms.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { CLASS, classOfObject } from "../border/classes.js";
import { type Members, define, isRecord } from "../tags.js";
import type { Token } from "./tokens.js";

/** The operators that clauses have, in the numbering of `src/call/read.rs`. */
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

type Operator = (typeof OPERATORS)[keyof typeof OPERATORS];

/** What is stored where the operator holds for a value: its beginning has no text behind it, and its parts have none around them. */
function soughtText(form: KeyForm, operator: Operator, text: string): unknown {
  if (operator === OPERATORS.begins) return asStored({ ...form, after: "" }, text);
  const isPart = operator === OPERATORS.contains || operator === OPERATORS.notContains;
  return isPart ? casedAs(form, text) : asStored(form, text);
}

/** The tokens of a clause with what is stored in place of what is given of such attributes. */
export function comparedAsStored(runtime: EntityRuntime, tokens: Token[]): Token[] {
  const { plan, keyForms } = runtime;
  if (keyForms.size === 0) return tokens;
  return tokens.map((token) => {
    const [first, ...operands] = token.arguments;
    if (first?.kind !== "path" || token.operator === OPERATORS.type) return token;
    const form = first.path.steps.length > 0 ? undefined : keyForms.get(first.path.slot);
    if (form === undefined) return token;
    const { kind = "" } = plan.attributes[first.path.slot] ?? {};
    // ElectroDB's operators compare a string with the text of whatever they are given, and a match with what it is; beginnings and
    // parts, too, have the whole text around them.
    const isOperator = token.operator !== OPERATORS.is;
    const isText = runtime.dropIn && isOperator && ["string", "enum"].includes(kind);
    const operator = runtime.dropIn ? OPERATORS.eq : (token.operator as Operator);
    const stored = (value: unknown): unknown =>
      typeof value === "string" || (isText && value !== undefined)
        ? soughtText(form, operator, String(value))
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

/** What is stored where an operator of `conditions` holds for a value, or for each of several. */
function sought(form: KeyForm | undefined, name: string, value: unknown): unknown {
  const operator = Object.hasOwn(OPERATORS, name)
    ? OPERATORS[name as keyof typeof OPERATORS]
    : undefined;
  // A type's letter is no value of the attribute; what other operators take that is none is no text.
  if (form === undefined || operator === undefined || operator === OPERATORS.type) return value;
  const stored = (one: unknown) =>
    typeof one === "string" ? soughtText(form, operator, one) : one;
  return Array.isArray(value) ? value.map(stored) : stored(value);
}

/** The most lists within one another of which conditions are looked at: the core refuses what is deeper. */
const DEEPEST = 100;

function statedIn(runtime: EntityRuntime, conditions: unknown, above: readonly unknown[]): unknown {
  if (Array.isArray(conditions)) {
    // What holds itself is refused by the core as well.
    if (above.length === DEEPEST || above.includes(conditions)) return conditions;
    return conditions.map((one) => statedIn(runtime, one, [...above, conditions]));
  }
  if (!isRecord(conditions)) return conditions;
  // What the instance of a class inherits would be lost: it is refused as what states nothing.
  if (classOfObject(conditions, true) !== CLASS.map) return [];
  const formOf = (name: string) => runtime.keyForms.get(runtime.slot(name));
  // A declared attribute wins over the keyword.
  const { attr } = conditions;
  const about = typeof attr === "string" && runtime.slot("attr") < 0 ? attr : undefined;
  const stated: Members = {};
  for (const [name, value] of Object.entries(conditions)) {
    const stands =
      about === undefined ? sought(formOf(name), "eq", value) : sought(formOf(about), name, value);
    define(stated, name, stands);
  }
  return stated;
}

/** The options of a write, with what is stored in place of what `conditions` state of such attributes, in the drop-in also without instances. */
export function statedAsStored(runtime: EntityRuntime, options: Members): Members {
  const { conditions } = options;
  if (conditions === undefined || (runtime.keyForms.size === 0 && !runtime.dropIn)) return options;
  return { ...options, conditions: statedIn(runtime, conditions, []) };
}
