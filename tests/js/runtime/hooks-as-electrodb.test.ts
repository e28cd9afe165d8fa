// The drop-in runs defaults, validators, set and get hooks with ElectroDB's arguments, order and count, and writes what they made.
import { describe, expect, test } from "vitest";
import { canonical } from "../../models/tagged";
import { dropIn, modelOf, Notes, oracle, OWN, type Library, type Loose } from "./libraries";

type Call = (entity: Loose) => unknown;

const put =
  (item: Loose): Call =>
  (E) =>
    E.put({ id: "1", ...item }).params();
const update =
  (...sets: Loose[]): Call =>
  (E) =>
    sets.reduce((chain, set) => chain.set(set), E.update({ id: "1" })).params();
const parse =
  (item: Loose, options?: Loose): Call =>
  (E) =>
    E.parse({ Item: { id: "1", ...item, ...OWN } }, options);

function flatAttributes(notes: Notes): Loose {
  const { note } = { note: notes.note.bind(notes) };
  const yes = (): boolean => true;
  return {
    c: {
      type: "string",
      watch: ["b"],
      set: note("set c", (v) => (v === undefined ? "C" : `${v}C`)),
      get: note("get c"),
      validate: note("validate c", yes),
    },
    a: {
      type: "string",
      default: note("default a", () => "da"),
      set: note("set a"),
      get: note("get a"),
      validate: note("validate a", yes),
    },
    b: {
      type: "string",
      default: "db",
      set: note("set b", (v) => `${v}!`),
      get: note("get b"),
      validate: note("validate b", yes),
    },
    w: {
      type: "string",
      watch: "*",
      set: note("set w", () => "W"),
      get: note("get w", () => "gw"),
      validate: note("validate w", yes),
    },
    x: { type: "string", set: note("set x"), validate: note("validate x", yes) },
    d: { type: "string", watch: ["a"], set: note("set d", (v) => `D${v}`), get: note("get d") },
    y: { type: "string", watch: ["a", "b"], set: note("set y", () => "y"), get: note("get y") },
    v: { type: "string", watch: "*", set: note("set v", () => undefined), get: note("get v") },
    h: { type: "string", hidden: true, get: note("get h") },
  };
}

/** Its own members count; what stands on its prototype does not. */
class Draft {
  id = "1";
  get x(): string {
    return "from an accessor";
  }
}

const FLAT: Call[] = [
  (E) => E.put(new Draft()).params(),
  (E) => E.put(Object.assign(Object.create({ x: "inherited" }), { id: "1" })).params(),
  put({ b: "B" }),
  put({ x: "X", c: "c", a: undefined }),
  put({ v: "V", w: "1", d: "2" }),
  update({ b: "B" }),
  update({ x: "B" }, { a: "A" }),
  update({}),
  update({ c: "1" }),
  update({ w: "1" }),
  update({ y: "1", b: "2", v: "3" }),
  update({ b: "1", a: "2" }),
  update({ a: "1", b: "2" }),
  update({ a: "1" }, { a: "2" }),
  update({ a: undefined }),
  (E) => E.upsert({ id: "1" }).set({ a: undefined, c: "c" }).params(),
  (E) => E.update({ id: "1" }).set({ x: "1" }).remove(["b"]).params(),
  (E) => E.patch({ id: "1" }).set({ d: "1", a: "2" }).params(),
  (E) => E.upsert({ id: "1", b: "B" }).params(),
  (E) => {
    const chain = E.put({ id: "1" });
    return [chain.params(), chain.params()];
  },
  ...[
    { a: "A", c: "C" },
    { b: "A" },
    { y: "1", b: "1", a: "2", w: "1", h: "2" },
    { v: "x", w: "y" },
    { d: null, b: undefined },
    {},
  ].flatMap((item) => [
    parse(item),
    parse(item, { attributes: ["a", "w"] }),
    parse({ ...item, other: 1 }, { data: "includeKeys" }),
  ]),
];

function silentAttributes(notes: Notes): Loose {
  const nothing = (): undefined => undefined;
  const note = notes.note.bind(notes);
  return {
    a: { type: "string", set: note("set a", nothing), get: note("get a", nothing) },
    b: { type: "string", watch: ["a"], set: note("set b", nothing), get: note("get b", nothing) },
    c: {
      type: "any",
      watch: ["a"],
      set: note("set c", () => null),
      get: note("get c", () => null),
    },
    d: { type: "any", set: note("set d", () => null) },
  };
}

const SILENT: Call[] = [
  put({ a: "A" }),
  put({ a: "A", b: "B" }),
  update({ a: "A" }),
  update({ a: "A", b: "B", d: "1" }),
  parse({ a: "A" }),
  parse({ a: "A", b: "B", c: "C" }),
];

function nestedAttributes(notes: Notes): Loose {
  const note = notes.note.bind(notes);
  const suffix = (text: string) => (value: unknown) => `${String(value)}${text}`;
  return {
    m: {
      type: "map",
      set: note("set m"),
      get: note("get m"),
      properties: {
        p: {
          type: "string",
          set: note("set p", suffix("P")),
          get: note("get p", suffix("g")),
          validate: note("validate p", () => true),
        },
        q: { type: "string", set: note("set q"), get: note("get q") },
        secret: { type: "string", hidden: true },
        f: { type: "string", field: "ff" },
        st: { type: "set", items: "string" },
        mm: {
          type: "map",
          set: note("set mm"),
          get: note("get mm"),
          properties: {
            z: {
              type: "string",
              set: note("set z", suffix("Z")),
              get: note("get z"),
              default: "dz",
            },
          },
        },
      },
    },
    l: {
      type: "list",
      set: note("set l"),
      get: note("get l"),
      items: {
        type: "map",
        set: note("set member"),
        get: note("get member"),
        properties: {
          i: {
            type: "string",
            set: note("set i", suffix("I")),
            get: note("get i", suffix("g")),
            default: note("default i", () => "di"),
          },
        },
      },
    },
    l2: {
      type: "list",
      items: {
        type: "string",
        set: note("set text", suffix("X")),
        get: note("get text", suffix("Y")),
        validate: note("validate text", (v) => v !== "bad"),
      },
    },
    st: { type: "set", items: "string", set: note("set st"), get: note("get st") },
    st2: { type: "set", items: "number" },
    k: { type: "string", watch: ["m", "st"], set: note("set k", () => "k") },
    more: {
      type: "map",
      properties: { a: { type: "string" } },
      set: note("set more", (v) => ({ ...v, extra: 1 })),
    },
  };
}

