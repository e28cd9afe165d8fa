// Wrong models: their parts and attributes, each with the code that refuses it; indexes stand in bad-input-indexes.test.ts.
import { Entity } from "electroxide";
import { describe, expect, test } from "vitest";
import { attribute, change, rightModel, testMistakes, type WrongModel } from "./bad-input-mistakes";
import { refusalOf, type Loose } from "./bad-input-refusal";

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

const ATTRIBUTES: WrongModel[] = [
  { mistake: "an attribute without type", make: attribute({ required: true }), code: 1009 },
  {
    mistake: "a misspelt option",
    make: attribute({ type: "string", hiden: true }),
    code: 1009,
    dropIn: "accepts",
  },
  {
    mistake: "an option in another case",
    make: attribute({ type: "string", readonly: true }),
    code: 1009,
    dropIn: "accepts",
  },
  {
    mistake: "a misspelt option in a map",
    make: attribute({ type: "map", properties: { at: { type: "string", requierd: true } } }),
    code: 1008,
    dropIn: "accepts",
  },
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
    mistake: "a watch of another part of the map",
    make: attribute({
      type: "map",
      properties: { at: { type: "string" }, by: { type: "string", watch: ["at"] } },
    }),
    code: 1016,
    // ElectroDB takes it, and no change of the one part runs the hooks of the other.
    dropIn: "refuses",
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

testMistakes({ "model parts": MODEL_PARTS, attributes: ATTRIBUTES });

describe("options that are not the library's", () => {
  const define = (options: Loose) => {
    const model = rightModel();
    Object.assign(model.attributes.team, options);
    return () => new Entity(model);
  };

  test("a slip is answered with the option that was meant", async () => {
    expect(await refusalOf(define({ hiden: true }))).toMatchObject({
      code: 1009,
      message: expect.stringContaining("no option `hiden` (did you mean `hidden`?)") as unknown,
    });
  });

  test("names of the user's own are let pass", () => {
    const own = {
      description: "who",
      meta: { shown: true },
      unit: "m",
      format: "x",
      max: 5,
      ui: 1,
    };
    expect(define(own)).not.toThrow();
  });
});
