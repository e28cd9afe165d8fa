// Indexes that hold a part of the items, on a real database: what comes back is what the types say, in both entries.
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

const model = {
  model: { entity: "plot", service: "land", version: "1" },
  attributes: {
    plotId: { type: "string", required: true },
    state: { type: ["GA", "TX"], required: true },
    county: { type: "string", required: true },
    size: { type: "number", required: true },
    owner: { type: "string", required: true, field: "gsi3pk" },
    rank: { type: "number", required: true },
    note: { type: "string", required: true, hidden: true },
    place: {
      type: "map",
      properties: { lat: { type: "number" }, code: { type: "string", hidden: true } },
    },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["plotId"] }, sk: { field: "sk", composite: [] } },
    byState: {
      index: "gsi1",
      projection: "keys_only",
      pk: { field: "gsi1pk", composite: ["state"] },
      sk: { field: "gsi1sk", composite: ["county"] },
    },
    byCounty: {
      index: "gsi2",
      projection: ["state", "note", "place"],
      pk: { field: "gsi2pk", composite: ["county"] },
      sk: { field: "gsi2sk", composite: ["size"] },
    },
    byOwner: {
      index: "gsi3",
      projection: "keys_only",
      pk: { field: "gsi3pk", composite: ["owner"], template: "${owner}" },
      sk: { field: "rank", composite: ["rank"], template: "${rank}" },
    },
  },
} as const;

const Plot = new Entity(model, { client, table });
await createTable([Plot]);

const whole = {
  plotId: "p1",
  state: "GA" as const,
  county: "bibb",
  size: 4,
  owner: "ann",
  rank: 7,
  place: { lat: 32 },
};
await Plot.put({ ...whole, note: "n", place: { lat: 32, code: "c" } }).go();

describe.each([
  ["electroxide", Plot],
  // Its types differ in what they let pass only; a union of both could not be called.
  ["electroxide/electrodb", new DropInEntity(model, { client, table }) as unknown as typeof Plot],
])("%s", (_, Plots) => {
  // Each value is given to a variable of its type, so that what is expected here has been checked by the compiler, too.
  test("keys alone are no attributes", async () => {
    const queried = await Plots.query.byState({ state: "GA" }).go();
    const expected: typeof queried.data = [{}];
    expect(queried.data).toEqual(expected);
    const scanned = await Plots.scan.byState.go();
    expect(scanned.data).toEqual([{}]);
  });

  test("a list of attributes is given, hidden ones when asked for", async () => {
    const { data } = await Plots.query.byCounty({ county: "bibb" }).go();
    const expected: typeof data = [{ state: "GA", place: { lat: 32 } }];
    expect(data).toEqual(expected);
    const hidden = await Plots.query.byCounty({ county: "bibb" }).go({ includeHidden: true });
    const all: typeof hidden.data = [{ state: "GA", note: "n", place: { lat: 32, code: "c" } }];
    expect(hidden.data).toEqual(all);
  });

  test("an attribute that is a key of the index is always there", async () => {
    const { data } = await Plots.query.byOwner({ owner: "ann" }).go();
    const expected: typeof data = [{ owner: "ann", rank: 7 }];
    expect(data).toEqual(expected);
    const some = await Plots.query.byOwner({ owner: "ann" }).go({ attributes: ["owner"] });
    const owners: typeof some.data = [{ owner: "ann" }];
    expect(some.data).toEqual(owners);
  });

  test("a part of the part, a filter on it", async () => {
    const { data } = await Plots.query
      .byCounty({ county: "bibb" })
      .gte({ size: 4 })
      .where(({ note, place }, { eq }) => `${eq(note, "n")} AND ${eq(place.lat, 32)}`)
      .go({ attributes: ["state"] });
    const expected: typeof data = [{ state: "GA" }];
    expect(data).toEqual(expected);
  });

  test("`hydrate` gives whole items, or any attributes of them", async () => {
    const hydrated = await Plots.query.byState({ state: "GA" }).go({ hydrate: true });
    const items: typeof hydrated.data = [whole];
    expect(hydrated.data).toEqual(items);
    const some = await Plots.scan.byCounty.go({ hydrate: true, attributes: ["plotId", "size"] });
    const parts: typeof some.data = [{ plotId: "p1", size: 4 }];
    expect(some.data).toEqual(parts);
  });

  test("stored keys beside what the index holds", async () => {
    const { data } = await Plots.query
      .byState({ state: "GA" })
      .go({ data: "includeKeys", ignoreOwnership: true });
    expect(data).toEqual([
      {
        pk: "$land#plotid_p1",
        sk: "$plot_1",
        gsi1pk: "$land#state_ga",
        gsi1sk: "$plot_1#county_bibb",
      },
    ]);
  });
});

test("`find` reads an index as it is, and completes it when asked to", async () => {
  const found = await Plot.find({ state: "GA" }).go();
  const parts: typeof found.data = [{}];
  expect(found.data).toEqual(parts);
  const hydrated = await Plot.find({ state: "GA" }).go({ hydrate: true });
  const items: typeof hydrated.data = [whole];
  expect(hydrated.data).toEqual(items);
});