const NESTED: Call[] = [
  put({
    m: { p: "1", f: "x", other: 3, st: ["q"], mm: {} },
    l: [{ i: "1" }, {}],
    l2: ["a"],
    st: new Set(["a"]),
    st2: [1, 2],
  }),
  put({}),
  put({ m: {} }),
  put({ l2: ["bad"] }),
  put({ more: { a: "1" } }),
  update({ "m.p": "1" }),
  update({ "m.mm.z": "1" }),
  update({ "m.f": "1" }),
  update({ m: { f: "1", other: 3, p: "q" } }),
  update({ more: { a: "1" } }),
  update({ l: [{ i: "1" }, {}] }),
  (E) =>
    E.update({ id: "1" })
      .append({ l: [{ i: "1" }, {}] })
      .params(),
  update({ "l[0].i": "1" }),
  update({ "l[0]": { i: "4" } }),
  (E) =>
    E.update({ id: "1" })
      .add({ st: ["1"] })
      .params(),
  update({ st: ["1", "1"] }),
  parse({
    m: { p: "1", q: "1", ff: "F", other: 1, secret: "h", mm: { z: "1" } },
    l: [{ i: "1" }, {}],
    l2: ["a"],
    st: new Set(["x"]),
    st2: { wrapperName: "Set", type: "Number", values: [1] },
    other: 1,
  }),
  parse({ m: {}, l: [], st: ["x"] }),
];

function unwatchedAttributes(notes: Notes): Loose {
  const { m, l } = nestedAttributes(notes);
  return {
    m,
    l,
    n: { type: "number", set: notes.note("set n"), validate: notes.note("validate n", () => true) },
  };
}

const UNWATCHED: Call[] = [
  update({ "m.p": "1" }),
  update({ "m.mm.z": "1" }),
  update({ "l[0].i": "1", "l[1]": { i: "2" } }),
  update({ n: 1 }, { n: 2 }),
  (E) => E.update({ id: "1" }).set({ n: 1 }).add({ n: 2 }).params(),
  put({ m: { p: "1", mm: { z: "2" } } }),
];

function listAttributes(notes: Notes): Loose {
  const note = notes.note.bind(notes);
  const isList = (list: unknown) => list === undefined || Array.isArray(list);
  const hooked = { set: note("set"), validate: note("validate", isList) };
  return {
    bare: { type: "list" },
    seen: { type: "list", items: { type: "string", set: note("set item") }, ...hooked },
    deep: { type: "list", items: { type: "list", items: { type: "string" } }, ...hooked },
    made: { type: "list", items: { type: "string" }, set: note("made", () => [undefined, "x"]) },
    map: { type: "map", properties: { list: { type: "list", items: { type: "string" } } } },
  };
}

const HOLES: Loose[] = [
  { bare: [undefined, "x", undefined] },
  { seen: ["x", undefined] },
  { deep: [undefined, ["x", undefined]] },
  { made: ["x"] },
  { map: { list: [undefined] } },
];

/** 3.9.3 stores the members of a list that are there. */
const LISTS: Call[] = HOLES.flatMap((item) => [
  put(item),
  update(item),
  (E) => E.upsert({ id: "1", ...item }).params(),
  (E) => E.upsert({ id: "1" }).set(item).params(),
]);

const patterned = (): Loose => ({ s: { type: "string", validate: /x/ } });

/** None of these has a text that a pattern could match. */
const TEXTLESS: Call[] = [Symbol("x"), Object.create(null)].map((s: unknown) => put({ s }));

function run(library: Library, attributes: (notes: Notes) => Loose, call: Call): unknown {
  const notes = new Notes();
  const entity = new library(modelOf(attributes(notes)), { table: "t" });
  let result: unknown;
  try {
    result = call(entity);
  } catch (error) {
    const { code, fields } = error as Loose;
    result = { code, fields: fields?.map(({ field }: { field: string }) => field) };
  }
  return { calls: notes.take(), result: JSON.parse(canonical(result)) };
}

describe.each([
  { of: "top-level attributes", attributes: flatAttributes, calls: FLAT },
  { of: "hooks that answer nothing", attributes: silentAttributes, calls: SILENT },
  { of: "nested attributes", attributes: nestedAttributes, calls: NESTED },
  { of: "a pattern and what has no text", attributes: patterned, calls: TEXTLESS },
  { of: "lists with holes", attributes: listAttributes, calls: LISTS },
  { of: "nested attributes without a watcher", attributes: unwatchedAttributes, calls: UNWATCHED },
])("hooks of $of", ({ attributes, calls }) => {
  test.each(calls.map((call, number) => ({ number, call })))("call $number", ({ call }) => {
    expect(run(dropIn, attributes, call)).toEqual(run(oracle, attributes, call));
  });
});
