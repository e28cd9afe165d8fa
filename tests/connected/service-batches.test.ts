// Batches over the entities of a service on a database: 230 items of two entities in chunks, some of them held back, and two tables.
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Entity, Service } from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();
const indexes = {
  primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
} as const;
const attributes = {
  id: { type: "string", required: true },
  count: { type: "number" },
  tags: { type: "set", items: "string" },
  unit: { type: "string", default: "mm", get: (unit?: string) => unit?.toUpperCase() },
} as const;
const named = (entity: string) => ({ entity, version: "1", service: "lab" });
const probeModel = { model: named("probe"), attributes, indexes } as const;
const noteModel = { model: named("note"), attributes, indexes } as const;

const Probe = new Entity(probeModel, { client, table });
const Note = new Entity(noteModel, { client, table });
const Lab = new Service({ probe: Probe, note: Note });
await createTable([Probe, Note]);

const ids = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ id: `${from + at}` }));
const NONE = { put: [], delete: [] };

test("230 items of two entities, written and read in the order of the batch", async () => {
  const { unprocessed } = await Lab.batch
    .write(({ probe, note }) => [
      probe.put(ids(115).map(({ id }) => ({ id, count: Number(id), tags: ["a"] }))),
      note.put(ids(114).map(({ id }) => ({ id, count: -Number(id) }))),
      note.put({ id: "last" }),
    ])
    .go({ concurrent: 3 });
  expect(unprocessed).toEqual({ probe: NONE, note: NONE });
  const asked = ids(120).reverse();
  const { data } = await Lab.batch
    .get([{ probe: asked }, { note: { id: "last" } }, { note: asked }, { probe: { id: "nobody" } }])
    .go({ concurrent: 2, consistent: true });
  const [probes, last, notes, nobody] = data;
  expect(probes.map((probe) => probe?.count ?? null)).toEqual(
    asked.map(({ id }) => (Number(id) < 115 ? Number(id) : null)),
  );
  expect(notes.map((note) => note?.count ?? null)).toEqual(
    asked.map(({ id }) => (Number(id) < 114 ? 0 - Number(id) : null)),
  );
  expect([last, nobody]).toEqual([{ id: "last", unit: "MM" }, null]);
  expect([...(probes.at(-1)?.tags ?? [])]).toEqual(["a"]);
  const some = await Lab.batch
    .get([{ note: { id: "last" } }, { probe: { id: "7" } }])
    .go({ attributes: ["unit"], preserveBatchOrder: false });
  expect(some.data).toEqual({ probe: [{ unit: "MM" }], note: [{ unit: "MM" }] });
});

test("the drop-in reads and deletes the same items", async () => {
  const Others = new dropIn.Service(
    { probe: new dropIn.Entity(probeModel), note: new dropIn.Entity(noteModel) },
    { client, table },
  );
  const { data } = await Others.batch.get([{ probe: [{ id: "1" }, { id: "x" }] }]).go();
  expect(data[0].map((probe) => probe?.count ?? null)).toEqual([1, null]);
  await Others.batch.write(({ probe }) => [probe.delete({ id: "1" })]).go();
  expect((await Probe.get({ id: "1" }).go()).data).toBeNull();
});

test("what is held back comes back by entity, and is done by another batch of it", async () => {
  let held = 20;
  const busy = DynamoDBDocumentClient.from(client);
  const send = busy.send.bind(busy) as (command: { input: Writes }) => Promise<object>;
  interface Writes {
    RequestItems: Record<string, object[]>;
  }
  const holding = {
    async send(command: { input: Writes }) {
      const writes = command.input.RequestItems[table] as object[];
      const kept = writes.slice(-Math.min(held, writes.length - 1));
      if (held === 0) return await send(command);
      held -= kept.length;
      const RequestItems = { [table]: writes.slice(0, writes.length - kept.length) };
      command.input.RequestItems = RequestItems;
      return { ...(await send(command)), UnprocessedItems: { [table]: kept } };
    },
  };
  const client2 = holding as never;
  const deleted = ids(20, 40);
  let { unprocessed } = await Lab.batch
    .write([Probe.put(ids(15, 500)), Note.delete(deleted)])
    .go({ client: client2 });
  expect(unprocessed.probe.put.length + unprocessed.note.delete.length).toBe(20);
  for (let rounds = 0; rounds < 5; rounds++) {
    const { probe, note } = unprocessed;
    ({ unprocessed } = await Lab.batch
      .write([Probe.put(probe.put), Note.delete(note.delete)])
      .go({ client: client2 }));
  }
  expect(unprocessed).toEqual({ probe: NONE, note: NONE });
  const { data } = await Lab.batch.get([{ probe: ids(15, 500) }, { note: deleted }]).go();
  expect(data[0].every((probe) => probe?.unit === "MM")).toBe(true);
  expect(data[1]).toEqual(deleted.map(() => null));
});

test("two tables in one request", async () => {
  const second = tableName();
  const Far = new Entity(noteModel, { client, table: second });
  await createTable([Far]);
  // A service has one table; an entity of it may be sent elsewhere later.
  const Moving = new Entity(noteModel, { client, table });
  const Both = new Service({ probe: Probe, note: Moving });
  Moving.setTableName(second);
  const batch = Both.batch.write([Probe.put({ id: "near" }), Moving.put({ id: "near", count: 2 })]);
  expect(Object.keys(batch.params()[0]?.RequestItems ?? {})).toEqual([table, second]);
  await batch.go();
  expect((await Far.get({ id: "near" }).go()).data?.count).toBe(2);
  const { data } = await Both.batch.get([{ note: { id: "near" } }, { probe: { id: "near" } }]).go();
  expect(data).toEqual([
    { id: "near", count: 2, unit: "MM" },
    { id: "near", unit: "MM" },
  ]);
});
