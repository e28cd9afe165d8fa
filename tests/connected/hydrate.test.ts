// `hydrate` on a real database: an index that holds keys only, or some attributes, says which items there are; the table gives them.
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { Entity, Service } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

function modelOf<const E extends string>(entity: E) {
  return {
    model: { entity, version: "1", service: "land" },
    attributes: {
      assetId: { type: "string", required: true },
      state: { type: "string", required: true },
      county: { type: "string", required: true },
      size: { type: "number" },
      secret: { type: "string", hidden: true },
      note: { type: "string", get: (value?: string) => value?.toUpperCase() },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["assetId"] }, sk: { field: "sk", composite: [] } },
      byState: {
        index: "gsi1",
        projection: "keys_only",
        pk: { field: "gsi1pk", composite: ["state"] },
        sk: { field: "gsi1sk", composite: ["county"] },
      },
      bySize: {
        index: "gsi2",
        type: "clustered",
        collection: "sizes",
        projection: ["county"],
        pk: { field: "gsi2pk", composite: ["size"] },
        sk: { field: "gsi2sk", composite: ["county"] },
      },
    },
  } as const;
}

const Asset = new Entity(modelOf("asset"), { client, table });
const Other = new Entity(modelOf("other"), { client, table });
const DropInAsset = new DropInEntity(modelOf("asset"), { client, table });
await createTable([Asset, Other]);

const county = (number: number) => `c${String(number).padStart(3, "0")}`;
const assets = Array.from({ length: 130 }, (_, number) => ({
  assetId: `a${number}`,
  state: number < 120 ? "GA" : "TX",
  county: county(number),
  size: number % 2,
  note: "quiet",
  secret: "s",
}));
await Asset.put(assets).go();
await Other.put([{ assetId: "o1", state: "GA", county: county(1), size: 1 }]).go();

const counties = ({ data }: { data: { county?: string }[] }) => data.map((item) => item.county);

describe.each([
  ["electroxide", Asset],
  ["electroxide/electrodb", DropInAsset as unknown as typeof Asset],
])("%s", (_, Assets) => {
  test("whole items come in the order of the index, more than one request can take", async () => {
    const page = await Assets.query
      .byState({ state: "GA" })
      .go({ hydrate: true, consistent: false });
    expect(counties(page)).toEqual(Array.from({ length: 120 }, (_, number) => county(number)));
    expect(page.data[0]).toEqual({
      assetId: "a0",
      state: "GA",
      county: county(0),
      size: 0,
      note: "QUIET",
    });
    expect(page.unprocessed).toEqual([]);
    expect(page.cursor).toBeNull();
  });

  test("pages, count and cursors go by the index", async () => {
    const first = await Assets.query.byState({ state: "TX" }).go({ hydrate: true, count: 3 });
    expect(counties(first)).toEqual([120, 121, 122].map(county));
    const second = await Assets.query
      .byState({ state: "TX" })
      .go({ hydrate: true, limit: 2, pages: 2, cursor: first.cursor });
    expect(counties(second)).toEqual([123, 124, 125, 126].map(county));
    const rest = await Assets.query
      .byState({ state: "TX" })
      .go({ hydrate: true, cursor: second.cursor, order: "asc" });
    expect(counties(rest)).toEqual([127, 128, 129].map(county));
  });

  test("only the attributes that are asked for are read", async () => {
    const { data } = await Assets.query
      .byState({ state: "TX" })
      .gte({ county: county(128) })
      .go({ hydrate: true, attributes: ["note", "size"] });
    expect(data).toEqual([
      { note: "QUIET", size: 0 },
      { note: "QUIET", size: 1 },
    ]);
  });

  test("the stored keys come with them", async () => {
    const { data } = await Assets.query
      .byState({ state: "TX" })
      .begins({ county: county(120) })
      .go({ hydrate: true, data: "includeKeys" });
    expect(data[0]).toMatchObject({ assetId: "a120", gsi1sk: "$asset_1#county_c120" });
  });

  test("an index that entities share gives the entity's own items", async () => {
    const { data } = await Assets.query
      .bySize({ size: 1 })
      .where(({ county: name }, { eq }) => eq(name, county(1)))
      .go({ hydrate: true });
    expect(data.map(({ assetId }) => assetId)).toEqual(["a1"]);
  });

  test("find and scans of an index are completed, too", async () => {
    const found = await Assets.find({ state: "TX" }).go({ hydrate: true });
    expect(found.data).toHaveLength(10);
    expect(found.data.every(({ note }) => note === "QUIET")).toBe(true);
    const scanned = await Assets.scan.byState.go({ hydrate: true, pages: "all" });
    expect(counties(scanned).sort()).toEqual(assets.map((item) => item.county));
  });
});

