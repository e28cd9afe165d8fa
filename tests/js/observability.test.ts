// What loggers and listeners are told of every operation, in the drop-in as by electrodb itself; and what errors carry.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import * as electrodb from "electrodb";
import { describe, expect, test } from "vitest";
import * as dropIn from "electroxide/electrodb";
import * as main from "electroxide";
import { refusalOf, type Loose } from "./bad-input-refusal.js";

const model = {
  model: { entity: "task", version: "1", service: "app" },
  attributes: {
    id: { type: "string", required: true },
    count: { type: "number" },
    tags: { type: "set", items: "string" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
  },
} as const;

const copy = () => structuredClone(model) as Loose;
const stored = { pk: "$app#id_1", sk: "$task_1", id: "1", __edb_e__: "task", __edb_v__: "1" };

/** Every operation, as a chain that has only to be sent. */
const operations: [string, (entity: Loose) => Loose][] = [
  ["get", (e) => e.get({ id: "1" })],
  ["put", (e) => e.put({ id: "1", tags: ["a"] })],
  ["create", (e) => e.create({ id: "1" })],
  ["upsert", (e) => e.upsert({ id: "1", count: 2 })],
  ["update", (e) => e.update({ id: "1" }).set({ count: 2 })],
  ["patch", (e) => e.patch({ id: "1" }).add({ count: 2 })],
  ["delete", (e) => e.delete({ id: "1" })],
  ["remove", (e) => e.remove({ id: "1" })],
  ["query", (e) => e.query.primary({ id: "1" })],
  ["scan", (e) => e.scan],
  ["batch get", (e) => e.get([{ id: "1" }, { id: "2" }])],
  ["batch put", (e) => e.put([{ id: "1" }, { id: "2" }])],
  ["batch delete", (e) => e.delete([{ id: "1" }])],
];

/** What DynamoDB answers to a command, by the command's name. */
function answerTo(name: string): object {
  switch (name) {
    case "get":
      return { Item: stored };
    case "query":
    case "scan":
      return { Items: [stored] };
    case "batchGet":
      return { Responses: { t: [stored] }, UnprocessedKeys: {} };
    case "batchWrite":
      return { UnprocessedItems: {} };
    default:
      return {};
  }
}

const METHODS = [
  ...["get", "put", "delete", "update", "query", "scan"],
  ...["batchGet", "batchWrite", "transactGet", "transactWrite"],
];

class Failure extends Error {
  override name = "ProvisionedThroughputExceededException";
}

type Log = [string, unknown][];

/** Clients of three kinds, which send nothing and note what they are given. */
const clients: Record<string, (log: Log, fails: boolean) => Loose> = {
  "a client of SDK v3": (log, fails) => ({
    send(command: { constructor: { name: string }; input: unknown }) {
      const name = command.constructor.name.replace("Command", "");
      log.push([name, command.input]);
      const method = name.charAt(0).toLowerCase() + name.slice(1);
      return fails ? Promise.reject(new Failure("slow")) : Promise.resolve(answerTo(method));
    },
  }),
  "a DocumentClient of SDK v2": (log, fails) => ({
    createSet: (values: unknown[]) => ({ wrapperName: "Set", type: "String", values }),
    ...Object.fromEntries(
      METHODS.map((method) => [
        method,
        (params: unknown) => ({
          promise: () => {
            log.push([method, params]);
            return fails ? Promise.reject(new Failure("slow")) : Promise.resolve(answerTo(method));
          },
        }),
      ]),
    ),
  }),
};

/** What one library says and sends of an operation. */
async function observed(
  library: Loose,
  start: (entity: Loose) => Loose,
  {
    client: kind,
    fails = false,
    options = {},
  }: { client: string; fails?: boolean; options?: object },
) {
  const sent: Log = [];
  const told: unknown[] = [];
  const hear = (who: string) => (event: Loose) => {
    const results = event.results instanceof Error ? event.results.name : event.results;
    const config = Object.keys(event.config ?? {}).length > 0 ? "given" : "none";
    told.push({ who, ...event, results, config });
  };
  const client = clients[kind]?.(sent, fails);
  const entity = new library.Entity(copy(), {
    table: "t",
    client,
    logger: hear("logger"),
    listeners: [hear("first"), hear("second")],
  });
  const chain = start(entity);
  let outcome: unknown;
  try {
    outcome = await chain.go({ logger: hear("own logger"), listeners: [hear("own")], ...options });
  } catch (error) {
    const { code, name, message } = error as Loose;
    outcome = { code, name, message: name === "Error" ? message : "" };
  }
  return { sent, told, outcome };
}

describe.each(Object.keys(clients))("%s", (client) => {
  test.each(operations)("%s: requests, events and result are electrodb's", async (_, start) => {
    const theirs = await observed(electrodb, start, { client });
    const ours = await observed(dropIn, start, { client });
    expect(ours).toEqual(theirs);
    expect(ours.sent).toHaveLength(1);
    expect(ours.told.length).toBeGreaterThanOrEqual(2);
  });

  test.each(operations)("%s that fails: events and code are electrodb's", async (_, start) => {
    const theirs = await observed(electrodb, start, { client, fails: true });
    const ours = await observed(dropIn, start, { client, fails: true });
    expect(ours).toEqual(theirs);
  });

  test.each(operations)("%s that fails, by `originalErr`", async (_, start) => {
    const options = { originalErr: true };
    const theirs = await observed(electrodb, start, { client, fails: true, options });
    const ours = await observed(dropIn, start, { client, fails: true, options });
    expect(ours.outcome).toEqual(theirs.outcome);
  });
});

describe.each([
  ["electroxide", main, { failed: 5001, aborted: 5002, condition: 5003 }],
  ["electroxide/electrodb", dropIn, { failed: 4001, aborted: 4002, condition: 4001 }],
] as const)("%s", (_name, library, codes) => {
  const entityWith = (client: Loose) => new library.Entity(model as Loose, { table: "t", client });

  test.each(operations)("%s that fails carries the cause and the request", async (_, start) => {
    const sent: Log = [];
    const cause = new Failure("slow");
    const client = {
      send: (command: { input: unknown }) => {
        sent.push(["", command.input]);
        return Promise.reject(cause);
      },
    };
    const refusal: Loose = await refusalOf(() => start(entityWith(client)).go());
    expect(refusal).toMatchObject({ code: codes.failed, isElectroError: true });
    expect(refusal.cause).toBe(cause);
    expect(refusal.params()).toEqual(sent[0]?.[1]);
    const original = await refusalOf(() => start(entityWith(client)).go({ originalErr: true }));
    expect(original).toBe(cause);
  });

  test("a condition that does not hold", async () => {
    const cause = Object.assign(new Error("no"), { name: "ConditionalCheckFailedException" });
    const client = { send: () => Promise.reject(cause) };
    const refusal = await refusalOf(() => entityWith(client).create({ id: "1" }).go());
    expect(refusal).toMatchObject({ code: codes.condition, cause });
  });

  test.each(operations)("%s is called off before it is sent", async (_, start) => {
    const sent: Log = [];
    const client = clients["a client of SDK v3"]?.(sent, false);
    const events: Loose[] = [];
    const options = {
      abortSignal: AbortSignal.abort(),
      logger: (event: unknown) => events.push(event),
    };
    const refusal = await refusalOf(() => start(entityWith(client)).go(options));
    expect(refusal?.code).toBe(codes.aborted);
    expect(sent).toEqual([]);
  });

  test.each(operations)("%s is called off on its way", async (_, start) => {
    const controller = new AbortController();
    let seen: unknown;
    const client = {
      send: (_command: unknown, options: { abortSignal: AbortSignal }) => {
        seen = options.abortSignal;
        return new Promise((_, reject) => {
          options.abortSignal.addEventListener("abort", () =>
            reject(Object.assign(new Error("aborted"), { name: "AbortError" })),
          );
          controller.abort();
        });
      },
    };
    const { signal } = controller;
    const refusal = await refusalOf(() => start(entityWith(client)).go({ abortSignal: signal }));
    expect(refusal?.code).toBe(codes.aborted);
    expect(seen).toBe(signal);
  });

  test.each(operations)("%s goes to the client of the call", async (_, start) => {
    const [own, entitys]: [Log, Log] = [[], []];
    const client = clients["a client of SDK v3"];
    await start(entityWith(client?.(entitys, false))).go({ client: client?.(own, false) });
    expect([own.length, entitys.length]).toEqual([1, 0]);
    const bare: Loose = new library.Entity(model as Loose, { table: "t" });
    bare.setClient(client?.(entitys, false));
    await start(bare).go();
    expect(entitys).toHaveLength(1);
    const none = new library.Entity(model as Loose, { table: "t" });
    expect((await refusalOf(() => start(none).go()))?.code).toBe(1001);
  });

  test.each(operations)("%s is seen by aws-sdk-client-mock, on both clients", async (_, start) => {
    const plain = new DynamoDBClient({ region: "local" });
    for (const client of [plain, DynamoDBDocumentClient.from(plain)]) {
      const mock = mockClient(client as DynamoDBClient);
      mock
        .onAnyCommand()
        .resolves({ Item: stored, Items: [stored], Responses: { t: [stored] } } as Loose);
      await start(entityWith(client)).go();
      expect(mock.calls()).toHaveLength(1);
      mock.restore();
    }
  });

  test("a listener that throws disturbs neither the call nor other listeners", async () => {
    const seen: string[] = [];
    const { error } = console;
    const printed: unknown[] = [];
    console.error = (...parts: unknown[]) => printed.push(parts);
    try {
      const client = clients["a client of SDK v3"]?.([], false);
      const thrower = () => {
        throw new Error("mine");
      };
      const listeners = [thrower, ({ type }: { type: string }) => seen.push(type)];
      await entityWith(client)
        .get({ id: "1" })
        .go({ listeners } as Loose);
    } finally {
      console.error = error;
    }
    expect(seen).toEqual(["query", "results"]);
    expect(printed).toHaveLength(2);
  });

  test.each<[string, number, Loose]>([
    ["a logger that is no function", 1021, { logger: 5 }],
    ["a listener that is no function", 1021, { listeners: [5] }],
    ["a client without `send`", 1023, { client: { get: () => undefined } }],
  ])("%s is refused with %i", async (_what, code, config) => {
    expect((await refusalOf(() => new library.Entity(model as Loose, config)))?.code).toBe(code);
  });
});

test("the main entry takes no DocumentClient of SDK v2, and says what it takes", async () => {
  const client = clients["a DocumentClient of SDK v2"]?.([], false);
  const refusal = await refusalOf(() => new main.Entity(model, { client }));
  expect(refusal?.code).toBe(1023);
  expect(refusal?.message).toContain("`send`");
});
