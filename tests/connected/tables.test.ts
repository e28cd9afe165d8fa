// Tables made from models of every key form, accepted by the database as they are and usable at once; contradicting models are refused.
import { Entity, tableDefinition } from "electroxide";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();

describe("key forms: a table is created, written and queried", () => {
  test("a table without sort key", async () => {
    const Counter = new Entity(
      {
        model: { entity: "counter", version: "1", service: "app" },
        attributes: { name: { type: "string", required: true }, value: { type: "number" } },
        indexes: { primary: { pk: { field: "pk", composite: ["name"] } } },
      },
      { client, table: tableName() },
    );
    await createTable([Counter]);
    await Counter.put({ name: "hits", value: 1 }).go();
    await Counter.update({ name: "hits" }).add({ value: 41 }).go();
    expect((await Counter.get({ name: "hits" }).go()).data).toEqual({ name: "hits", value: 42 });
  });

  test("a numeric sort key and a key that is an attribute", async () => {
    const Reading = new Entity(
      {
        model: { entity: "reading", version: "1", service: "app" },
        attributes: {
          sensor: { type: "string", required: true },
          at: { type: "number", required: true },
          value: { type: "number" },
        },
        indexes: {
          primary: {
            pk: { field: "sensor", composite: ["sensor"] },
            sk: { field: "at", composite: ["at"] },
          },
        },
      },
      { client, table: tableName() },
    );
    await createTable([Reading]);
    for (const at of [9, 10, 100, 0, -5]) await Reading.put({ sensor: "s1", at, value: at }).go();
    const all = await Reading.query.primary({ sensor: "s1" }).go();
    expect(all.data.map(({ at }) => at)).toEqual([-5, 0, 9, 10, 100]);
    const some = await Reading.query.primary({ sensor: "s1" }).between({ at: 0 }, { at: 10 }).go();
    expect(some.data.map(({ at }) => at)).toEqual([0, 9, 10]);
  });

  test("a local secondary index", async () => {
    const Player = new Entity(
      {
        model: { entity: "player", version: "1", service: "app" },
        attributes: {
          game: { type: "string", required: true },
          name: { type: "string", required: true },
          rank: { type: "string", padding: { length: 4, char: "0" } },
        },
        indexes: {
          primary: {
            pk: { field: "pk", composite: ["game"] },
            sk: { field: "sk", composite: ["name"] },
          },
          byRank: {
            index: "lsi1",
            pk: { field: "pk", composite: ["game"] },
            sk: { field: "lsi1sk", composite: ["rank"] },
          },
        },
      },
      { client, table: tableName() },
    );
    expect(tableDefinition([Player])).toMatchObject({
      LocalSecondaryIndexes: [{ IndexName: "lsi1" }],
    });
    await createTable([Player]);
    for (const [name, rank] of [
      ["ann", "12"],
      ["bob", "3"],
    ] as const) {
      await Player.put({ game: "go", name, rank }).go();
    }
    const ranked = await Player.query.byRank({ game: "go" }).go({ consistent: true });
    expect(ranked.data.map(({ name }) => name)).toEqual(["bob", "ann"]);
  });

  test("an index that projects some attributes only", async () => {
    const Product = new Entity(
      {
        model: { entity: "product", version: "1", service: "app" },
        attributes: {
          id: { type: "string", required: true },
          kind: { type: "string", required: true },
          name: { type: "string" },
          text: { type: "string" },
        },
        indexes: {
          primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
          byKind: {
            index: "gsi1",
            projection: ["name"],
            pk: { field: "gsi1pk", composite: ["kind"] },
            sk: { field: "gsi1sk", composite: ["id"] },
          },
        },
      },
      { client, table: tableName() },
    );
    await createTable([Product]);
    await Product.put({ id: "1", kind: "book", name: "n", text: "long" }).go();
    const { data } = await Product.query.byKind({ kind: "book" }).go();
    expect(data).toMatchObject([{ name: "n" }]);
    expect(data[0]).not.toHaveProperty("text");
  });

  test("a multi-attribute index", async () => {
    const Match = new Entity(
      {
        model: { entity: "match", version: "1", service: "app" },
        attributes: {
          id: { type: "string", required: true },
          tournament: { type: "string", required: true },
          region: { type: "string", required: true },
          round: { type: "string", required: true },
        },
        indexes: {
          primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
          byRegion: {
            index: "gsi1",
            type: "composite",
            pk: { composite: ["tournament", "region"] },
            sk: { composite: ["round"] },
          },
        },
      },
      { client, table: tableName() },
    );
    await createTable([Match]);
    await Match.put({ id: "1", tournament: "wc", region: "eu", round: "2" }).go();
    await Match.put({ id: "2", tournament: "wc", region: "eu", round: "1" }).go();
    await Match.put({ id: "3", tournament: "wc", region: "us", round: "1" }).go();
    const { data } = await Match.query.byRegion({ tournament: "wc", region: "eu" }).go();
    expect(data.map(({ id }) => id)).toEqual(["2", "1"]);
  });

  test("two entities share a table and see their own items only", async () => {
    const table = tableName();
    const named = (entity: string) =>
      new Entity(
        {
          model: { entity, version: "1", service: "app" },
          attributes: { id: { type: "string", required: true }, of: { type: "string" } },
          indexes: {
            primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
          },
        },
        { client, table },
      );
    const [Cat, Dog] = [named("cat"), named("dog")];
    await createTable([Cat, Dog]);
    await Cat.put({ id: "1", of: "cat" }).go();
    await Dog.put({ id: "1", of: "dog" }).go();
    expect((await Cat.get({ id: "1" }).go()).data).toEqual({ id: "1", of: "cat" });
    expect((await Dog.scan.go()).data).toEqual([{ id: "1", of: "dog" }]);
  });
});

describe("models that contradict each other are refused", () => {
  const entity = (name: string, table: string, pk: string, index = "gsi1pk") =>
    new Entity(
      {
        model: { entity: name, version: "1", service: "app" },
        attributes: { id: { type: "string", required: true }, other: { type: "string" } },
        indexes: {
          primary: { pk: { field: pk, composite: ["id"] }, sk: { field: "sk", composite: [] } },
          byOther: {
            index: "gsi1",
            pk: { field: index, composite: ["other"] },
            sk: { field: "gsi1sk", composite: [] },
          },
        },
      },
      { client, table },
    );

  test.each([
    ["two tables", () => [entity("a", "t1", "pk"), entity("b", "t2", "pk")]],
    ["two keys of one table", () => [entity("a", "t1", "pk"), entity("b", "t1", "hash")]],
    ["two keys of one index", () => [entity("a", "t1", "pk"), entity("b", "t1", "pk", "other1")]],
    ["no entity at all", () => []],
  ])("%s", (_, entities) => {
    expect(() => tableDefinition(entities())).toThrow(expect.objectContaining({ code: 1009 }));
  });
});
