/** Generates models as tagged JSON: attributes here, indexes in indexes.ts. It makes no calls and no values of items. */
import { compositesOf } from "./calls/item";
import { keysIn, indexesOf, type IndexDefinition, type KeyDefinition } from "./indexes";
import type { Random } from "./random";
import { valueOf } from "./values";

/** An attribute definition in tagged JSON. */
export interface AttributeDefinition {
  type: unknown;
  items?: unknown;
  properties?: Record<string, AttributeDefinition>;
  required?: boolean;
  readOnly?: boolean;
  hidden?: boolean;
  field?: string;
  label?: string;
  padding?: { length: number; char: string };
  cast?: string;
  default?: unknown;
  get?: unknown;
  set?: unknown;
  watch?: unknown;
  validate?: unknown;
}

/** A generated model with what else its entity is given. */
export interface Model {
  definition: {
    model: { entity: string; version: string; service: string };
    attributes: Record<string, AttributeDefinition>;
    indexes: Record<string, IndexDefinition>;
  };
  identifiers?: { entity?: string; version?: string };
  table?: string;
  /** Whether the entity is given a client of the SDK's third version, which wants native sets. */
  client?: boolean;
  /** What else the entity is given. */
  config?: Record<string, unknown>;
}

export type Attributes = Model["definition"]["attributes"];

/** How much of each kind a family of cases wants. */
export interface ModelTaste {
  hooks: number;
  nested: number;
  richIndexes: number;
  spoiled: number;
}

const KEY_NAMES = ["id", "org", "team", "email", "role", "rank", "day", "published"] as const;
const OTHER_NAMES = [
  "title",
  "count",
  "version",
  "meta",
  "tags",
  "list",
  "blob",
  "state",
  "note",
  "stamp",
  "ratio",
  "flags",
  "name",
  "size",
  "firstName",
  "lastName",
] as const;
const HOSTILE_NAMES = ["attr", "exists", "constructor", "a.b", "my-attr", "map"] as const;

const SET_HOOKS = [
  "same",
  "upper",
  "trim",
  "suffix",
  "plusOne",
  "isoNow",
  "nothing",
  "keysOfItem",
  "titleOfItem",
  "countUp",
];
const GET_HOOKS = [
  "same",
  "upper",
  "suffix",
  "plusOne",
  "nothing",
  "keysOfItem",
  "fullName",
  "firstOnly",
  "mapWithSeen",
];

const hook = (name: string) => ({ $hook: name });

function keyType(random: Random): unknown {
  if (random.chance(0.01)) return scalarType(random);
  return random.weighted<unknown>([
    [6, "string"],
    [2, "number"],
    [0.8, "boolean"],
    [1.2, ["ADMIN", "Teacher", "student"]],
  ]);
}

function scalarType(random: Random): unknown {
  return random.weighted<unknown>([
    [6, "string"],
    [2.5, "number"],
    [1.2, "boolean"],
    [1.2, ["ADMIN", "Teacher", "student"]],
    [0.5, "any"],
    [0.3, { $custom: random.pick(["string", "number", "any"]) }],
  ]);
}

/** Hooks of a part of an attribute: rarer than those of whole attributes. */
function nestedHooks(random: Random, definition: AttributeDefinition): void {
  if (random.chance(0.05)) definition.set = hook(setHookFor(random, definition, false));
  if (random.chance(0.05)) definition.get = hook(random.pick(GET_HOOKS));
  if (random.chance(0.03)) definition.default = valueOf(random, definition);
  if (random.chance(0.03)) definition.validate = validatorOf(random, definition.type);
}

/** Properties have other names at each depth: 3.9.3 takes a path with one name twice for another. */
const PROPERTY_NAMES = [
  ["lane", "code", "rate", "bits", "off"],
  ["street", "zip", "score", "parts", "on"],
  ["home", "work", "past", "next"],
] as const;

function nestedType(random: Random, depth: number): AttributeDefinition {
  const kind = random.weighted([
    [3, "map"],
    [3, "list"],
    [3, "set"],
  ] as const);
  if (kind === "set") {
    return {
      type: "set",
      items: random.weighted<unknown>([
        [4, "string"],
        [3, "number"],
        [1, ["red", "green"]],
      ]),
    };
  }
  const child = (): AttributeDefinition =>
    depth > 0 && random.chance(0.35) ? nestedType(random, depth - 1) : { type: scalarType(random) };
  if (kind === "list") {
    const items = child();
    nestedHooks(random, items);
    return { type: "list", items };
  }
  const properties: Record<string, AttributeDefinition> = {};
  for (const name of random.sample(PROPERTY_NAMES[depth] ?? [], random.between(1, 3))) {
    properties[name] = child();
    nestedHooks(random, properties[name]);
    if (random.chance(0.15)) properties[name].required = true;
    if (random.chance(0.1)) properties[name].hidden = true;
    if (random.chance(0.1)) properties[name].readOnly = true;
    // 3.9.3 gives properties of one name one placeholder, even where their fields differ: so they never do here.
    if (name === "zip") properties[name].field = "zip_f";
  }
  return { type: "map", properties };
}

