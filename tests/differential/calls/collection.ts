/** Generates services of one to four entities with a collection, and calls on it. Their models are those of other families. */
import type { Call, Case, Member } from "../case";
import type { IndexDefinition, KeyDefinition } from "../indexes";
import { modelOf, type Model } from "../model";
import type { Random } from "../random";
import { hydratedAnswers, withPlainTable } from "./hydrate";
import { compositesOf, namesOf, valuesFor } from "./item";
import { readOptions } from "./options";
import { isNumeric, storedItem } from "./parse";
import { sortStep } from "./query";
import { wheresOf } from "./where";
import { wrongValue } from "../values";

const NAME = "shared";
const TASTE = { hooks: 0.15, nested: 0.2, richIndexes: 0.5, spoiled: 0 };
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The model without the names over which 3.9.3 stumbles in an entity itself; that is for other families. */
function harmless(model: Model): Model {
  const text = JSON.stringify(model).replaceAll('"constructor"', '"constructed"');
  return JSON.parse(text.replaceAll('"a.b"', '"ab"')) as Model;
}

/** The index that all members are given, before they are made to differ. */
function indexOf(random: Random, model: Model): IndexDefinition {
  const isKey = (name: string) => /^(id|org|team|email|role|rank|day)$/.test(name);
  const names = random.sample(namesOf(model).filter(isKey), 4);
  const type = random.weighted<string | undefined>([
    [4, undefined],
    [1, "isolated"],
    [4, "clustered"],
    [2, "composite"],
  ]);
  const key = (field: string, composite: string[]): KeyDefinition => {
    if (type === "composite") return { composite };
    const made: KeyDefinition = { field, composite };
    if (random.chance(0.1)) made.casing = random.pick(["upper", "lower", "none", "default"]);
    if (random.chance(0.1)) {
      made.template = composite.map((name) => `${name}:\${${name}}`).join("#");
      if (made.template === "") delete made.template;
    }
    return made;
  };
  const count = random.between(1, Math.max(1, Math.min(2, names.length - 1)));
  const index: IndexDefinition = {
    index: "shared-index",
    collection:
      type === "clustered" || type === "composite"
        ? NAME
        : random.pick<string | string[]>([NAME, [NAME], ["outer", NAME], [NAME, "inner"]]),
    pk: key("sharedpk", names.slice(0, count)),
    sk: key(
      "sharedsk",
      names.slice(count, count + random.between(type === "composite" ? 1 : 0, 3)),
    ),
  };
  if (type !== undefined) index.type = type;
  if (type !== "composite" && random.chance(0.1)) index.scope = "scope";
  if (random.chance(0.08)) index.projection = random.pick<unknown>(["keys_only", "all"]);
  return index;
}

/** One way in which a member's index is another than the first's. */
function differing(random: Random, index: IndexDefinition, model: Model): void {
  const names = namesOf(model).filter((name) => /^(id|org|team|email|role|rank|day)$/.test(name));
  const isOwn = index.type === "composite";
  random.pick([
    () => (index.index = "another"),
    () => (index.type = random.pick(["isolated", "clustered"])),
    () => (index.collection = random.pick<string | string[]>([["a", NAME], [NAME, "b"], NAME])),
    () => !isOwn && (index.scope = "else"),
    () => (index.projection = random.pick<unknown>(["keys_only", ["title"]])),
    () => !isOwn && (index.pk.field = "elsepk"),
    () => !isOwn && (index.pk.casing = random.pick(["upper", "lower", "default"])),
    () => index.sk && !isOwn && (index.sk.casing = random.pick(["upper", "lower", "default"])),
    () => (index.pk.composite = random.sample(names, 2)),
    () => !isOwn && (index.pk.template = "x#${" + (index.pk.composite?.[0] ?? "id") + "}"),
    () =>
      index.sk && !isOwn && (index.sk.template = "x#${" + (index.sk.composite?.[0] ?? "id") + "}"),
    () => {
      const name = random.pick([...(index.pk.composite ?? []), ...(index.sk?.composite ?? [])]);
      const attribute = model.definition.attributes[name];
      if (attribute) attribute.label = "labelled";
    },
    () => {
      const attribute = model.definition.attributes[random.pick(index.pk.composite ?? [])];
      if (attribute?.type === "string") attribute.padding = { length: 9, char: "0" };
    },
    () => {
      const name = random.pick(namesOf(model));
      const attribute = model.definition.attributes[name];
      if (attribute) attribute.field = "elsewhere";
    },
  ])();
}

/** The model with this index of a collection beside its table's own key. */
function place(model: Model, index: IndexDefinition, from: Model): void {
  const { definition } = model;
  const primary = Object.entries(definition.indexes).find(([, entry]) => entry.index === undefined);
  definition.indexes = Object.fromEntries(primary === undefined ? [] : [primary]);
  definition.indexes.placed = index;
  const composites = [...compositesOf(index.pk), ...compositesOf(index.sk)];
  for (const name of new Set([...composites, ...namesOf(model)])) {
    const attribute = Object.hasOwn(from.definition.attributes, name)
      ? from.definition.attributes[name]
      : undefined;
    if (attribute === undefined) continue;
    definition.attributes[name] = copy(attribute);
    // What it watched may not be here.
    delete definition.attributes[name].watch;
  }
}

