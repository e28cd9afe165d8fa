// Values and names that nobody chose kindly: each is stored and read back unchanged, or refused with a clear error before it is sent.
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ElectroError, Entity } from "electroxide";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

/** Names that are special to JavaScript, to DynamoDB's expressions or to the path syntax. */
const NAMES = [
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "with.dot",
  "with space",
  "with-dash",
  "list[0]",
  "#hash",
  ":colon",
  "size",
  "name",
  "status",
  "type",
  "1st",
  "ünïcödé",
  "🦀",
];

const withOwn = (name: string, value: unknown): Record<string, unknown> =>
  Object.defineProperty({}, name, { value, enumerable: true, configurable: true, writable: true });

/** An entity with one attribute of that name beside its key. */
function entityWith(name: string, field = name) {
  const attributes = withOwn(name, { type: "string", field });
  Object.defineProperty(attributes, "id", {
    value: { type: "string", required: true },
    enumerable: true,
  });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const LooseEntity = Entity as any;
  return new LooseEntity(
    {
      model: { entity: "named", version: "1", service: "untrusted" },
      attributes,
      indexes: {
        primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      },
    },
    { client, table },
  );
}

const Box = new Entity(
  {
    model: { entity: "box", version: "1", service: "untrusted" },
    attributes: {
      id: { type: "string", required: true },
      owner: { type: "string" },
      text: { type: "string" },
      number: { type: "number" },
      any: { type: "any" },
      names: { type: "set", items: "string" },
      list: { type: "list", items: { type: "any" } },
      map: { type: "map", properties: { text: { type: "string" }, more: { type: "any" } } },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byOwner: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["owner"] },
        sk: { field: "gsi1sk", composite: ["id"] },
      },
    },
  },
  { client, table },
);
await createTable([Box, entityWith("plain")]);

let count = 0;
const newId = () => `box_${(count += 1)}`;

/** Writes attributes, reads the item and gives it without its id. */
async function throughTheDatabase(attributes: Record<string, unknown>): Promise<unknown> {
  const id = newId();
  await Box.put({ id, ...attributes }).go();
  const { data } = await Box.get({ id }).go();
  expect(data?.id).toBe(id);
  return Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => name !== "id"));
}

const refusal = async (call: () => unknown): Promise<ElectroError> => {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(ElectroError);
    return error as ElectroError;
  }
  throw new Error("The call went through.");
};

