// The main entry's hooks: validators by product rule, get hooks for absent attributes, the lock, callbacks that throw, inputs left alone.
import { describe, expect, test } from "vitest";
import { dropIn, errorOf, main, modelOf, Notes, OWN, stubClient, type Loose } from "./libraries";

function entityOf(attributes: Loose, answer: Loose = {}): Loose {
  return new main(modelOf(attributes), { table: "t", client: stubClient(answer).client });
}

describe("validate", () => {
  const outcomes: [name: string, validate: Loose, reason: string | undefined][] = [
    ["true", () => true, undefined],
    ["nothing", () => undefined, undefined],
    ["an object", () => ({}), undefined],
    ["a number", () => 5, undefined],
    ["a reason", () => "too short", "too short"],
    ["an empty string", () => "", "the value is not valid"],
    ["false", () => false, "the value is not valid"],
    ["null", () => null, "the value is not valid"],
    ["zero", () => 0, "the value is not valid"],
    ["NaN", () => Number.NaN, "the value is not valid"],
    ["a promise", async () => Promise.resolve(true), "it must be synchronous"],
    ["a rejected promise", async () => Promise.reject(new Error()), "it must be synchronous"],
    ["a matching pattern", /a/, undefined],
    ["another pattern", /b/, "the value does not match /b/"],
  ];

  test.each(outcomes)("that gives %s", async (_, validate, reason) => {
    const put = (): unknown =>
      entityOf({ v: { type: "string", validate } })
        .put({ id: "1", v: "a" })
        .params();
    if (reason === undefined) {
      expect(put()).toMatchObject({ Item: { v: "a" } });
      return;
    }
    const error = await errorOf(put);
    expect(error).toMatchObject({
      code: 4002,
      kind: "InvalidAttribute",
      fields: [{ field: "v", reason }],
    });
    expect(error.message).toContain("`v`");
  });

  test("that throws refuses the value, with what it threw as the field's cause", async () => {
    const thrown = new RangeError("not now");
    const validate = (): never => {
      throw thrown;
    };
    const error = await errorOf(() =>
      entityOf({ v: { type: "string", validate } })
        .put({ id: "1", v: "a" })
        .go(),
    );
    expect(error.code).toBe(4002);
    expect(error.fields[0]).toMatchObject({ field: "v", reason: "not now" });
    expect(error.fields[0].cause).toBe(thrown);
  });

  test("is not asked for what is absent, at any depth", () => {
    const notes = new Notes();
    const validate = notes.note("asked", () => false);
    const nested = {
      type: "map",
      properties: { p: { type: "string", validate }, q: { type: "string" } },
    };
    const entity = entityOf({
      v: { type: "string", validate },
      m: nested,
      l: { type: "list", items: nested },
    });
    entity.put({ id: "1", m: { q: "1" }, l: [{}] }).params();
    entity.update({ id: "1" }).set({ m: {} }).params();
    expect(notes.take()).toEqual([]);
  });

  test("with a global pattern takes equal values every time", () => {
    const entity = entityOf({ v: { type: "string", validate: /a/g } });
    for (let i = 0; i < 3; i++) expect(entity.put({ id: "1", v: "a" }).params().Item.v).toBe("a");
  });

  test("names every refused attribute, its path and its position, in the order of the definition", async () => {
    const no = (): boolean => false;
    const entity = entityOf({
      first: { type: "string", validate: no },
      count: { type: "number" },
      tags: { type: "list", items: { type: "string", validate: (tag: string) => tag !== "bad" } },
      place: { type: "map", properties: { street: { type: "string", validate: no } } },
    });
    const item = { first: "a", count: "one", tags: ["good", "bad"], place: { street: "s" } };
    const error = await errorOf(() => entity.put({ id: "1", ...item }).params());
    expect(error.fields.map(({ field, index }: Loose) => [field, index])).toEqual([
      ["first", undefined],
      ["count", undefined],
      ["tags[*]", 1],
      ["place.street", undefined],
    ]);
    expect(error.code).toBe(4002);
  });

  test("is asked about what an update sets, adds and sets below", async () => {
    const small = (n: number): string | undefined => (n > 5 ? "too large" : undefined);
    const entity = entityOf({
      n: { type: "number", validate: small },
      m: { type: "map", properties: { n: { type: "number", validate: small } } },
    });
    const update = (): Loose => entity.update({ id: "1" });
    expect((await errorOf(() => update().set({ n: 6 }).params())).fields[0].field).toBe("n");
    expect((await errorOf(() => update().add({ n: 6 }).params())).fields[0].field).toBe("n");
    expect((await errorOf(() => update().set({ "m.n": 6 }).params())).fields[0].field).toBe("m.n");
    expect(update().set({ n: 5 }).add({ "m.n": 5 }).params().UpdateExpression).toContain("#n");
  });
});

