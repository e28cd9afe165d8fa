// Collections in both entries: the request of each kind, results by member, pages and cursors; against a database they stand in tests/connected.
import { describe, expect, test } from "vitest";
import { errorOf, stubClient, type Loose } from "./runtime/libraries";
import {
  cursorOf,
  dropIn,
  entries,
  keyOf,
  main,
  modelOf,
  oracle,
  storedOf,
  type Parts,
  type Services,
} from "./service";

function serviceOf({ Entity, Service }: Services, parts: Parts = {}, answer: Loose = {}): Loose {
  const { client, sent } = stubClient(answer);
  const service = new Service(
    { user: new Entity(modelOf("user", parts)), job: new Entity(modelOf("task", parts)) },
    { client, table: "t" },
  );
  return { service, sent, team: (composites: Loose) => service.collections.team(composites) };
}

const kind = (type: string, sk: string[]): Parts =>
  type === "composite"
    ? { index: { type, pk: { composite: ["org"] }, sk: { composite: sk } } }
    : { index: { type, sk: { field: "gsi1sk", composite: sk } } };

const OWNED =
  "((#__edb_e__ = :__edb_e___user_c0 AND #__edb_v__ = :__edb_v___user_c0)" +
  " OR (#__edb_e__ = :__edb_e___job_c0 AND #__edb_v__ = :__edb_v___job_c0))";

