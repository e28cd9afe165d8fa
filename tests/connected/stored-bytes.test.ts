// What electrodb has stored electroxide reads, queries, changes and pages through, and the reverse, over every form of index.
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import * as electrodb from "electrodb";
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { beforeAll, describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

// electrodb's own types are no part of what is tested, and the three libraries are used by the same code.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;
type Row = Record<string, unknown>;

const { client, createTable } = openPlace();

const definition = {
  model: { entity: "Task", version: "2", service: "Work" },
  attributes: {
    org: { type: "string", required: true },
    id: { type: "string", required: true },
    owner: { type: "string", required: true, field: "o" },
    rank: { type: "number", required: true, padding: { length: 5, char: "0" } },
    points: { type: "number", required: true },
    done: { type: "boolean", required: true },
    state: { type: ["Open", "Shut"], required: true, label: "st" },
    city: { type: "string" },
    tags: { type: "set", items: "string" },
    history: {
      type: "list",
      items: { type: "map", properties: { at: { type: "number", field: "a" } } },
    },
    address: { type: "map", properties: { street: { type: "string", field: "s" } } },
    note: { type: "any" },
  },
  indexes: {
    table: { pk: { field: "pk", composite: ["org"] }, sk: { field: "sk", composite: ["id"] } },
    isolated: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["owner"] },
      sk: { field: "gsi1sk", composite: ["rank", "id"] },
    },
    clustered: {
      index: "gsi2",
      type: "clustered",
      collection: ["people", "workers"],
      pk: { field: "gsi2pk", composite: ["owner"] },
      sk: { field: "gsi2sk", composite: ["state", "id"] },
    },
    isolatedCollection: {
      index: "gsi3",
      collection: "places",
      scope: "x",
      pk: { field: "gsi3pk", composite: ["org"], casing: "upper" },
      sk: { field: "gsi3sk", composite: ["done", "id"], casing: "none" },
    },
    numeric: {
      index: "gsi4",
      pk: { field: "gsi4pk", composite: ["org"], template: "ORG#${org}", casing: "none" },
      sk: { field: "gsi4sk", composite: ["points"], cast: "number" },
    },
    partitionOnly: { index: "gsi5", pk: { field: "gsi5pk", composite: ["owner", "org"] } },
    attributes: {
      index: "gsi6",
      type: "composite",
      pk: { composite: ["org", "owner"] },
      sk: { composite: ["points", "id"] },
    },
    local: {
      index: "lsi1",
      pk: { field: "pk", composite: ["org"] },
      sk: { field: "lsi1sk", composite: ["rank"] },
    },
    sparse: {
      index: "gsi7",
      condition: (item: Loose) => item.city !== "Nowhere",
      pk: { field: "gsi7pk", composite: ["city"] },
      sk: { field: "gsi7sk", composite: ["id"] },
    },
  },
} as const;

const items: Row[] = Array.from({ length: 7 }, (_, at) => ({
  org: "Acme",
  id: `Id${at}`,
  owner: "Ünal",
  rank: 10 + at,
  points: at * 1.5,
  done: false,
  state: "Open",
  city: at % 2 === 0 ? "Bonn" : "Nowhere",
  tags: ["a", `t${at}`],
  history: [{ at }, { at: at + 1 }],
  address: { street: `Weg ${at}` },
  note: { free: ["x", at] },
}));

/** The access patterns, each with what names the partition that all items are in. */
const patterns: [string, Row][] = [
  ["table", { org: "Acme" }],
  ["isolated", { owner: "Ünal" }],
  ["clustered", { owner: "Ünal" }],
  ["isolatedCollection", { org: "Acme" }],
  ["numeric", { org: "Acme" }],
  ["partitionOnly", { owner: "Ünal", org: "Acme" }],
  ["attributes", { org: "Acme", owner: "Ünal" }],
  ["local", { org: "Acme" }],
  ["sparse", { city: "Bonn" }],
];

const byId = (rows: Row[]) => [...rows].sort((a, b) => String(a.id).localeCompare(String(b.id)));
const plain = (rows: Row[]) =>
  byId(rows).map((row) => ({ ...row, tags: [...(row.tags as Iterable<string>)].sort() }));