describe("attribute names: stored and read back", () => {
  test.each(NAMES)("%s", async (name) => {
    const Named = entityWith(name);
    const id = newId();
    const written = Object.assign(withOwn(name, "first"), { id });
    await Named.create(written).go();
    const read = await Named.get({ id }).go();
    expect(Object.getOwnPropertyDescriptor(read.data, name)?.value).toBe("first");
    expect(Object.keys(read.data).sort()).toEqual(["id", name].sort());
    expect(Object.getPrototypeOf(read.data)).toBe(Object.prototype);

    await Named.update({ id }).set(withOwn(name, "second")).go();
    const found = await Named.scan
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      .where((attributes: any, { eq }: any) => eq(attributes[name], "second"))
      .go();
    expect(found.data).toHaveLength(1);
    expect(Object.getOwnPropertyDescriptor(found.data[0], name)?.value).toBe("second");

    await Named.delete({ id }).go({ conditions: withOwn(name, "second") });
    expect((await Named.get({ id }).go()).data).toBeNull();
  });

  test("nothing of it reaches Object.prototype", () => {
    expect(({} as Record<string, unknown>).first).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("property names inside `any`: stored and read back", () => {
  test.each(NAMES.filter((name) => name !== "constructor"))("%s", async (name) => {
    const any = withOwn(name, { deep: withOwn(name, 1) });
    const read = (await throughTheDatabase({ any })) as { any: object };
    expect(Object.keys(read.any)).toEqual([name]);
    expect(JSON.stringify(read.any)).toBe(JSON.stringify(any));
    expect(Object.getPrototypeOf(read.any)).toBe(Object.prototype);
  });
});

describe("names that the SDK's document client cannot carry: refused", () => {
  test("__proto__ as an attribute's field", async () => {
    const error = await refusal(() => entityWith("__proto__"));
    expect(error).toMatchObject({ code: 1008, message: expect.stringContaining("`__proto__`") });
  });

  test("__proto__ as an attribute's name, with another field, is stored", async () => {
    const Named = entityWith("__proto__", "proto");
    const id = newId();
    await Named.create(Object.assign(withOwn("__proto__", "first"), { id })).go();
    const { data } = await Named.get({ id }).go();
    expect(Object.getOwnPropertyDescriptor(data, "__proto__")?.value).toBe("first");
  });

  test("__proto__ inside `any`", async () => {
    const any = { deep: withOwn("__proto__", 1) };
    const error = await refusal(() => Box.put({ id: newId(), any }).go());
    expect(error).toMatchObject({ code: 4002, fields: [{ field: "any.deep.__proto__" }] });
  });

  test("constructor inside `any`, unless the client is told to take it", async () => {
    const id = newId();
    const any = { constructor: "Ferrari" };
    const error = await refusal(() => Box.put({ id, any }).go());
    expect(error).toMatchObject({ code: 5001 });
    expect(error.message).toContain("convertClassInstanceToMap");

    const willing = DynamoDBDocumentClient.from(client, {
      marshallOptions: { convertClassInstanceToMap: true },
    });
    await Box.put({ id, any }).go({ client: willing });
    expect((await Box.get({ id }).go()).data).toEqual({ id, any });
  });
});

/** Each value with what becomes of it. */
const STORED: [string, Record<string, unknown>][] = [
  ["empty text", { text: "" }],
  ["text of control characters", { text: "\u0000\u0001\n\r\t\u007f\u2028\u2029" }],
  ["an emoji and combining marks", { text: "👩‍👩‍👧 e\u0301" }],
  ["quotes, placeholders and expression text", { text: `"'\`#pk :pk) OR (attribute_exists(pk)` }],
  ["a key that looks like other keys", { owner: "a#sid_b$task_1" }],
  ["400 kB of text, nearly", { text: "x".repeat(390_000) }],
  ["390 kB in three-byte characters", { text: "雪".repeat(130_000) }],
  ["zero", { number: 0 }],
  ["the largest safe integer", { number: Number.MAX_SAFE_INTEGER }],
  ["a small fraction", { number: 1.5e-100 }],
  ["a fraction with 17 digits", { number: 0.1 + 0.2 }],
  ["booleans and null in `any`", { any: [true, false, null] }],
  ["empty containers in `any`", { any: { list: [], map: {} } }],
  ["binary", { any: new Uint8Array([0, 1, 127, 128, 255]) }],
  ["empty binary", { any: new Uint8Array([]) }],
  ["binary inside a list", { list: [new Uint8Array([1]), "text", 5] }],
  ["a list that mixes types", { list: ["a", 1, true, null, { b: [2] }] }],
  ["a map that has only undeclared space", { map: { more: { a: { b: { c: 1 } } } } }],
];

describe("values: stored and read back unchanged", () => {
  test.each(STORED)("%s", async (_, attributes) => {
    expect(await throughTheDatabase(attributes)).toEqual(attributes);
  });

  test("depth 32, counted with the attribute itself", async () => {
    let any: unknown = "bottom";
    for (let depth = 0; depth < 31; depth += 1) any = depth % 2 === 0 ? [any] : { a: any };
    expect(await throughTheDatabase({ any })).toEqual({ any });
  });

  test("sets of text, numbers and binary, in `any` too", async () => {
    const read = (await throughTheDatabase({
      names: new Set(["a", "ü", "🦀"]),
      any: new Set([1, 2.5]),
      list: [new Set(["x"])],
    })) as { names: Iterable<string>; any: unknown; list: unknown[] };
    expect([...read.names].sort()).toEqual(["a", "ü", "🦀"].sort());
    expect(read.any).toEqual(new Set([1, 2.5]));
    expect(read.list).toEqual([new Set(["x"])]);
  });

  test("2^53 + 1 as BigInt keeps its last digit", async () => {
    const huge = 2n ** 53n + 1n;
    const id = newId();
    await Box.put({ id, any: huge }).go();
    const kept = await Box.scan
      .where(({ id: key, any }, { eq }) => `${eq(key, id)} AND ${eq(any, huge)}`)
      .go({ data: "raw" });
    expect(
      JSON.stringify(kept.data, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v)),
    ).toContain(id);
    const rounded = await Box.scan
      .where(({ id: key, any }, { eq }) => `${eq(key, id)} AND ${eq(any, 2n ** 53n)}`)
      .go();
    expect(rounded.data).toEqual([]);
  });

  test("-0 is stored as 0, DynamoDB's only zero", async () => {
    expect(await throughTheDatabase({ number: -0 })).toEqual({ number: 0 });
  });

  test("keys of any text address the item that they were written with", async () => {
    for (const id of ["a b", "a#b_c", "$x", "ÄÖÜß", "🦀", "%s ${x}", "x".repeat(950)]) {
      await Box.put({ id, text: `of ${id.length}` }).go();
      expect((await Box.get({ id }).go()).data).toEqual({ id, text: `of ${id.length}` });
    }
  });
});

const REFUSED: [string, () => unknown, number][] = [
  ["NaN", () => Box.put({ id: "x", number: Number.NaN }).go(), 4002],
  ["Infinity", () => Box.put({ id: "x", number: Number.POSITIVE_INFINITY }).go(), 4002],
  ["-Infinity", () => Box.put({ id: "x", number: Number.NEGATIVE_INFINITY }).go(), 4002],
  ["a number beyond 2^53", () => Box.put({ id: "x", number: 1.25e100 }).go(), 4002],
  ["NaN inside `any`", () => Box.put({ id: "x", any: { a: [Number.NaN] } }).go(), 4002],
  ["an empty set", () => Box.put({ id: "x", names: new Set() as never }).go(), 4002],
  ["an empty list as set", () => Box.put({ id: "x", names: [] }).go(), 4002],
  ["a function inside `any`", () => Box.put({ id: "x", any: { a: () => 1 } }).go(), 4002],
  ["a symbol inside `any`", () => Box.put({ id: "x", any: { a: Symbol("s") } }).go(), 4002],
  ["an ArrayBuffer", () => Box.put({ id: "x", any: new ArrayBuffer(2) }).go(), 4002],
  ["a DataView", () => Box.put({ id: "x", any: new DataView(new ArrayBuffer(2)) }).go(), 4002],
  ["numbers of 64 bits", () => Box.put({ id: "x", list: [new Float64Array(2)] }).go(), 4002],
  ["depth 33", () => Box.put({ id: "x", any: nested(33) }).go(), 4002],
  ["depth 10,000", () => Box.put({ id: "x", any: nested(10_000) }).go(), 4002],
  ["a value that contains itself", () => Box.put({ id: "x", any: circular() }).go(), 4002],
  ["lone surrogate in text", () => Box.put({ id: "x", text: "a\ud800b" }).go(), 4002],
  ["lone surrogate in a key", () => Box.put({ id: "\udc00" }).go(), 4002],
  ["lone surrogate inside `any`", () => Box.put({ id: "x", any: ["\ud800"] }).go(), 4002],
];

function nested(depth: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

function circular(): unknown {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

describe("values: refused with a clear error before anything is sent", () => {
  test.each(REFUSED)("%s", async (_, call, code) => {
    const error = await refusal(call);
    expect(error).toMatchObject({ code });
    expect(error.message.length).toBeLessThan(1000);
    expect(error.message).toMatch(
      /`(number|any|names|text|id|list)|nested too deeply, or contains itself/,
    );
  });

  test("an item beyond 400 kB is refused by DynamoDB, and says so", async () => {
    const error = await refusal(() => Box.put({ id: "x", text: "x".repeat(420_000) }).go());
    expect(error).toMatchObject({ code: 5001, kind: "AWSError" });
    expect(error.message.length).toBeLessThan(2000);
  });

  test("a refused value is not repeated in the message", async () => {
    const secret = "s3cr3t".repeat(1000);
    const error = await refusal(() =>
      Box.put({ id: "x", number: secret as unknown as number }).go(),
    );
    expect(error.message).not.toContain("s3cr3t");
  });
});

describe("forged cursors: refused before anything is sent", () => {
  const forge = (key: unknown) => Buffer.from(JSON.stringify(key)).toString("base64url");
  const whole = {
    pk: "$untrusted#id_x",
    sk: "$box_1",
    gsi1pk: "$untrusted#owner_me",
    gsi1sk: "$box_1#id_x",
  };

  test.each([
    ["garbage", "not a cursor"],
    ["JSON of a string", forge("x")],
    ["__proto__ as key", Buffer.from('{"__proto__":{"pk":"x"}}').toString("base64url")],
    ["another entity's sort key", forge({ ...whole, gsi1sk: "$secret_1#id_x" })],
    ["a field too many", forge({ ...whole, extra: "1" })],
    ["a field too few", forge({ pk: whole.pk, sk: whole.sk, gsi1pk: whole.gsi1pk })],
    ["a number for a key", forge({ ...whole, pk: 5 })],
  ])("%s", async (_, cursor) => {
    const error = await refusal(() => Box.query.byOwner({ owner: "me" }).go({ cursor }));
    expect(error).toMatchObject({ code: 5005, kind: "InvalidCursor" });
  });

  test("another owner's partition is refused by DynamoDB", async () => {
    const cursor = forge({ ...whole, gsi1pk: "$untrusted#owner_you" });
    const error = await refusal(() => Box.query.byOwner({ owner: "me" }).go({ cursor }));
    expect(error).toMatchObject({ code: 5001, kind: "AWSError" });
  });

  test("a true cursor is accepted", async () => {
    for (const id of ["c1", "c2", "c3"]) await Box.put({ id, owner: "paged" }).go();
    const first = await Box.query.byOwner({ owner: "paged" }).go({ limit: 2 });
    const second = await Box.query.byOwner({ owner: "paged" }).go({ cursor: first.cursor });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(["c1", "c2", "c3"]);
  });
});

describe("where clauses with text of strangers", () => {
  const hostile = [")", "(", ") OR (#pk = :pk", "#x", ":x0", "' OR 1=1", "\n", "{{x}}", "OR"];

  test.each(hostile)("as a value, %j is only a value", async (text) => {
    const id = newId();
    await Box.put({ id, text }).go();
    const found = await Box.scan
      .where(({ id: key, text: attribute }, { eq }) => `${eq(key, id)} AND ${eq(attribute, text)}`)
      .go();
    expect(found.data).toEqual([{ id, text }]);
  });

  test.each([
    ["an open bracket", (clause: string) => `(${clause}`],
    ["a closing bracket", (clause: string) => `${clause})`],
    ["brackets that close what they did not open", (clause: string) => `${clause}) OR (${clause}`],
    ["text without any operator", () => "banana"],
    ["nothing but an operator's name", () => "attribute_exists(pk)"],
  ])("%s in the clause itself is refused", async (_, write) => {
    const error = await refusal(() =>
      Box.delete({ id: "x" })
        .where(({ text }, { eq }) => write(eq(text, "a")))
        .go(),
    );
    expect(error).toMatchObject({ code: 1012 });
  });
});
