// Services: what they are made of, what they lend to their entities, and what does not fit together.
import { describe, expect, test } from "vitest";
import { errorOf, stubClient, type Loose } from "./runtime/libraries";
import { dropIn, entries, main, modelOf, oracle, type Parts, type Services } from "./service";

const codeOf = async (make: () => unknown): Promise<number> => (await errorOf(make)).code as number;

function pair({ Entity, Service }: Services, one: Parts, two: Parts): Loose {
  const entities = {
    user: new Entity(modelOf("user", one)),
    task: new Entity(modelOf("task", two)),
  };
  return new Service(entities, { table: "t" });
}

describe.each(entries)("a service of %s", (_, library) => {
  const { Entity, Service } = library;

  test("gives its entities and its collections by name", () => {
    const user = new Entity(modelOf("user"));
    const service = new Service({ user, task: new Entity(modelOf("task")) }, { table: "t" });
    expect(service.entities.user).toBe(user);
    expect(Object.keys(service.entities)).toEqual(["user", "task"]);
    expect(Object.keys(service.collections)).toEqual(["team"]);
    expect(service.service.name).toBe("app");
  });

  test("takes models in the place of entities, and entities that are joined later", () => {
    const service = new Service({ user: modelOf("user") }, { table: "t" });
    expect(service.join(new Entity(modelOf("task")))).toBe(service);
    service.join("more", modelOf("other"));
    expect(Object.keys(service.entities)).toEqual(["user", "task", "more"]);
    const values = service.collections.team({ org: "o" }).params().ExpressionAttributeValues;
    expect(values).toMatchObject({ ":__edb_e___task_c0": "task", ":__edb_e___more_c0": "other" });
    const named = new Service("app", { table: "t" }).join(modelOf("user"));
    expect(named.entities.user.getTableName()).toBe("t");
  });

  test("lends its client and table", async () => {
    const { client, sent } = stubClient({ Items: [] });
    const user = new Entity(modelOf("user"));
    const service = new Service({ user }, { client, table: "t" });
    await user.query.byOrg({ org: "o" }).go();
    await service.collections.team({ org: "o" }).go();
    expect(sent.map(([, { TableName }]) => TableName)).toEqual(["t", "t"]);
  });

  test("without a second argument sends with what its entities have", async () => {
    const { client, sent } = stubClient({ Items: [] });
    const user = new Entity(modelOf("user"), { client, table: "own" });
    const service = new Service({ user });
    expect(await service.collections.team({ org: "o" }).go()).toEqual({
      data: { user: [] },
      cursor: null,
    });
    expect(sent[0][1].TableName).toBe("own");
  });

  test("gives all of its entities another client and table", async () => {
    const { client, sent } = stubClient({ Items: [] });
    const user = new Entity(modelOf("user"), { table: "t" });
    const service = new Service({ user }, { table: "t" });
    service.setTableName("later");
    service.setClient(client);
    expect([user.getTableName(), service.getTableName()]).toEqual(["later", "later"]);
    await service.collections.team({ org: "o" }).go();
    await user.get({ id: "1" }).go();
    expect(sent.map(([, { TableName }]) => TableName)).toEqual(["later", "later"]);
    expect(await codeOf(() => service.setClient({}))).toBe(1023);
  });

  test("tells its logger and listeners of what its entities and collections do", async () => {
    const { client } = stubClient({ Items: [] });
    const heard: string[] = [];
    const hear = (name: string) => (event: Loose) => heard.push(`${name} ${event.type}`);
    const user = new Entity(modelOf("user"), { logger: hear("entity") });
    const configuration = {
      client,
      table: "t",
      logger: hear("logger"),
      listeners: [hear("listener")],
    };
    const service = new Service({ user }, configuration);
    await service.collections.team({ org: "o" }).go({ logger: hear("call") });
    const order = ["entity", "logger", "listener", "call"];
    const told = ["query", "results"].flatMap((type) => order.map((name) => `${name} ${type}`));
    expect(heard).toEqual(told);
    heard.length = 0;
    await user.scan.go();
    expect(heard).toHaveLength(6);
  });

  test("describes the table of all its members", () => {
    const service = new Service(
      {
        user: modelOf("user"),
        task: modelOf("task", { attributes: { ends: { type: "number" } } }),
      },
      { table: "t" },
    );
    expect(service.tableDefinition()).toMatchObject({
      TableName: "t",
      GlobalSecondaryIndexes: [{ IndexName: "gsi1" }],
    });
    expect(service.tableDefinition({ ttl: "ends" }).updateTimeToLive.TableName).toBe("t");
  });

  test("is neither a promise nor a thing that breaks when it is printed", async () => {
    const service = new Service({ user: modelOf("user") }, { table: "t" });
    expect(await service.collections).toBe(service.collections);
    expect(await service.entities).toBe(service.entities);
    expect(JSON.stringify({ ...service.collections })).toBe("{}");
    const { inspect } = await import("node:util");
    expect(inspect(service.collections)).toContain("team");
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["no entities", {}],
    ["a number", 5],
    ["a number in an entity's place", { user: 5 }],
    ["null in an entity's place", { user: null }],
    ["an empty object in an entity's place", { user: {} }],
    ["a service", { user: new main.Service({ user: modelOf("user") }) }],
    ["an entity of electrodb", { user: new oracle.Entity(modelOf("user")) }],
  ])("refuses %s", async (_, given) => {
    expect(await codeOf(() => new Service(given, { table: "t" }))).toBe(1013);
  });

  test("refuses entities of another service, and two under one name", async () => {
    expect(await codeOf(() => pair(library, {}, { service: "other" }))).toBe(1013);
    expect(await codeOf(() => pair(library, { service: "" }, { service: "" }))).toBe(1013);
    const service = new Service({ user: modelOf("user") }, { table: "t" });
    expect(await codeOf(() => service.join(modelOf("user", { version: "2" })))).toBe(1013);
  });
});