/** Every stored item of a table, as bytes would have it. */
async function stored(table: string): Promise<Row[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  return plain(Items);
}

/** All pages of two items, each read by the next library in turn at the cursor that the one before gave. */
async function pagesInTurn(readers: Loose[], pattern: string, composites: Row): Promise<Row[]> {
  const found: Row[] = [];
  let cursor: unknown = null;
  for (let page = 0; page < 20; page += 1) {
    const reader = readers[page % readers.length];
    const result = await reader.query[pattern](composites).go({ cursor, limit: 2 });
    found.push(...result.data);
    cursor = result.cursor;
    if (cursor === null) return found;
  }
  throw new Error("the pages have no end");
}

/** What a cursor holds: in which order the database names the fields is its own affair. */
const keyOf = (cursor: string) =>
  JSON.parse(Buffer.from(cursor, "base64url").toString()) as Record<string, unknown>;

const libraries: Record<string, Loose> = {
  electrodb,
  electroxide: main,
  "electroxide/electrodb": dropIn,
};

describe.each([
  ["electrodb", "electroxide"],
  ["electrodb", "electroxide/electrodb"],
  ["electroxide", "electrodb"],
  ["electroxide/electrodb", "electrodb"],
])("written by %s, used by %s", (writing, reading) => {
  const table = tableName();
  const entityOf = (library: string) =>
    new libraries[library].Entity(structuredCloneOf(definition), { client, table });
  const writer = entityOf(writing);
  const reader = entityOf(reading);

  beforeAll(async () => {
    await createTable([new main.Entity(definition as Loose, { table })]);
    for (const item of items) await writer.put(item).go();
  });

  test("the very same item is stored", async () => {
    const before = await stored(table);
    for (const item of items) await reader.put(item).go();
    expect(await stored(table)).toEqual(before);
    expect(before).toHaveLength(items.length);
  });

  test("get gives what was put", async () => {
    for (const item of items) {
      const { data } = await reader.get({ org: item.org, id: item.id }).go();
      expect(plain([data])).toEqual(plain([item]));
    }
  });

  test.each(patterns)("query by %s", async (pattern, composites) => {
    const { data } = await reader.query[pattern](composites).go();
    const right = await writer.query[pattern](composites).go();
    expect(data).toEqual(right.data);
    const wanted = pattern === "sparse" ? items.filter(({ city }) => city === "Bonn") : items;
    expect(plain(data)).toEqual(plain(wanted));
  });

  test.each(patterns)("pages by %s, cursors handed to and fro", async (pattern, composites) => {
    const { data: all } = await writer.query[pattern](composites).go();
    expect(await pagesInTurn([writer, reader], pattern, composites)).toEqual(all);
    expect(await pagesInTurn([reader, writer], pattern, composites)).toEqual(all);
  });

  test("a cursor of the one holds what the other's does", async () => {
    for (const [pattern, composites] of patterns) {
      const [theirs, ours] = await Promise.all(
        [writer, reader].map((entity) => entity.query[pattern](composites).go({ limit: 2 })),
      );
      expect(keyOf(ours.cursor)).toEqual(keyOf(theirs.cursor));
    }
  });

  test("updates move items between the same keys", async () => {
    const key = { org: "Acme", id: "Id1" };
    const change = { state: "Shut", points: 99, rank: 3, city: "Köln" };
    await reader.update(key).set(change).go();
    const changed = await stored(table);
    const { data } = await writer.query.clustered({ owner: "Ünal", state: "Shut" }).go();
    expect(data.map(({ id }: Row) => id)).toEqual(["Id1"]);
    await writer.update(key).set(change).go();
    expect(await stored(table)).toEqual(changed);
    await writer.patch(key).set({ city: "Nowhere" }).go();
    const { data: none } = await reader.query.sparse({ city: "Köln" }).go();
    expect(none).toEqual([]);
  });

  test("what the one deletes is gone for the other", async () => {
    await reader.delete({ org: "Acme", id: "Id0" }).go();
    expect((await writer.get({ org: "Acme", id: "Id0" }).go()).data).toBeNull();
    await writer.put(items[0]).go();
  });
});

/** A copy of a definition for a library that changes what it is given; functions stay. */
function structuredCloneOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structuredCloneOf) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, structuredCloneOf(member)]),
  ) as T;
}
