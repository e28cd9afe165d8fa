/** Generates the records that calls are given: whole items, changes, keys. It knows models, not methods. */
import type { AttributeDefinition, Model } from "../model";
import type { KeyDefinition } from "../indexes";
import type { Random } from "../random";
import { valueOf, wrongValue } from "../values";

export type Attributes = Record<string, unknown>;

const PLACEHOLDER = /\$\{([^}]*)\}/g;

/** The composite attributes of one key, whether it lists them or only has a template. */
export function compositesOf(key: KeyDefinition | undefined): string[] {
  if (!key) return [];
  if (Array.isArray(key.composite)) return key.composite;
  const { template, facets } = key;
  if (typeof template === "string")
    return [...template.matchAll(PLACEHOLDER)].map((found) => found[1] as string);
  // As a text they are that text, and composed of nothing.
  return Array.isArray(facets) ? (facets as string[]) : [];
}

/** The composites of the primary index. */
export function primaryComposites(model: Model): string[] {
  const primary = Object.values(model.definition.indexes ?? {}).find(
    (index) => index.index === undefined,
  );
  return [...new Set([...compositesOf(primary?.pk), ...compositesOf(primary?.sk)])];
}

export function definitionOf(model: Model, name: string): AttributeDefinition {
  return model.definition.attributes?.[name] ?? { type: "string" };
}

/** Values for these attributes; a small part of them is missing or wrong by the throw of `sloppy`. */
export function valuesFor(
  random: Random,
  model: Model,
  names: readonly string[],
  sloppy: number,
): Attributes {
  const result: Attributes = {};
  for (const name of names) {
    if (random.chance(sloppy)) {
      if (random.chance(0.5)) result[name] = wrongValue(random);
    } else {
      result[name] = valueOf(random, definitionOf(model, name));
    }
  }
  return result;
}

/** The key of an item. */
export function keyOf(random: Random, model: Model, sloppy: number): Attributes {
  const key = valuesFor(random, model, primaryComposites(model), sloppy);
  if (random.chance(0.03)) key.stranger = "x";
  if (random.chance(0.08))
    Object.assign(key, valuesFor(random, model, random.some(namesOf(model), 0.2), sloppy));
  return key;
}

export function namesOf(model: Model): string[] {
  return Object.keys(model.definition.attributes ?? {});
}

/** A whole item: key, required attributes, composites of some indexes, and some of the others. */
export function itemOf(random: Random, model: Model, sloppy: number): Attributes {
  const names = new Set(primaryComposites(model));
  for (const index of Object.values(model.definition.indexes ?? {})) {
    if (random.chance(0.85)) for (const name of compositesOf(index.pk)) names.add(name);
    if (random.chance(0.85)) for (const name of compositesOf(index.sk)) names.add(name);
  }
  for (const name of namesOf(model)) {
    const definition = definitionOf(model, name);
    if (definition?.required ? !random.chance(0.04) : random.chance(0.55)) names.add(name);
  }
  const item = valuesFor(random, model, random.sample([...names], names.size), sloppy);
  if (random.chance(0.04)) item.stranger = "x";
  return item;
}

/** The attributes that an update may change: not of the primary key, mostly not read-only. */
export function changeable(random: Random, model: Model): string[] {
  const key = primaryComposites(model);
  return namesOf(model).filter(
    (name) =>
      (!key.includes(name) || random.chance(0.02)) &&
      (!definitionOf(model, name)?.readOnly || random.chance(0.08)),
  );
}

/** Adds the other composites of every index that these names touch, most of the time. */
export function withCompanions(random: Random, model: Model, names: readonly string[]): string[] {
  const result = new Set(names);
  const key = primaryComposites(model);
  for (const index of Object.values(model.definition.indexes ?? {})) {
    const composites = [...compositesOf(index.pk), ...compositesOf(index.sk)];
    if (!composites.some((name) => names.includes(name)) || random.chance(0.1)) continue;
    for (const name of composites) {
      if (!key.includes(name) && !definitionOf(model, name)?.readOnly) result.add(name);
    }
  }
  return [...result];
}