test("the two entries do not meet in one service", async () => {
  const user = new dropIn.Entity(modelOf("user"));
  const task = new main.Entity(modelOf("task"));
  expect(await codeOf(() => new main.Service({ user, task }))).toBe(1009);
  expect(await codeOf(() => new dropIn.Service({ user, task }))).toBe(1009);
});

describe("the main entry", () => {
  const { Entity, Service } = main;

  test("never takes an entity's own client and table away", async () => {
    const own = stubClient({ Items: [] });
    const lent = stubClient({ Items: [] });
    const user = new Entity(modelOf("user"), { client: own.client, table: "t" });
    const task = new Entity(modelOf("task"));
    const service = new Service({ user, task }, { client: lent.client, table: "t" });
    await user.scan.go();
    await task.scan.go();
    await service.collections.team({ org: "o" }).go();
    expect([own.sent.length, lent.sent.length]).toEqual([1, 2]);
  });

  test("refuses an entity of another table, with 1009", async () => {
    const user = new Entity(modelOf("user"), { table: "one" });
    const task = new Entity(modelOf("task"), { table: "two" });
    expect(await codeOf(() => new Service({ user }, { table: "two" }))).toBe(1009);
    expect(await codeOf(() => new Service({ user, task }))).toBe(1009);
    expect(new Service({ user, task: modelOf("task") }).getTableName()).toBe("one");
  });

  test("refuses one entity under two names, by whose items nobody could tell them apart", async () => {
    const user = new Entity(modelOf("user"));
    expect(await codeOf(() => new Service({ one: user, two: user }))).toBe(1013);
    const later = modelOf("user", { version: "2" });
    expect(Object.keys(new Service({ one: user, two: later }).entities)).toEqual(["one", "two"]);
  });

  test("names the nearest entity and collection", async () => {
    const service = new Service({ user: modelOf("user") }, { table: "t" });
    const entity = await errorOf(() => service.entities.usr);
    const collection = await errorOf(() => service.collections.teams);
    expect([entity.code, collection.code]).toEqual([1010, 1010]);
    expect(entity.message).toContain("did you mean `user`");
    expect(collection.message).toContain("did you mean `team`");
  });
});

describe("the drop-in entry", () => {
  const { Entity, Service } = dropIn;

  test("puts its own client and table in the place of an entity's", async () => {
    const own = stubClient({ Items: [] });
    const lent = stubClient({ Items: [] });
    const user = new Entity(modelOf("user"), { client: own.client, table: "own" });
    const service = new Service({ user }, { client: lent.client, table: "t" });
    await user.scan.go();
    expect([own.sent.length, lent.sent.length, user.getTableName()]).toEqual([0, 1, "t"]);
    expect(Object.keys(service.find)).toEqual(["user", "team"]);
  });

  test("wants one table of all entities where it has none itself", async () => {
    const user = new Entity(modelOf("user"), { table: "one" });
    expect(await codeOf(() => new Service({ user, task: modelOf("task") }))).toBe(1013);
  });

  test("throws the TypeError of an unknown collection or entity", async () => {
    const service = new Service({ user: modelOf("user") }, { table: "t" });
    expect(await errorOf(() => service.collections.teams({}))).toBeInstanceOf(TypeError);
    expect(service.entities.usr).toBeUndefined();
  });
});

