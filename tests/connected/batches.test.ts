// Batches on a database: 230 items put, read and deleted in chunks, with an older library's items and with some of them held back.
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Entity as OracleEntity } from "electrodb";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { Entity } from "electroxide";
import { beforeAll, describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

const model = {
  model: { entity: "reading", version: "1", service: "lab" },
  attributes: {
    sensor: { type: "string", required: true },
    at: { type: "number", required: true },
    value: { type: "number", field: "v" },
    tags: { type: "set", items: "string" },
    unit: { type: "string", default: "mm", get: (unit?: string) => unit?.toUpperCase() },
    secret: { type: "string", hidden: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["sensor"] }, sk: { field: "sk", composite: ["at"] } },
    byUnit: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["unit"] },
      sk: { field: "gsi1sk", composite: ["value"] },
    },
  },
} as const;

const Reading = new Entity(model, { client, table });
const Other = new DropInEntity(model, { client, table });

const COUNT = 230;
const key = (at: number) => ({ sensor: `S${at % 7}`, at });
const keys = (count: number) => Array.from({ length: count }, (_, at) => key(at));
const item = (at: number) => ({ ...key(at), value: at / 2, tags: [`t${at % 3}`] });
const items = Array.from({ length: COUNT }, (_, at) => item(at));
const read = (at: number) => ({ ...key(at), value: at / 2, tags: [`t${at % 3}`], unit: "MM" });

/** Sets come back as Sets or as lists by the client's make; here only their members count. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_name, part: unknown) => (part instanceof Set ? [...part] : part)),
  ) as unknown;

beforeAll(async () => {
  await createTable([Reading]);
  expect(await Reading.put(items).go({ concurrent: 3 })).toEqual({ unprocessed: [] });
});

describe("230 items", () => {
  test("come back in the order of their keys", async () => {
    const asked = keys(COUNT + 5).reverse();
    const { data, unprocessed } = await Reading.get(asked).go({ concurrent: 2, consistent: true });
    expect(unprocessed).toEqual([]);
    const wanted = asked.map(({ at }) => (at < COUNT ? read(at) : null));
    expect(plain(data)).toEqual(wanted);
  });

  test("come back as ElectroDB gives them, in the drop-in", async () => {
    const theirs = new OracleEntity(model as never, { client, table }) as unknown as typeof Other;
    const options = { preserveBatchOrder: true };
    const asked = keys(COUNT + 5);
    const ours = await Other.get(asked).go(options);
    expect(plain(ours)).toEqual(plain(await theirs.get(asked).go(options)));
    const found = await Other.get(asked).go();
    expect(found.data).toHaveLength(COUNT);
  });

  test("are in their indexes", async () => {
    const { data } = await Reading.query.byUnit({ unit: "mm" }).go({ pages: "all" });
    expect(data).toHaveLength(COUNT);
  });

  test("are the ones that ElectroDB reads", async () => {
    const theirs = new OracleEntity(model as never, { client, table }) as unknown as typeof Other;
    const { data } = await theirs.get(key(17)).go();
    expect(plain(data)).toEqual(read(17));
  });

  test("with some of their attributes", async () => {
    const { data } = await Reading.get(keys(3)).go({ attributes: ["value"] });
    expect(data).toEqual([{ value: 0 }, { value: 0.5 }, { value: 1 }]);
  });
});

describe("what is held back", () => {
  type Send = (command: { input: Loose }) => Promise<Loose>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Loose = any;

  /** A client that passes over every third item of a batch and hands it back, as DynamoDB does when it is busy. */
  function busyClient() {
    const inner = DynamoDBDocumentClient.from(client);
    const isHeld = (_: unknown, at: number) => at % 3 === 2;
    const isTaken = (_: unknown, at: number) => at % 3 !== 2;
    const send: Send = async (command) => {
      const part: Loose = command.input.RequestItems[table];
      const isRead = !Array.isArray(part);
      const all: unknown[] = isRead ? part.Keys : part;
      const rest = isRead ? { ...part, Keys: all.filter(isTaken) } : all.filter(isTaken);
      command.input.RequestItems = { [table]: rest };
      const response: Loose = await inner.send(command as never);
      const held = all.filter(isHeld);
      if (held.length === 0) return response;
      return isRead
        ? { ...response, UnprocessedKeys: { [table]: { Keys: held } } }
        : { ...response, UnprocessedItems: { [table]: held } };
    };
    return { send };
  }

  test("is read by asking again for what was left", async () => {
    const busy = busyClient();
    const { data, unprocessed } = await Reading.get(keys(150)).go({ client: busy });
    expect(unprocessed).toEqual(
      [...keys(100), ...keys(150).slice(100)].filter((_, at) =>
        at < 100 ? at % 3 === 2 : (at - 100) % 3 === 2,
      ),
    );
    expect(data.filter((found) => found === null)).toHaveLength(unprocessed.length);
    const second = await Reading.get(unprocessed).go();
    expect(second.data.map((found) => found?.at)).toEqual(unprocessed.map(({ at }) => at));
  });

  test("is written by putting again what was left, with all that was given", async () => {
    const busy = busyClient();
    const secret = keys(30).map(({ at }) => ({ sensor: "busy", at, secret: `s${at}` }));
    let left = (await Reading.put(secret).go({ client: busy })).unprocessed;
    expect(left).toHaveLength(9);
    while (left.length > 0) left = (await Reading.put(left).go({ client: busy })).unprocessed;
    const { data } = await Reading.get(secret).go({ includeHidden: true, consistent: true });
    expect(data.map((found) => found?.secret)).toEqual(secret.map((one) => one.secret));
  });

  test("is deleted by deleting again what was left", async () => {
    const busy = busyClient();
    let left = (await Reading.delete(keys(60)).go({ client: busy })).unprocessed;
    expect(left).toHaveLength(19);
    while (left.length > 0) left = (await Reading.delete(left).go({ client: busy })).unprocessed;
    const { data } = await Reading.get(keys(62)).go({ consistent: true });
    expect(data.map((found) => found?.at ?? null)).toEqual([
      ...Array.from({ length: 60 }, () => null),
      60,
      61,
    ]);
  });
});

test("what the database refuses is an error with the request", async () => {
  const large = "x".repeat(410_000);
  const error: { code?: number; params?: () => unknown } = await Reading.put([
    { ...key(1), secret: large },
  ])
    .go()
    .then(
      () => ({}),
      (thrown: object) => thrown,
    );
  expect(error.code).toBe(5001);
  expect(JSON.stringify(error.params?.())).toContain(large);
});
