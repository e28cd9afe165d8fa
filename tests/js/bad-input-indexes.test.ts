// Wrong models: their indexes and collections, each with the code that refuses it; attributes stand in bad-input-models.test.ts.
import { byTeam, change, otherIndex, testMistakes, type WrongModel } from "./bad-input-mistakes";

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
  {
    mistake: "a misspelt option",
    make: byTeam((i) => (i.colection = "work")),
    code: 1009,
    dropIn: "accepts",
  },
  {
    mistake: "a misspelt option of a key",
    make: byTeam((i) => (i.pk.casng = "none")),
    code: 1009,
    dropIn: "accepts",
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

const PROJECTIONS: WrongModel[] = [
  { mistake: "an unknown projection", make: byTeam((i) => (i.projection = "some")), code: 1025 },
  {
    mistake: "a projection of an undeclared attribute",
    make: byTeam((i) => (i.projection = ["nothing"])),
    code: 1025,
  },
  { mistake: "a projection of nothing", make: byTeam((i) => (i.projection = [])), code: 1025 },
  { mistake: "a numeric projection", make: byTeam((i) => (i.projection = 5)), code: 1009 },
  { mistake: "a projection of numbers", make: byTeam((i) => (i.projection = [5])), code: 1009 },
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

testMistakes({ indexes: INDEXES, projections: PROJECTIONS, collections: COLLECTIONS });
