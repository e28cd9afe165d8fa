// Wrong models, each with the code that refuses it in both entries; wrong calls stand in bad-input-calls.test.ts.
import { Entity as DropInEntity } from "electroxide/electrodb";
import { Entity } from "electroxide";
import { Entity as OracleEntity } from "electrodb";
import { describe, expect, test } from "vitest";
import { refusalOf, type Loose } from "./bad-input-refusal";

/** A model that is right, so that each case differs from it in one mistake. */
function rightModel(): Loose {
  return {
    model: { entity: "task", version: "1", service: "app" },
    attributes: {
      id: { type: "string", required: true },
      team: { type: "string" },
      due: { type: "string" },
      points: { type: "number" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byTeam: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["team"] },
        sk: { field: "gsi1sk", composite: ["due"] },
      },
    },
  };
}

/** A second secondary index; the case decides what is wrong with it. */
function otherIndex(change: Loose = {}): Loose {
  return {
    index: "gsi2",
    pk: { field: "gsi2pk", composite: ["due"] },
    sk: { field: "gsi2sk", composite: [] },
    ...change,
  };
}

interface WrongModel {
  mistake: string;
  /** Makes the mistake in a right model, or gives what stands in a model's place. */
  make: (model: Loose) => unknown;
  code: number;
  /** What the drop-in entry answers: its oracle's own answer is asked for where it is left out. */
  dropIn?: "accepts" | "throws";
}

/** Changes the right model and hands it on. */
const change =
  (edit: (model: Loose) => void) =>
  (model: Loose): Loose => {
    edit(model);
    return model;
  };

/** A further attribute with this definition. */
const attribute = (definition: unknown) =>
  change((model) => {
    model.attributes.extra = definition;
  });

/** A changed index `byTeam`. */
const byTeam = (edit: (index: Loose) => void) => change((model) => edit(model.indexes.byTeam));

const MODEL_PARTS: WrongModel[] = [
  { mistake: "no model at all", make: () => undefined, code: 1009 },
  { mistake: "null", make: () => null, code: 1009 },
  { mistake: "a string", make: () => "task", code: 1009 },
  { mistake: "a number", make: () => 7, code: 1009 },
  { mistake: "an empty object", make: () => ({}), code: 1009 },
  { mistake: "no `model` part", make: change((m) => delete m.model), code: 1009 },
  { mistake: "no entity name", make: change((m) => delete m.model.entity), code: 1009 },
  { mistake: "no version", make: change((m) => delete m.model.version), code: 1009 },
  { mistake: "no service name", make: change((m) => delete m.model.service), code: 1009 },
  {
    mistake: "an empty entity name",
    make: change((m) => (m.model.entity = "")),
    code: 1009,
    dropIn: "throws",
  },
  { mistake: "a numeric entity name", make: change((m) => (m.model.entity = 3)), code: 1009 },
  { mistake: "a numeric version", make: change((m) => (m.model.version = 1)), code: 1009 },
  { mistake: "a numeric service name", make: change((m) => (m.model.service = 1)), code: 1009 },
  { mistake: "an entity name of null", make: change((m) => (m.model.entity = null)), code: 1009 },
  { mistake: "no attributes", make: change((m) => delete m.attributes), code: 1009 },
  { mistake: "attributes as a list", make: change((m) => (m.attributes = ["id"])), code: 1009 },
  { mistake: "attributes of null", make: change((m) => (m.attributes = null)), code: 1009 },
  { mistake: "attributes as text", make: change((m) => (m.attributes = "id")), code: 1009 },
  { mistake: "no indexes", make: change((m) => delete m.indexes), code: 1009 },
  { mistake: "no index in `indexes`", make: change((m) => (m.indexes = {})), code: 1009 },
  { mistake: "indexes of null", make: change((m) => (m.indexes = null)), code: 1009 },
  { mistake: "indexes as a list", make: change((m) => (m.indexes = [])), code: 1009 },
];

