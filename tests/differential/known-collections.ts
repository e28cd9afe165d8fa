/** Known differences of collections, in which 3.9.3 asks or answers for the first of several entities only. */
import type { Correction } from "./correction";
import type { Case, Member } from "./case";

type Loose = Record<string, unknown>;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The attributes that are asked for and that the first member does not declare, each with its field in another one. */
function foreignFields({ members = [], call }: Case): Record<string, string> {
  const [first, ...others] = members;
  const { attributes } = (call.options ?? {}) as { attributes?: unknown };
  const found: Record<string, string> = {};
  if (first === undefined || !Array.isArray(attributes)) return found;
  for (const name of attributes as string[]) {
    if (Object.hasOwn(first.model.definition.attributes, name)) continue;
    const owner = others.find(({ model }) => Object.hasOwn(model.definition.attributes, name));
    const field = owner?.model.definition.attributes[name]?.field;
    if (field !== undefined && field !== name) found[name] = field;
  }
  return found;
}

export const projectedField: Correction = {
  name: "an attribute of another field that only a later member of a collection has, among `attributes`",
  reason: "3.9.3 asks DynamoDB for its name instead of its field, so that the items lack it",
  correct(test) {
    const fields = foreignFields(test);
    if (Object.keys(fields).length === 0) return null;
    const corrected = copy(test);
    const { attributes } = ((corrected.members as Member[])[0] as Member).model.definition;
    for (const [name, field] of Object.entries(fields)) attributes[name] = { type: "any", field };
    return { ...corrected, noted: { ...test.noted, lent: Object.keys(fields) } };
  },
  // What it was lent, the first member would show of items that it takes for its own.
  restore(outcome, { members = [], noted }) {
    const result = JSON.parse(outcome.result ?? "null") as { data?: Loose } | null;
    const items = result?.data?.[members[0]?.name ?? ""];
    if (!Array.isArray(items)) return outcome;
    for (const item of items as Loose[]) {
      for (const name of noted?.lent ?? []) delete item[name];
    }
    return { ...outcome, result: JSON.stringify(result) };
  },
};
