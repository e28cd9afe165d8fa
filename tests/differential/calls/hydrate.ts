/** Generates what a hydrated read is answered: pages of an index, and the table that completes them. It makes no calls. */
import type { StoredItem, Table } from "../case";
import type { IndexDefinition, KeyDefinition } from "../indexes";
import type { AttributeDefinition, Model } from "../model";
import type { Random } from "../random";
import { valueOf } from "../values";
import { compositesOf, definitionOf } from "./item";
import { storedItem } from "./parse";

const fieldOf = (model: Model, name: string) => definitionOf(model, name).field ?? name;

/**
 * Gives a model a table's key that tells its entity and that 3.9.3 can read back: it makes the keys that it asks the table
 * for of what it has read, and what it cannot read is for the family of conversions.
 */
export function withPlainTable({ definition }: Model): void {
  const entry = Object.entries(definition.indexes).find(([, { index }]) => index === undefined);
  if (entry === undefined) return;
  for (const attribute of Object.values(definition.attributes))
    if (attribute.type !== "string") delete attribute.padding;
  const [name, { pk, sk }] = entry;
  const plainPk: KeyDefinition = { field: "pk", composite: compositesOf(pk) };
  const plainSk: KeyDefinition = {
    field: "sk",
    composite: compositesOf(sk).filter((own) => !compositesOf(pk).includes(own)),
  };
  // A local index has the table's own key, and a reversed one both.
  const plain = (key: KeyDefinition): KeyDefinition => {
    if (key.field === undefined) return key;
    return key.field === pk?.field ? plainPk : key.field === sk?.field ? plainSk : key;
  };
  for (const index of Object.values(definition.indexes)) {
    // A model may be spoiled.
    if (index.pk) index.pk = plain(index.pk);
    if (index.sk) index.sk = plain(index.sk);
  }
  definition.indexes[name] = { pk: plainPk, sk: plainSk };
}

/** A value that stands in a key as it is. */
function keyValue(random: Random, definition: AttributeDefinition): unknown {
  if (definition.type === "string") return random.pick(["abc", "x", "teacher", "zed", "quiet"]);
  return definition.type === "number" ? random.between(1, 20) : valueOf(random, definition);
}

function itemOf(random: Random, model: Model, member: number): StoredItem {
  const composites: Record<string, unknown> = {};
  const fields = storedItem(random, model, true);
  for (const { pk, sk } of Object.values(model.definition.indexes)) {
    for (const name of [...compositesOf(pk), ...compositesOf(sk)]) {
      if (Object.hasOwn(composites, name)) continue;
      composites[name] = keyValue(random, definitionOf(model, name));
      fields[fieldOf(model, name)] = composites[name];
    }
  }
  return { member, composites, fields };
}

function keyFields(model: Model): string[] {
  const table = Object.values(model.definition.indexes).find((entry) => entry.index === undefined);
  return [table?.pk.field, table?.sk?.field].filter((field) => field !== undefined);
}

/** The fields that an index holds; none where it holds all. */
function heldBy(model: Model, index: IndexDefinition): string[] | undefined {
  const { projection = "all" } = index;
  if (projection === "all") return undefined;
  const named = Array.isArray(projection) ? (projection as string[]) : [];
  const isComposite = index.type === "composite";
  const composites = [...compositesOf(index.pk), ...compositesOf(index.sk)];
  const names = isComposite ? [...named, ...composites] : named;
  const keys = [index.pk.field, index.sk?.field].filter((field) => field !== undefined);
  return [...keyFields(model), ...keys, ...names.map((name) => fieldOf(model, name))];
}

/** Pages of one to three with the items of a table, and that table. */
export function hydratedAnswers(
  random: Random,
  models: readonly Model[],
  patternOf: (model: Model) => IndexDefinition | undefined,
): { answers: unknown[]; table: Table } {
  // Which items are read, and in which order, hooks would tell of those that are none of the table's.
  const hasHooks = JSON.stringify(models).includes('"get":');
  const items = Array.from({ length: random.between(1, 5) }, () => {
    const member = random.below(models.length);
    return itemOf(random, models[member] as Model, member);
  });
  const entryOf = (item: StoredItem, at: number): unknown => {
    const model = models[item.member] as Model;
    if (!hasHooks && random.chance(0.1)) return storedItem(random, model);
    const index = patternOf(model);
    const held = index && heldBy(model, index);
    return { $stored: at, ...(held === undefined ? {} : { held }) };
  };
  const entries = items.map(entryOf);
  const answers: unknown[] = [];
  const pages = random.between(1, 3);
  for (let page = 1; page <= pages; page++) {
    const isLast = page === pages;
    const own = entries.splice(0, isLast ? entries.length : random.between(0, 3));
    const end = { LastEvaluatedKey: { pk: "$app#id_x", sk: "$user_1" } };
    answers.push({ Items: own, Count: own.length, ...(isLast ? {} : end) });
  }
  const nth = () => (random.chance(0.25) ? random.between(1, 3) : 0);
  return {
    answers,
    table: {
      items,
      key: keyFields(models[0] as Model),
      lost: nth(),
      left: nth(),
      isShuffled: !hasHooks,
    },
  };
}
