/** Mistakes in the indexes of a model: each by itself, and against one another. */
import { compositesOf } from "../calls/item";
import type { IndexDefinition } from "../indexes";
import type { Model } from "../model";
import type { Random } from "../random";
import type { Mistake } from "./models";
import { define, oddValue } from "./odd";

type Loose = Record<string, unknown>;

const namesOf = ({ definition }: Model) => Object.keys(definition.attributes);

function indexOf(random: Random, { definition }: Model): IndexDefinition {
  return random.pick(Object.values(definition.indexes));
}

function keyOf(random: Random, model: Model): Loose {
  const { pk, sk } = indexOf(random, model);
  return (sk && random.chance(0.5) ? sk : pk) as Loose;
}

/** A secondary index, which is added where the model has none. */
function secondary(random: Random, model: Model): IndexDefinition {
  const { indexes } = model.definition;
  const all = Object.values(indexes).filter(({ index }) => index !== undefined);
  if (all.length > 0 && random.chance(0.8)) return random.pick(all);
  const [pk, sk] = random.sample(keyNames(model), 2) as [string, string | undefined];
  const added: IndexDefinition = {
    index: "added",
    pk: { field: "addedpk", composite: [pk] },
    sk: { field: "addedsk", composite: sk === undefined ? [] : [sk] },
  };
  define(indexes, "added", added);
  return added;
}

function keyNames(model: Model): string[] {
  const { indexes } = model.definition;
  const all = Object.values(indexes).flatMap(({ pk, sk }) => [
    ...compositesOf(pk),
    ...compositesOf(sk),
  ]);
  return [...new Set([...all, ...namesOf(model)])];
}

const TEMPLATES = [
  "",
  "text",
  "${",
  "${}",
  "${ }",
  "}",
  "$",
  "$$",
  "x#${id",
  "${id}#${",
  "$${id}",
  "${${id}}",
  "{id}",
  ":id",
  "${id}${id}",
  "${nowhere}",
  "a#${id}#b#${nowhere}",
  "${ id }",
];

const INDEX_OPTIONS = [
  "pk",
  "sk",
  "index",
  "collection",
  "type",
  "scope",
  "condition",
  "projection",
  "project",
  "stranger",
];
const KEY_OPTIONS = ["field", "composite", "facets", "template", "casing", "cast", "stranger"];

const CASINGS = ["upper", "lower", "none", "default", "Upper", "weird", ""];

