// Reading stored items: every form of parse, whose an item is, odd names and values, pages and cursors.
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  dropIn,
  errorOf,
  main,
  modelOf,
  OWN,
  stubClient,
  type Library,
  type Loose,
} from "./libraries";

const both: [string, Library][] = [
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
];

const attributes = {
  n: { type: "number" },
  f: { type: "string", field: "ff" },
  h: { type: "string", hidden: true },
  st: { type: "set", items: "string" },
  m: {
    type: "map",
    properties: { a: { type: "string", hidden: true }, b: { type: "string", field: "bb" } },
  },
};

/** The SDK's document client loses what is stored as `__proto__`; as an attribute's name it is a name like any other. */
const FIELDS = ["proto", "constructor", "toString"];

const KEYS = { pk: "$s#id_1", sk: "$e_1" };
const stored = {
  id: "1",
  ff: "F",
  h: "secret",
  m: { a: "1", bb: "2", c: "3" },
  extra: 1,
  ...KEYS,
  ...OWN,
};
const item = { id: "1", f: "F", m: { b: "2" } };
const foreign = { ...stored, __edb_e__: "other", pk: "$s#other_1" };

describe.each(both)("parse in %s", (_, library) => {
  const entity = new library(modelOf(attributes), { table: "t" });

  test("gives the item of a stored one, or null when it is another entity's", () => {
    expect(entity.parse(stored)).toStrictEqual(item);
    expect(entity.parse(foreign)).toBeNull();
    expect(entity.parse({ pk: "nobody's", sk: "x" })).toBeNull();
  });

  test("gives the data of a response", () => {
    expect(entity.parse({ Item: stored })).toStrictEqual({ data: item });
    expect(entity.parse({ Item: foreign })).toStrictEqual({ data: null });
    expect(entity.parse({})).toStrictEqual({ data: null });
    expect(entity.parse({ Items: [stored, foreign] })).toStrictEqual({ data: [item] });
    expect(entity.parse({ Attributes: { ff: "F" } })).toStrictEqual({ data: { f: "F" } });
  });

  test("tells of DynamoDB's own JSON instead of finding no item in it", async () => {
    const marshalled = Object.fromEntries(
      Object.entries({ id: "1", ...KEYS, ...OWN }).map(([name, text]) => [name, { S: text }]),
    );
    for (const record of [marshalled, { Item: marshalled }, { Items: [marshalled] }]) {
      if (library === dropIn) {
        expect([null, []]).toContainEqual(entity.parse(record)?.data ?? null);
        continue;
      }
      const error = await errorOf(() => entity.parse(record));
      expect([error.code, error.message]).toEqual([1010, expect.stringContaining("`unmarshall`")]);
    }
  });

  test("gives the cursor of a page that is not the last", () => {
    const { data, cursor } = entity.parse({ Items: [stored], LastEvaluatedKey: KEYS });
    expect(data).toStrictEqual([item]);
    expect(JSON.parse(Buffer.from(cursor, "base64url").toString())).toEqual(KEYS);
    const raw = entity.parse({ Items: [], LastEvaluatedKey: KEYS }, { pager: "raw" });
    expect(raw.cursor).toEqual(KEYS);
  });

  test("shows hidden attributes, keys or parts as asked", () => {
    expect(entity.parse(stored, { includeHidden: true })).toStrictEqual({
      ...item,
      h: "secret",
      m: { a: "1", b: "2" },
    });
    expect(entity.parse(stored, { attributes: ["f"] })).toStrictEqual({ f: "F" });
    expect(entity.parse(stored, { data: "includeKeys" })).toStrictEqual({
      ...item,
      extra: 1,
      ...KEYS,
      ...OWN,
    });
  });

  test("takes an item without identifiers by its keys", () => {
    expect(entity.parse({ Item: { id: "1", ...KEYS } })).toStrictEqual({ data: { id: "1" } });
    expect(entity.parse({ Item: { id: "1", pk: "$s#id_1", sk: "$other_1" } })).toStrictEqual({
      data: null,
    });
  });

  test("reads sets of any realm and of a DocumentClient as arrays", () => {
    const sets = [
      new Set(["a"]),
      runInNewContext("new Set(['a'])"),
      { wrapperName: "Set", type: "String", values: ["a"] },
    ];
    for (const st of sets) {
      const { data } = entity.parse({ Item: { id: "1", st, ...OWN } });
      expect(data.st).toStrictEqual(["a"]);
    }
  });

  test("leaves values of another type than declared as they are stored", () => {
    const odd = { id: "1", n: "text", st: "text", m: null, ff: 5, ...OWN };
    expect(entity.parse({ Item: odd })).toStrictEqual({
      data: { id: "1", n: "text", f: 5, st: "text", m: null },
    });
  });

  test("reads names that every object inherits only where the item has them", () => {
    const names = ["__proto__", "constructor", "toString"];
    const odd = new library(
      modelOf(
        Object.fromEntries(names.map((name, at) => [name, { type: "string", field: FIELDS[at] }])),
      ),
      { table: "t" },
    );
    expect(Object.keys(odd.parse({ Item: { id: "1", ...OWN } }).data)).toEqual(["id"]);
    const full = Object.fromEntries([...FIELDS.map((field) => [field, "x"]), ["id", "1"]]);
    const { data } = odd.parse({ Item: { ...full, ...OWN } });
    for (const name of names) expect(Object.getOwnPropertyDescriptor(data, name)?.value).toBe("x");
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });
});