describe.each(entries)("a collection of %s", (_, library) => {
  test("asks for its members' items, each by its identifiers", () => {
    expect(serviceOf(library).team({ org: "o" }).params({ limit: 3, order: "desc" })).toEqual({
      KeyConditionExpression: "#pk = :pk and begins_with(#sk1, :sk1)",
      TableName: "t",
      IndexName: "gsi1",
      FilterExpression: OWNED,
      ExpressionAttributeNames: {
        "#pk": "gsi1pk",
        "#sk1": "gsi1sk",
        "#__edb_e__": "__edb_e__",
        "#__edb_v__": "__edb_v__",
      },
      ExpressionAttributeValues: {
        ":pk": "$app#org_o",
        ":sk1": "$team",
        ":__edb_e___user_c0": "user",
        ":__edb_v___user_c0": "1",
        ":__edb_e___job_c0": "task",
        ":__edb_v___job_c0": "1",
      },
      ScanIndexForward: false,
      Limit: 3,
    });
  });

  test("brackets every clause that could escape from its members", () => {
    const query = serviceOf(library).team({ org: "o" });
    const { FilterExpression } = query
      .where((a: Loose, { eq }: Loose) => `${eq(a.userOnly, 1)} OR ${eq(a.taskOnly, 2)}`)
      .params();
    expect(FilterExpression).toBe(
      `${OWNED} AND (#userOnly = :userOnly0 OR #taskOnly = :taskOnly0)`,
    );
  });

  test.each([
    ["begins", "begins_with(#sk1, :sk1)"],
    ["gt", "#sk1 > :sk1"],
    ["gte", "#sk1 >= :sk1"],
    ["lt", "#sk1 < :sk1"],
    ["lte", "#sk1 <= :sk1"],
  ])("compares a clustered sort key by %s", (operator, text) => {
    const { service } = serviceOf(library, kind("clustered", ["name", "rank"]));
    const params = service.collections.team({ org: "o" })[operator]({ name: "n" }).params();
    expect(params.KeyConditionExpression).toBe(`#pk = :pk and ${text}`);
    expect(params.ExpressionAttributeValues[":sk1"]).toBe("$team#name_n");
  });

  test("compares the attributes that are the keys of an index", () => {
    const { service } = serviceOf(library, kind("composite", ["name", "rank"]));
    const query = service.collections
      .team({ org: "o", name: "n" })
      .between({ rank: 1 }, { rank: 5 });
    expect(query.params().KeyConditionExpression).toBe(
      "#org = :orgk_0 AND #name = :namek_0 AND #rank BETWEEN :rankk_0 AND :rankk_1",
    );
  });

  test("has no sort operators in an isolated index", () => {
    expect(serviceOf(library).team({ org: "o" }).begins).toBeUndefined();
  });

  test("gives items by member, and leaves out others'", async () => {
    const Items = [storedOf("user", "1"), storedOf("task", "2"), storedOf("other", "3")];
    const { team } = serviceOf(library, {}, { Items });
    const shown = (id: string) => ({ id, org: "o", name: `n${id}` });
    expect(await team({ org: "o" }).go()).toEqual({
      data: { user: [shown("1")], job: [shown("2")] },
      cursor: null,
    });
    const hidden = await team({ org: "o" }).go({
      includeHidden: true,
      attributes: ["id", "secret"],
    });
    if (library === main) expect(hidden.data.user).toEqual([{ id: "1", secret: "s" }]);
    const keys = await team({ org: "o" }).go({ data: "includeKeys" });
    expect(keys.data.job[0]).toMatchObject({ pk: "$app#id_2", id: "2" });
    expect((await team({ org: "o" }).go({ data: "raw" })).data).toEqual({ Items });
  });

  test("knows items without identifiers by their keys, where ownership is ignored", async () => {
    const Items = ["user", "task", "other"].map((entity, at) => {
      const { __edb_e__: _, __edb_v__: __, ...item } = storedOf(entity, String(at));
      return item;
    });
    const { team, sent } = serviceOf(library, {}, { Items });
    const { data } = await team({ org: "o" }).go({ ignoreOwnership: true });
    expect([data.user.length, data.job.length]).toEqual([1, 1]);
    expect(sent[0][1].FilterExpression).toBeUndefined();
  });

  test("follows its pages, and gives a cursor that goes on", async () => {
    const last = storedOf("user", "2");
    const pages = [
      { Items: [storedOf("user", "1"), last], LastEvaluatedKey: keyOf(last) },
      { Items: [storedOf("task", "3")] },
    ];
    let page = 0;
    const { team, sent } = serviceOf(library, {}, () => pages[page++ % 2]);
    const first = await team({ org: "o" }).go();
    expect(first.cursor).toBe(cursorOf(keyOf(last)));
    page = 1;
    await team({ org: "o" }).go({ cursor: first.cursor });
    expect(sent[1][1].ExclusiveStartKey).toEqual(keyOf(last));
    page = 0;
    const all = await team({ org: "o" }).go({ pages: "all" });
    expect([all.data.user.length, all.data.job.length, all.cursor]).toEqual([2, 1, null]);
  });

  test.each<[string, Loose, number]>([
    ["no cursor at all", "%%", library === main ? 5005 : 5003],
    ["of another index", cursorOf({ pk: "a", sk: "b" }), library === main ? 5005 : 5003],
    [
      "of another service's partition",
      cursorOf({ ...keyOf(storedOf("user", "1")), gsi1pk: "$shop#org_o" }),
      5004,
    ],
    [
      "of another collection",
      cursorOf({ ...keyOf(storedOf("user", "1")), gsi1sk: "$squad#user_1" }),
      5004,
    ],
  ])("refuses a cursor %s before it sends anything", async (_name, cursor, code) => {
    const { team, sent } = serviceOf(library, {}, { Items: [] });
    expect((await errorOf(() => team({ org: "o" }).go({ cursor }))).code).toBe(code);
    expect(sent).toEqual([]);
  });

  test("needs the partition's composites, a table and a client", async () => {
    expect((await errorOf(() => serviceOf(library).team({}).params())).code).toBe(2002);
    const bare = new library.Service({ user: modelOf("user") });
    const query = () => bare.collections.team({ org: "o" });
    const unplaced = await errorOf(() => query().params());
    expect([unplaced.code, unplaced.message.includes("collection `team`")]).toEqual([2003, true]);
    expect((await errorOf(() => query().go({ table: "t" }))).code).toBe(1001);
  });

  test("changes nothing that it is given", () => {
    const composites = Object.freeze({ org: "o" });
    const options = Object.freeze({ limit: 1, attributes: Object.freeze(["id"]) });
    expect(() => serviceOf(library).team(composites).params(options)).not.toThrow();
  });
});

