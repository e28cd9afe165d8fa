/** Generates stored items and the parse calls that read them: own items, other entities' items, and records with holes. */
import type { Call } from "../case";
import type { KeyDefinition } from "../indexes";
import type { AttributeDefinition, Model } from "../model";
import type { Random } from "../random";
import { valueOf, wrongValue } from "../values";
import { compositesOf, definitionOf, namesOf } from "./item";

type Stored = Record<string, unknown>;

/** A value as DynamoDB hands it back: sets are sets, map properties stand under their fields. */
function storedValue(random: Random, definition: AttributeDefinition): unknown {
  const value = valueOf(random, definition);
  if (definition.type === "set" && Array.isArray(value) && random.chance(0.9))
    return { $set: [...new Set(value)] };
  return renamed(value, definition);
}

function renamed(value: unknown, definition: AttributeDefinition): unknown {
  if (
    definition.type === "map" &&
    definition.properties &&
    typeof value === "object" &&
    value !== null
  ) {
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => {
        const property = definition.properties?.[name];
        return [property?.field ?? name, property ? renamed(entry, property) : entry];
      }),
    );
  }
  if (definition.type === "set" && Array.isArray(value)) return { $set: [...new Set(value)] };
  return value;
}

const isUndefined = (value: unknown) => JSON.stringify(value) === '{"$undefined":true}';

/** The value without undefined ones in its lists, which DynamoDB never answers. */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => !isUndefined(one)).map(withoutHoles);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withoutHoles(part)]),
  );
}

function identify(random: Random, model: Model, item: Stored, isOwn: boolean): void {
  const { entity, version } = model.definition.model;
  const own = isOwn || random.chance(0.88);
  if (!own) {
    // Keys that say nothing of an entity, such as numbers, are no ground to compare ownership on.
    for (const { pk, sk } of Object.values(model.definition.indexes)) {
      delete item[pk?.field ?? ""];
      delete item[sk?.field ?? ""];
    }
  }
  item[model.identifiers?.entity ?? "__edb_e__"] = own ? entity : "other";
  item[model.identifiers?.version ?? "__edb_v__"] = isOwn || random.chance(0.95) ? version : "9";
}

/** Whether a key is stored as a number. */
export function isNumeric(key: KeyDefinition, model: Model): boolean {
  const { cast, template, field } = key;
  const [name = "", ...others] = compositesOf(key);
  const definition = definitionOf(model, name);
  const isBare =
    template === undefined
      ? others.length === 0 && (definition.field ?? name) === field
      : template === `\${${name}}`;
  return cast === "number" || (cast === undefined && isBare && definition.type === "number");
}

export function storedItem(random: Random, model: Model, isOwn = false): Stored {
  const item: Stored = {};
  for (const index of Object.values(model.definition.indexes ?? {})) {
    for (const key of [index.pk, index.sk]) {
      if (typeof key?.field !== "string" || !random.chance(0.9)) continue;
      item[key.field] = isNumeric(key, model) ? 7 : "$app#id_x";
    }
  }
  for (const name of random.some(namesOf(model), 0.8)) {
    const definition = definitionOf(model, name);
    // A stored list or map that is none can make 3.9.3 fail with the whole answer: there is nothing to compare.
    const isWrong = !["list", "map"].includes(String(definition?.type)) && random.chance(0.04);
    const value = isWrong ? wrongValue(random) : storedValue(random, definition);
    // DynamoDB answers no undefined values.
    if (!isUndefined(value)) item[definition?.field ?? name] = withoutHoles(value);
  }
  if (random.chance(0.1)) item.stranger = "x";
  identify(random, model, item, isOwn);
  return item;
}

/** One parse of what DynamoDB answered. */
export function parseCall(random: Random, model: Model): Call {
  // With \`attributes\`, 3.9.3 shows items of other entities too; ours does not, and there is nothing to compare.
  const selects = random.chance(0.2);
  const item = () => storedItem(random, model, selects);
  const response = random.weighted<() => unknown>([
    [5, () => ({ Item: item() })],
    [4, () => ({ Items: Array.from({ length: random.between(0, 4) }, item) })],
    [2, () => ({ Attributes: item() })],
    [0.2, () => random.pick<unknown>([{}, null, { Item: null }, { Items: [] }])],
  ])();
  const options: Record<string, unknown> = {};
  if (selects) options.attributes = random.some(namesOf(model), 0.4);
  if (random.chance(0.15)) options.ignoreOwnership = true;
  const args: unknown[] = Object.keys(options).length > 0 ? [response, options] : [response];
  return { method: "parse", args, steps: [] };
}
