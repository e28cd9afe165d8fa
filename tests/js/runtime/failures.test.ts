// Errors of sending: their codes in both entries, causes, requests, stacks; which clients are taken; listeners that throw.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { ElectroError } from "electroxide";
import * as electrodbEntry from "electroxide/electrodb";
import { describe, expect, test, vi } from "vitest";
import {
  dropIn,
  errorOf,
  main,
  modelOf,
  OWN,
  stubClient,
  type Library,
  type Loose,
} from "./libraries";

const both: [string, Library][] = [
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
];

function entityOf(library: Library, send: Loose): Loose {
  return new library(modelOf({ n: { type: "number" } }), { table: "t", client: { send } });
}

function awsError(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

describe("codes", () => {
  test.each([
    ["electroxide", main, 5003, 5001],
    ["electroxide/electrodb", dropIn, 4001, 4001],
  ] as const)(
    "of a failed condition and of other failures in %s",
    async (_, library, condition, other) => {
      for (const [name, code] of [
        ["ConditionalCheckFailedException", condition],
        ["ProvisionedThroughputExceededException", other],
      ] as const) {
        const cause = awsError(name);
        const error = await errorOf(() =>
          entityOf(library, () => Promise.reject(cause))
            .delete({ id: "1" })
            .go(),
        );
        expect(error.code).toBe(code);
        expect(error.cause).toBe(cause);
        expect(error).toBeInstanceOf(ElectroError);
        expect(error.isElectroError).toBe(true);
        expect(error.message).toContain(cause.message);
        expect(error.params()).toEqual({ TableName: "t", Key: { pk: "$s#id_1", sk: "$e_1" } });
      }
    },
  );

  test("of the drop-in come with ElectroDB's reference", async () => {
    const error = await errorOf(() =>
      entityOf(dropIn, () => Promise.reject(new Error()))
        .get({ id: "1" })
        .go(),
    );
    expect(error.ref).toMatchObject({ code: 4001, name: "AWSError", section: "aws-error" });
    expect(typeof error.ref.sym).toBe("symbol");
  });

  test.each(both)(
    "of an aborted operation in %s, before and while it is sent",
    async (_, library) => {
      const code = library === main ? 5002 : 4002;
      const send = vi.fn(() => Promise.resolve({}));
      const early = await errorOf(() =>
        entityOf(library, send).get({ id: "1" }).go({ abortSignal: AbortSignal.abort() }),
      );
      expect(early.code).toBe(code);
      expect(send).not.toHaveBeenCalled();

      const controller = new AbortController();
      const abortLate = (): never => {
        controller.abort();
        throw awsError("AbortError");
      };
      const late = await errorOf(() =>
        entityOf(library, abortLate).get({ id: "1" }).go({ abortSignal: controller.signal }),
      );
      expect(late.code).toBe(code);
    },
  );

  test.each(both)("of a call without a client in %s", async (_, library) => {
    const entity = new library(modelOf({}), { table: "t" });
    const error = await errorOf(() => entity.get({ id: "1" }).go());
    expect(error.code).toBe(1001);
    expect(error.params()).toMatchObject({ TableName: "t" });
  });

  test.each(both)("are the SDK's own error with originalErr in %s", async (_, library) => {
    const cause = awsError("ResourceNotFoundException");
    const entity = entityOf(library, () => Promise.reject(cause));
    expect(await errorOf(() => entity.get({ id: "1" }).go({ originalErr: true }))).toBe(cause);
  });
});

test.each(both)("one class of error serves both entries, and %s throws it", async (_, library) => {
  const error = await errorOf(() => entityOf(library, vi.fn()).put({ id: 1 }).go());
  expect(error).toBeInstanceOf(electrodbEntry.ElectroError);
  expect(error).toBeInstanceOf(electrodbEntry.ElectroValidationError);
  expect(electrodbEntry.ElectroError).toBe(ElectroError);
});

test("values of users stand in no message", async () => {
  const secret = "a value nobody else may see";
  const error = await errorOf(() => entityOf(main, vi.fn()).put({ id: "1", n: secret }).go());
  expect(error.message).not.toContain(secret);
});

test("a mock without an answer is enough for a put, which resolves with what it wrote", async () => {
  const entity = entityOf(main, () => undefined);
  expect(await entity.put({ id: "1", n: 2 }).go()).toEqual({ data: { id: "1", n: 2 } });
  expect(await entity.create({ id: "1" }).go({ response: "all_new" })).toEqual({
    data: { id: "1" },
  });
  expect(await entity.delete({ id: "1" }).go({ response: "none" })).toEqual({ data: null });
  const error = await errorOf(() => entity.delete({ id: "1" }).go());
  expect([error.code, error.message]).toEqual([
    5001,
    "The client answered with nothing where a response of DynamoDB belongs",
  ]);
});

describe("the stack of an error from go names the caller's line", () => {
  async function theCaller(entity: Loose): Promise<unknown> {
    return await entity.get({ id: "1" }).go();
  }

  test("when DynamoDB refuses", async () => {
    const later = async (): Promise<never> => {
      await new Promise((done) => setTimeout(done, 1));
      throw awsError("ValidationException");
    };
    const error = await errorOf(() => theCaller(entityOf(main, later)));
    expect(error.stack).toContain("theCaller");
  });

  test("when a mock refuses at once, at every call", async () => {
    const entity = entityOf(main, () => Promise.reject(awsError("ValidationException")));
    for (let call = 1; call <= 3; call++) {
      // The second call of a function differs: the SDK is loaded, so that the refusal comes within a tick.
      expect((await errorOf(() => theCaller(entity))).stack).toContain("theCaller");
    }
    const silent = entityOf(main, () => undefined);
    expect((await errorOf(() => theCaller(silent))).stack).toContain("theCaller");
  });

  test("when the library refuses", async () => {
    const error = await errorOf(() => theCaller(new main(modelOf({}), { table: "t" })));
    expect(error.stack).toContain("theCaller");
  });
});

describe("clients", () => {
  const item = { id: "1", n: 1, ...OWN };

  test.each(both)(
    "of the SDK are taken as they are in %s: a mock by class sees the command",
    async (_, library) => {
      const client = new DynamoDBClient({ region: "local" });
      for (const [given, mocked] of [
        [DynamoDBDocumentClient.from(client), mockClient(DynamoDBDocumentClient)],
        [client, mockClient(client)],
      ] as [Loose, Loose][]) {
        mocked.on(GetCommand, { TableName: "t" }).resolves({ Item: item });
        const entity = new library(modelOf({ n: { type: "number" } }), { table: "t" });
        entity.setClient(given);
        expect((await entity.get({ id: "1" }).go()).data).toEqual({ id: "1", n: 1 });
        expect(mocked.commandCalls(GetCommand)).toHaveLength(1);
        mocked.restore();
      }
    },
  );

  test.each(both)("per call come before the entity's own in %s", async (_, library) => {
    const own = stubClient({});
    const perCall = stubClient({ Item: item });
    const entity = new library(modelOf({ n: { type: "number" } }), {
      table: "t",
      client: own.client,
    });
    expect((await entity.get({ id: "1" }).go({ client: perCall.client })).data).toEqual({
      id: "1",
      n: 1,
    });
    expect(own.sent).toHaveLength(0);
  });

  test.each(both)("that cannot send are refused with 1023 in %s", async (_, library) => {
    for (const client of [{}, { send: 1 }, 5, "client", () => undefined]) {
      const error = await errorOf(() => new library(modelOf({}), { table: "t", client }));
      expect(error.code).toBe(1023);
    }
  });

  test("of SDK v2 are taken by the drop-in, by their methods, and get wrapped sets", async () => {
    const sent: Loose[] = [];
    const method = (params: Loose): Loose => ({
      promise: async () => {
        sent.push(params);
        return Promise.resolve({ Item: item });
      },
    });
    const names = ["get", "put", "delete", "update", "query", "scan"];
    names.push("batchGet", "batchWrite", "transactGet", "transactWrite");
    const client = Object.fromEntries(names.map((name) => [name, method]));
    const model = modelOf({ n: { type: "number" }, st: { type: "set", items: "string" } });
    const entity = new dropIn(model, { table: "t", client });
    expect((await entity.get({ id: "1" }).go()).data).toEqual({ id: "1", n: 1 });
    await entity.put({ id: "1", st: ["a"] }).go();
    expect(sent[1].Item.st).toMatchObject({ wrapperName: "Set", type: "String", values: ["a"] });
  });

  test("receive native sets, and params without a client show the wrapped one, an array in JSON", async () => {
    const model = modelOf({ st: { type: "set", items: "number" } });
    const { client, sent } = stubClient({});
    await new main(model, { table: "t", client }).put({ id: "1", st: [1, 1, 2] }).go();
    expect(sent[0][1].Item.st).toEqual(new Set([1, 2]));
    expect(sent[0][0]).toBe(PutCommand.name);

    const { st } = new main(model, { table: "t" }).put({ id: "1", st: [1, 2] }).params().Item;
    expect(st).toMatchObject({ wrapperName: "Set", type: "Number", values: [1, 2] });
    expect(JSON.stringify(st)).toBe("[1,2]");
  });
});

describe("listeners", () => {
  test.each(both)("that throw disturb nothing in %s", async (_, library) => {
    const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const told: string[] = [];
    const listeners = [
      (): never => {
        throw new Error("mine");
      },
      ({ type }: Loose): void => {
        told.push(type);
      },
    ];
    const { client } = stubClient({ Item: { id: "1", ...OWN } });
    const entity = new library(modelOf({}), { table: "t", client, listeners });
    expect((await entity.get({ id: "1" }).go()).data).toEqual({ id: "1" });
    expect(told).toEqual(["query", "results"]);
    expect(complain).toHaveBeenCalled();
    complain.mockRestore();
  });

  test.each(both)("that are no functions are refused with 1021 in %s", async (_, library) => {
    for (const wrong of [{ logger: 5 }, { listeners: {} }, { listeners: [5] }]) {
      const error = await errorOf(() => new library(modelOf({}), { table: "t", ...wrong }));
      expect(error.code).toBe(1021);
    }
  });
});