const indexes = {
  primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: ["n"] } },
  byName: {
    index: "g",
    project: "keys_only",
    pk: { field: "gpk", composite: ["f"] },
    sk: { field: "gsk", composite: [] },
  },
};

describe("ownership in the main entry", () => {
  const keys = { pk: "$s#id_1", sk: "$e_1#n_1", gpk: "$s#f_1", gsk: "$e_1" };

  test("is seen by the keys where an index holds no identifiers", async () => {
    const Items = [
      { id: "own", ...keys },
      { id: "other's", ...keys, sk: "$other_1#n_1", gsk: "$other_1" },
      { id: "known", ...keys, ...OWN },
      { id: "known other", ...keys, __edb_e__: "other", __edb_v__: "1" },
    ];
    const { client } = stubClient({ Items });
    const entity = new main(modelOf(attributes, indexes), { table: "t", client });
    const { data } = await entity.query.byName({ f: "1" }).go();
    expect(data.map(({ id }: Loose) => id)).toEqual(["own", "known"]);
  });

  test("is seen by identifiers where an index holds all", async () => {
    const { client } = stubClient({ Items: [{ id: "unmarked", ...keys }] });
    const entity = new main(modelOf(attributes, indexes), { table: "t", client });
    expect((await entity.query.primary({ id: "1" }).go()).data).toEqual([]);
    expect(
      (await entity.query.primary({ id: "1" }).go({ ignoreOwnership: true })).data,
    ).toHaveLength(1);
  });
});

describe.each(both)("pages in %s", (_, library) => {
  const key = (n: number): Loose => ({ pk: "$s#id_1", sk: `$e_1#n_${n}` });
  const page = (n: number): Loose => ({
    Items: [n, n + 1].map((at) => ({ id: "1", n: at, ...key(at), ...OWN })),
    LastEvaluatedKey: n < 5 ? key(n + 1) : undefined,
  });
  const answer = ({ input }: Loose): Loose => {
    const last = input.ExclusiveStartKey?.sk.split("_").at(-1);
    return page(last === undefined ? 1 : Number(last) + 1);
  };
  const query = (): { chain: Loose; sent: Loose[] } => {
    const { client, sent } = stubClient(answer);
    const entity = new library(modelOf(attributes, indexes), { table: "t", client });
    return { chain: entity.query.primary({ id: "1" }), sent };
  };
  const numbers = (data: Loose[]): number[] => data.map(({ n }) => n);

  test("are read one by one, each from the cursor of the one before", async () => {
    const { chain, sent } = query();
    const seen: number[] = [];
    let cursor: unknown = null;
    do {
      const result = await chain.go({ cursor });
      seen.push(...numbers(result.data));
      ({ cursor } = result);
    } while (cursor !== null);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(sent).toHaveLength(3);
  });

  test("are read all, or as many as asked", async () => {
    const { chain, sent } = query();
    expect(numbers((await chain.go({ pages: "all" })).data)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(sent).toHaveLength(3);
    expect(numbers((await chain.go({ pages: 2 })).data)).toEqual([1, 2, 3, 4]);
  });

  test("end in their middle where count says so, and go on after it", async () => {
    const { chain } = query();
    const first = await chain.go({ count: 3 });
    expect(numbers(first.data)).toEqual([1, 2, 3]);
    const rest = await chain.go({ cursor: first.cursor, pages: "all" });
    expect(numbers(rest.data)).toEqual([4, 5, 6, 7].filter((n) => n < 7 || rest.data.length === 4));
    expect(rest.data[0].n).toBe(4);
  });

  test("stay where they are for a call that is aborted between two", async () => {
    const controller = new AbortController();
    const { client, sent } = stubClient((command: Loose) => {
      controller.abort();
      return answer(command);
    });
    const entity = new library(modelOf(attributes, indexes), { table: "t", client });
    const chain = entity.query.primary({ id: "1" });
    const error = await errorOf(() => chain.go({ pages: "all", abortSignal: controller.signal }));
    expect(error.code).toBe(library === main ? 5002 : 4002);
    expect(sent).toHaveLength(1);
  });
});

test("a cursor of a partition ends nowhere else: other shapes of it are refused before anything is sent", async () => {
  const { client, sent } = stubClient({ Items: [] });
  const entity = new main(modelOf(attributes, indexes), { table: "t", client });
  const chain = entity.query.primary({ id: "1" });
  const text = (value: Loose): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const wrong = [
    "%%%",
    "YWJj",
    text([]),
    text({}),
    text({ pk: "$s#id_1" }),
    text({ pk: 1, sk: 2 }),
    5,
  ];
  for (const cursor of [...wrong, text({ pk: "$s#id_1", sk: "$other_1#n_1" })]) {
    expect((await errorOf(() => chain.go({ cursor }))).code).toBe(5005);
  }
  expect(sent).toHaveLength(0);
  // A query beyond the entity's own sort keys may end at another entity's item, and its cursor is good.
  await chain.gt({ n: 1 }).go({ cursor: text({ pk: "$s#id_1", sk: "$other_1#n_1" }) });
  expect(sent).toHaveLength(1);
});