describe("get hooks", () => {
  const names = {
    first: { type: "string" },
    last: { type: "string" },
    full: { type: "string", get: (_: unknown, item: Loose) => `${item.first} ${item.last}` },
    upper: {
      type: "string",
      watch: ["full"],
      get: (_: unknown, item: Loose) => item.full.toUpperCase(),
    },
    silent: { type: "string", get: () => undefined },
    secret: { type: "string", hidden: true, get: (_: unknown, item: Loose) => `of ${item.first}` },
  };
  const stored = { id: "1", first: "Ada", last: "Lovelace", silent: "x", ...OWN };
  const shown = {
    id: "1",
    first: "Ada",
    last: "Lovelace",
    full: "Ada Lovelace",
    upper: "ADA LOVELACE",
  };

  test("run for absent attributes, watchers after plain ones, and what answers undefined is left out", async () => {
    const entity = entityOf(names, { Item: stored });
    expect((await entity.get({ id: "1" }).go()).data).toStrictEqual(shown);
  });

  test("of hidden attributes run with includeHidden only", async () => {
    const entity = entityOf(names, { Item: stored });
    const { data } = await entity.get({ id: "1" }).go({ includeHidden: true });
    expect(data).toStrictEqual({ ...shown, secret: "of Ada" });
  });

  test("of requested attributes run alone", async () => {
    const notes = new Notes();
    const entity = entityOf(
      { a: { type: "string", get: notes.note("a") }, b: { type: "string", get: notes.note("b") } },
      { Item: { id: "1", a: "1", b: "2", ...OWN } },
    );
    expect((await entity.get({ id: "1" }).go({ attributes: ["b"] })).data).toStrictEqual({
      b: "2",
    });
    expect(notes.take()).toHaveLength(1);
  });

  test("run once per item, and see sets as arrays and properties by name", () => {
    const notes = new Notes();
    const entity = entityOf({
      st: { type: "set", items: "string" },
      m: { type: "map", properties: { p: { type: "string", field: "pp" } } },
      seen: { type: "any", get: notes.note("seen", (_, item) => [item.st, item.m]) },
    });
    const item = entity.parse({ id: "1", st: new Set(["a"]), m: { pp: "1" }, ...OWN });
    expect(item.seen).toEqual([["a"], { p: "1" }]);
    expect(notes.take()).toHaveLength(1);
  });
});

