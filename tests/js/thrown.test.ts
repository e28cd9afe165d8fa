/** What users' callbacks, getters and clients throw arrives as the cause of an ElectroError, whatever it is. */
import { describe, expect, test } from "vitest";
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";

type Loose = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the tests call what types forbid

const silent = Object.defineProperty(new Error("silent"), "message", {
  get() {
    throw new Error("not for you");
  },
});
const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** Things that refuse to be looked at or shown. */
const STRANGE: [string, unknown][] = [
  ["an error whose message throws", silent],
  ["an error whose message is a symbol", Object.assign(new Error(), { message: Symbol("s") })],
  ["an object without a prototype", Object.create(null)],
  ["a revoked proxy", revoked.proxy],
];

function place(library: Loose, parts: { set?: () => unknown; send?: () => unknown } = {}): Loose {
  const item = { pk: "$app#id_1", sk: "$task_1", __edb_e__: "task", __edb_v__: "1", id: "1" };
  const answer = { Items: [item], LastEvaluatedKey: { pk: item.pk, sk: item.sk } };
  return new library.Entity(
    {
      model: { entity: "task", version: "1", service: "app" },
      attributes: {
        id: { type: "string", required: true },
        name: { type: "string", ...(parts.set !== undefined && { set: parts.set }) },
      },
      indexes: {
        main: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      },
    },
    { table: "app", client: { send: async () => (parts.send ?? (() => answer))() } },
  );
}

/** The error of a call, which has to be one of this library. */
async function errorOf(library: Loose, call: () => unknown): Promise<Loose> {
  try {
    await call();
  } catch (error) {
    expect(Object.getPrototypeOf(error)).toBe(library.ElectroError.prototype);
    return error;
  }
  throw new Error("The call went through.");
}

const throws = (thrown: unknown) => () => {
  throw thrown;
};

describe.each(STRANGE)("%s", (_, thrown) => {
  test("thrown by a set hook", async () => {
    const Task = place(main, { set: throws(thrown) });
    const error = await errorOf(main, () => Task.put({ id: "1", name: "x" }).go());
    expect(error.code).toBe(4005);
    expect(Object.is(error.cause, thrown)).toBe(true);
  });

  test.each([
    ["electroxide", main, 5001],
    ["electroxide/electrodb", dropIn, 4001],
  ])("thrown by a client: %s", async (_, library, code) => {
    const Task = place(library, { send: throws(thrown) });
    const error = await errorOf(library, () => Task.query.main({ id: "1" }).go());
    expect(error.code).toBe(code);
    expect(Object.is(error.cause, thrown)).toBe(true);
    expect(error.params()).toMatchObject({ TableName: "app" });
  });
});

describe.each([
  ["electroxide", main, 4005],
  ["electroxide/electrodb", dropIn, 4001],
])("`formatCursor`: %s", (_, library, code) => {
  const thrown = new Error("no such cursor");
  const formatCursor = { serialize: throws(thrown), deserialize: throws(thrown) };

  test.each([
    ["serialize", { formatCursor }],
    ["deserialize", { formatCursor, cursor: "x" }],
  ])("%s", async (_, options) => {
    const Task = place(library);
    const error = await errorOf(library, () => Task.query.main({ id: "1" }).go(options));
    expect(error).toMatchObject({ code, cause: thrown });
    expect(error.params()).toMatchObject({ TableName: "app" });
  });
});

describe("what a chain is told fails when it is sent", () => {
  const thrown = new Error("not readable");
  const getter = (name: string) =>
    Object.defineProperty({}, name, { enumerable: true, get: throws(thrown) });
  const Task = place(main);

  test.each<[string, (chain: Loose) => Loose]>([
    ["composite", (chain) => chain.composite(getter("name"))],
    ["remove", (chain) => chain.remove([{ toString: throws(thrown) }])],
  ])("%s", async (_, tell) => {
    const chain = tell(Task.update({ id: "1" }).set({ name: "x" }));
    const error = await errorOf(main, () => chain.go());
    expect(error).toMatchObject({ code: 4005, cause: thrown });
  });
});

test("a key of a transaction's list that cannot be read", async () => {
  const thrown = new Error("not readable");
  const Task = place(main);
  const entry = Object.defineProperty({}, "task", { enumerable: true, get: throws(thrown) });
  const service = new main.Service({ task: Task }) as Loose;
  const error = await errorOf(main, () => service.transaction.get([entry]).go());
  expect(error).toMatchObject({ code: 4005, cause: thrown });
});

test("a cursor that is refused knows its request", async () => {
  const Task = place(main);
  const error = await errorOf(main, () => Task.query.main({ id: "1" }).go({ cursor: "x" }));
  expect(error.code).toBe(5005);
  expect(error.params()).toMatchObject({ TableName: "app" });
});

test("the stack of a failing hydration, the longest way to a client, names the caller's line", async () => {
  const item = { pk: "$app#id_1", sk: "$task_1", gsi1pk: "$app#name_x", gsi1sk: "$task_1" };
  const client = {
    send: async (command: Loose) => {
      if (command.constructor.name === "QueryCommand") return { Items: [item] };
      throw new Error("down");
    },
  };
  const Task = new (main.Entity as Loose)(
    {
      model: { entity: "task", version: "1", service: "app" },
      attributes: { id: { type: "string", required: true }, name: { type: "string" } },
      indexes: {
        main: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
        byName: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["name"] },
          sk: { field: "gsi1sk", composite: [] },
        },
      },
    },
    { table: "app", client },
  );
  const error = await errorOf(main, async () => {
    await Task.query.byName({ name: "x" }).go({ hydrate: true });
  });
  expect(error.code).toBe(5001);
  expect(error.stack.split("\n").slice(0, 11).join("\n")).toContain("thrown.test.ts");
});
