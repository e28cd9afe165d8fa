/** Known differences of collections, in which 3.9.3 asks or answers for the first of several entities only. */
import { requestOf, type Correction } from "./correction";
import type { Case, Member } from "./case";
import type { AttributeDefinition } from "./model";

type Loose = Record<string, unknown>;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A definition without hooks: its types down to the last part, by which a clause on it is rendered. */
function bare(definition: AttributeDefinition): AttributeDefinition {
  const { type, field, items, properties } = definition;
  const isNested = typeof items === "object" && items !== null && !Array.isArray(items);
  const all = Object.entries(properties ?? {}).map(([name, own]) => [name, bare(own)]);
  return {
    type,
    ...(field === undefined ? {} : { field }),
    ...(items === undefined
      ? {}
      : { items: isNested ? bare(items as AttributeDefinition) : items }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(all) as never }),
  };
}

/** The attributes that are asked for and that the first member does not declare, each as another one with another field has it. */
function foreignAttributes({ members = [], call }: Case): Record<string, AttributeDefinition> {
  const [first, ...others] = members;
  const { attributes } = (call.options ?? {}) as { attributes?: unknown };
  const found: Record<string, AttributeDefinition> = {};
  if (first === undefined || !Array.isArray(attributes)) return found;
  for (const name of attributes as string[]) {
    if (Object.hasOwn(first.model.definition.attributes, name)) continue;
    const owner = others.find(({ model }) => Object.hasOwn(model.definition.attributes, name));
    const definition = owner?.model.definition.attributes[name];
    if (definition !== undefined && (definition.field ?? name) !== name)
      found[name] = bare(definition);
  }
  return found;
}

export const projectedField: Correction = {
  name: "an attribute of another field that only a later member of a collection has, among `attributes`",
  reason: "3.9.3 asks DynamoDB for its name instead of its field, so that the items lack it",
  correct(test, _theirs, expected) {
    const foreign = foreignAttributes(test);
    if (Object.keys(foreign).length === 0) return null;
    // A hydrated read asks each member's items for its own fields.
    if (!requestOf(expected).includes('"ProjectionExpression"')) return null;
    const corrected = copy(test);
    const { attributes } = ((corrected.members as Member[])[0] as Member).model.definition;
    Object.assign(attributes, foreign);
    return { ...corrected, noted: { ...test.noted, lent: Object.keys(foreign) } };
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