/** Which keys of a model's table are numbers. */
function tableTypes(model: Model): string {
  const table = Object.values(model.definition.indexes).find(({ index }) => index === undefined);
  return [table?.pk, table?.sk]
    .map((key) => String(key !== undefined && isNumeric(key, model)))
    .join();
}

/** Another sort key over the same attributes, which a collection allows. */
function sortedElse(random: Random, index: IndexDefinition, model: Model): void {
  if (index.sk === undefined || index.type === "composite") return;
  const own = index.sk.composite ?? [];
  const more = namesOf(model).filter((name) => name === "title" || name === "note");
  index.sk.composite = random.pick([own.slice(0, -1), [...own, ...more.slice(0, 1)], own]);
  if (index.sk.template !== undefined) {
    index.sk.template = index.sk.composite.map((name) => `${name}:\${${name}}`).join("#");
    if (index.sk.template === "") delete index.sk.template;
  }
}

/** All attributes of all members, as the callbacks of clauses see them. */
function mergedOf(members: readonly Member[]): Model {
  const first = (members[0] as Member).model;
  const merged = copy(first);
  for (const { model } of members) {
    merged.definition.attributes = {
      ...model.definition.attributes,
      ...merged.definition.attributes,
    };
  }
  return merged;
}

function answersOf(random: Random, members: readonly Member[], index: IndexDefinition): unknown[] {
  if (random.chance(0.05)) return [{ $failure: "ValidationException", message: "refused" }];
  const pages = random.between(1, 3);
  const key = {
    ...{ pk: "$app#id_x", sk: "$user_1" },
    ...(index.type === "composite"
      ? {}
      : { [index.pk.field ?? "x"]: "x", [index.sk?.field ?? "y"]: "y" }),
  };
  return Array.from({ length: pages }, (_, at) => ({
    Items: Array.from({ length: random.between(0, 4) }, () =>
      storedItem(random, random.pick(members).model),
    ),
    ...(at === pages - 1 ? {} : { LastEvaluatedKey: key }),
  }));
}

function callOf(random: Random, members: readonly Member[], index: IndexDefinition): Call {
  const merged = mergedOf(members);
  const sloppy = random.chance(0.1) ? 0.2 : 0;
  const pk = compositesOf(index.pk);
  const sk = compositesOf(index.sk).filter((name) => !pk.includes(name));
  const isSorted = index.type === "clustered" || index.type === "composite";
  const given = sk.slice(0, isSorted || random.chance(0.1) ? random.between(0, sk.length) : 0);
  const options = readOptions(random, merged, true) as Record<string, unknown> | undefined;
  if (index.type === "composite") {
    delete options?.compare;
    delete options?.attributes;
  }
  const steps = wheresOf(random, merged, 0.35);
  const rest = sk.slice(given.length);
  if (isSorted && random.chance(0.5)) {
    steps.unshift(sortStep(random, merged, rest, sloppy));
  }
  if (random.chance(0.01) && steps[0]?.args) steps[0].args[0] = null;
  const composites = valuesFor(random, merged, [...pk, ...given], sloppy);
  const { collection } = index;
  const models = members.map(({ model }) => model);
  const isHydrated = random.chance(0.15);
  // A key of one table is of one type.
  const types = new Set(models.map(tableTypes));
  if (isHydrated || types.size > 1) models.forEach(withPlainTable);
  const hydrated = isHydrated
    ? hydratedAnswers(random, models, ({ definition }) => definition.indexes.placed)
    : {};
  const names = Array.isArray(collection) ? collection : [collection ?? NAME];
  return {
    method: "collection",
    index: random.chance(0.9) ? NAME : random.pick(names),
    args: [random.chance(0.015) ? wrongValue(random) : composites],
    steps,
    options: random.chance(0.005)
      ? null
      : isHydrated
        ? {
            ...options,
            hydrate: random.weighted<unknown>([
              [12, true],
              [1, false],
              [1, 1],
            ]),
          }
        : options,
    ...(random.chance(0.5) ? { answers: answersOf(random, members, index) } : {}),
    ...(random.chance(0.7) ? hydrated : {}),
  };
}

/** One case: a service, and one query of its collection. */
export function collectionCase(random: Random, given: Model): Omit<Case, "family"> {
  const model = harmless(given);
  const index = indexOf(random, model);
  place(model, copy(index), model);
  const count = random.between(1, 4);
  const entities = random.sample(["user", "Task", "my-entity", "e_1"], count);
  const members = entities.map((entity, at): Member => {
    const own = at === 0 ? model : harmless(modelOf(random, TASTE));
    if (at > 0) {
      const placed = copy(index);
      place(own, placed, model);
      if (random.chance(0.3)) sortedElse(random, placed, own);
      if (random.chance(0.06)) differing(random, placed, own);
    }
    own.definition.model.entity = entity;
    own.definition.model.service = random.chance(0.01) ? "another" : model.definition.model.service;
    own.table = random.chance(0.97) ? "table" : random.pick(["else", ""]);
    return { name: random.chance(0.7) ? entity : `alias${at}`, model: own };
  });
  const service = random.weighted<Case["service"]>([
    [8, { table: "table" }],
    [3, {}],
    [1, { table: "else" }],
  ]);
  return { model, members, service, call: callOf(random, members, index) };
}