test("an item that the table has no longer is left out", async () => {
  const sk = "$ghost_1";
  const Ghost = new Entity(modelOf("ghost"), { client, table });
  await Ghost.put([
    { assetId: "g1", state: "GH", county: "a" },
    { assetId: "g2", state: "GH", county: "b" },
  ]).go();
  // Between the two steps the item goes: a middleware of the client does it before the second request.
  const { send } = client;
  const deleting = Object.assign(Object.create(client) as typeof client, {
    send: async (...args: Parameters<typeof send>) => {
      if (args[0].constructor.name === "BatchGetCommand") {
        const Key = { pk: { S: "$land#assetid_g1" }, sk: { S: sk } };
        await client.send(new DeleteItemCommand({ TableName: table, Key }));
      }
      return send.apply(client, args);
    },
  });
  const page = await Ghost.query.byState({ state: "GH" }).go({ hydrate: true, client: deleting });
  expect(page.data.map(({ assetId }) => assetId)).toEqual(["g2"]);
  expect(page.unprocessed).toEqual([]);
});

describe("a collection", () => {
  const more = {
    indexes: {
      ...modelOf("asset").indexes,
      byState: {
        ...modelOf("asset").indexes.byState,
        collection: "state",
        type: "clustered",
      },
    },
  } as const;
  const second = tableName();
  const Land = new Service(
    {
      asset: new Entity({ ...modelOf("asset"), ...more }),
      other: new Entity({ ...modelOf("other"), ...more }),
    },
    { client, table: second },
  );
  const others = [
    { assetId: "o1", state: "GA", county: county(1), size: 1 },
    { assetId: "o2", state: "GA", county: county(50), size: 0 },
  ];

  test("of an index that holds keys only is read whole", async () => {
    await createTable([Land.entities.asset, Land.entities.other]);
    await Land.batch.write([Land.entities.asset.put(assets), Land.entities.other.put(others)]).go();
    const query = Land.collections.state({ state: "GA" });
    const bare = await query.go();
    expect(bare.data.other).toEqual([{}, {}]);
    const { data, cursor, unprocessed } = await query.go({ hydrate: true });
    expect([counties({ data: data.asset }), cursor, unprocessed]).toEqual([
      assets.slice(0, 120).map((asset) => asset.county),
      null,
      [],
    ]);
    expect(data.asset[0]).toEqual({
      assetId: "a0",
      state: "GA",
      county: county(0),
      size: 0,
      note: "QUIET",
    });
    expect(data.other).toEqual(others);
  });

  test("is counted over its members, page after page", async () => {
    interface Found {
      data: Record<"asset" | "other", { assetId: string }[]>;
      cursor: string | null;
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Found = await Land.collections
        .state({ state: "GA" })
        .go({ hydrate: true, count: 25, cursor, attributes: ["assetId"] });
      const { asset, other } = page.data;
      seen.push(...[...asset, ...other].map(({ assetId }) => assetId));
      ({ cursor } = page);
    } while (cursor !== null);
    expect(seen).toHaveLength(122);
    expect(new Set(seen).size).toBe(122);
  });

  test("says what the table no longer has", async () => {
    const key = { assetId: "o2" };
    const { Key } = Land.entities.other.delete(key).params();
    expect(Key).toMatchObject({ pk: "$land#assetid_o2" });
    await Land.entities.other.delete(key).go();
    const { data } = await Land.collections.state({ state: "GA" }).go({ hydrate: true });
    expect(data.other).toEqual([others[0]]);
  });
});
