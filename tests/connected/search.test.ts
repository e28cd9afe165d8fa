// `find`, `match` and scans of every kind of index on a real database, in a table that another entity shares.
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

function modelOf<const E extends string>(entity: E) {
  return {
    model: { entity, version: "1", service: "desk" },
    attributes: {
      id: { type: "string", required: true },
      team: { type: "string", required: true },
      state: { type: ["OPEN", "DONE"], required: true },
      due: { type: "string", field: "d" },
      points: { type: "number" },
      note: { type: "string" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byTeam: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["team"] },
        sk: { field: "gsi1sk", composite: ["state", "due"] },
      },
      byState: {
        index: "gsi2",
        type: "clustered",
        collection: "board",
        pk: { field: "gsi2pk", composite: ["state"] },
        sk: { field: "gsi2sk", composite: ["due"] },
      },
      byPoints: {
        index: "gsi3",
        projection: ["note"],
        pk: { field: "gsi3pk", composite: ["points"] },
        sk: { field: "gsi3sk", composite: ["due"] },
      },
      byDue: {
        index: "gsi4",
        type: "composite",
        pk: { composite: ["due", "state"] },
        sk: { composite: ["points"] },
      },
    },
  } as const;
}

const place = { client, table };
const Task = new Entity(modelOf("task"), place);
const Memo = new Entity(modelOf("memo"), place);
const DropInTask = new DropInEntity(modelOf("task"), place);
await createTable([Task, Memo]);

const item = (id: string, change: object = {}) => ({
  id,
  team: "red",
  state: "OPEN" as const,
  due: "2025-01-01",
  points: 3,
  note: id,
  ...change,
});
await Task.put(item("t1")).go();
await Task.put(item("t2", { due: "2025-02-01", points: 5 })).go();
await Task.put(item("t3", { state: "DONE", team: "blue" })).go();
await Memo.put(item("m1")).go();

const ids = ({ data }: { data: { id?: string }[] }) => data.map(({ id }) => id).sort();

describe.each([
  ["electroxide", Task],
  ["electroxide/electrodb", DropInTask as unknown as typeof Task],
])("%s", (_, Tasks) => {
  test("find queries by the key that is given", async () => {
    expect(ids(await Tasks.find({ id: "t2" }).go())).toEqual(["t2"]);
    expect(ids(await Tasks.find({ team: "red", state: "OPEN" }).go())).toEqual(["t1", "t2"]);
    expect(ids(await Tasks.find({ state: "OPEN" }).go())).toEqual(["t1", "t2"]);
  });

  test("find scans where nothing is a key, and leaves the rest to where", async () => {
    expect(ids(await Tasks.find({ note: "t1" }).go())).toEqual(["t1", "t2", "t3"]);
    const found = await Tasks.find({ note: "t1" })
      .where(({ note }, { eq }) => eq(note, "t1"))
      .go();
    expect(ids(found)).toEqual(["t1"]);
  });

  test("match filters by all that is given", async () => {
    expect(ids(await Tasks.match({ team: "red", due: "2025-02-01" }).go())).toEqual(["t2"]);
    expect(ids(await Tasks.match({ state: "OPEN", note: "t1" }).go())).toEqual(["t1"]);
    expect(ids(await Tasks.match({ note: "t3" }).go())).toEqual(["t3"]);
    expect(ids(await Tasks.match({ id: "t1", team: "blue" }).go())).toEqual([]);
  });

  test("an OR beside a match does not reach beyond it", async () => {
    const found = await Tasks.match({ team: "red" })
      .where(({ points, state }, { eq }) => `${eq(points, 5)} OR ${eq(state, "DONE")}`)
      .go();
    expect(ids(found)).toEqual(["t2"]);
  });

  test("find and match read an index whose keys are the attributes", async () => {
    const sought = { due: "2025-02-01", state: "OPEN", points: 5 } as const;
    expect(Tasks.find(sought).params().IndexName).toBe("gsi4");
    expect(ids(await Tasks.find(sought).go())).toEqual(["t2"]);
    expect(ids(await Tasks.match(sought).go())).toEqual(["t2"]);
    expect(ids(await Tasks.match({ ...sought, note: "t1" }).go())).toEqual([]);
  });

  test("each index is scanned for the entity's own items", async () => {
    expect(ids(await Tasks.scan.go())).toEqual(["t1", "t2", "t3"]);
    expect(ids(await Tasks.scan.byTeam.go())).toEqual(["t1", "t2", "t3"]);
    expect(ids(await Tasks.scan.byState.go())).toEqual(["t1", "t2", "t3"]);
    expect(ids(await Tasks.scan.byDue.go())).toEqual(["t1", "t2", "t3"]);
    const open = await Tasks.scan.byTeam.where(({ state }, { eq }) => eq(state, "OPEN")).go();
    expect(ids(open)).toEqual(["t1", "t2"]);
  });

  test("a scan of an index goes on from its cursor, page by page", async () => {
    const found: (string | undefined)[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: { data: { id?: string }[]; cursor: string | null } = await Tasks.scan.byTeam.go({
        cursor,
        limit: 1,
      });
      found.push(...ids(page));
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== null);
    expect(found.sort()).toEqual(["t1", "t2", "t3"]);
    expect(pages).toBeGreaterThanOrEqual(4);
    expect(ids(await Tasks.scan.byTeam.go({ pages: "all", limit: 1 }))).toEqual(["t1", "t2", "t3"]);
    const two = await Tasks.scan.byTeam.go({ count: 2 });
    const rest = await Tasks.scan.byTeam.go({ cursor: two.cursor });
    expect([...ids(two), ...ids(rest)].sort()).toEqual(["t1", "t2", "t3"]);
  });

  test("segments of an index are scanned apart", async () => {
    const parts = await Promise.all(
      [0, 1].map((segment) => Tasks.scan.byTeam.go({ segments: { total: 2, segment } })),
    );
    expect(parts.flatMap(ids).sort()).toEqual(["t1", "t2", "t3"]);
  });
});

test("the main entry matches by no index that lacks what it filters by", async () => {
  const sought = { team: "red", points: 5 };
  expect(ids(await Task.match(sought).go())).toEqual(["t2"]);
  expect(ids(await Task.match({ points: 5 }).go())).toEqual(["t2"]);
  // ElectroDB takes the last index, which holds no `team` to compare.
  expect(ids(await DropInTask.match(sought).go())).toEqual([]);
});

test("an index that lacks the identifiers is read by its keys in the main entry", async () => {
  const notes = ({ data }: { data: { note?: string }[] }) => data.map(({ note }) => note).sort();
  expect(notes(await Task.query.byPoints({ points: 3 }).go())).toEqual(["t1", "t3"]);
  expect(notes(await Task.scan.byPoints.go())).toEqual(["t1", "t2", "t3"]);
  expect(notes(await Task.find({ points: 3 }).go())).toEqual(["t1", "t3"]);
  // As in ElectroDB, whose an item is is not looked at there; the sort key names the entity all the same.
  expect(notes(await DropInTask.query.byPoints({ points: 3 }).go())).toEqual(["t1", "t3"]);
});