const INDEXES: WrongModel[] = [
  { mistake: "no table index", make: change((m) => delete m.indexes.primary), code: 1007 },
  { mistake: "two table indexes", make: byTeam((i) => delete i.index), code: 1004 },
  { mistake: "an index with an empty name", make: byTeam((i) => (i.index = "")), code: 1004 },
  { mistake: "an index with a numeric name", make: byTeam((i) => (i.index = 5)), code: 1009 },
  {
    mistake: "two access patterns on one index",
    make: change((m) => (m.indexes.other = otherIndex({ index: "gsi1" }))),
    code: 1004,
  },
  { mistake: "an index without pk", make: byTeam((i) => delete i.pk), code: 1009 },
  { mistake: "a pk without field", make: byTeam((i) => delete i.pk.field), code: 1026 },
  { mistake: "an sk without field", make: byTeam((i) => delete i.sk.field), code: 1026 },
  { mistake: "a numeric key field", make: byTeam((i) => (i.pk.field = 3)), code: 1009 },
  { mistake: "an sk of null", make: byTeam((i) => (i.sk = null)), code: 1009 },
  {
    mistake: "a pk without composite and template",
    make: byTeam((i) => delete i.pk.composite),
    code: 1009,
    dropIn: "throws",
  },
  {
    mistake: "an sk without composite and template",
    make: byTeam((i) => delete i.sk.composite),
    code: 1009,
    dropIn: "throws",
  },
  {
    mistake: "a composite as text",
    make: byTeam((i) => (i.pk.composite = "team")),
    code: 1009,
  },
  { mistake: "a composite of a number", make: byTeam((i) => (i.pk.composite = [5])), code: 1009 },
  {
    mistake: "a pk composite that is not declared",
    make: byTeam((i) => (i.pk.composite = ["teem"])),
    code: 1003,
  },
  {
    mistake: "an sk composite that is not declared",
    make: byTeam((i) => (i.sk.composite = ["dew"])),
    code: 1003,
  },
  {
    mistake: "a table key's composite that is not declared",
    make: change((m) => (m.indexes.primary.pk.composite = ["ident"])),
    code: 1003,
  },
  {
    mistake: "no attribute for the composites",
    make: change((m) => (m.attributes = {})),
    code: 1003,
  },
  {
    mistake: "a template over an undeclared attribute",
    make: byTeam((i) => (i.pk = { field: "gsi1pk", template: "team#${teem}" })),
    code: 1003,
  },
  {
    mistake: "a template of another attribute than the composite",
    make: byTeam((i) => (i.pk.template = "team#${due}")),
    code: 1017,
  },
  {
    mistake: "a template that leaves out a composite",
    make: byTeam((i) => Object.assign(i.sk, { composite: ["due", "points"], template: "${due}" })),
    code: 1017,
  },
  {
    mistake: "a template in another order than the composites",
    make: byTeam((i) =>
      Object.assign(i.sk, { composite: ["due", "points"], template: "${points}#${due}" }),
    ),
    code: 1017,
  },
  {
    mistake: "a static template beside a composite",
    make: byTeam((i) => (i.pk.template = "STATIC")),
    code: 1017,
  },
  { mistake: "a numeric template", make: byTeam((i) => (i.pk.template = 5)), code: 1009 },
  { mistake: "an unknown pk casing", make: byTeam((i) => (i.pk.casing = "title")), code: 1009 },
  { mistake: "an unknown sk casing", make: byTeam((i) => (i.sk.casing = "kebab")), code: 1009 },
  { mistake: "an unknown pk cast", make: byTeam((i) => (i.pk.cast = "boolean")), code: 1009 },
  { mistake: "an unknown sk cast", make: byTeam((i) => (i.sk.cast = "set")), code: 1009 },
  {
    mistake: "a numeric key of two composites",
    make: byTeam((i) => Object.assign(i.sk, { cast: "number", composite: ["points", "due"] })),
    code: 1009,
  },
  {
    mistake: "one field as pk and sk of an index",
    make: byTeam((i) => (i.sk.field = "gsi1pk")),
    code: 1014,
  },
  {
    mistake: "a pk field of two indexes with different composites",
    make: byTeam((i) => (i.pk.field = "pk")),
    code: 1024,
  },
  {
    mistake: "an sk field of two indexes with different composites",
    make: byTeam((i) => (i.sk.field = "sk")),
    code: 1014,
  },
  {
    mistake: "the table's sk field as pk of an index with other composites",
    make: byTeam((i) => (i.pk.field = "sk")),
    code: 1024,
  },
  {
    mistake: "a shared key field with two casings",
    make: change(
      (m) =>
        (m.indexes.other = otherIndex({
          pk: { field: "gsi1pk", casing: "upper", composite: ["team"] },
        })),
    ),
    code: 1020,
  },
  { mistake: "an unknown index type", make: byTeam((i) => (i.type = "grouped")), code: 1009 },
  { mistake: "a condition that is text", make: byTeam((i) => (i.condition = "yes")), code: 1009 },
  {
    mistake: "a condition on the table index",
    make: change((m) => (m.indexes.primary.condition = () => true)),
    code: 2011,
  },
  {
    mistake: "a multi-attribute index with key fields",
    make: byTeam((i) => (i.type = "composite")),
    code: 1026,
  },
  {
    mistake: "a multi-attribute table index",
    make: change(
      (m) =>
        (m.indexes.primary = {
          type: "composite",
          pk: { composite: ["id"] },
          sk: { composite: [] },
        }),
    ),
    code: 1026,
  },
  {
    mistake: "a multi-attribute index with a template",
    make: byTeam((i) =>
      Object.assign(i, {
        type: "composite",
        pk: { composite: ["team"], template: "x" },
        sk: { composite: ["due"] },
      }),
    ),
    code: 1017,
  },
];

