/** The known difference over filters of `compare` that go by the order of attributes which are stored with text behind the value. */
import { attributeKeys } from "./attribute-keys";
import type { Case } from "./case";
import {
  changesRequests,
  inRequests,
  isNothing,
  type Correction,
  type Request,
} from "./correction";
import { keysIn, writtenText } from "./indexes";
import { plainField } from "./known-key-texts";

/** How many such filters a step makes of each of its operands. */
function filtersOf(name: string, compare: unknown): number[] {
  const every = compare === "attributes" ? 1 : 0;
  if (name === "between") return [every, 1];
  if (name === "gt" || name === "lte") return [1];
  return [name === "lt" || name === "gte" ? every : 0];
}

/** The fields with text behind the value, each with how many filters by its order 3.9.3 has. */
function orderedFields({ call, model }: Case): Map<string, number> {
  const { compare } = (call.options ?? {}) as { compare?: unknown };
  const fields = new Map<string, number>();
  if (compare !== "attributes" && compare !== "v2") return fields;
  for (const { name, field, key } of attributeKeys(model, keysIn(model), (one) =>
    plainField(one.field),
  )) {
    if (/\}$/.test(writtenText(key) ?? "}")) continue;
    for (const step of call.steps) {
      for (const [at, count] of filtersOf(step.name, compare).entries()) {
        const value = (step.args?.[at] as Record<string, unknown> | null | undefined)?.[name];
        const isGiven = value !== undefined && !isNothing(value);
        if (isGiven) fields.set(field, (fields.get(field) ?? 0) + count);
      }
    }
  }
  return fields;
}

const TERM = /^(?:\((#\w+) [<>]=? (:\w+)\) AND |(#\w+) [<>]=? (:\w+)$)/;

/** Leaves these filters out, and numbers the values behind theirs anew. */
function withoutOrders(text: string, test: Case): string {
  const left = orderedFields(test);
  if (left.size === 0) return text;
  const request = JSON.parse(text) as Request & { FilterExpression?: string };
  const names = request.ExpressionAttributeNames ?? {};
  const terms: string[] = [];
  const gone: string[] = [];
  let rest = request.FilterExpression ?? "";
  for (let found = TERM.exec(rest); found !== null; found = TERM.exec(rest)) {
    const [all, bracketed, inner, bare, last] = found;
    const field = plainField(names[bracketed ?? bare ?? ""]);
    const count = left.get(field) ?? 0;
    if (count > 0) gone.push(inner ?? last ?? "");
    else terms.push(all.replace(/^\(|\) AND $/g, ""));
    left.set(field, count - 1);
    rest = rest.slice(all.length);
  }
  if (gone.length === 0) return text;
  const filter = terms.reduceRight(
    (all, term) => (all === "" ? term : `(${term}) AND ${all}`),
    rest,
  );
  if (filter === "") delete request.FilterExpression;
  else request.FilterExpression = filter;
  return JSON.stringify(numberedAnew(request, gone));
}

function numberedAnew(request: Request, gone: readonly string[]): Request {
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  for (const name of gone) delete values[name];
  let text = JSON.stringify(request);
  for (const base of new Set(gone.map((name) => name.replace(/\d+$/, "")))) {
    const numbers = Object.keys(values)
      .filter((name) => name.replace(/\d+$/, "") === base)
      .map((name) => Number(/\d+$/.exec(name)))
      .sort((one, other) => one - other);
    for (const [at, number] of numbers.entries())
      text = text.replace(new RegExp(`${base}${number}(?!\\w)`, "g"), () => `${base}${at}`);
  }
  const left = JSON.parse(text) as Request;
  const { ExpressionAttributeNames: names = {}, ...others } = left;
  const used: string[] = JSON.stringify(others).match(/#\w+/g) ?? [];
  for (const name of Object.keys(names)) if (!used.includes(name)) delete names[name];
  return left;
}

export const orderedByText: Correction = {
  name: "`compare` by the order of an attribute that is a key itself with text behind the value",
  reason:
    "3.9.3 compares with the value alone; with the text behind it, the order is another one, and ours leaves it to the key condition",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withoutOrders(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withoutOrders(text, test)),
};
