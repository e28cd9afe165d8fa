/** Known differences in what is parsed of stored items that the model did not make. */
import type { Case } from "./case";
import { described, withCall, type Correction } from "./correction";
import type { AttributeDefinition } from "./model";

type Loose = Record<string, unknown>;

const isRecord = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The stored items of what is parsed. */
function itemsOf({ call }: Case): Loose[] {
  const [answer] = call.args;
  if (call.method !== "parse" || !isRecord(answer)) return [];
  const { Items, Item, Attributes } = answer;
  return [...(Array.isArray(Items) ? Items : []), Item, Attributes].filter(isRecord);
}

/** The definition, with what is stored in place of a list taken for anything. */
function loosened(own: AttributeDefinition, values: readonly unknown[]): AttributeDefinition {
  const { items, properties, ...rest } = own;
  const given = values.filter((value) => value !== undefined);
  if (own.type === "list") {
    // Where ours has to look at the members, it goes through what can be gone through, too.
    const isSeen = /"type":"(set|map)"|"(get|hidden)":/.test(JSON.stringify(own));
    const isRight = (value: unknown) =>
      Array.isArray(value) ||
      (isSeen && (typeof value === "string" || (isRecord(value) && "$set" in value)));
    if (!given.every(isRight)) return { ...rest, type: "any" };
    const members = given.filter(Array.isArray).flat();
    return typeof items === "object" && items !== null
      ? { ...own, items: loosened(items as AttributeDefinition, members) }
      : own;
  }
  if (own.type === "map" && given.includes(null)) return { ...rest, type: "any" };
  if (own.type !== "map" || !isRecord(properties)) return own;
  return { ...own, properties: allLoosened(properties, given.filter(isRecord)) };
}

function allLoosened(
  definitions: Record<string, AttributeDefinition>,
  items: readonly Loose[],
): Record<string, AttributeDefinition> {
  const all = Object.entries(definitions).map(([name, own]) => {
    const values = items.map((item) => item[own?.field ?? name]);
    if (isRecord(own)) return [name, loosened(own, values)] as const;
    // A type alone is a definition, too.
    const loose = typeof own === "string" ? loosened(described(own), values) : null;
    return [name, loose === null || loose.type === own ? own : loose] as const;
  });
  return Object.fromEntries(all);
}

export const storedElse: Correction = {
  name: "another value where the model has a list, or null where it has a map, parsed",
  reason: "3.9.3 crashes over it, or makes a list of a text's letters; ours answers what is stored",
  correct(test) {
    const { definition } = test.model;
    const attributes = allLoosened(definition.attributes ?? {}, itemsOf(test));
    if (JSON.stringify(attributes) === JSON.stringify(definition.attributes)) return null;
    return { ...test, model: { ...test.model, definition: { ...definition, attributes } } };
  },
};

/** Stands behind a field's name. */
const APART = "zzz";

export const fieldOfAnotherParsed: Correction = {
  name: "a field that is named as an attribute of another field, parsed",
  reason: "3.9.3 runs the get hook of the one on the value of the other",
  correct(test) {
    const { definition } = test.model;
    const shared = Object.entries(definition.attributes ?? {}).filter(
      ([name, own]) =>
        own?.field !== undefined && own.field !== name && definition.attributes[own.field],
    );
    const items = itemsOf(test);
    if (shared.length === 0 || items.length === 0) return null;
    const copy = structuredClone(test);
    for (const [name, { field }] of shared) {
      (copy.model.definition.attributes[name] as AttributeDefinition).field = `${field}${APART}`;
      for (const item of itemsOf(copy)) {
        const value = item[field as string];
        delete item[field as string];
        if (value !== undefined) item[`${field}${APART}`] = value;
      }
    }
    return copy;
  },
};

export const attributesOfOthers: Correction = {
  name: "`attributes` of another entity's items, parsed",
  reason: "3.9.3 shows whatever of them is named as an own attribute; ours takes own items only",
  correct(test) {
    const [answer, options] = test.call.args as [Loose, Loose | undefined];
    const { attributes } = options ?? {};
    if (!Array.isArray(attributes) || attributes.length === 0 || answer === null) return null;
    const names = test.model.definition.model;
    const given = test.model.config?.identifiers as Record<string, string> | undefined;
    const own = {
      entity: given?.entity || "__edb_e__",
      version: given?.version || "__edb_v__",
      ...test.model.identifiers,
    };
    const isOwn = (item: Loose) =>
      item[own.entity] === names.entity && item[own.version] === names.version;
    // What a write returned is its own item's.
    const items = answer.Attributes === undefined ? itemsOf(test) : [];
    if (items.every(isOwn)) return null;
    if (!Array.isArray(answer.Items)) return withCall(test, { args: [answer] });
    return withCall(test, { args: [{ ...answer, Items: items.filter(isOwn) }, options] });
  },
};
