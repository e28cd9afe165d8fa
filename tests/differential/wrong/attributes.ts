/** Mistakes in the attributes of a model, also in those within others. */
import type { AttributeDefinition, Model } from "../model";
import type { Random } from "../random";
import type { Mistake } from "./models";
import { oddValue } from "./odd";

type Loose = Record<string, unknown>;

/** Where an attribute is defined: in what record, under what name. */
interface Place {
  record: Loose;
  name: string;
}

/** All places below a definition. */
function below(definition: AttributeDefinition): Place[] {
  const { items, properties } = definition;
  const places: Place[] = [];
  if (definition.type === "list") {
    places.push({ record: definition as unknown as Loose, name: "items" });
    if (typeof items === "object" && items !== null)
      places.push(...below(items as AttributeDefinition));
  }
  for (const [name, own] of Object.entries(properties ?? {})) {
    places.push({ record: properties as Loose, name }, ...below(own));
  }
  return places;
}

function topLevel({ definition }: Model): Place[] {
  const record = definition.attributes as Loose;
  return Object.keys(record).map((name) => ({ record, name }));
}

function placeOf(random: Random, model: Model): Place {
  const nested = Object.values(model.definition.attributes).flatMap((own) => below(own));
  return random.pick(nested.length > 0 && random.chance(0.4) ? nested : topLevel(model));
}

function attributeOf(random: Random, model: Model): Loose {
  const { record, name } = placeOf(random, model);
  return record[name] as Loose;
}

const OPTIONS = [
  "type",
  "field",
  "hidden",
  "watch",
  "label",
  "readOnly",
  "required",
  "cast",
  "default",
  "validate",
  "get",
  "set",
  "padding",
  "items",
  "properties",
  "stranger",
];

/** What an option may be where it stands right, so that it stands wrong in another attribute. */
const TYPES: readonly unknown[] = [
  "string",
  "number",
  "boolean",
  "any",
  "custom",
  "static",
  "enum",
  "map",
  "list",
  "set",
  "String",
  "date",
  [],
  [5, 7],
  ["a", "a"],
  [null],
  [true, "x"],
  [["x"]],
  [{}],
];

const namesOf = ({ definition }: Model) => Object.keys(definition.attributes);

const keyFieldsOf = ({ definition }: Model) =>
  Object.values(definition.indexes).flatMap(({ pk, sk }) => [pk.field, sk?.field]);

export const ATTRIBUTE_MISTAKES: Mistake[] = [
  // An option that is of a wrong type.
  (random, model) => {
    attributeOf(random, model)[random.pick(OPTIONS)] = oddValue(random);
  },
  (random, model) => {
    attributeOf(random, model)[random.pick(OPTIONS)] = oddValue(random);
  },
  (random, model) => {
    attributeOf(random, model).type = random.pick(TYPES);
  },
  (random, model) => {
    delete attributeOf(random, model)[random.pick(["type", "items", "properties"])];
  },
  (random, model) => {
    const { record, name } = placeOf(random, model);
    record[name] = random.chance(0.6) ? oddValue(random) : random.pick(TYPES);
  },
  (random, model) => {
    const { record, name } = placeOf(random, model);
    delete record[name];
  },
  (random, model) => {
    const attribute = attributeOf(random, model);
    attribute.type = "set";
    attribute.items = random.pick<unknown>([...TYPES, { type: "string" }, oddValue(random)]);
  },
  (random, model) => {
    const attribute = attributeOf(random, model);
    attribute.type = "list";
    attribute.items = random.pick<unknown>([
      ...TYPES,
      { type: random.pick(TYPES) },
      oddValue(random),
    ]);
  },
  (random, model) => {
    const attribute = attributeOf(random, model);
    attribute.type = "map";
    attribute.properties = random.weighted<unknown>([
      [1, { inner: random.pick(TYPES) }],
      [1, { inner: { type: random.pick(TYPES) } }],
      [1, { inner: oddValue(random) }],
      [1, oddValue(random)],
    ]);
  },
  (random, model) => {
    const part = () => (random.chance(0.5) ? oddValue(random) : random.pick<unknown>([3, "0", ""]));
    attributeOf(random, model).padding = { length: part(), char: part() };
  },
  // One field of two attributes, the name of a later one or of an earlier one, and the field of a key.
  (random, model) => {
    const attribute = attributeOf(random, model);
    attribute.field = random.pick([...namesOf(model), ...keyFieldsOf(model), "__edb_e__"]);
  },
  (random, model) => {
    const names = namesOf(model);
    const [one, other] = random.sample(names, 2).map((name) => model.definition.attributes[name]);
    if (one && other) one.field = other.field = random.pick(["shared", ...names]);
  },
  (random, model) => {
    const { properties } = attributeOf(random, model) as unknown as AttributeDefinition;
    const all = Object.values(properties ?? {});
    const names = Object.keys(properties ?? {});
    for (const own of random.sample(all, 2)) own.field = random.pick(["shared", ...names]);
  },
  // What is watched is no attribute, watches itself, or is no list.
  (random, model) => {
    const names = namesOf(model);
    attributeOf(random, model).watch = random.weighted<unknown>([
      [2, random.sample(names, random.between(0, 2))],
      [1, ["nowhere"]],
      [1, [random.pick(names), "nowhere"]],
      [1, random.pick(["*", "all", "", random.pick(names)])],
      [1, ["*"]],
      [1, oddValue(random)],
    ]);
  },
  (random, model) => {
    const names = random.sample(namesOf(model), random.between(1, 3));
    names.forEach((name, at) => {
      const own = model.definition.attributes[name] as AttributeDefinition;
      own.watch = [names[(at + 1) % names.length]];
    });
  },
  (random, model) => {
    attributeOf(random, model).cast = random.pick(["string", "number", "boolean", "String", ""]);
  },
  // What it is in a key.
  (random, model) => {
    const attribute = attributeOf(random, model);
    attribute.field = random.pick(keyFieldsOf(model)) ?? "pk";
    if (random.chance(0.5)) attribute.padding = { length: 5, char: "0" };
    if (random.chance(0.3)) attribute.type = random.pick(TYPES);
  },
];
