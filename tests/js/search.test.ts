// `find`, `match` and scans of an index beside what golden cases say: what callers may do to their own values, and what is refused.
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { taskModel, THROWN } from "./bad-input-entity";
import { countingClient, refusalOf, type Loose } from "./bad-input-refusal";

function newTasks(one: unknown, client?: unknown): Loose {
  const TaskEntity = one as new (model: unknown, options: Loose) => Loose;
  return new TaskEntity(taskModel(), { table: "tasks", client });
}

const main = newTasks(Entity);
const dropIn = newTasks(DropInEntity);
const both = [
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
] as const;

const options = { code: 1010, kind: "InvalidOptions" };
const unknown = { code: 4004, kind: "UnknownAttribute" };

describe("what is looked for", () => {
  test.each(both)("is what it was when it was given (%s)", (_, tasks) => {
    const sought = { team: "red", points: 3 };
    const chain = tasks.match(sought);
    const before = chain.params();
    sought.team = "blue";
    sought.points = 4;
    expect(chain.params()).toEqual(before);
    expect(before.ExpressionAttributeValues).toMatchObject({
      ":pk": "$app#team_red",
      ":team0": "red",
    });
  });

  test.each(both)("may be members of a class, getters too (%s)", (_, tasks) => {
    class Sought {
      points = 3;
      get team() {
        return "red";
      }
    }
    expect(tasks.find(new Sought()).params()).toEqual(
      tasks.find({ points: 3, team: "red" }).params(),
    );
    expect(tasks.match(new Sought()).params().FilterExpression).toBe(
      "#points = :points0 AND #team = :team0",
    );
  });

  test.each(both)("leaves out what is undefined (%s)", (_, tasks) => {
    const { FilterExpression, IndexName } = tasks.match({ id: undefined, team: "red" }).params();
    expect({ FilterExpression, IndexName }).toEqual({
      FilterExpression: "#team = :team0",
      IndexName: "gsi1",
    });
  });

  test.each(both)("is not taken from the prototype of a plain object (%s)", (_, tasks) => {
    const sought = JSON.parse('{"team": "red", "__proto__": {"id": "t1"}}') as object;
    if (tasks === dropIn) expect(tasks.match(sought).params().IndexName).toBe("gsi1");
    else expect(() => tasks.match(sought).params()).toThrow(/`__proto__` is no attribute/);
  });

  test("names the nearest attribute where one is not declared", () => {
    expect(() => main.find({ tem: "red" }).params()).toThrow(
      "`tem` is no attribute of `task` (did you mean `team`?)",
    );
  });
});

test.each(both)("the sort key of what `find` has chosen can be compared (%s)", (_, tasks) => {
  expect(tasks.find({ team: "red" }).gte({ due: "2025" }).params()).toEqual(
    tasks.query.byTeam({ team: "red" }).gte({ due: "2025" }).params(),
  );
  // Without an index there is nothing to compare.
  expect(tasks.find({ state: "NEW" }).gte).toBeUndefined();
  expect(tasks.match({ team: "red" }).gte).toBeUndefined();
});

test.each(both)("`find` leaves a sort composite after a gap out of the key (%s)", (_, tasks) => {
  const params = tasks.find({ team: "red", points: 3 }).params();
  expect(params).toEqual(tasks.query.byTeam({ team: "red" }).params());
});

test.each(both)("a scan of an index is a new one each time (%s)", (_, tasks) => {
  tasks.scan.byTeam.where((a: Loose, o: Loose) => o.eq(a.points, 1));
  const { FilterExpression, IndexName } = tasks.scan.byTeam.params();
  expect(IndexName).toBe("gsi1");
  expect(FilterExpression).not.toContain("points");
});

test.each([Entity, DropInEntity])("a scan stays one where an index is named as a method", (one) => {
  const model = taskModel();
  model.indexes.params = model.indexes.byTeam;
  delete model.indexes.byTeam;
  const tasks = new (one as Loose)(model, { table: "tasks" });
  expect(tasks.scan.params().IndexName).toBeUndefined();
});