export const INDEX_MISTAKES: Mistake[] = [
  // An option that is of a wrong type, or is not there.
  (random, model) => {
    (indexOf(random, model) as unknown as Loose)[random.pick(INDEX_OPTIONS)] = oddValue(random);
  },
  (random, model) => {
    keyOf(random, model)[random.pick(KEY_OPTIONS)] = oddValue(random);
  },
  (random, model) => {
    const name = random.pick(Object.keys(model.definition.indexes));
    (model.definition.indexes as Loose)[name] = oddValue(random);
  },
  (random, model) => {
    delete (indexOf(random, model) as unknown as Loose)[random.pick(["pk", "sk", "index", "type"])];
  },
  (random, model) => {
    delete keyOf(random, model)[random.pick(["field", "composite", "template"])];
  },
  // Composites that do not exist, stand twice, or are no names.
  (random, model) => {
    const key = keyOf(random, model);
    const own = (key.composite ?? []) as unknown[];
    const more = random.pick<unknown>(["nowhere", own[0] ?? "id", oddValue(random), ""]);
    key.composite = random.chance(0.5) ? [...own, more] : [more, ...own];
  },
  (random, model) => {
    const { pk, sk } = indexOf(random, model);
    if (sk) sk.composite = [...random.sample(compositesOf(pk), 2), ...(sk.composite ?? [])];
  },
  (random, model) => {
    keyOf(random, model).composite = random.sample(namesOf(model), random.between(0, 4));
  },
  // Templates that do not parse, or say something else than the composites beside them.
  (random, model) => {
    const key = keyOf(random, model);
    key.template = random.pick(TEMPLATES);
    if (random.chance(0.5)) delete key.composite;
  },
  (random, model) => {
    const names = random.sample(namesOf(model), random.between(0, 3));
    keyOf(random, model).template = names.map((name) => `\${${name}}`).join("#");
  },
  (random, model) => {
    const key = keyOf(random, model);
    const names = random.sample(namesOf(model), random.between(0, 2));
    key.facets = random.chance(0.5) ? names : names.map((name) => `:${name}`).join("#");
    if (random.chance(0.7)) {
      delete key.composite;
      delete key.template;
    }
  },
  (random, model) => {
    keyOf(random, model).casing = random.pick(CASINGS);
  },
  (random, model) => {
    keyOf(random, model).cast = random.pick(["number", "string", "boolean", "Number", ""]);
  },
  // Two indexes of one name, none of the table, two of the table.
  (random, model) => {
    const names = Object.values(model.definition.indexes).map(({ index }) => index);
    (indexOf(random, model) as unknown as Loose).index = random.pick([
      ...names,
      "",
      "gsi1",
      "gsi9",
    ]);
  },
  (random, model) => {
    delete (secondary(random, model) as unknown as Loose).index;
  },
  (_random, model) => {
    const [name] = Object.keys(model.definition.indexes);
    delete (model.definition.indexes as Loose)[name ?? ""];
  },
  // One field of two keys.
  (random, model) => {
    const fields = Object.values(model.definition.indexes).flatMap(({ pk, sk }) => [
      pk.field,
      sk?.field,
    ]);
    keyOf(random, model).field = random.pick([...fields, ...namesOf(model), "__edb_e__", ""]);
  },
  (random, model) => {
    const index = secondary(random, model);
    const other = indexOf(random, model);
    index.pk = structuredClone(random.chance(0.7) ? other.pk : (other.sk ?? other.pk));
    const key = index.pk as Loose;
    random.pick([
      () => (key.casing = random.pick(CASINGS)),
      () => (key.template = `x#\${${compositesOf(other.pk)[0] ?? "id"}}`),
      () => (key.cast = random.pick(["number", "string"])),
      () => (key.composite = random.sample(namesOf(model), 2)),
    ])();
  },
  (random, model) => {
    const index = secondary(random, model);
    const other = indexOf(random, model);
    index.sk = structuredClone(random.chance(0.7) ? (other.sk ?? other.pk) : other.pk);
    const key = index.sk as Loose;
    random.pick([
      () => (key.casing = random.pick(CASINGS)),
      () => (key.template = `x#\${${compositesOf(other.sk)[0] ?? "id"}}`),
      () => (key.cast = random.pick(["number", "string"])),
      () => (key.composite = random.sample(namesOf(model), 2)),
    ])();
  },
  // Collections.
  (random, model) => {
    const index = random.chance(0.5) ? secondary(random, model) : indexOf(random, model);
    const odd = oddValue(random);
    (index as unknown as Loose).collection = random.pick<unknown>([
      odd,
      ["a", ""],
      ["a", odd],
      ["a", "a"],
      ["a", "b"],
      "a b",
    ]);
    if (random.chance(0.5)) index.type = random.pick(["clustered", "isolated", "composite"]);
    if (random.chance(0.2)) delete index.sk;
  },
  (random, model) => {
    const one = secondary(random, model);
    const other = indexOf(random, model);
    one.collection = random.pick<string | string[]>(["same", ["same"], ["a", "same"]]);
    other.collection = random.pick<string | string[]>(["same", ["same"], ["b", "same"], ["a"]]);
  },
  // Options that an index of its type has not, or has to have.
  (random, model) => {
    (indexOf(random, model) as unknown as Loose).type = random.pick([
      "composite",
      "clustered",
      "isolated",
      "Composite",
      "weird",
      "",
    ]);
  },
  (random, model) => {
    const index = secondary(random, model) as unknown as Loose & IndexDefinition;
    index.type = "composite";
    index.pk = { composite: compositesOf(index.pk) };
    if (index.sk) index.sk = { composite: compositesOf(index.sk) };
    random.pick([
      () => (index.scope = random.pick(["zone", ""])),
      () => (index.condition = { $hook: "always" }),
      () => (index.pk.field = "somepk"),
      () => index.sk && (index.sk.field = "somesk"),
      () => delete index.index,
      () => delete index.sk,
      () => (index.collection = random.pick<string | string[]>(["a", ["a", "b"]])),
      () => (index.pk.template = "x#${id}"),
      () => (index.pk.casing = "upper"),
      () => (index.pk.cast = "number"),
      () => (index.pk.composite = []),
    ])();
  },
  (random, model) => {
    (indexOf(random, model) as unknown as Loose).condition = random.pick<unknown>([
      { $hook: "always" },
      oddValue(random),
    ]);
  },
  (random, model) => {
    (indexOf(random, model) as unknown as Loose).scope = random.pick<unknown>([
      "zone",
      "",
      oddValue(random),
    ]);
  },
  (random, model) => {
    const names = namesOf(model);
    (indexOf(random, model) as unknown as Loose).projection = random.pick<unknown>([
      "ALL",
      "KEYS_ONLY",
      "include",
      "",
      [],
      ["nowhere"],
      [random.pick(names), "nowhere"],
      [random.pick(names), oddValue(random)],
      ["__edb_e__", "__edb_v__"],
      oddValue(random),
    ]);
  },
];