function validatorOf(random: Random, type: unknown): unknown {
  const functions = [
    "accept",
    "accept",
    "notEmpty",
    "short",
    "returnsReason",
    "refuse",
    "returnsNothing",
    "fails",
  ];
  if (type === "string" && random.chance(0.4)) {
    return random.pick([
      { $regexp: "^[a-z0-9]", flags: "i" },
      { $regexp: "x", flags: "" },
      { $regexp: "^.{0,20}$", flags: "" },
    ]);
  }
  return hook(random.weighted(functions.map((name, at) => [at < 4 ? 4 : 1, name] as const)));
}

function defaultOf(random: Random, definition: AttributeDefinition): unknown {
  if (random.chance(0.3))
    return hook(
      random.pick(["draft", "one", "zero", "no", "isoNow", "nothing", "emptyList", "emptyMap"]),
    );
  return valueOf(random, definition);
}

/** A set hook that gives what the attribute may hold; what it gives is not checked by 3.9.3, and cast here and there. */
function setHookFor(random: Random, definition: AttributeDefinition, isKey: boolean): string {
  if (random.chance(0.04)) return "fails";
  const { type } = definition;
  if (type === "any" && random.chance(0.5)) return random.pick(SET_HOOKS);
  const fitting =
    type === "set" || type === "list"
      ? ["same", "firstOnly"]
      : type === "string"
        ? ["same", "upper", "trim", "suffix", "isoNow", "keysOfItem", "titleOfItem", "fullName"]
        : type === "number"
          ? ["same", "plusOne", "countUp", "epochNow"]
          : ["same"];
  const isWhole = isKey || ["set", "list", "map"].includes(String(type));
  return isWhole || random.chance(0.85) ? random.pick(fitting) : "nothing";
}

/** Adds the hooks of one attribute; it watches others only when there are some that may be watched. */
function addHooks(
  random: Random,
  definition: AttributeDefinition,
  watchable: readonly string[],
  isKey: boolean,
): void {
  if (random.chance(0.5)) definition.set = hook(setHookFor(random, definition, isKey));
  if (random.chance(0.35)) definition.get = hook(random.pick(GET_HOOKS));
  if ((definition.set ?? definition.get) && watchable.length > 0) {
    definition.watch = random.chance(0.35) ? "*" : random.sample(watchable, random.between(1, 2));
  }
}

function decorate(random: Random, definition: AttributeDefinition, taste: ModelTaste): void {
  if (random.chance(0.18)) definition.required = true;
  if (random.chance(0.1)) definition.readOnly = true;
  if (random.chance(0.08)) definition.hidden = true;
  if (random.chance(0.18)) definition.default = defaultOf(random, definition);
  if (random.chance(0.12 * taste.hooks)) definition.validate = validatorOf(random, definition.type);
}

function keyAttribute(random: Random, name: string, taste: ModelTaste): AttributeDefinition {
  const definition: AttributeDefinition = { type: keyType(random) };
  if (name === "rank" && random.chance(0.7)) definition.type = "number";
  if (name === "published" && random.chance(0.7)) definition.type = "boolean";
  if (random.chance(0.12)) definition.field = `${name}_field`;
  if (random.chance(0.12)) definition.label = random.pick(["lbl", "L", name.toUpperCase(), "a-b"]);
  const paddable = definition.type === "string" || random.chance(0.01);
  if (paddable && random.chance(0.12)) {
    definition.padding = { length: random.between(1, 9), char: random.pick(["0", " ", "x", "ab"]) };
  }
  if (random.chance(0.04))
    definition.cast = definition.type === "number" || random.chance(0.1) ? "number" : "string";
  if (random.chance(0.1)) decorate(random, definition, taste);
  if (random.chance(0.05)) definition.hidden = true;
  return definition;
}

function otherAttribute(random: Random, name: string, taste: ModelTaste): AttributeDefinition {
  const nested = random.chance(0.3 + taste.nested);
  const definition = nested
    ? nestedType(random, 1 + (taste.nested > 0.3 ? 1 : 0))
    : { type: scalarType(random) };
  if (["count", "version", "ratio"].includes(name) && random.chance(0.8))
    definition.type = "number";
  if (definition.type !== "map") delete definition.properties;
  if (definition.type !== "list" && definition.type !== "set") delete definition.items;
  if (random.chance(0.12))
    definition.field = random.pick([`${name}_field`, `f-${name}`, name.toUpperCase()]);
  decorate(random, definition, taste);
  return definition;
}

