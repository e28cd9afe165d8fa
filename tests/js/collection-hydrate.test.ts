// `hydrate` on collections: the drop-in sends and answers what electrodb 3.9.3 does, the main entry in the order of the index.
import { describe, expect, test } from "vitest";
import { errorOf, type Loose } from "./runtime/libraries";
import { dropIn, keyOf, main, modelOf, oracle, storedOf, type Services } from "./service";

const PAGES = [
  [
    ["task", "1"],
    ["user", "2"],
    ["task", "3"],
  ],
  [
    ["user", "4"],
    ["task", "5"],
  ],
] as const;

/** A service over a stub that answers two pages of an index and the table's items, except those that a test holds back. */
function place(library: Services, parts: Loose, held: { missing?: string; undone?: string } = {}) {
  const { type = "isolated", projection, ...more } = parts;
  const sent: Loose[] = [];
  const trace: string[] = [];
  const shown = (entity: string, id: string) => {
    const item = storedOf(entity, id);
    return projection === undefined ? item : keyOf(item);
  };
  const idOf = ({ pk }: Loose): string => pk.split("_")[1];
  const client = {
    async send({ constructor: { name }, input }: Loose) {
      sent.push({ name, input });
      if (name === "QueryCommand") {
        const page = input.ExclusiveStartKey === undefined ? 0 : 1;
        return {
          Items: PAGES[page]?.map(([entity, id]) => shown(entity, id)),
          LastEvaluatedKey: page === 0 ? keyOf(storedOf("task", "3")) : undefined,
        };
      }
      const [[table, part]] = Object.entries<Loose>(input.RequestItems) as [[string, Loose]];
      const undone = part.Keys.filter((key: Loose) => idOf(key) === held.undone);
      const found = part.Keys.filter(
        (key: Loose) => idOf(key) !== held.undone && idOf(key) !== held.missing,
      );
      const whole = ({ pk, sk }: Loose) => {
        const entity = /^\$(\w+)_1$/.exec(sk)?.[1] ?? "";
        return storedOf(entity, idOf({ pk }), { [`${entity}Only`]: 7, rank: 1 });
      };
      return {
        Responses: { [table]: found.map(whole) },
        UnprocessedKeys: undone.length > 0 ? { [table]: { Keys: undone } } : {},
      };
    },
  };
  const entityOf = (name: string) => {
    const rank = {
      type: "number",
      get: (value?: number) => {
        trace.push(name);
        return value;
      },
    };
    const index = { type, ...(projection !== undefined && { projection }) };
    return new library.Entity(modelOf(name, { index, attributes: { rank }, ...more }));
  };
  const entities = { user: entityOf("user"), job: entityOf("task") };
  const service = new library.Service(entities, { client, table: "t" });
  return {
    sent,
    trace,
    go: (options: Loose) => service.collections.team({ org: "o" }).go(options),
  };
}

/** Everything that is seen from outside: what was sent, what came of it, and which hooks ran. */
async function outcome(library: Services, parts: Loose, options: Loose, held = {}) {
  const { sent, trace, go } = place(library, parts, held);
  const result = await go({ hydrate: true, ...options }).catch(({ code }: Loose) => code);
  return { sent, trace, result };
}

const options: [string, Loose][] = [
  ["one page", {}],
  ["all pages", { pages: "all" }],
  ["some attributes", { attributes: ["name", "userOnly"] }],
  ["a count, which 3.9.3 does not keep to", { count: 2 }],
  ["a limit and an order", { limit: 3, order: "desc", consistent: true }],
  ["keys with the items", { data: "includeKeys" }],
  ["the raw answer", { data: "raw" }],
  ["no ownership", { ignoreOwnership: true }],
  ["params of the caller", { params: { ReturnConsumedCapacity: "TOTAL" } }],
  ["several requests at once", { concurrent: 2 }],
  ["no hydration", { hydrate: false }],
];

