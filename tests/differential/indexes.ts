/** Generates the indexes of a model: every form of key that a model can declare. It makes no keys. */
import type { AttributeDefinition, Attributes, Model } from "./model";
import type { Random } from "./random";

export interface KeyDefinition {
  field?: string;
  composite?: string[];
  /** ElectroDB's name for both before 1.0. */
  facets?: unknown;
  template?: string;
  casing?: string;
  cast?: string;
}

export interface IndexDefinition {
  index?: string;
  pk: KeyDefinition;
  sk?: KeyDefinition;
  collection?: string | string[];
  type?: string;
  scope?: string;
  condition?: { $hook: string };
  projection?: unknown;
  project?: unknown;
}

function separator(random: Random): string {
  return random.pick(["#", "#", "_", "/", "-", "", "|x|", "."]);
}

/** A template over these composites: labelled, bare, or with static text at any place. */
function templateOf(random: Random, composite: readonly string[]): string {
  if (composite.length === 1 && random.chance(0.3)) return `\${${composite[0]}}`;
  let text = random.pick(["", "", "app#", "PRE_", "$x"]);
  composite.forEach((name, at) => {
    if (at > 0) text += separator(random);
    if (random.chance(0.5)) text += random.pick([`${name}_`, `${name}:`, "K#", name]);
    text += `\${${name}}`;
  });
  if (random.chance(0.2)) text += random.pick(["#end", "!", "_"]);
  return text;
}

function keyOf(
  random: Random,
  field: string,
  composite: string[],
  rich: number,
  attributes: Attributes,
): KeyDefinition {
  const key: KeyDefinition = { field, composite };
  if (random.chance(0.25 * rich)) {
    key.template = templateOf(random, composite);
    if (random.chance(0.4)) delete key.composite;
  }
  if (random.chance(0.3 * rich)) key.casing = random.pick(["upper", "lower", "none", "default"]);
  if (random.chance(0.06 * rich)) {
    const isNumeric =
      composite.length === 1 && attributes[composite[0] as string]?.type === "number";
    key.cast = isNumeric || (composite.length > 1 && random.chance(0.1)) ? "number" : "string";
  }
  return key;
}

function namesIn(key: KeyDefinition | undefined): string[] {
  return (
    key?.composite ??
    [...(key?.template ?? "").matchAll(/\$\{([^}]*)\}/g)].map((found) => found[1] as string)
  );
}

/** The keys of some indexes, of which a wrong model may have none. */
export function keysOf(indexes: readonly (IndexDefinition | null)[]): KeyDefinition[] {
  const keys = indexes.flatMap((index) => [index?.pk, index?.sk]);
  return keys.filter((key): key is KeyDefinition => typeof key === "object" && key !== null);
}

/** All of a model's keys. */
export const keysIn = ({ definition }: Pick<Model, "definition">): KeyDefinition[] =>
  keysOf(Object.values(definition.indexes ?? {}));

/** A key's template, also by its old name. */
export function writtenText({ template, facets, composite }: KeyDefinition): string | undefined {
  const text: unknown = template ?? (composite === undefined ? facets : undefined);
  return typeof text === "string" ? text : undefined;
}

/** Makes the key field the composite's own stored field, as users of existing tables do. */
function attributeAsKey(random: Random, key: KeyDefinition, attributes: Attributes): void {
  const name = key.composite?.[0];
  const definition = name === undefined ? undefined : attributes[name];
  if (!definition || key.composite?.length !== 1 || !random.chance(0.07)) return;
  key.field = definition.field ?? name;
  delete key.template;
  if (!random.chance(0.95)) return;
  const isText = definition.type === "string" || Array.isArray(definition.type);
  const [before, after] =
    isText && random.chance(0.25)
      ? [random.pick(["", "ORG#", "org:"]), random.pick(["", "", "!", "#End"])]
      : ["", ""];
  key.template = `${before}\${${name}}${after}`;
}

function numericKey(
  random: Random,
  key: KeyDefinition,
  other: KeyDefinition | undefined,
  attributes: Attributes,
): void {
  const taken = namesIn(other);
  const numeric = Object.keys(attributes).filter(
    (name) =>
      (attributes[name] as AttributeDefinition).type === "number" &&
      !taken.includes(name) &&
      /^\w+$/.test(name),
  );
  if (numeric.length === 0 || !random.chance(0.07)) return;
  const name = random.pick(numeric);
  key.composite = [name];
  key.template = `\${${name}}`;
}