describe("set hooks", () => {
  const counted = {
    version: {
      type: "number",
      watch: "*",
      set: (_: unknown, item: Loose) => (item.version ?? 0) + 1,
    },
    title: { type: "string" },
  };

  test("see the values that conditions ask to be equal, which is the optimistic lock", () => {
    const chain = entityOf(counted).update({ id: "1" }).set({ title: "new" });
    const params = chain.params({ conditions: { version: 7 } });
    expect(params.ExpressionAttributeValues).toMatchObject({ ":version_u0": 8 });
    expect(params.ConditionExpression).toContain("#version");
  });

  test("see the payload over equality values over defaults in an upsert", () => {
    const seen: Loose[] = [];
    const entity = entityOf({
      a: { type: "string", default: "default" },
      b: { type: "string", default: "default" },
      c: { type: "string" },
      w: {
        type: "string",
        watch: "*",
        set: (_: unknown, item: Loose) => {
          seen.push(item);
          return "w";
        },
      },
    });
    entity
      .upsert({ id: "1", a: "given" })
      .params({ conditions: { a: "equal", b: "equal", c: "equal" } });
    expect(seen[0]).toMatchObject({ a: "given", b: "equal", c: "equal" });
  });

  test("never change what the user passed in", () => {
    const item = Object.freeze({
      id: "1",
      m: Object.freeze({ p: "a" }),
      l: Object.freeze([Object.freeze({ p: "b" })]),
    });
    const copy = structuredClone(item);
    const map = {
      type: "map",
      properties: {
        p: { type: "string", set: (v: string) => `${v}!` },
        q: { type: "string", default: "q" },
      },
    };
    const { Item } = entityOf({ m: map, l: { type: "list", items: map } })
      .put(item)
      .params();
    expect(Item).toMatchObject({ m: { p: "a!", q: "q" }, l: [{ p: "b!", q: "q" }] });
    expect(item).toEqual(copy);
  });

  test("never change a default that is an object of the model", async () => {
    const attributes = { tags: { type: "list", items: { type: "string" }, default: ["a"] } };
    const entity = entityOf(attributes);
    const { data } = await entity.put({ id: "1" }).go();
    data.tags.push("b");
    expect((await entity.put({ id: "2" }).go()).data.tags).toEqual(["a"]);
    expect(attributes.tags.default).toEqual(["a"]);
  });

  test("a default that draws an identifier draws one for a chain", async () => {
    let drawn = 0;
    const entity = entityOf({ token: { type: "number", default: () => ++drawn } });
    const chain = entity.put({ id: "1" });
    expect(chain.params().Item.token).toBe(1);
    expect((await chain.go()).data.token).toBe(1);
    expect(drawn).toBe(1);
  });
});

test.each([
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
])("an update of %s keeps what the table's key is made of from a watcher", (_, library) => {
  const made = modelOf(
    { day: { type: "string", watch: "*", set: () => "later" }, note: { type: "string" } },
    {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: ["day"] } },
      byDay: { index: "gsi1", pk: { field: "gsi1pk", composite: ["day"] } },
    },
  );
  const E = new library(made, { table: "t" });
  const { Key, ExpressionAttributeValues } = E.update({ id: "1", day: "d" })
    .set({ note: "n" })
    .params();
  expect(Key).toEqual({ pk: "$s#id_1", sk: "$e_1#day_d" });
  expect(ExpressionAttributeValues).toMatchObject({ ":note_u0": "n", ":day_u0": "d" });
  expect(ExpressionAttributeValues).not.toHaveProperty(":gsi1pk_u0");
});

describe("a callback that throws is 4005, with that very object as its cause", () => {
  const thrown = { reason: "mine" };
  const throws = (): never => {
    // The library must not rely on errors being thrown.
    throw thrown;
  };
  const stored = { Item: { id: "1", v: "a", ...OWN } };
  test.each([
    ["default", { type: "string", default: throws }, (E: Loose) => E.put({ id: "1" }).go()],
    ["set", { type: "string", set: throws }, (E: Loose) => E.put({ id: "1", v: "a" }).go()],
    [
      "set in an update",
      { type: "string", set: throws },
      (E: Loose) => E.update({ id: "1" }).set({ v: "a" }).go(),
    ],
    [
      "watcher",
      { type: "string", watch: "*", set: throws },
      (E: Loose) => E.update({ id: "1" }).set({}).go(),
    ],
    ["get", { type: "string", get: throws }, (E: Loose) => E.get({ id: "1" }).go()],
    ["get in parse", { type: "string", get: throws }, (E: Loose) => E.parse(stored)],
  ])("%s", async (_, v, call) => {
    const error = await errorOf(() => call(entityOf({ v }, stored)));
    expect(error).toMatchObject({ code: 4005, kind: "HookFailed" });
    expect(error.cause).toBe(thrown);
    expect(error.message).toContain("`v`");
  });
});