const parts: Loose[] = ["isolated", "clustered"].flatMap((type) => [
  { type },
  { type, projection: "keys_only" },
]);

describe.each(parts)("the drop-in, %o", (part) => {
  test.each(options)("%s", async (_, given) => {
    const theirs = await outcome(oracle, part, given);
    expect(await outcome(dropIn, part, given)).toEqual(theirs);
    expect(theirs.sent.length).toBeGreaterThan(0);
  });

  test.each([{ missing: "1" }, { undone: "2" }])("with %o", async (held) => {
    const theirs = await outcome(oracle, part, {}, held);
    expect(await outcome(dropIn, part, {}, held)).toEqual(theirs);
    expect(theirs.result.unprocessed).toHaveLength(1);
  });
});

describe("the main entry", () => {
  const keys = { projection: "keys_only" };
  const user = (id: string) => ({ id, org: "o", name: `n${id}`, userOnly: 7, rank: 1 });
  const job = (id: string) => ({ id, org: "o", name: `n${id}`, taskOnly: 7, rank: 1 });

  test("reads each member's items from the table, in the order of the index", async () => {
    const { sent, trace, result } = await outcome(main, keys, { pages: "all" });
    expect(result).toEqual({
      data: { user: [user("2"), user("4")], job: [job("1"), job("3"), job("5")] },
      cursor: null,
      unprocessed: [],
    });
    expect(sent.map(({ name }) => name)).toEqual([
      ...["QueryCommand", "BatchGetCommand", "BatchGetCommand"],
      ...["QueryCommand", "BatchGetCommand", "BatchGetCommand"],
    ]);
    expect(trace).toEqual(["task", "user", "task", "user", "task"]);
  });

  test("keeps to the count, and the cursor goes on behind it", async () => {
    const first = await outcome(main, keys, { count: 2 });
    expect(first.result.data).toEqual({ user: [user("2")], job: [job("1")] });
    const asked = first.sent.slice(1).map(({ input }) => input.RequestItems.t.Keys);
    expect(asked).toEqual([
      [{ pk: "$app#id_2", sk: "$user_1" }],
      [{ pk: "$app#id_1", sk: "$task_1" }],
    ]);
    const start = JSON.parse(Buffer.from(first.result.cursor, "base64url").toString()) as Loose;
    expect(start).toEqual(keyOf(storedOf("user", "2")));
  });

  test("asks each member for the attributes that it has", async () => {
    const { sent, result } = await outcome(main, keys, { attributes: ["userOnly"] });
    expect(result.data).toEqual({ user: [{ userOnly: 7 }], job: [{}, {}] });
    const fields = sent.slice(1).map(({ input }) => {
      const { ExpressionAttributeNames } = input.RequestItems.t;
      return Object.values(ExpressionAttributeNames as object);
    });
    expect(fields).toEqual([
      ["pk", "sk", "userOnly", "__edb_e__", "__edb_v__"],
      ["pk", "sk", "id", "__edb_e__", "__edb_v__"],
    ]);
  });

  test("leaves out what was deleted, and hands back the keys that were left unread", async () => {
    const missing = await outcome(main, keys, {}, { missing: "1" });
    expect(missing.result).toMatchObject({ data: { job: [job("3")] }, unprocessed: [] });
    const undone = await outcome(main, keys, {}, { undone: "2" });
    expect(undone.result.data.user).toEqual([]);
    expect(undone.result.unprocessed).toEqual([{ pk: "$app#id_2", sk: "$user_1" }]);
  });

  test("refuses what cannot be meant", async () => {
    const { go } = place(main, keys);
    expect((await errorOf(() => go({ hydrate: true, data: "raw" }))).code).toBe(1010);
    expect((await errorOf(() => go({ hydrate: "yes" }))).code).toBe(1010);
    expect((await errorOf(() => go({ hydrate: true, attributes: ["userOny"] }))).code).toBe(4004);
  });
});
