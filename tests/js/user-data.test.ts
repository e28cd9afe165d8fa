/** Values, names and cursors that no request may be made of: each is refused before anything is sent. */
import { Entity, type ElectroError } from "electroxide";
import { Entity as ElectrodbEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";

const model = {
  model: { entity: "user", version: "1", service: "app" },
  attributes: {
    id: { type: "string" },
    name: { type: "string" },
    count: { type: "number" },
    any: { type: "any" },
    required: { type: "string", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
} as const;

const sent: unknown[] = [];
const client = { send: (command: unknown) => (sent.push(command), Promise.resolve({})) } as never;
const User = new Entity(model, { table: "table", client });
const OldUser = new ElectrodbEntity(model, { table: "table", client });

function refusalOf(run: () => unknown): ElectroError {
  try {
    run();
  } catch (error) {
    return error as ElectroError;
  }
  throw new Error("nothing was refused");
}

class Money {
  amount = 5;
}

describe("what DynamoDB cannot hold is no operand", () => {
  const values: [string, unknown][] = [
    ["NaN", NaN],
    ["infinity", Infinity],
    ["an object of a class", new Money()],
    ["a Date", new Date(0)],
    ["an empty set", new Set()],
    ["half a character", "\ud800"],
    ["NaN within a list", [NaN]],
  ];
  test.each(values)("%s", (_name, value) => {
    const any = value as never;
    const change = () => User.update({ id: "1" }).set({ name: "x" });
    for (const run of [
      () => change().params({ conditions: { any } }),
      () =>
        change()
          .where((attributes, { eq }) => eq(attributes.any, any))
          .params(),
      () => User.scan.where((attributes, { between }) => between(attributes.any, 1, any)).params(),
      () => User.update({ id: "1" }).set({ any }).params(),
      () => User.put({ id: "1", required: "x", any }).params(),
    ]) {
      expect(refusalOf(run)).toMatchObject({ code: 4002, kind: "InvalidAttribute" });
    }
  });

  test("also where the same call was made with a right value before", () => {
    const call = (any: number) => () =>
      User.delete({ id: "1" })
        .where((attributes, { gt }) => gt(attributes.any, any))
        .params();
    call(0.5)();
    expect(refusalOf(call(NaN)).code).toBe(4002);
  });
});

test("a path whose name the SDK loses is refused", () => {
  for (const name of ["any.__proto__", "any.deep.__proto__.er"]) {
    const values = { [name]: 1 } as never;
    expect(refusalOf(() => User.update({ id: "1" }).set(values).params()).code).toBe(4004);
  }
});

test("what a getter throws is the cause of a refusal", () => {
  const cause = new RangeError("mine");
  const throwing = (name: string) =>
    Object.defineProperty({ id: "1", required: "x" }, name, {
      enumerable: true,
      get: () => {
        throw cause;
      },
    }) as never;
  for (const run of [
    () => User.get(throwing("id")).params(),
    () => User.get([throwing("id")]).params(),
    () => User.delete(throwing("id")).params(),
    () => User.patch(throwing("id")).set({ name: "x" }).params(),
    () => User.upsert(throwing("id")).params(),
    () => User.query.primary(throwing("id")).params(),
    () => User.conversions.fromComposite.toKeys(throwing("id")),
    () => User.conversions.fromKeys.toComposite(throwing("pk")),
    () => User.get({ id: "1" }).params(throwing("table")),
    () => User.put(throwing("name")).params(),
    () => User.put({ id: "1", required: "x", any: throwing("deep") }).params(),
    () => User.update({ id: "1" }).set(throwing("name")).params(),
  ]) {
    const refusal = refusalOf(run);
    expect(refusal.code).toBe(4005);
    expect(refusal.cause).toBe(cause);
  }
  expect(() => OldUser.get(throwing("id")).params()).toThrow(cause);
  expect(() => OldUser.get([throwing("id")]).params()).toThrow(cause);
});

test("in the drop-in a table that is no name is none, in the main entry it is refused", () => {
  for (const table of [null, 5, {}, ""] as never[]) {
    expect(OldUser.get({ id: "1" }).params({ table })).toMatchObject({ TableName: "table" });
    expect(refusalOf(() => User.get({ id: "1" }).params({ table })).code).toBe(2003);
  }
});

test("a call of more values than can be numbered says so", () => {
  const many = Array.from({ length: 65_535 }, (_, at) => at);
  const run = () =>
    User.query
      .primary({ id: "1" })
      .where(({ count }, { eq }) => many.map((value) => eq(count, value)).join(" OR "))
      .params();
  expect(refusalOf(run).code).toBe(1010);
});

describe("a cursor whose key is no key", () => {
  test.each([5, null, true, ["x"], {}])("%j", async (pk) => {
    const cursor = Buffer.from(JSON.stringify({ pk })).toString("base64url");
    sent.length = 0;
    await expect(User.scan.go({ cursor })).rejects.toMatchObject({ code: 5005 });
    await expect(OldUser.scan.go({ cursor })).rejects.toMatchObject({ code: 5003 });
    expect(sent).toEqual([]);
  });
});

describe("the drop-in's updates, as electrodb's", () => {
  test("refuse the key before what changes", () => {
    const update = OldUser.update({} as never).set({ count: "wrong" as never });
    expect(refusalOf(() => update.params()).code).toBe(2002);
  });

  test("refuse nothing for what is required", () => {
    const update = OldUser.update({ id: "1" }).set({ required: undefined as never });
    expect(refusalOf(() => update.params()).code).toBe(3001);
  });

  test("take a key's composite from an upsert's ifNotExists", () => {
    const upsert = OldUser.upsert({ required: "x" } as never) as unknown as {
      ifNotExists(values: object): { params(): object };
    };
    expect(upsert.ifNotExists({ id: "5" }).params()).toMatchObject({
      Key: { pk: "$app$user_1#id_5" },
    });
  });
});
