// Cursors that a read has answered go on where it ended: at another entity's item, or at keys of empty composites.
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

const { client, createTable } = openPlace();
const table = tableName();

const define = (entity: string) =>
  ({
    model: { entity, version: "1", service: "cursors" },
    attributes: {
      org: { type: "string", required: true },
      id: { type: "string", required: true },
      team: { type: "string" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["org"] }, sk: { field: "sk", composite: ["id"] } },
      byTeam: {
        collection: "team",
        type: "clustered",
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["team"] },
        sk: { field: "gsi1sk", composite: ["org", "id"] },
      },
    },
  }) as const;

await createTable([new main.Entity(define("task"), { client, table })]);

/** Everything that a read answers, one cursor after the other. */
async function through(read: () => Loose, options: object): Promise<unknown[]> {
  const found: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: unknown[]; cursor: string | null } = await read().go({
      ...options,
      cursor,
    });
    found.push(...page.data);
    ({ cursor } = page);
  } while (cursor !== null);
  return found;
}

describe.each([
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
])("%s", (name, library: Loose) => {
  const Task: Loose = new library.Entity(define("task"), { client, table });
  const Note: Loose = new library.Entity(define("note"), { client, table });

  test("a clustered index, whose pages end at items of its other entities", async () => {
    const team = `clustered ${name}`;
    const ids = ["1", "2", "3", "4", "5"];
    for (const id of ids) {
      await Task.put({ org: `task ${team}`, id: `${id}b`, team }).go();
      await Note.put({ org: `task ${team}`, id: `${id}a`, team }).go();
      await Note.put({ org: `task ${team}`, id: `${id}c`, team }).go();
    }
    const read = () => Task.query.byTeam({ team });
    const { data: all } = await read().go();
    expect(all.map(({ id }: Loose) => id)).toEqual(ids.map((id) => `${id}b`));
    for (const limit of [1, 2, 4]) {
      expect(await through(read, { limit })).toEqual(all);
      expect(await through(read, { limit, order: "desc" })).toEqual(all.toReversed());
    }
    expect(await through(read, { count: 2, limit: 1 })).toEqual(all);
  });

  test("keys of empty composites", async () => {
    const team = `empty ${name}`;
    const keys = [
      { org: "", id: "" },
      { org: "", id: name },
      { org: name, id: "" },
    ];
    for (const key of keys) await Task.put({ ...key, team }).go();
    const all = keys.map((key) => ({ ...key, team }));
    expect(await through(() => Task.query.byTeam({ team }), { limit: 1 })).toEqual(all);
    const inOrg = await through(() => Task.query.primary({ org: "" }), { limit: 1 });
    expect(inOrg).toEqual(expect.arrayContaining(all.slice(0, 2)));
  });
});

test("items of empty composites are hydrated", async () => {
  const Task = new main.Entity(define("task"), { client, table });
  const item = { org: "", id: "hydrated", team: "hydrated" };
  await Task.put(item).go();
  const { data } = await Task.query.byTeam({ team: "hydrated" }).go({ hydrate: true });
  expect(data).toEqual([item]);
});