describe("the main entry's collections", () => {
  test("count the items of all members", async () => {
    const Items = [storedOf("user", "1"), storedOf("task", "2"), storedOf("user", "3")];
    const { team } = serviceOf(main, {}, { Items });
    const { data, cursor } = await team({ org: "o" }).go({ count: 2 });
    expect([data.user.length, data.job.length]).toEqual([1, 1]);
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    expect(key).toEqual(keyOf(storedOf("task", "2")));
  });

  test("end a whole sort composite where all members' keys go on", () => {
    const { service } = serviceOf(main, kind("clustered", ["name"]));
    const { ExpressionAttributeValues } = service.collections
      .team({ org: "o", name: "n" })
      .params();
    expect(ExpressionAttributeValues[":sk1"]).toBe("$team#name_n#");
  });

  test("name what they do not know", async () => {
    const { team } = serviceOf(main);
    const attribute = await errorOf(() => team({ org: "o" }).go({ attributes: ["nam"] }));
    expect([attribute.code, attribute.message.includes("`name`")]).toEqual([4004, true]);
    const clause = await errorOf(() =>
      team({ org: "o" })
        .where((a: Loose) => a.orgg)
        .params(),
    );
    expect(clause.code).toBe(4004);
    expect((await errorOf(() => team({ org: "o" }).go({ limits: 1 }))).code).toBe(1010);
  });

  test("see the properties of a map that two members declare differently", () => {
    const map = (name: string) => ({
      attributes: { meta: { type: "map", properties: { [name]: { type: "string" } } } },
    });
    const service = new main.Service(
      { user: modelOf("user", map("a")), task: modelOf("task", map("b")) },
      { table: "t" },
    );
    const query = service.collections.team({ org: "o" });
    const where = ({ meta }: Loose, { eq }: Loose) => `${eq(meta.a, "x")} AND ${eq(meta.b, "y")}`;
    expect(query.where(where).params().FilterExpression).toContain("#meta.#b = :b0");
  });
});

describe("a composite by which only some members are sorted", () => {
  const parts = (entity: string): Parts => ({
    index: { type: "clustered", sk: { field: "gsi1sk", composite: ["name", `${entity}Only`] } },
  });
  const team = ({ Entity, Service }: Services): Loose => {
    const [user, task] = ["user", "task"].map((name) => new Entity(modelOf(name, parts(name))));
    return new Service({ user, task }, { table: "t" }).collections["team"];
  };
  const said: [string, (query: Loose) => Loose][] = [
    ["beside the partition's", (query) => query({ org: "o", name: "n", userOnly: 1 })],
    ["in an operator", (query) => query({ org: "o" }).gt({ name: "n", taskOnly: 1 })],
    [
      "in a bound",
      (query) => query({ org: "o" }).between({ name: "n" }, { name: "o", userOnly: 1 }),
    ],
  ];

  test.each(said)("is refused, %s", async (_, say) => {
    const chain = say(team(main));
    const error = await errorOf(() => chain.params());
    expect(error).toMatchObject({ code: 1010 });
    expect(error.message).toMatch(
      /^Not all members of the collection `team` are sorted by `\w+Only`/,
    );
    expect(await errorOf(() => chain.go())).toMatchObject({ code: 1010 });
  });

  test.each(said)("is left out by the drop-in, as by 3.9.3, %s", (_, say) => {
    expect(say(team(dropIn)).params()).toEqual(say(team(oracle)).params());
  });

  test("is an attribute like others where it is undefined", () => {
    const { ExpressionAttributeValues: values } = team(main)({
      org: "o",
      userOnly: undefined,
    }).params();
    expect(values[":sk1"]).toBe("$team");
  });
});
