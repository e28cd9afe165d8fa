/** Known differences over what a model and its entity's configuration say. What calls make of them stands elsewhere. */
import { canonical, revive } from "../models/tagged";
import { compositesOf, primaryComposites } from "./calls/item";
import type { Case } from "./case";
import { described, inRequests, isNothing, requestOf, type Correction } from "./correction";
import { keysIn, keysOf, writtenText, type KeyDefinition } from "./indexes";
import type { KnownRefusal } from "./known-refusals";
import { run } from "./run";

type Loose = Record<string, unknown>;

/** Whether a tagged value is one that stands for something else than what a JSON file can say. */
const isObject = (value: unknown) =>
  typeof value === "object" &&
  value !== null &&
  !["$undefined", "$number", "$bigint"].some((tag) => Object.hasOwn(value, tag));

export const filtersOfModel: Correction = {
  name: "a model's `filters`",
  reason:
    "3.9.3 still reads what ElectroDB had before `where` and documents no longer; ours takes such a model and makes none of them",
  ofModel: true,
  correct(test) {
    const definition = { ...test.model.definition } as Loose;
    if (!Object.hasOwn(definition, "filters")) return null;
    delete definition.filters;
    return { ...test, model: { ...test.model, definition: definition as never } };
  },
};

export const emptyTemplate: Correction = {
  name: "an empty template beside none, for keys that share a field",
  reason: "3.9.3 takes them for two templates, though both leave the text to the library",
  ofModel: true,
  correct(test, _theirs, { refusal }) {
    if (refusal?.phase !== "construct" || refusal.code !== 1017) return null;
    const model = JSON.parse(JSON.stringify(test.model)) as Case["model"];
    const keys = Object.values(model.definition.indexes).flatMap(({ pk, sk }) => [pk, sk ?? {}]);
    const empty = keys.filter(({ template }) => template === "");
    for (const key of empty) {
      delete key.template;
      key.composite ??= [];
    }
    return empty.length === 0 ? null : { ...test, model };
  },
};

export const nullClient: Correction = {
  name: "`null` for a client",
  reason: "3.9.3 crashes with a bare TypeError over it; where nothing is given it goes on",
  ofModel: true,
  correct({ model, ...test }) {
    if (model.config?.client !== null) return null;
    const { client: _taken, ...config } = model.config;
    return { ...test, model: { ...model, config } };
  },
};

/** What the types that ElectroDB's documentation does not know are in 3.9.3, but for these codes. */
const ODD_TYPES = [
  { type: "", code: 1008, other: "string" },
  { type: "enum", code: 1018, other: [] },
  { type: "static", code: null, other: "any" },
];

export const oddType: Correction = {
  name: "an undocumented type",
  reason:
    "3.9.3 takes an empty text for `string` but in a composite, `enum` for an empty list but beside text in a key, and `static` for `any` but in an update",
  ofModel: true,
  correct(test, _theirs, { refusal }) {
    const odd = ODD_TYPES.filter(({ code }) => refusal !== null && refusal.code === code);
    const copy = structuredClone(test);
    const { attributes } = copy.model.definition;
    const found = Object.entries(attributes ?? {}).flatMap(([name, own]) =>
      odd.filter(({ type }) => type === described(own).type).map(({ other }) => ({ name, other })),
    );
    for (const { name, other } of found)
      attributes[name] = { ...described(attributes[name]), type: other };
    return found.length > 0 ? copy : null;
  },
};

export const casingOfAttributes: Correction = {
  name: "a casing of an index whose keys are attributes",
  reason: "3.9.3 compares it with other such indexes', as though they shared a field",
  ofModel: true,
  correct(test, _theirs, { refusal }) {
    if (refusal?.code !== 1020) return null;
    const copy = structuredClone(test);
    const own = Object.values(copy.model.definition.indexes).filter(
      ({ type, pk, sk }) => type === "composite" && (pk.casing ?? sk?.casing) !== undefined,
    );
    for (const { pk, sk } of own) {
      delete pk.casing;
      delete sk?.casing;
    }
    return own.length > 0 ? copy : null;
  },
};