/** Breaks a model in one of the ways that users break them. */
function spoil(random: Random, definition: Model["definition"]): void {
  const names = Object.keys(definition.attributes);
  const victim = definition.attributes[random.pick(names)] as AttributeDefinition;
  const index = definition.indexes[random.pick(Object.keys(definition.indexes))] as IndexDefinition;
  const broken = definition as unknown as {
    model: Record<string, unknown>;
    attributes: unknown;
    indexes: unknown;
  };
  // Of a field that several indexes use, another composite in one of them would be a second mistake.
  const keys = keysIn({ definition });
  const lengthen = (key: KeyDefinition) => {
    if (keys.filter((other) => other?.field === key.field).length === 1)
      key.composite = [...(key.composite ?? []), "nowhere"];
  };
  random.pick([
    () => (victim.type = random.pick<unknown>(["text", null, 5, { $undefined: true }])),
    () => lengthen(index.pk),
    () => index.sk && lengthen(index.sk),
    () => (index.pk.composite = undefined),
    () => index.pk.field?.startsWith("gsi") && (index.pk.template = "x#${nowhere}"),
    () => (index.index = random.pick(["gsi1", "gsi2", "lsi1"])),
    () => (index.pk.field = random.pick(["pk", "sk", "gsi1pk"])),
    () => index.sk && (index.sk.field = random.pick(["pk", "sk", "gsi1pk"])),
    () => (victim.field = random.pick(["pk", "sk", "gsi1pk", names[0] as string])),
    () => (victim.watch = random.pick<unknown>([["nowhere"], "all", [names[0]], 5])),
    () => (victim.validate = random.pick<unknown>(["text", 5, {}])),
    () => (victim.get = random.pick<unknown>(["text", 5])),
    () =>
      (victim.padding = random.pick<unknown>([
        {},
        { length: 3 },
        { char: "0" },
        5,
        { length: 0, char: "" },
      ]) as never),
    () => (victim.cast = random.pick(["text", ""])),
    () => delete broken.model[random.pick(["entity", "version", "service"])],
    () =>
      (broken.model[random.pick(["entity", "version", "service"])] = random.pick<unknown>([
        "",
        5,
        null,
        "a b",
        "x#y",
      ])),
    () => (broken.indexes = random.pick<unknown>([{}, { $undefined: true }])),
    () => (broken.attributes = random.pick<unknown>([{}, { $undefined: true }])),
    () => (index.collection = random.pick<unknown>([5, ["a", ""]]) as never),
    () => (index.type = random.pick(["weird", "clustered", "composite"])),
    () => (index.pk.casing = random.pick(["weird", ""])),
    () => (index.condition = random.pick<unknown>(["text", true]) as never),
    () => (index.scope = random.pick<unknown>(["", 5]) as never),
    () => (index.pk.cast = random.pick(["number", "weird"])),
    () => (victim.items = random.pick<unknown>(["string", 5, {}, "map"])),
    () => (victim.properties = random.pick<unknown>([{}, 5, { a: { type: "nope" } }]) as never),
    () => (victim.required = "yes" as never),
    () => (victim.type = random.pick(["list", "map", "set"])),
  ])();
}

/** Generates one model. */
export function modelOf(random: Random, taste: ModelTaste): Model {
  const keyNames = random.sample(KEY_NAMES, random.between(2, 6));
  const otherNames = random.sample(OTHER_NAMES, random.between(1, 6));
  if (random.chance(0.03)) otherNames.push(random.pick(HOSTILE_NAMES) as never);
  const attributes: Attributes = {};
  for (const name of keyNames) attributes[name] = keyAttribute(random, name, taste);
  for (const name of otherNames) attributes[name] = otherAttribute(random, name, taste);
  const names = [...keyNames, ...otherNames];
  // A watched attribute may not watch: so the watchers are chosen before what they watch.
  const watchers = random.some(names, 0.3);
  const watched = names.filter((name) => !watchers.includes(name) || random.chance(0.01));
  for (const name of names) {
    const isKey = keyNames.includes(name as never);
    if (random.chance(isKey ? taste.hooks * 0.2 : taste.hooks * 0.45)) {
      addHooks(
        random,
        attributes[name] as AttributeDefinition,
        watchers.includes(name) ? watched : [],
        isKey,
      );
    }
  }
  const definition: Model["definition"] = {
    model: {
      entity: random.pick(["user", "Task", "my-entity", "e_1"]),
      version: random.pick(["1", "1", "2", "v1"]),
      service: random.pick(["app", "MyApp", "my-service", "s"]),
    },
    attributes,
    indexes: indexesOf(random, attributes, keyNames, taste.richIndexes),
  };
  for (const name of Object.values(definition.indexes).flatMap((index) => [
    ...compositesOf(index.pk),
    ...compositesOf(index.sk),
  ])) {
    const attribute = attributes[name];
    if (JSON.stringify(attribute?.set) === '{"$hook":"nothing"}') delete attribute?.set;
    // Where a hook makes something that is no number of a key's, 3.9.3 leaves the key as it was.
    if (JSON.stringify(attribute?.set) === '{"$hook":"countUp"}') attribute.set = hook("plusOne");
  }
  // What the table's key is made of keeps 3.9.3 from sending its key, where a watcher changes it.
  const { primary } = definition.indexes;
  for (const name of [...compositesOf(primary?.pk), ...compositesOf(primary?.sk)])
    delete attributes[name]?.watch;
  if (random.chance(taste.spoiled)) spoil(random, definition);
  const model: Model = { definition };
  if (random.chance(0.04))
    model.identifiers = random.pick([
      { entity: "_e" },
      { version: "_v" },
      { entity: "type-e", version: "v" },
    ]);
  if (random.chance(0.99)) model.table = "table";
  if (random.chance(0.12)) model.client = true;
  return model;
}
