// Batches over the entities of a service, in both entries, with a client that keeps items in memory and can leave some undone.
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal.js";

const entries: [string, Loose][] = [
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
];

/** A table in memory: which keys it leaves undone, a test says. */
function memory() {
  const items = new Map<string, Loose>();
  const sent: Loose[] = [];
  let isUndone = (_key: Loose): boolean => false;
  const textOf = ({ pk, sk }: Loose) => `${pk} ${sk}`;
  const answers: Loose = {
    BatchGetCommand(input: Loose) {
      const Responses: Loose = {};
      const UnprocessedKeys: Loose = {};
      for (const [table, { Keys }] of Object.entries<Loose>(input.RequestItems)) {
        const found = Keys.filter((key: Loose) => !isUndone(key)).map((key: Loose) =>
          items.get(textOf(key)),
        );
        // DynamoDB answers in no order.
        Responses[table] = found.filter((item: unknown) => item !== undefined).reverse();
        const undone = Keys.filter((key: Loose) => isUndone(key));
        if (undone.length > 0) UnprocessedKeys[table] = { Keys: undone };
      }
      return { Responses, UnprocessedKeys };
    },
    BatchWriteCommand(input: Loose) {
      const UnprocessedItems: Loose = {};
      for (const [table, writes] of Object.entries<Loose>(input.RequestItems)) {
        for (const write of writes) {
          const stored = write.PutRequest?.Item ?? write.DeleteRequest.Key;
          if (isUndone(stored)) (UnprocessedItems[table] ??= []).push(write);
          else if (write.PutRequest) items.set(textOf(stored), stored);
          else items.delete(textOf(stored));
        }
      }
      return { UnprocessedItems };
    },
  };
  const client = {
    send: async (command: Loose) => {
      sent.push(command.input);
      return answers[command.constructor.name](command.input);
    },
  };
  const leave = (undone: typeof isUndone) => {
    isUndone = undone;
  };
  return { client, sent, items, leave };
}

function place(library: Loose, tables: { user?: string; session?: string } = {}) {
  const store = memory();
  const trace: string[] = [];
  const entity = (name: string, more: Loose = {}, table = "app"): Loose =>
    new library.Entity(
      {
        model: { entity: name, service: "app", version: "1" },
        attributes: {
          id: { type: "string", required: true },
          count: {
            type: "number",
            set: (value: unknown) => {
              trace.push(`${name} set ${String(value)}`);
              return value;
            },
          },
          made: { type: "string", default: () => "default" },
          secret: { type: "string", hidden: true },
          shout: { type: "string", get: (value?: string) => value?.toUpperCase() },
          ...more,
        },
        indexes: {
          main: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
        },
      },
      { client: store.client, table },
    );
  const user = entity("user", { label: { type: "string", field: "l" } }, tables.user);
  const session = entity("session", { place: { type: "string" } }, tables.session);
  return { ...store, trace, user, session };
}

/** The refusal of a call, in a few words. */
async function refusal(run: () => unknown): Promise<[code: number, message: string]> {
  try {
    await run();
  } catch (error) {
    const { code, message } = error as { code: number; message: string };
    return [code, message];
  }
  return [0, "nothing was refused"];
}

const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `${from + at}` }));