const COLLECTIONS: WrongModel[] = [
  {
    mistake: "a collection on an index without sk",
    make: byTeam((i) => {
      delete i.sk;
      i.collection = "board";
    }),
    code: 1005,
  },
  {
    mistake: "a collection name on two indexes",
    make: change((m) => {
      m.indexes.byTeam.collection = "board";
      m.indexes.other = otherIndex({ collection: "board" });
    }),
    code: 1006,
  },
  {
    mistake: "a sub-collection name on two indexes",
    make: change((m) => {
      m.indexes.byTeam.collection = ["board", "card"];
      m.indexes.other = otherIndex({ collection: ["desk", "card"] });
    }),
    code: 1006,
  },
  {
    mistake: "a collection list with a name twice",
    make: byTeam((i) => (i.collection = ["board", "board"])),
    code: 1006,
  },
  { mistake: "a numeric collection", make: byTeam((i) => (i.collection = 5)), code: 1009 },
  {
    mistake: "a collection list of numbers",
    make: byTeam((i) => (i.collection = [5])),
    code: 1009,
    dropIn: "throws",
  },
  {
    mistake: "a collection on a key that is an attribute",
    make: byTeam((i) =>
      Object.assign(i, { sk: { field: "due", composite: ["due"] }, collection: "board" }),
    ),
    code: 1019,
  },
  {
    mistake: "a key that is an attribute, of two composites",
    make: byTeam((i) => (i.sk = { field: "due", composite: ["due", "points"] })),
    code: 1018,
  },
];