/** The record with a name in place of none. */
function named<T>(record: Record<string, T>): Record<string, T> {
  const all = Object.entries(record).map(([name, own]) => [name === "" ? "named" : name, own]);
  return Object.fromEntries(all) as Record<string, T>;
}

const namelessAgain = (text: string) =>
  canonical(revive(JSON.parse(text.replaceAll('"named":', '"":'))));

export const nameless: Correction = {
  name: "an attribute or an index without a name",
  reason:
    "3.9.3 does not look at its options, takes its value for a part of keys that have no composites, and does not show it",
  ofModel: true,
  async correct(test, theirs, { refusal }) {
    const { definition } = test.model;
    const { attributes, indexes } = definition;
    if (refusal !== null || ![attributes, indexes].some((all) => Object.hasOwn(all ?? {}, "")))
      return null;
    const all = { attributes: named(attributes ?? {}), indexes: named(indexes ?? {}) };
    const copy = { ...test, model: { ...test.model, definition: { ...definition, ...all } } };
    if ((await run(copy, theirs)).refusal?.code === 1009) return copy;
    const keys = keysOf(Object.values(indexes));
    const isConstant = keys.some((key) => key?.template && compositesOf(key).length === 0);
    const isShown = isConstant || test.call.method === "parse";
    return isShown && Object.hasOwn(attributes, "") ? copy : null;
  },
  restore: (outcome) => ({
    ...inRequests(outcome, namelessAgain),
    trace: outcome.trace.map((call) => ({ ...call, args: call.args.map(namelessAgain) })),
  }),
};

export const oddField: Correction = {
  name: "a field of a part of an attribute that is no text",
  reason: "3.9.3 stores the part under what JavaScript makes of it, and crashes over a symbol",
  ofModel: true,
  correct(test) {
    const copy = structuredClone(test);
    const whole: unknown[] = Object.values(copy.model.definition.attributes ?? {});
    const isOdd = ({ field }: Loose) =>
      field === true || (typeof field === "object" && field !== null && !isNothing(field));
    const odd = definitionsOf(whole).filter((own) => isOdd(own) && !whole.includes(own));
    for (const own of odd) delete own.field;
    return odd.length > 0 ? copy : null;
  },
};

const IDENTIFIERS = ["__edb_e__", "__edb_v__"];

export const identifierOverwritten: Correction = {
  name: "a composite that is stored in an identifier's field, in an update",
  reason:
    "3.9.3 writes it over the identifier, so that the item is nobody's; ours sets both, which DynamoDB refuses",
  correct(test) {
    if (!["update", "patch"].includes(test.call.method)) return null;
    const copy = structuredClone(test);
    const { attributes } = copy.model.definition;
    const own = primaryComposites(test.model).filter((name) =>
      IDENTIFIERS.includes(attributes[name]?.field ?? name),
    );
    for (const name of own) {
      const attribute = described(attributes[name]);
      attributes[name] = { ...attribute, field: `${attribute.field ?? name}zzz` };
    }
    return own.length > 0 ? copy : null;
  },
  restore: (outcome) =>
    inRequests(outcome, (text) => {
      const all = IDENTIFIERS.filter((name) => text.includes(`${name}zzz`));
      const together = all.reduce(
        (some, name) =>
          some
            .replaceAll(`:${name}_u0`, `:${name}_u1`)
            .replaceAll(`,"#${name}zzz":"${name}zzz"`, "")
            .replaceAll(`${name}zzz`, name),
        text,
      );
      return canonical(JSON.parse(together));
    }),
};

const identifiersOf = ({ model }: Case) => (model.config?.identifiers ?? {}) as Loose;

/** Whether it is no text, and nothing that counts as not given. */
const isOddIdentifier = (value: unknown) =>
  typeof value !== "string" &&
  Boolean(value) &&
  !["NaN", true].includes(
    ((value as Loose).$number as never) ?? ((value as Loose).$undefined as never),
  );

const indexesOf = ({ model }: Case) =>
  Object.values(model.definition.indexes ?? {}) as unknown as (Loose | null)[];