const REFUSED: [mistake: string, call: (tasks: Loose) => Promise<unknown>, error: object][] = [
  ["an attribute that is not declared", (t) => t.find({ nowhere: 1 }).go(), unknown],
  ["a path", (t) => t.match({ "place.street": "x" }).go(), unknown],
  ["null", (t) => t.find(null).go(), options],
  ["a text", (t) => t.match("red").go(), options],
  ["a list", (t) => t.find([{ team: "red" }]).go(), options],
  ["a Map", (t) => t.match(new Map([["team", "red"]])).go(), options],
  ["nothing", (t) => t.match().go(), options],
  ["nothing to match", (t) => t.match({}).go(), options],
  ["only undefined to match", (t) => t.match({ team: undefined }).go(), options],
  ["a function to match", (t) => t.match({ points: () => 1 }).go(), { code: 1012 }],
  ["an object as a text", (t) => t.match({ mail: { is: "x" } }).go(), { code: 1012 }],
  ["conditions", (t) => t.match({ team: "red" }).go({ conditions: { points: 1 } }), options],
  [
    "segments of a query",
    (t) => t.find({ team: "red" }).go({ segments: { total: 2, segment: 0 } }),
    options,
  ],
  ["an unknown option", (t) => t.scan.byTeam.go({ limt: 5 }), options],
  ["a limit of nothing", (t) => t.find({ team: "red" }).go({ limit: 0 }), { code: 2006 }],
  ["a negative page", (t) => t.match({ team: "red" }).go({ pages: -1 }), { code: 2005 }],
  ["pages of NaN", (t) => t.scan.byTeam.go({ pages: Number.NaN }), { code: 2005 }],
  ["`hydrate` of text", (t) => t.find({ team: "red" }).go({ hydrate: "yes" }), options],
  ["`hydrate` of a raw answer", (t) => t.scan.byTeam.go({ hydrate: true, data: "raw" }), options],
  [
    "`hydrate` of an attribute that is not declared",
    (t) => t.find({ team: "red" }).go({ hydrate: true, attributes: ["deu"] }),
    unknown,
  ],
  ["a count of text", (t) => t.scan.byTeam.go({ count: "x" }), options],
  ["a count of NaN", (t) => t.find({ team: "red" }).go({ count: Number.NaN }), options],
  ["a count of nothing", (t) => t.find({ team: "red" }).go({ count: 0 }), options],
  [
    "a cursor of another index",
    (t) => t.scan.byTeam.go({ cursor: cursorOf({ pk: "p", sk: "s" }) }),
    { code: 5005 },
  ],
  [
    "a cursor of the table for a find",
    (t) => t.find({ team: "red" }).go({ cursor: cursorOf({ pk: "p", sk: "s" }) }),
    { code: 5005 },
  ],
];

function cursorOf(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

test.each(REFUSED)("%s is refused before anything is sent", async (_, call, error) => {
  const { client, sent } = countingClient();
  const refusal = await refusalOf(() => call(newTasks(Entity, client)));
  expect(refusal).toMatchObject({ ...error, isElectroError: true });
  expect(sent()).toBe(0);
});

test("what a getter throws is the failure of the chain when it is used", () => {
  const sought = {
    get team() {
      throw THROWN;
    },
  };
  for (const name of ["find", "match"]) {
    const chain = main[name](sought);
    const failure: unknown = expect.objectContaining({ code: 4005, cause: THROWN });
    expect(() => chain.params()).toThrow(failure);
    expect(() => dropIn[name](sought).params()).toThrow(THROWN);
  }
});

test("in the drop-in, `null` is refused where electrodb crashes, and anything else is nothing", () => {
  expect(() => dropIn.find(null).params()).toThrow(expect.objectContaining({ code: 1010 }));
  expect(dropIn.find(5).params()).toEqual(dropIn.scan.params());
  expect(dropIn.match().params()).toEqual(dropIn.scan.params());
});
