// Transactions without a database: what is sent, and what becomes of the answers.
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal.js";
import { refusalOf } from "./bad-input-refusal.js";
import { cancelled, place, stored } from "./transaction-place.js";

describe("what is sent", () => {
  const written = ({ user, session }: Loose) => [
    user.put({ id: "1", tags: ["a"] }),
    user.create({ id: "2" }).commit({ response: "all_old", conditions: { exists: false } }),
    user.upsert({ id: "3", count: 1 }),
    session
      .update({ id: "4" })
      .set({ count: 2 })
      .commit({ conditions: { count: 1 } }),
    session.patch({ id: "5" }).add({ count: 2 }).commit({ table: "other" }),
    session.delete({ id: "6" }).where((a: Loose, op: Loose) => op.lt(a.count, 3)),
    session.remove({ id: "7" }).commit({ params: { Extra: true } }),
    session
      .check({ id: "8" })
      .commit({ conditions: [{ exists: true }, { count: 4 }], response: "none" }),
  ];

  test("one command with every item under its action", async () => {
    const { service, sent } = place();
    await service.transaction
      .write(written)
      .go({ token: "once", params: { ReturnConsumedCapacity: "TOTAL" } });
    expect(sent.map((command) => command.constructor.name)).toEqual(["TransactWriteCommand"]);
    const { TransactItems: items, ...rest } = sent[0].input;
    expect(rest).toEqual({ ClientRequestToken: "once", ReturnConsumedCapacity: "TOTAL" });
    expect(items.map((item: Loose) => Object.keys(item).join())).toEqual([
      ...["Put", "Put", "Update", "Update", "Update", "Delete", "Delete", "ConditionCheck"],
    ]);
    expect(items[0].Put.Item.tags).toEqual(new Set(["a"]));
    expect(items[1].Put).toMatchObject({
      ConditionExpression: "attribute_not_exists(#pk) AND attribute_not_exists(#sk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    expect(items[1].Put).not.toHaveProperty("ReturnValues");
    expect(items[3].Update.ConditionExpression).toBe("#count = :count0");
    expect(items.map((item: Loose) => (Object.values(item)[0] as Loose).TableName)).toEqual([
      ...["app", "app", "app", "app", "other", "app", "app", "app"],
    ]);
    expect(items[5].Delete.ConditionExpression).toBe("#count < :count0");
    expect(items[6].Delete.Extra).toBe(true);
    expect(items[7].ConditionCheck).toMatchObject({
      Key: { pk: "$app#id_8", sk: "$session_1" },
      ConditionExpression: "attribute_exists(#pk) AND attribute_exists(#sk) AND #count = :count0",
      ReturnValuesOnConditionCheckFailure: "NONE",
    });
  });

  test("the same with and without `commit`, from a service and without one", () => {
    const { service, entities } = place();
    const plain = service.transaction.write((app: Loose) => [app.user.put({ id: "1" })]).params();
    const ended = service.transaction
      .write((app: Loose) => [app.user.put({ id: "1" }).commit()])
      .params();
    const alone = main.createWriteTransaction(entities as Loose, (app: Loose) => [
      app.user.put({ id: "1" }),
    ]);
    expect(ended).toEqual(plain);
    expect(alone.params()).toEqual(plain);
  });

  test("keys by entity are gets in their order", async () => {
    const { service, sent } = place();
    const keys = [{ session: { id: "2" } }, { user: { id: "1" } }];
    const byCallback = service.transaction.get((app: Loose) => [
      app.session.get({ id: "2" }),
      app.user.get({ id: "1" }),
    ]);
    expect(service.transaction.get(keys).params()).toEqual(byCallback.params());
    await service.transaction.get(keys).go();
    expect(sent.map((command) => command.constructor.name)).toEqual(["TransactGetCommand"]);
  });

  test("a projection asks for the identifiers, by which the item is known", async () => {
    const { service, sent, respond } = place();
    respond(() => ({ Responses: [{ Item: { __edb_e__: "user", __edb_v__: "1", count: 3 } }] }));
    const transaction = service.transaction.get((app: Loose) => [
      app.user.get({ id: "1" }).commit({ attributes: ["count"] }),
    ]);
    expect((await transaction.go()).data[0].item).toEqual({ count: 3 });
    const { ProjectionExpression, ExpressionAttributeNames } = sent[0].input.TransactItems[0].Get;
    const names = ProjectionExpression.split(", ").map(
      (name: string) => ExpressionAttributeNames[name],
    );
    expect(names).toEqual(["pk", "sk", "count", "__edb_e__", "__edb_v__"]);
  });

  test("hooks run once for each item, in the order of the items", () => {
    const ran: string[] = [];
    const counted = new main.Entity(
      {
        model: { entity: "counted", service: "app", version: "1" },
        attributes: {
          id: { type: "string", required: true },
          made: { type: "number", default: () => ran.push("default") },
          count: { type: "number", set: (value?: number) => (ran.push("set"), value) },
          seen: { type: "number", watch: ["count"], set: () => ran.push("watch") },
        },
        indexes: { main: { pk: { field: "pk", composite: ["id"] } } },
      },
      { table: "app" },
    );
    main
      .createWriteTransaction({ counted }, (app) => [
        app.counted.put({ id: "1", count: 1 }),
        app.counted.update({ id: "2" }).set({ count: 2 }),
      ])
      .params();
    expect(ran).toEqual(["default", "set", "watch", "set", "watch"]);
  });

  test("the client of the call, of the service, of an entity", async () => {
    const { service, entities, sent } = place();
    const own: Loose[] = [];
    const client = { send: async (command: Loose) => (own.push(command), {}) };
    await service.transaction.write((app: Loose) => [app.user.put({ id: "1" })]).go({ client });
    expect([own.length, sent.length]).toEqual([1, 0]);
    await main
      .createWriteTransaction(entities as Loose, (app: Loose) => [app.user.put({ id: "1" })])
      .go();
    expect(sent).toHaveLength(1);
  });
});

describe("what comes back", () => {
  test("a write that went through", async () => {
    const { service } = place();
    const result = await service.transaction
      .write((app: Loose) => [app.user.put({ id: "1" }), app.session.remove({ id: "2" })])
      .go();
    const item = { item: null, code: "None", rejected: false, message: undefined };
    expect(result).toEqual({ canceled: false, data: [item, item] });
  });

  test("items in the order of the keys, `null` for none and for another entity's", async () => {
    const { service, respond } = place();
    respond(() => ({
      Responses: [
        { Item: stored("user", { secret: "s", shout: "a" }) },
        {},
        { Item: stored("user") },
        null,
      ],
    }));
    const transaction = service.transaction.get([
      ...[
        { user: { id: "1" } },
        { user: { id: "2" } },
        { session: { id: "1" } },
        { user: { id: "4" } },
      ],
      { user: { id: "5" } },
    ]);
    const items = async (options?: object) =>
      (await transaction.go(options)).data.map(({ item }: Loose) => item);
    expect(await items()).toEqual([{ id: "1", shout: "A" }, null, null, null, null]);
    expect((await items({ includeHidden: true }))[0]).toEqual({ id: "1", secret: "s", shout: "A" });
    expect((await items({ data: "includeKeys" }))[0]).toMatchObject({ pk: "$app#id_1" });
  });

  const codes = [
    ...["ConditionalCheckFailed", "ItemCollectionSizeLimitExceeded", "TransactionConflict"],
    ...["ProvisionedThroughputExceeded", "ThrottlingError", "ValidationError", "AccessDenied"],
  ];
  for (const [entry, library] of Object.entries({ main, dropIn })) {
    test.each(codes)(`${entry}: a cancellation because of %s`, async (Code) => {
      const { service, respond } = place(library);
      respond(cancelled([{ Code: "None" }, { Code, Message: "told" }, {}]));
      const result = await service.transaction
        .write(({ user }: Loose) => [
          user.put({ id: "1" }),
          user.put({ id: "2" }),
          user.put({ id: "3" }),
        ])
        .go();
      const accepted = { rejected: false, code: "None", message: undefined, item: null };
      expect(result).toEqual({
        canceled: true,
        data: [accepted, { rejected: true, code: Code, message: "told", item: null }, accepted],
      });
    });
  }

  test("the stored item of a rejected write, as its entity shows it", async () => {
    const { service, respond } = place();
    const item = {
      ...{ __edb_e__: { S: "user" }, __edb_v__: { S: "1" }, id: { S: "1" }, count: { N: "2" } },
      ...{ secret: { S: "s" }, shout: { S: "a" }, tags: { SS: ["x"] }, pk: { S: "$app#id_1" } },
    };
    const reasons = Object.freeze([Object.freeze({ Code: "ConditionalCheckFailed", Item: item })]);
    respond(cancelled(reasons));
    const write = (entity: string) =>
      service.transaction.write((app: Loose) => [
        app[entity].put({ id: "1" }).commit({ response: "all_old" }),
      ]);
    const shown = { id: "1", count: 2, tags: ["x"], shout: "A" };
    expect((await write("user").go()).data[0].item).toEqual(shown);
    expect((await write("user").go({ includeHidden: true })).data[0].item).toEqual({
      ...shown,
      secret: "s",
    });
    expect((await write("session").go()).data[0].item).toBeNull();
    const raw = await write("user").go({ data: "raw" });
    expect(raw).toMatchObject({ canceled: true, data: { canceled: [{ Item: { count: 2 } }] } });
    expect(item.count).toEqual({ N: "2" });
  });

  test("every type of DynamoDB's notation", async () => {
    const { service, respond } = place();
    const bytes = new Uint8Array([1, 2]);
    const item = {
      list: { L: [{ N: "1.5" }, { M: { deep: { BOOL: true }, none: { NULL: true } } }] },
      big: { N: "12345678901234567890" },
      binary: { B: bytes },
      sets: { M: { n: { NS: ["1"] }, s: { SS: ["a"] }, b: { BS: [bytes] } } },
      ["__proto__"]: { S: "x" },
    };
    respond(cancelled([{ Code: "ConditionalCheckFailed", Item: item }]));
    const { data } = await service.transaction
      .write((app: Loose) => [app.user.put({ id: "1" })])
      .go({ data: "raw" });
    expect(data.canceled[0].Item).toEqual({
      list: [1.5, { deep: true, none: null }],
      big: 12345678901234567890n,
      binary: bytes,
      sets: { n: new Set([1]), s: new Set(["a"]), b: new Set([bytes]) },
      ["__proto__"]: "x",
    });
  });

  test("what is no cancellation rejects, and knows the request", async () => {
    const { service, respond } = place();
    const cause = Object.assign(new Error("again"), { name: "TransactionInProgressException" });
    respond(() => {
      throw cause;
    });
    const transaction = service.transaction.write((app: Loose) => [app.user.put({ id: "1" })]);
    const error = await refusalOf(() => transaction.go({ token: "t" }));
    expect(error).toMatchObject({ code: 5001, cause });
    expect((error as Loose).params()).toMatchObject({ ClientRequestToken: "t" });
    expect(await refusalOf(() => transaction.go({ originalErr: true }))).toBe(cause);
    const dropped = place(dropIn);
    dropped.respond(cancelled(undefined));
    const other = dropped.service.transaction.write((app: Loose) => [app.user.put({ id: "1" })]);
    expect(await refusalOf(() => other.go())).toMatchObject({ code: 4001 });
  });

  test("an aborted transaction is not sent", async () => {
    const { service, sent } = place();
    const transaction = service.transaction.write((app: Loose) => [app.user.put({ id: "1" })]);
    const error = await refusalOf(() => transaction.go({ abortSignal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 5002 });
    expect(sent).toHaveLength(0);
  });

  test("listeners of the entities and of the call are told", async () => {
    const { user, session, respond } = place();
    const told: string[] = [];
    const note = (who: string) => (event: Loose) =>
      told.push(`${who} ${event.type} ${event.method} ${event.success ?? ""}`.trim());
    const logged = new main.Entity(user.schema, {
      table: "app",
      client: place().client,
      logger: note("entity"),
    });
    respond(cancelled([{ Code: "None" }]));
    await main
      .createWriteTransaction({ logged, session } as Loose, (app: Loose) => [
        app.logged.put({ id: "1" }),
      ])
      .go({ listeners: [note("call")] });
    expect(told).toEqual([
      ...["entity query transactWrite", "call query transactWrite"],
      ...["entity results transactWrite true", "call results transactWrite true"],
    ]);
  });

  test("the drop-in resolves an empty transaction without sending it", async () => {
    const { service, sent } = place(dropIn);
    expect(await service.transaction.write(() => []).go()).toEqual({ canceled: false, data: [] });
    expect(sent).toHaveLength(0);
  });
});