/** The definitions of a model's attributes, those within others among them. */
function definitionsOf(all: unknown): Loose[] {
  if (typeof all !== "object" || all === null) return [];
  const own = Object.values(all).filter((value) => typeof value === "object" && value !== null);
  return own.flatMap((definition: Loose) => [
    definition,
    ...definitionsOf(definition.properties),
    ...definitionsOf([definition.items]),
  ]);
}

/** The case with another configuration of its entity. */
function configured(test: Case, config: Loose): Case {
  return { ...test, model: { ...test.model, config } };
}

export const MODEL_REFUSALS: KnownRefusal[] = [
  {
    name: "keys that share a field, of which one has a text in place of `facets`",
    reason: "3.9.3 compares templates, and not what is a template under its older name",
    applies: ({ model }, { refusal }) => {
      if (refusal !== null) return false;
      const keys = keysIn(model);
      const isText = (key: KeyDefinition) => typeof key?.facets === "string";
      return keys.some((key) =>
        keys.some(
          (other) =>
            isText(key) &&
            key.field !== undefined &&
            key.field === other?.field &&
            writtenText(key) !== writtenText(other),
        ),
      );
    },
    codes: [1017],
  },
  {
    name: "an identifier's field that is no name",
    reason: "3.9.3 writes what JavaScript makes of it, or a placeholder that stands for no name",
    applies: (test) =>
      ["entity", "version"].some((name) => isOddIdentifier(identifiersOf(test)[name])),
    codes: [1002],
    without: (test) => configured(test, { ...test.model.config, identifiers: {} }),
  },
  {
    name: "a table that is no name",
    reason: "3.9.3 sends it, and the client refuses it",
    applies: ({ call, model }, expected) =>
      requestOf(expected) !== "" &&
      call.method !== "parse" &&
      model.config?.table !== undefined &&
      typeof model.config.table !== "string" &&
      (call.options as Loose | undefined)?.table === undefined,
    codes: [2003],
    without: (test) => configured(test, { ...test.model.config, table: "table" }),
  },
  {
    name: "a scope that is an object",
    reason: "3.9.3 writes what JavaScript makes of it into every key, and crashes over a symbol",
    applies: (test) => indexesOf(test).some((index) => isObject(index?.scope)),
    codes: [1009],
    without(test) {
      const copy = structuredClone(test);
      for (const index of indexesOf(copy)) delete index?.scope;
      return copy;
    },
  },
  {
    name: "a key whose field is an empty text",
    reason: "3.9.3 leaves out the sort key, or gives a key that DynamoDB refuses",
    applies: (test) =>
      indexesOf(test).some((index) =>
        [index?.pk, index?.sk].some((key) => (key as Loose | undefined)?.field === ""),
      ),
    codes: [1026],
  },
  {
    name: "the template `${`",
    reason: "3.9.3 makes an empty text of it, which is no key",
    applies: (test) =>
      indexesOf(test).some((index) =>
        [index?.pk, index?.sk].some((key) => (key as Loose | undefined)?.template === "${"),
      ),
    codes: [1003],
    without: (test) =>
      JSON.parse(JSON.stringify(test).replaceAll('"template":"${"', '"template":""')) as Case,
  },
  {
    name: "identifiers that are renamed where an index projects them by their first names",
    reason: "3.9.3 then reads none of the index's items, since it does not hold the new ones",
    applies: ({ model }) =>
      Object.keys(model.identifiers ?? {}).some((kind) =>
        indexesOf({ model } as Case).some(
          (index) =>
            Array.isArray(index?.projection) &&
            index.projection.includes(kind === "entity" ? "__edb_e__" : "__edb_v__"),
        ),
      ),
    codes: [1025],
  },
  {
    name: "a map's properties that are an object of another kind",
    reason: "3.9.3 takes a date or a set for a map that has none",
    applies: ({ model }) =>
      definitionsOf(model.definition.attributes).some(
        ({ type, properties }) =>
          type === "map" &&
          isObject(properties) &&
          Object.keys(properties as Loose)[0]?.[0] === "$",
      ),
    codes: [1008],
  },
];
