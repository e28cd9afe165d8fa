// What both entries export beside their classes: every name that electrodb has, and what the small functions answer.
import * as electrodb from "electrodb";
import { describe, expect, test } from "vitest";
import * as dropIn from "electroxide/electrodb";
import * as main from "electroxide";
import { refusalOf, type Loose } from "./bad-input-refusal.js";

const model = {
  model: { entity: "user", version: "1", service: "app" },
  attributes: { id: { type: "string", required: true } },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
} as const;

test("constants are electrodb's", () => {
  for (const { EntityIdentifiers, EntityIdentifierFields, ComparisonTypes } of [main, dropIn]) {
    const theirs: Loose = electrodb;
    expect(EntityIdentifiers).toEqual(theirs.EntityIdentifiers);
    expect(EntityIdentifierFields).toEqual(theirs.EntityIdentifierFields);
    expect(ComparisonTypes).toEqual(theirs.ComparisonTypes);
  }
});

describe.each([
  ["electroxide", main],
  ["electroxide/electrodb", dropIn as unknown as typeof main],
] as const)("%s", (name, entry) => {
  const { Entity, createSchema, CustomAttributeType, createCustomAttribute } = entry;
  const isMain = name === "electroxide";

  test("createSchema gives back the very model, which an entity takes", () => {
    const schema = createSchema(model);
    expect(schema).toBe(model);
    expect(new Entity(schema, { table: "t" }).get({ id: "1" }).params()).toMatchObject({
      Key: { pk: "$app$user_1#id_1" },
    });
  });

  test.each<[string, Loose]>([
    ["nothing", undefined],
    ["null", null],
    ["a number", 5],
    ["no attributes", { ...model, attributes: undefined }],
    ["no names", { ...model, model: {} }],
    ["no indexes", { ...model, indexes: {} }],
  ])("createSchema refuses %s with 1009", async (_what, given) => {
    expect((await refusalOf(() => createSchema(given)))?.code).toBe(1009);
  });

  test("a composite that is not declared: here refused at once, there by the entity", async () => {
    const given: Loose = {
      ...model,
      indexes: { primary: { pk: { field: "pk", composite: ["ident"] } } },
    };
    const refusal = await refusalOf(() => createSchema(given));
    expect(refusal?.code).toBe(isMain ? 1003 : undefined);
    expect((await refusalOf(() => new Entity(given)))?.code).toBe(1003);
  });

  test("custom types stand on one of four", async () => {
    expect(CustomAttributeType<`u_${string}`>("string")).toBe("string");
    expect((await refusalOf(() => CustomAttributeType("text" as Loose)))?.code).toBe(1008);
    const made: Loose = createCustomAttribute<{ a: 1 }>({ required: true });
    expect(made).toEqual({ type: "custom", required: true });
  });

  test("a class that extends Entity has its methods and those of Entity", () => {
    class Users extends Entity<typeof model.attributes, typeof model.indexes> {
      constructor(table: string) {
        super(model, { table });
      }
      one(id: string) {
        return this.get({ id });
      }
    }
    const users = new Users("people");
    expect(users).toBeInstanceOf(Entity);
    expect(users.getTableName()).toBe("people");
    expect(users.one("7").params()).toMatchObject({ TableName: "people" });
    users.setTableName("other");
    expect(users.one("7").params()).toMatchObject({ TableName: "other" });
    expect(users.parse(users.put({ id: "7" }).params().Item as Loose)).toEqual({ id: "7" });
    expect(users.schema).toBe(model);
    expect({ ...users.model }).toEqual({ entity: "user", service: "app", version: "1" });
  });
});