function extras(
  random: Random,
  index: IndexDefinition,
  secondary: number,
  names: readonly string[],
  rich: number,
): void {
  const ownFields = [index.pk.field, index.sk?.field].some(
    (field) => field !== undefined && !/^(gsi|lsi|pk|sk|p-k|my pk)/.test(field),
  );
  if (random.chance(0.15 * rich) && index.sk && (!ownFields || random.chance(0.02))) {
    const suffix = random.chance(0.97) ? String(secondary) : "";
    index.collection = random.weighted<string | string[]>([
      [3, `${random.pick(["members", "Assets", "org-things"])}${suffix}`],
      [1, [`members${suffix}`, `active${suffix}`]],
      [1, [`a${suffix}`, `b${suffix}`, `c${suffix}`]],
    ]);
    if (index.collection.length > 1 && typeof index.collection !== "string")
      index.type = "clustered";
    else if (random.chance(0.5)) index.type = random.pick(["isolated", "clustered"]);
    if (random.chance(0.05)) index.type = "isolated";
  } else if (random.chance(0.05 * rich)) {
    index.type = random.pick(["isolated", "clustered"]);
  }
  if (random.chance(0.08 * rich)) index.scope = random.pick(["scope", "Zone1", "a#b"]);
  if (secondary > 0 && random.chance(0.08 * rich)) {
    index.condition = { $hook: random.pick(["whenPublished", "whenTitled", "always", "never"]) };
  }
  if (secondary > 0 && random.chance(0.08 * rich)) {
    index.projection = random.weighted<unknown>([
      [1, "keys_only"],
      [1, "all"],
      [2, random.sample(names, 2)],
    ]);
  }
}

function primaryOf(
  random: Random,
  attributes: Attributes,
  keyNames: readonly string[],
  rich: number,
): IndexDefinition {
  const names = random.sample(keyNames, Math.min(keyNames.length, random.between(1, 4)));
  const inPk = random.between(1, Math.min(2, names.length));
  const field = random.chance(0.015) ? random.pick(["p-k", "my pk"]) : "pk";
  const index: IndexDefinition = {
    pk: keyOf(random, field, names.slice(0, inPk), rich, attributes),
  };
  if (random.chance(0.85)) {
    index.sk = keyOf(random, "sk", names.slice(inPk), rich, attributes);
    numericKey(random, index.sk, index.pk, attributes);
    attributeAsKey(random, index.sk, attributes);
  }
  numericKey(random, index.pk, index.sk, attributes);
  attributeAsKey(random, index.pk, attributes);
  extras(random, index, 0, Object.keys(attributes), rich);
  return index;
}

function secondaryOf(
  random: Random,
  number: number,
  primary: IndexDefinition,
  attributes: Attributes,
  pool: readonly string[],
  rich: number,
): IndexDefinition {
  const local = primary.sk !== undefined && random.chance(0.15);
  const name = local ? `lsi${number}` : `gsi${number}`;
  const taken = local ? namesIn(primary.pk) : [];
  const composite = random.sample(
    pool.filter((name) => !taken.includes(name) || random.chance(0.02)),
    random.between(0, 4),
  );
  const inPk = random.weighted([
    [1, 0],
    [12, 1],
    [5, 2],
  ] as const);
  const index: IndexDefinition = {
    index: name,
    pk: local
      ? structuredClone(primary.pk)
      : keyOf(random, `${name}pk`, composite.slice(0, inPk), rich, attributes),
  };
  if (local || random.chance(0.85)) {
    index.sk = keyOf(
      random,
      `${name}sk`,
      local ? composite : composite.slice(inPk),
      rich,
      attributes,
    );
    numericKey(random, index.sk, index.pk, attributes);
    attributeAsKey(random, index.sk, attributes);
  }
  if (!local) {
    numericKey(random, index.pk, index.sk, attributes);
    attributeAsKey(random, index.pk, attributes);
    if (index.pk.composite?.length === 0 && index.pk.template === undefined && random.chance(0.8)) {
      index.pk.template = "PUBLISHED#POST";
      if (random.chance(0.5)) delete index.pk.composite;
    }
    if (random.chance(0.05 * rich) && primary.sk && number === 1) {
      // A reversed index: the table's own key fields, exchanged.
      if (random.chance(0.05)) index.pk.field = primary.sk.field;
      else index.pk = structuredClone(primary.sk);
      if (index.sk) index.sk = structuredClone(primary.pk);
      return index;
    }
    if (random.chance(0.08 * rich) && composite.length > 0 && inPk > 0) {
      index.type = "composite";
      index.pk = { composite: composite.slice(0, inPk) };
      if (index.sk) index.sk = { composite: composite.slice(inPk) };
      if (index.sk?.composite?.length === 0) delete index.sk;
      return index;
    }
  }
  extras(random, index, number, Object.keys(attributes), rich);
  return index;
}

/** Generates a primary index and up to four secondary ones. */
export function indexesOf(
  random: Random,
  attributes: Attributes,
  keyNames: readonly string[],
  rich: number,
): Record<string, IndexDefinition> {
  const primary = primaryOf(random, attributes, keyNames, rich);
  const indexes: Record<string, IndexDefinition> = { primary };
  const scalars = Object.keys(attributes).filter((name) => {
    const type = (attributes[name] as AttributeDefinition).type;
    // Such a name in a key would stand in the key's text, where it cannot be told from a renamed one.
    if (name.includes(".") || name === "constructor") return false;
    return type === "string" || type === "number" || type === "boolean" || Array.isArray(type);
  });
  const count = random.weighted([
    [2, 0],
    [4, 1],
    [3, 2],
    [2, 3],
    [1, 4],
  ] as const);
  for (let number = 1; number <= count; number += 1) {
    const pool = random.chance(0.7) ? keyNames : scalars;
    indexes[`by${number}`] = secondaryOf(random, number, primary, attributes, pool, rich);
  }
  return indexes;
}
