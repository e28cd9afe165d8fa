// `ignoreOwnership` of an entity's configuration: what its reads do when a call says nothing of it.
import * as electrodb from "electrodb";
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal.js";

const model = {
  model: { entity: "pot", version: "1", service: "garden" },
  attributes: { id: { type: "string", required: true }, bed: { type: "string" } },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    byBed: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["bed"] },
      sk: { field: "gsi1sk", composite: ["id"] },
    },
    rows: {
      index: "gsi2",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["bed"] },
      sk: { field: "gsi2sk", composite: ["id"] },
    },
  },
} as const;

/** An item that another program wrote: its keys are right, but it has no identifiers. */
const stored = {
  pk: "$garden#id_p1",
  sk: "$pot_1",
  gsi1pk: "$garden#bed_b1",
  gsi1sk: "$pot_1#id_p1",
  gsi2pk: "$garden#bed_b1",
  gsi2sk: "$pot_1#id_p1",
  id: "p1",
  bed: "b1",
};

/** A client of the AWS SDK v2, which all three take, and the filters that it was sent. */
function clientOf(filters: unknown[]): Loose {
  const answer = (input: Loose): object => {
    filters.push(input.FilterExpression);
    if (input.RequestItems) return { Responses: { pots: [stored] }, UnprocessedKeys: {} };
    return input.Key ? { Item: stored } : { Items: [stored] };
  };
  const names = ["get", "put", "delete", "update", "query", "scan", "batchGet", "batchWrite"];
  const methods = [...names, "transactGet", "transactWrite"].map((name) => [
    name,
    (input: object) => ({ promise: () => Promise.resolve(answer(input)) }),
  ]);
  return { ...Object.fromEntries(methods), createSet: (members: unknown) => members };
}

const calls: [string, (pots: Loose) => Loose, object?][] = [
  ["get", (pots) => pots.get({ id: "p1" })],
  ["get that says otherwise", (pots) => pots.get({ id: "p1" }), { ignoreOwnership: false }],
  ["get of some attributes", (pots) => pots.get({ id: "p1" }), { attributes: ["bed"] }],
  ["batch get", (pots) => pots.get([{ id: "p1" }])],
  ["scan", (pots) => pots.scan],
  ["scan of an index", (pots) => pots.scan.byBed],
  ["query of the table", (pots) => pots.query.primary({ id: "p1" })],
  ["query of an index", (pots) => pots.query.byBed({ bed: "b1" })],
  ["query of a clustered index", (pots) => pots.query.rows({ bed: "b1" })],
  ["find", (pots) => pots.find({ bed: "b1" })],
  ["match", (pots) => pots.match({ id: "p1" })],
];

async function answerOf(Made: Loose, call: (pots: Loose) => Loose, options?: object) {
  const filters: unknown[] = [];
  const client = clientOf(filters);
  const pots = new Made(model, { table: "pots", client, ignoreOwnership: true });
  const { data } = await call(pots).go(options);
  return { data, filters };
}

describe("in the drop-in, as in ElectroDB", () => {
  test.each(calls)("%s", async (_name, call, options) => {
    const expected = await answerOf((electrodb as Loose).Entity, call, options);
    expect(await answerOf(DropInEntity, call, options)).toEqual(expected);
  });
});

describe("in the main entry, for every read", () => {
  const sending = (Input: { send: (command: Loose) => unknown }, config: object): Loose =>
    new Entity(model, { table: "pots", client: Input, ...config });
  const client = {
    send: ({ input }: Loose) =>
      Promise.resolve(
        input.RequestItems
          ? { Responses: { pots: [stored] } }
          : input.Key
            ? { Item: stored }
            : { Items: [stored] },
      ),
  };
  const item = { id: "p1", bed: "b1" };

  test.each(calls.filter(([, , options]) => options === undefined))("%s", async (name, call) => {
    const { data } = await call(sending(client, { ignoreOwnership: true })).go();
    expect(data).toEqual(name === "get" ? item : [item]);
    const { data: refused } = await call(sending(client, {})).go();
    expect(refused).toEqual(name === "get" ? null : name === "batch get" ? [null] : []);
  });

  test("what a call says goes first", async () => {
    const pots = sending(client, { ignoreOwnership: true });
    expect((await pots.get({ id: "p1" }).go({ ignoreOwnership: false })).data).toBeNull();
  });

  test("writes know nothing of it", () => {
    const pots = sending(client, { ignoreOwnership: true });
    expect(pots.put(item).params()).toEqual(sending(client, {}).put(item).params());
  });

  test("another field for an identifier leaves it as it is", async () => {
    const pots = sending(client, { ignoreOwnership: true });
    pots.setIdentifier("entity", "__type");
    expect((await pots.get({ id: "p1" }).go()).data).toEqual(item);
  });
});