describe.each(entries)("%s", (name, library) => {
  const isMain = name === "electroxide";
  const open = (tables?: { user?: string; session?: string }) => {
    const made = place(library, tables);
    const { user, session } = made;
    const service: Loose = new library.Service({ user, session });
    return { ...made, service };
  };

  test("what is put is read at its own position, whatever form it is asked in", async () => {
    const { service, user, session } = open();
    const written = service.batch.write(({ user: u, session: s }: Loose) => [
      u.put({ id: "1", count: 1, shout: "ho" }),
      s.put([{ id: "1" }, { id: "2", secret: "x" }]),
    ]);
    const none = { put: [], delete: [] };
    expect(await written.go()).toEqual({ unprocessed: { user: none, session: none } });
    const ada = { id: "1", count: 1, made: "default", shout: "HO" };
    const first = { id: "1", made: "default" };
    const second = { id: "2", made: "default" };
    const unprocessed = { user: [], session: [] };
    const keys = [{ session: { id: "2" } }, { user: { id: "9" } }, { user: { id: "1" } }];
    expect(await service.batch.get(keys).go()).toEqual({ data: [second, null, ada], unprocessed });
    const lists = await service.batch
      .get((app: Loose) => [
        app.session.get([{ id: "9" }, { id: "2" }, { id: "1" }]),
        app.user.get({ id: "1" }),
      ])
      .go();
    expect(lists).toEqual({ data: [[null, second, first], ada], unprocessed });
    const chains = [user.get({ id: "1" }), session.get([])];
    expect((await service.batch.get(chains).go()).data).toEqual([ada, []]);
    const listed = [{ session: [{ id: "1" }, { id: "3" }] }, { user: [{ id: "1" }] }];
    expect((await service.batch.get(listed).go()).data).toEqual([[first, null], [ada]]);
    const removed = [user.delete({ id: "1" }), session.delete([{ id: "1" }])];
    await service.batch.write(removed).go();
    expect((await service.batch.get(listed).go()).data).toEqual([[null, null], [null]]);
  });

  test("chunks hold items of all entities, and every item is answered", async () => {
    const { service, sent, items } = open();
    const both = ({ user, session }: Loose) => [user.put(ids(0, 60)), session.put(ids(0, 60))];
    await service.batch.write(both).go({ concurrent: 2 });
    expect(sent.map(({ RequestItems }) => RequestItems.app.length)).toEqual([25, 25, 25, 25, 20]);
    expect(items.size).toBe(120);
    const read = ({ user, session }: Loose) => [user.get(ids(0, 70)), session.get(ids(0, 60))];
    const { data } = await service.batch.get(read).go({ concurrent: 2 });
    expect(sent.slice(5).map(({ RequestItems }) => RequestItems.app.Keys.length)).toEqual([
      100, 30,
    ]);
    const read0 = data[0].map((item: Loose) => item?.id ?? null);
    expect(read0).toEqual([...ids(0, 60).map(({ id }) => id), ...Array<null>(10).fill(null)]);
    expect(data[1].map(({ id }: Loose) => id)).toEqual(ids(0, 60).map(({ id }) => id));
    expect(service.batch.get(read).params()).toHaveLength(2);
    expect(service.batch.write(both).params()).toHaveLength(5);
  });

  test("entities of several tables share requests, and equal keys in them are two", async () => {
    const { service, sent, user, session } = open({ user: "app", session: "app" });
    session.setTableName("other");
    await service.batch.write([user.put({ id: "1" }), session.put({ id: "1" })]).go();
    expect(Object.keys(sent[0].RequestItems)).toEqual(["app", "other"]);
    const { data } = await service.batch.get([{ session: { id: "1" } }, { user: { id: "1" } }]).go({
      params: { ReturnConsumedCapacity: "TOTAL", ConsistentRead: true },
    });
    expect(data).toEqual([
      { id: "1", made: "default" },
      { id: "1", made: "default" },
    ]);
    expect(sent[1]).toEqual({
      ReturnConsumedCapacity: "TOTAL",
      RequestItems: {
        other: { ConsistentRead: true, Keys: [{ pk: "$app#id_1", sk: "$session_1" }] },
        app: { ConsistentRead: true, Keys: [{ pk: "$app#id_1", sk: "$user_1" }] },
      },
    });
    const moved = service.batch.get([{ session: { id: "1" } }]).params({ table: "third" });
    expect(Object.keys(moved[0].RequestItems)).toEqual(["third"]);
  });

  test("what is left undone comes back by entity, in the form in which it was given", async () => {
    const { service, leave, items } = open();
    leave(({ pk }) => ["$app#id_1", "$app#id_2"].includes(pk));
    const write = ({ user, session }: Loose) => [
      user.put([{ id: "1", count: 4, secret: "s" }, { id: "5" }]),
      session.delete({ id: "2" }),
      session.put({ id: "1", shout: "low" }),
    ];
    const { unprocessed } = await service.batch.write(write).go();
    expect(unprocessed).toEqual({
      user: { put: [{ id: "1", count: 4, secret: "s", made: "default" }], delete: [] },
      session: { put: [{ id: "1", shout: "low", made: "default" }], delete: [{ id: "2" }] },
    });
    expect(items.size).toBe(1);
    const raw = await service.batch.write(write).go({ unprocessed: "raw" });
    expect(raw.unprocessed.session.delete).toEqual([{ pk: "$app#id_2", sk: "$session_1" }]);
    expect(raw.unprocessed.user.put[0]).toMatchObject({ pk: "$app#id_1", __edb_e__: "user" });
    const keys = [{ user: [{ id: "1" }, { id: "5" }] }, { session: { id: "2" } }];
    const read = await service.batch.get(keys).go();
    expect(read).toEqual({
      data: [[null, { id: "5", made: "default" }], null],
      unprocessed: { user: [{ id: "1" }], session: [{ id: "2" }] },
    });
    const stored = await service.batch.get(keys).go({ unprocessed: "raw" });
    expect(stored.unprocessed.user).toEqual([{ pk: "$app#id_1", sk: "$user_1" }]);
    leave(() => false);
    const again = await service.batch
      .write(({ user, session }: Loose) => [
        user.put(unprocessed.user.put),
        session.put(unprocessed.session.put),
        session.delete(unprocessed.session.delete),
      ])
      .go();
    expect(again.unprocessed.user).toEqual({ put: [], delete: [] });
    expect(items.size).toBe(3);
  });

  test("without the order, what was found comes by entity", async () => {
    const { service, user, session } = open();
    await service.batch.write([user.put(ids(0, 2)), session.put({ id: "0" })]).go();
    const keys = [{ user: ids(0, 4) }, { session: { id: "0" } }, { session: { id: "8" } }];
    const { data } = await service.batch.get(keys).go({ preserveBatchOrder: false });
    expect(Object.keys(data)).toEqual(["user", "session"]);
    expect(data.user.map(({ id }: Loose) => id).sort()).toEqual(["0", "1"]);
    expect(data.session).toEqual([{ id: "0", made: "default" }]);
  });

  test("attributes are asked of the entities that have them", async () => {
    const { service, user, session, sent } = open();
    const both = [user.put({ id: "1", label: "a" }), session.put({ id: "1", place: "b" })];
    await service.batch.write(both).go();
    const keys = [{ user: { id: "1" } }, { session: { id: "1" } }];
    const { data } = await service.batch.get(keys).go({ attributes: ["label", "made"] });
    expect(data).toEqual([{ label: "a", made: "default" }, { made: "default" }]);
    const { ProjectionExpression, ExpressionAttributeNames } = sent[1].RequestItems.app;
    const fields = ProjectionExpression.split(", ").map(
      (field: string) => ExpressionAttributeNames[field],
    );
    expect(fields).toEqual(["pk", "sk", "l", "made", "__edb_e__", "__edb_v__"]);
    const only = await service.batch.get(keys).go({ attributes: ["label"] });
    expect(only.data).toEqual([{ label: "a" }, {}]);
    const hidden = await service.batch.get(keys).go({ data: "includeKeys" });
    expect(hidden.data[0]).toMatchObject({ pk: "$app#id_1", sk: "$user_1", id: "1" });
    const raw = await service.batch.get(keys).go({ data: "raw" });
    expect(raw.data[1]).toMatchObject({ Item: { place: "b", __edb_e__: "session" } });
  });

  test("hooks run in the order of the batch, and items of other entities are none", async () => {
    const { service, user, session, trace, items } = open();
    const write = [user.put({ id: "1", count: 1 }), session.put({ id: "1", count: 2 })];
    await service.batch.write([...write, user.put([{ id: "2", count: 3 }])]).go();
    expect(trace.filter((line) => !line.endsWith("undefined"))).toEqual([
      "user set 1",
      "session set 2",
      "user set 3",
    ]);
    Object.assign(items.get("$app#id_1 $user_1"), { __edb_e__: "other" });
    const keys = [{ user: { id: "1" } }, { session: { id: "1" } }];
    const strict = await service.batch.get(keys).go();
    expect(strict.data.map((item: Loose) => item?.count ?? null)).toEqual([null, 2]);
    const loose = await service.batch.get(keys).go({ ignoreOwnership: true });
    expect(loose.data.map((item: Loose) => item?.count ?? null)).toEqual([1, 2]);
  });

  test("listeners, the client and the signal of a call", async () => {
    const { service, user, sent } = open();
    const events: string[] = [];
    const logger = ({ type, method }: Loose) => events.push(`${type} ${method}`);
    await service.batch.get([{ user: { id: "1" } }]).go({ logger });
    await service.batch.write([user.put(ids(0, 26))]).go({ listeners: [logger] });
    expect(events).toEqual([
      ...["query batchGet", "results batchGet"],
      ...["query batchWrite", "results batchWrite", "query batchWrite", "results batchWrite"],
    ]);
    const before = sent.length;
    const other = memory();
    await service.batch.write([user.put({ id: "7" })]).go({ client: other.client });
    expect([sent.length, other.items.size]).toEqual([before, 1]);
    const aborted = AbortSignal.abort();
    const called = () => service.batch.get([{ user: { id: "1" } }]).go({ abortSignal: aborted });
    expect((await refusal(called))[0]).toBe(isMain ? 5002 : 4002);
    expect(sent).toHaveLength(before);
  });

  test("an empty batch sends nothing", async () => {
    const { service, sent } = open();
    const unprocessed = { user: [], session: [] };
    expect(await service.batch.get([]).go()).toEqual({ data: [], unprocessed });
    const none = { put: [], delete: [] };
    expect(await service.batch.write(() => []).go()).toEqual({
      unprocessed: { user: none, session: none },
    });
    expect(sent).toEqual([]);
  });

  test("a failure of DynamoDB answers its request", async () => {
    const { service } = open();
    const cause = Object.assign(new Error("no"), { name: "ThrottlingException" });
    const client = { send: () => Promise.reject(cause) };
    const batch = service.batch.get([{ user: { id: "1" } }]);
    const error = await batch.go({ client }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: isMain ? 5001 : 4001, cause });
    expect(error.params()).toEqual(batch.params()[0]);
    const odd = { send: async () => ({ Responses: { app: [{ pk: "x", sk: "y" }] } }) };
    const [, message] = await refusal(() => batch.go({ client: odd }));
    expect(message).toContain("a key that the batch has not asked about");
  });

  const wrong: [string, (app: Loose) => unknown, number, string][] = [
    ["create", ({ user }) => user.create({ id: "1" }), 1010, "takes no `create`"],
    ["remove", ({ user }) => user.remove({ id: "1" }), 1010, "Use `delete`"],
    ["upsert", ({ user }) => user.upsert({ id: "1" }), 1010, "takes no `upsert`"],
    ["update", ({ user }) => user.update({ id: "1" }).set({ count: 1 }), 1010, "no `update`"],
    ["patch", ({ user }) => user.patch({ id: "1" }).set({ count: 1 }), 1010, "no `patch`"],
    ["check", ({ user }) => user.check({ id: "1" }), 1010, "takes no `check`"],
    ["get", ({ user }) => user.get({ id: "1" }), 1010, "takes no `get`"],
    ["many gets", ({ user }) => user.get([{ id: "1" }]), 1010, "takes no `get`"],
    ["scan", ({ user }) => user.scan, 1010, "takes no `scan`"],
    [
      "a condition",
      ({ user }) => user.put({ id: "1" }).where(({ count }: Loose, { eq }: Loose) => eq(count, 1)),
      ...([1010, "DynamoDB has no conditions"] as const),
    ],
    [
      "a condition on many",
      ({ user }) => user.delete([{ id: "1" }]).where(({ id }: Loose, { eq }: Loose) => eq(id, "1")),
      ...([1010, "takes no `where`"] as const),
    ],
    ["commit", ({ user }) => user.put({ id: "1" }).commit(), 1010, "leave out `commit`"],
    ["params", ({ user }) => user.put({ id: "1" }).params(), 1010, "neither a `put` nor a"],
    ["a promise", () => Promise.resolve(), 1010, "this is a promise"],
    ["a list", ({ user }) => [user.put({ id: "1" })], 1010, "this is a list"],
    ["nothing", () => undefined, 1010, "neither a `put` nor a `delete`"],
    ["null", () => null, 1010, "neither a `put` nor a `delete`"],
  ];
  test.each(wrong)("a batch write takes no %s", async (_, entry, code, message) => {
    const { service, user, sent } = open();
    const batch = service.batch.write((app: Loose) => [user.put({ id: "0" }), entry(app)]);
    const [seen, text] = await refusal(() => batch.go());
    expect(text).toContain(message);
    expect(text).toContain("At position 1");
    expect([seen, sent.length]).toEqual([code, 0]);
    expect(() => batch.params()).toThrow(message);
  });

  test("a batch get refuses what is no get", async () => {
    const { service, user } = open();
    const of = (entry: unknown) => refusal(() => service.batch.get([entry]).go());
    expect((await of(user.put({ id: "1" })))[1]).toContain("a batch get takes no `put`");
    expect((await of({ user: { id: "1" }, session: { id: "1" } }))[1]).toContain("one entity");
    expect((await of({}))[1]).toContain("one entity");
    expect((await of(JSON.parse('{"__proto__": {"id": "1"}}')))[1]).toContain("no entity");
    const holes = new Array<unknown>(3);
    expect((await refusal(() => service.batch.get(holes).go()))[1]).toContain("At position 0");
    expect((await of({ usr: { id: "1" } }))[1]).toContain("did you mean `user`?");
    expect((await of(7))[1]).toContain("no `get` and no `{ entity: key }`");
    expect((await of({ user: {} }))[1]).toContain("At position 0");
    expect((await refusal(() => service.batch.get("all").params()))[1]).toContain("needs a list");
    const awaited = () => service.batch.get(async () => Promise.resolve([])).params();
    expect((await refusal(awaited))[1]).toContain("not a promise");
    const thrown = new Error("mine");
    const throwing = () => {
      throw thrown;
    };
    const error = await service.batch
      .get(throwing)
      .go()
      .catch((caught: unknown) => caught);
    expect(isMain ? error.cause : error).toBe(thrown);
  });

  test("equal keys are refused with both positions, and a foreign entity is, too", async () => {
    const { service, user, sent } = open();
    const twice = [user.put({ id: "1" }), user.put([{ id: "2" }, { id: "1" }])];
    expect(await refusal(() => service.batch.write(twice).go())).toEqual([
      1010,
      expect.stringContaining("Positions 0 and 1[1] of the batch have the same key"),
    ]);
    const both = [user.put({ id: "1" }), user.delete({ id: "1" })];
    expect((await refusal(() => service.batch.write(both).go()))[1]).toContain("0 and 1 ");
    const foreign = place(library).user;
    const strange = await refusal(() => service.batch.write([foreign.put({ id: "1" })]).go());
    expect(strange).toEqual([1009, expect.stringContaining("none of those of the service")]);
    expect(sent).toEqual([]);
  });

  test("options that would be lost are refused", async () => {
    const { service, user } = open();
    const write = (options: Loose) =>
      refusal(() => service.batch.write([user.put(ids(1, 1))]).go(options));
    const get = (options: Loose) =>
      refusal(() => service.batch.get([{ user: { id: "1" } }]).go(options));
    expect((await write({ conditions: { id: "1" } }))[0]).toBe(1010);
    expect((await get({ conditions: { id: "1" } }))[0]).toBe(1010);
    expect((await get({ unprocessed: "row" }))[0]).toBe(1010);
    expect((await get({ concurrent: 0 }))[1]).toContain("`concurrent`");
    if (!isMain) return;
    expect((await get({ table: 7 }))[1]).toContain("table");
    expect((await write({ response: "all_old" }))[1]).toContain("DynamoDB answers no values");
    expect((await get({ attribute: [] }))[1]).toContain("did you mean `attributes`?");
    expect((await get({ cursor: "x" }))[1]).toContain("has no option `cursor`");
    expect((await get({ attributes: ["cuont"] }))[0]).toBe(4004);
    expect((await get({ preserveBatchOrder: 1 }))[1]).toContain("boolean");
    expect((await get(5))[1]).toContain("an object");
  });

  test("what is wrong with an item says where it stands", async () => {
    const { service, user, session } = open();
    const one = [user.put({ id: "1" }), session.put({ id: "1", count: "x" })];
    const error = await service.batch
      .write(one)
      .go()
      .catch((thrown: unknown) => thrown);
    expect(error.message).toContain("At position 1: ");
    expect(error.fields[0].field).toBe("count");
    const many = [user.put([{ id: "1" }, {}])];
    const [, message] = await refusal(() => service.batch.write(many).go());
    expect(message).toContain("At position 0: At position 1: ");
    // What is wrong first is said first.
    const later = [user.put({ id: "1", count: "x" }), user.put([5])];
    const [, first] = await refusal(() => service.batch.write(later).go());
    expect(first).toContain("At position 0: ");
  });

  test("without a client, a clear refusal with the request", async () => {
    const model = (entity: string) => ({
      model: { entity, service: "app", version: "1" },
      attributes: { id: { type: "string" } },
      indexes: { main: { pk: { field: "pk", composite: ["id"] } } },
    });
    const user = new library.Entity(model("user"), { table: "app" });
    const service = new library.Service({ user });
    const error = await service.batch
      .get([{ user: { id: "1" } }])
      .go()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 1001 });
    expect(error.params().RequestItems.app.Keys).toEqual([{ pk: "$app$user_1#id_1" }]);
  });
});