const ATTRIBUTES: WrongModel[] = [
  { mistake: "an attribute without type", make: attribute({ required: true }), code: 1009 },
  { mistake: "an unknown type", make: attribute({ type: "date" }), code: 1008 },
  { mistake: "an unknown short type", make: attribute("date"), code: 1008 },
  { mistake: "a numeric type", make: attribute({ type: 5 }), code: 1009 },
  { mistake: "an attribute of null", make: attribute(null), code: 1009 },
  {
    mistake: "an attribute of undefined",
    make: attribute(undefined),
    code: 1009,
    dropIn: "throws",
  },
  { mistake: "a map without properties", make: attribute({ type: "map" }), code: 1008 },
  {
    mistake: "a map with properties of null",
    make: attribute({ type: "map", properties: null }),
    code: 1008,
  },
  {
    mistake: "an unknown type in a map",
    make: attribute({ type: "map", properties: { at: { type: "date" } } }),
    code: 1008,
  },
  {
    mistake: "an unknown type in a list",
    make: attribute({ type: "list", items: { type: "date" } }),
    code: 1008,
  },
  {
    mistake: "a list of maps without properties",
    make: attribute({ type: "list", items: { type: "map" } }),
    code: 1008,
  },
  { mistake: "a set without items", make: attribute({ type: "set" }), code: 1008 },
  { mistake: "a set of any", make: attribute({ type: "set", items: "any" }), code: 1008 },
  {
    mistake: "a set of maps",
    make: attribute({ type: "set", items: { type: "map", properties: {} } }),
    code: 1008,
  },
  {
    mistake: "a set of booleans",
    make: attribute({ type: "set", items: "boolean" }),
    code: 1008,
    dropIn: "accepts",
  },
  {
    mistake: "a list without items",
    make: attribute({ type: "list" }),
    code: 1008,
    dropIn: "accepts",
  },
  { mistake: "a get that is text", make: attribute({ type: "string", get: "x" }), code: 1009 },
  { mistake: "a set that is a number", make: attribute({ type: "string", set: 5 }), code: 1009 },
  {
    mistake: "a validate that is a number",
    make: attribute({ type: "string", validate: 5 }),
    code: 1009,
  },
  {
    mistake: "a validate that is text",
    make: attribute({ type: "string", validate: "^a" }),
    code: 1009,
  },
  {
    mistake: "required as text",
    make: attribute({ type: "string", required: "yes" }),
    code: 1009,
  },
  {
    mistake: "readOnly as text",
    make: attribute({ type: "string", readOnly: "yes" }),
    code: 1009,
  },
  { mistake: "hidden as text", make: attribute({ type: "string", hidden: "yes" }), code: 1009 },
  {
    mistake: "a watch of an undeclared attribute",
    make: attribute({ type: "string", watch: ["nope"] }),
    code: 1016,
  },
  {
    mistake: "a watch of itself",
    make: attribute({ type: "string", watch: ["extra"] }),
    code: 1016,
  },
  {
    mistake: "a watch of one name as text",
    make: attribute({ type: "string", watch: "id" }),
    code: 1016,
  },
  {
    mistake: "a watch that is a number",
    make: attribute({ type: "string", watch: 5 }),
    code: 1009,
  },
  {
    mistake: "a watch list of numbers",
    make: attribute({ type: "string", watch: [5] }),
    code: 1009,
  },
  {
    mistake: "a watcher of a watcher",
    make: change((m) => {
      m.attributes.first = { type: "string", watch: ["id"] };
      m.attributes.second = { type: "string", watch: ["first"] };
    }),
    code: 1016,
  },
  {
    mistake: "an unknown attribute cast",
    make: attribute({ type: "string", cast: "boolean" }),
    code: 1009,
  },
  {
    mistake: "padding without a character",
    make: attribute({ type: "string", padding: { length: 5 } }),
    code: 1009,
  },
  {
    mistake: "padding without a length",
    make: attribute({ type: "string", padding: { char: "0" } }),
    code: 1009,
  },
  { mistake: "padding as text", make: attribute({ type: "string", padding: "0" }), code: 1009 },
  { mistake: "a numeric label", make: attribute({ type: "string", label: 5 }), code: 1009 },
  { mistake: "a numeric field", make: attribute({ type: "string", field: 5 }), code: 1009 },
  {
    mistake: "one field of two attributes",
    make: change((m) => {
      m.attributes.first = { type: "string", field: "f" };
      m.attributes.second = { type: "string", field: "f" };
    }),
    code: 1008,
  },
  {
    mistake: "a field that is another attribute's name",
    make: attribute({ type: "string", field: "team" }),
    code: 1008,
  },
  {
    mistake: "one field of two properties of a map",
    make: attribute({
      type: "map",
      properties: { a: { type: "string", field: "f" }, b: { type: "string", field: "f" } },
    }),
    code: 1008,
  },
  {
    mistake: "a map as composite",
    make: change((m) => (m.attributes.team = { type: "map", properties: {} })),
    code: 1008,
  },
  {
    mistake: "a list as composite",
    make: change((m) => (m.attributes.team = { type: "list", items: { type: "string" } })),
    code: 1008,
  },
  {
    mistake: "a set as composite",
    make: change((m) => (m.attributes.team = { type: "set", items: "string" })),
    code: 1008,
  },
  {
    mistake: "an `any` as composite",
    make: change((m) => (m.attributes.team = { type: "any" })),
    code: 1008,
  },
];

const SECTIONS: Record<string, WrongModel[]> = {
  "model parts": MODEL_PARTS,
  indexes: INDEXES,
  collections: COLLECTIONS,
  attributes: ATTRIBUTES,
};

const asLoose = (entity: unknown) => entity as new (model: unknown, options: Loose) => unknown;

test("the model that the mistakes are made in is right", () => {
  for (const one of [Entity, DropInEntity, OracleEntity]) {
    expect(() => new (asLoose(one))(rightModel(), { table: "tasks" })).not.toThrow();
  }
});

describe.each(Object.entries(SECTIONS))("wrong %s", (_, cases) => {
  test.each(cases)("$mistake: $code", async ({ make, code }) => {
    const refusal = await refusalOf(
      () => new (asLoose(Entity))(make(rightModel()), { table: "tasks" }),
    );
    expect(refusal).toMatchObject({ code, isElectroError: true });
    expect(refusal?.message.length).toBeGreaterThan(10);
  });

  test.each(cases)("$mistake, in the drop-in entry", async ({ make, code, dropIn }) => {
    const oracle = await refusalOf(() => new (asLoose(OracleEntity))(make(rightModel()), {}));
    const ours = await refusalOf(() => new (asLoose(DropInEntity))(make(rightModel()), {}));
    if (dropIn === "accepts") {
      expect(oracle).toBeUndefined();
      expect(ours).toBeUndefined();
    } else if (dropIn === "throws") {
      expect(oracle).toBeDefined();
      expect(ours).toMatchObject({ isElectroError: true });
    } else {
      expect(oracle?.code).toBe(code);
      expect(ours).toMatchObject({ code: oracle?.code, ref: { name: oracle?.ref?.name } });
    }
  });
});