const SUB = { index: { collection: ["team", "deep"] } };
const name = (parts: Loose) => ({ attributes: { name: { type: "string", ...parts } } });
const pk = (parts: Loose) => ({ index: { pk: { field: "gsi1pk", composite: ["org"], ...parts } } });
const sk = (parts: Loose, type?: string) => ({
  index: { type, sk: { field: "gsi1sk", composite: ["name"], ...parts } },
});
const own = (parts: Loose) => ({
  index: { type: "composite", pk: { composite: ["org"] }, sk: { composite: ["name"] }, ...parts },
});

const PADDING = { length: 5, char: "0" };

/** Pairs of members, what differs in them, and whether electrodb takes them: it lets some pass that no query can join. */
const pairs: [string, Parts, Parts, boolean?][] = [
  ["index", {}, { index: { index: "gsi2" } }],
  ["type", {}, { index: { type: "clustered" } }],
  ["scope", {}, { index: { scope: "s" } }],
  ["projection", {}, { index: { projection: "keys_only" } }],
  ["partition field", {}, pk({ field: "other" })],
  ["partition composites", {}, pk({ composite: ["id"] })],
  ["number of partition composites", {}, pk({ composite: ["org", "id"] })],
  ["partition label", {}, { attributes: { org: { type: "string", label: "o" } } }],
  ["partition padding", {}, { attributes: { org: { type: "string", padding: PADDING } } }],
  ["partition template", pk({ template: "a#${org}" }), pk({ template: "b#${org}" })],
  ["end of the partition template", pk({ template: "${org}#a" }), pk({ template: "${org}#b" })],
  ["use of a template", {}, pk({ template: "a#${org}" })],
  ["partition casing", {}, pk({ casing: "upper" })],
  ["sort casing", {}, sk({ casing: "upper" })],
  ["use of a sort template", {}, sk({ template: "a#${name}" })],
  ["sort label", sk({}, "clustered"), { ...sk({}, "clustered"), ...name({ label: "n" }) }],
  [
    "sort template",
    sk({ template: "a${name}" }, "clustered"),
    sk({ template: "b${name}" }, "clustered"),
  ],
  [
    "end of the sort template",
    sk({ template: "${name}a" }, "clustered"),
    sk({ template: "${name}b" }, "clustered"),
  ],
  ["place among collections", SUB, { index: { collection: ["deep", "team"] } }],
  [
    "list of collections in a clustered index",
    sk({}, "clustered"),
    { index: { ...SUB.index, type: "clustered" } },
  ],
  ["stored name of an attribute", {}, name({ field: "n" })],
  ["stored name in a composite index", own({}), { ...own({}), ...name({ field: "n" }) }],
  ["sort field", {}, sk({ field: "other" }), true],
  ["collection around the collection", SUB, { index: { collection: ["x", "deep"] } }, true],
  ["sort composites of a composite index", own({}), own({ sk: { composite: ["rank"] } }), true],
];

describe("members that differ in their", () => {
  test.each(pairs)("%s are refused as electrodb does", async (_, one, two, taken = false) => {
    const wanted = taken ? "taken" : 1013;
    const outcome = async (library: Services) => {
      try {
        pair(library, one, two);
        return "taken";
      } catch (error) {
        return (error as Loose).code;
      }
    };
    expect(await outcome(oracle)).toBe(wanted);
    expect(await outcome(dropIn)).toBe(wanted);
    expect(await outcome(main)).toBe(1013);
  });

  test("own attributes and sort composites are taken", () => {
    const service = pair(main, sk({}), sk({ composite: ["rank"] }));
    expect(service.collections.team({ org: "o" }).params().KeyConditionExpression).toContain("sk1");
  });

  test("refusal says which member and what of it", async () => {
    const { message } = await errorOf(() => pair(main, {}, pk({ field: "other" })));
    expect(message).toContain("collection `team`");
    expect(message).toContain("`byOrg` of `task`");
    expect(message).toContain("`field` of its `pk`");
  });
});
