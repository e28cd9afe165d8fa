/** The known difference over zero and NaN in numeric keys, which 3.9.3's updates take for nothing. */
import type { Call, Case } from "./case";
import { compositesOf, definitionOf } from "./calls/item";
import { inAnswers, withCall, type Correction } from "./correction";
import { keysOf, type KeyDefinition } from "./indexes";

/** Stands for a zero, and is found nowhere else; what hooks make of it is as near to it as their answer is to zero. */
const NOT_ZERO = 424242;

/** Stands for what is no number, which 3.9.3 takes for nothing as it does zero; a hook may have added one to it. */
const NOT_NAN = NOT_ZERO + 5;

/** What a number near to the one that stands for zero was near zero. */
const again = (near: number) => (near < NOT_NAN ? String(near - NOT_ZERO) : "NaN");

/** Numbers near to the one that stands for zero are again what they were near zero. */
function zeroAgain(text: string): string {
  return text
    .replaceAll(/(?<=^|[:,[])42424[78](?=$|[,}\]])/g, '{"$number":"NaN"}')
    .replaceAll(/42424\d/g, (near) => again(Number(near)));
}

/** Gives a key's text the numbers that were near zero, as long as they were padded to and cased as the key is. */
function keyAgain(value: string, key: KeyDefinition, test: Case): string {
  const cased = (text: string) =>
    key.casing === "upper" ? text.toUpperCase() : key.casing === "none" ? text : text.toLowerCase();
  let result = value;
  for (const name of compositesOf(key)) {
    const { length, char } = definitionOf(test.model, name)?.padding ?? {};
    if (typeof length !== "number" || typeof char !== "string") continue;
    if (!numericKeyAttributes(test).includes(name)) continue;
    for (const near of [-1, 0, 1, 2, 3, 5, 6].map((number) => NOT_ZERO + number)) {
      const right = again(near).padStart(length, char);
      result = result.replaceAll(cased(String(near).padStart(length, char)), cased(right));
    }
  }
  return result.replaceAll(/42424\d/g, (near) => cased(again(Number(near))));
}

/** Gives all keys of a request their numbers again. */
function keysAgain(text: string, test: Case): string {
  const { indexes } = test.model.definition;
  const keys = keysOf(Object.values(indexes ?? {}));
  return text.replaceAll(/"([^"]+)":"((?:[^"\\]|\\.)*)"/g, (all, name: string, value: string) => {
    const key = keys.find(
      ({ field = "" }) => name === field || name === `:${field.replaceAll(/\W/g, "")}_u0`,
    );
    return key ? `"${name}":"${keyAgain(value, key, test)}"` : all;
  });
}

/** Puts other numbers in place of these attributes' zeros, and of those from which a hook may make a zero. */
function withoutZeros(value: unknown, names: readonly string[]): unknown {
  const isNaNumber = (entry: unknown) => JSON.stringify(entry) === '{"$number":"NaN"}';
  const isNear = (entry: unknown) => entry === 0 || entry === -1 || isNaNumber(entry);
  const other = (entry: unknown) => (isNaNumber(entry) ? NOT_NAN : NOT_ZERO + (entry as number));
  if (Array.isArray(value)) {
    const [operator, path, amount, ...others] = value as unknown[];
    const isToken = typeof operator === "string" && Array.isArray(path) && path.length === 1;
    if (isToken && names.includes(String(path[0])) && isNear(amount))
      return [operator, path, other(amount), ...others];
    return value.map((entry) => withoutZeros(entry, names));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      names.includes(name) && isNear(entry) ? other(entry) : withoutZeros(entry, names),
    ]),
  );
}

/** The attributes that are by themselves a number in a key. */
function numericKeyAttributes(test: Case): string[] {
  const keys = Object.values(test.model.definition.indexes ?? {}).flatMap((index) => [
    index.pk,
    index.sk,
  ]);
  return keys.flatMap((key) => {
    const [name] = compositesOf(key);
    return key && name !== undefined && isNumeric(test, key) ? [name] : [];
  });
}

/** Whether a key is by itself one composite that is a number. */
export function isNumeric(test: Case, key: KeyDefinition): boolean {
  const [name, ...others] = compositesOf(key);
  if (name === undefined || others.length > 0 || typeOf(test, name) !== "number") return false;
  const isAttribute = (definitionOf(test.model, name)?.field ?? name) === key.field;
  const isBare = key.template === undefined ? isAttribute : key.template === `\${${name}}`;
  return key.cast === "number" || (isBare && key.cast === undefined);
}

function typeOf(test: Case, name: string): unknown {
  return definitionOf(test.model, name)?.type;
}

export const numericZero: Correction = {
  name: "the number 0 in a numeric key",
  reason:
    "an update of 3.9.3 leaves the index key as it was when the number becomes 0; zero is a value, and NaN is left to DynamoDB's refusal",
  correct(test) {
    if (!["update", "patch", "upsert"].includes(test.call.method)) return null;
    const given = [test.call.args, test.call.steps];
    const [args, steps] = withoutZeros(given, numericKeyAttributes(test)) as [
      unknown[],
      Call["steps"],
    ];
    const isSame = JSON.stringify([args, steps]) === JSON.stringify(given);
    return isSame ? null : withCall(test, { args, steps });
  },
  restore: (outcome, test) => ({
    ...inAnswers(outcome, (text) => zeroAgain(keysAgain(text, test))),
    trace: outcome.trace.map((call) => ({ ...call, args: call.args.map(zeroAgain) })),
  }),
};
