// Wrong values in calls, each with the code that refuses it and the proof that nothing was sent; wrong options stand in bad-input-options.test.ts.
import { Entity as DropInEntity } from "electroxide/electrodb";
import { Entity } from "electroxide";
import { Entity as OracleEntity } from "electrodb";
import { describe, expect, test } from "vitest";
import { task, taskModel, THROWN } from "./bad-input-entity";
import { countingClient, refusalOf, type Loose } from "./bad-input-refusal";

interface WrongCall {
  mistake: string;
  call: (tasks: Loose) => Promise<unknown>;
  code: number;
  kind: string;
  /** The attribute path that the error has to name. */
  field?: string;
  /** What the drop-in entry does where its oracle is not to be followed (quirks marked *fix*). */
  dropIn?: number;
}

const missing = (field: string) => ({ code: 4001, kind: "MissingRequiredAttribute", field });
const invalid = (field: string) => ({ code: 4002, kind: "InvalidAttribute", field });
const readOnly = (field: string) => ({ code: 4003, kind: "ReadOnlyAttribute", field });
const unknown = (field: string) => ({ code: 4004, kind: "UnknownAttribute", field });
const incomplete = { code: 2002, kind: "IncompleteCompositeAttributes" };

const CREATES: WrongCall[] = [
  { mistake: "a missing key", call: (t) => t.create({ team: "red" }).go(), ...missing("id") },
  { mistake: "a missing attribute", call: (t) => t.create({ id: "t1" }).go(), ...missing("team") },
  { mistake: "nothing", call: (t) => t.create({}).go(), ...missing("id") },
  {
    mistake: "a required attribute of undefined",
    call: (t) => t.create(task({ team: undefined })).go(),
    ...missing("team"),
  },
  {
    mistake: "a missing required property of a map",
    call: (t) => t.create(task({ place: { number: 3 } })).go(),
    ...missing("place.street"),
  },
  {
    mistake: "a missing required property of a map in a list",
    call: (t) => t.create(task({ steps: [{ title: "a" }, {}] })).go(),
    ...missing("steps[*].title"),
  },
  { mistake: "a number for text", call: (t) => t.create(task({ due: 5 })).go(), ...invalid("due") },
  {
    mistake: "a boolean for text",
    call: (t) => t.create(task({ due: true })).go(),
    ...invalid("due"),
  },
  { mistake: "null for text", call: (t) => t.create(task({ due: null })).go(), ...invalid("due") },
  { mistake: "a list for text", call: (t) => t.create(task({ due: [] })).go(), ...invalid("due") },
  {
    mistake: "text for a number",
    call: (t) => t.create(task({ points: "5" })).go(),
    ...invalid("points"),
  },
  {
    mistake: "NaN",
    call: (t) => t.create(task({ minutes: Number.NaN })).go(),
    ...invalid("minutes"),
  },
  {
    mistake: "text for a boolean",
    call: (t) => t.create(task({ open: "yes" })).go(),
    ...invalid("open"),
  },
  {
    mistake: "a number for a boolean",
    call: (t) => t.create(task({ open: 1 })).go(),
    ...invalid("open"),
  },
  {
    mistake: "a value outside the enum",
    call: (t) => t.create(task({ state: "OLD" })).go(),
    ...invalid("state"),
  },
  {
    mistake: "an enum value in another case",
    call: (t) => t.create(task({ state: "new" })).go(),
    ...invalid("state"),
  },
  {
    mistake: "text for a map",
    call: (t) => t.create(task({ place: "x" })).go(),
    ...invalid("place"),
  },
  {
    mistake: "a list for a map",
    call: (t) => t.create(task({ place: [] })).go(),
    ...invalid("place"),
  },
  {
    mistake: "text for a number in a map",
    call: (t) => t.create(task({ place: { street: "a", number: "3" } })).go(),
    ...invalid("place.number"),
  },
  {
    mistake: "text for a number in a map in a map",
    call: (t) => t.create(task({ place: { street: "a", inner: { floor: "2" } } })).go(),
    ...invalid("place.inner.floor"),
  },
  {
    mistake: "text for a list",
    call: (t) => t.create(task({ tags: "a" })).go(),
    ...invalid("tags"),
  },
  {
    mistake: "a number in a list of text",
    call: (t) => t.create(task({ tags: ["a", 5] })).go(),
    ...invalid("tags[*]"),
  },
  {
    mistake: "text in a list of maps",
    call: (t) => t.create(task({ steps: ["a"] })).go(),
    ...invalid("steps[*]"),
  },
  {
    mistake: "an object for a set",
    call: (t) => t.create(task({ names: { a: 1 } })).go(),
    ...invalid("names"),
  },
  {
    mistake: "a number in a set of text",
    call: (t) => t.create(task({ names: ["a", 5] })).go(),
    ...invalid("names[*]"),
  },
  {
    mistake: "text in a set of numbers",
    call: (t) => t.create(task({ sizes: new Set([1, "2"]) })).go(),
    ...invalid("sizes[*]"),
  },
  {
    mistake: "text that a pattern refuses",
    call: (t) => t.create(task({ mail: "nobody" })).go(),
    ...invalid("mail"),
  },
  {
    mistake: "a value that a validate callback refuses",
    call: (t) => t.create(task({ minutes: 5 })).go(),
    ...invalid("minutes"),
  },
  {
    mistake: "an unknown attribute",
    call: (t) => t.create(task({ teem: "red" })).go(),
    ...unknown("teem"),
  },
  {
    mistake: "an unknown property of a map",
    call: (t) => t.create(task({ place: { street: "a", streat: "b" } })).go(),
    ...unknown("place.streat"),
  },
  {
    mistake: "an unknown attribute in put",
    call: (t) => t.put(task({ pionts: 3 })).go(),
    ...unknown("pionts"),
  },
  {
    mistake: "an unknown attribute in upsert",
    call: (t) => t.upsert(task({ pionts: 3 })).go(),
    ...unknown("pionts"),
  },
  { mistake: "put without the key", call: (t) => t.put({ team: "red" }).go(), ...missing("id") },
  {
    mistake: "a wrong type in put",
    call: (t) => t.put(task({ points: "3" })).go(),
    ...invalid("points"),
  },
  {
    mistake: "a wrong type in upsert",
    call: (t) => t.upsert(task({ points: "3" })).go(),
    ...invalid("points"),
  },
  {
    mistake: "some but not all sort composites",
    call: (t) => t.create(task({ points: 3 })).go(),
    ...incomplete,
  },
  {
    mistake: "a set hook that throws",
    call: (t) => t.create(task({ sealed: "throw" })).go(),
    code: 4005,
    kind: "HookFailed",
  },
];

const update = (t: Loose): Loose => t.update({ id: "t1" });

const UPDATES: WrongCall[] = [
  { mistake: "no key", call: (t) => t.update({}).set({ open: true }).go(), ...incomplete },
  {
    mistake: "a wrong type",
    call: (t) => update(t).set({ open: "no" }).go(),
    ...invalid("open"),
  },
  {
    mistake: "a value outside the enum",
    call: (t) => update(t).set({ state: "OLD" }).go(),
    ...invalid("state"),
  },
  {
    mistake: "a value that a pattern refuses",
    call: (t) => update(t).set({ mail: "nobody" }).go(),
    ...invalid("mail"),
  },
  {
    mistake: "a value that a validate callback refuses",
    call: (t) => update(t).set({ minutes: 5 }).go(),
    ...invalid("minutes"),
  },
  {
    mistake: "a list member of a wrong type by path",
    call: (t) => update(t).set({ "tags[0]": 5 }).go(),
    ...invalid("tags[0]"),
    dropIn: 3001,
  },
  ...["data", "delete", "remove"].map((method) => ({
    mistake: `${method} on an upsert, which has none`,
    call: (t: Loose) => t.upsert(task())[method]({}).go(),
    code: 1010,
    kind: "InvalidOptions",
    dropIn: 1010,
  })),
  ...["set", "add", "subtract", "delete"].map((method) => ({
    mistake: `${method} without changes`,
    call: (t: Loose) => update(t)[method](undefined).go(),
    code: 1010,
    kind: "InvalidOptions",
    dropIn: 1010,
  })),
  {
    mistake: "a name of no attribute in a data callback, though nothing uses it",
    call: (t) =>
      update(t)
        .data((_: Loose, { name }: Loose) => name("id"))
        .go(),
    code: 1012,
    kind: "InvalidWhere",
  },
  {
    mistake: "a part of a wrong type in an upsert",
    call: (t) => t.upsert(task()).set({ "place.number": "3" }).go(),
    ...invalid("place.number"),
  },
  {
    mistake: "two values of a composite",
    call: (t) => update(t).composite({ due: "2025" }).composite({ due: "2026" }).go(),
    code: 2010,
    kind: "DuplicateUpdateCompositesProvided",
  },
  {
    mistake: "a map property of a wrong type by path",
    call: (t) => update(t).set({ "place.number": "3" }).go(),
    ...invalid("place.number"),
  },
  {
    mistake: "a read-only attribute",
    call: (t) => update(t).set({ born: "2026" }).go(),
    ...readOnly("born"),
  },
  {
    mistake: "a read-only attribute in patch",
    call: (t) => t.patch({ id: "t1" }).set({ born: "2026" }).go(),
    ...readOnly("born"),
  },
  {
    mistake: "the removal of a read-only attribute",
    call: (t) => update(t).remove(["born"]).go(),
    ...readOnly("born"),
  },
  {
    mistake: "an unknown attribute in set",
    call: (t) => update(t).set({ opne: true }).go(),
    ...unknown("opne"),
  },
  {
    mistake: "an unknown attribute in add",
    call: (t) => update(t).add({ pionts: 1 }).go(),
    ...unknown("pionts"),
  },
  {
    mistake: "an unknown attribute in subtract",
    call: (t) => update(t).subtract({ pionts: 1 }).go(),
    ...unknown("pionts"),
  },
  {
    mistake: "an undeclared property in a `where`",
    call: (t) => t.scan.where((a: Loose, { eq }: Loose) => eq(a.place.inner.flor, 1)).go(),
    ...unknown("place.inner.flor"),
    dropIn: 1012,
  },
  {
    mistake: "an undeclared property of an element in a `data` callback",
    call: (t) =>
      t
        .update({ id: "t1" })
        .data((a: Loose, { set }: Loose) => set(a.steps[0].titel, "a"))
        .go(),
    ...unknown("steps[0].titel"),
    dropIn: 1012,
  },
  {
    mistake: "an unknown attribute in append",
    call: (t) =>
      update(t)
        .append({ tagz: ["a"] })
        .go(),
    ...unknown("tagz"),
  },
  {
    mistake: "an unknown attribute in delete",
    call: (t) =>
      update(t)
        .delete({ nmaes: ["a"] })
        .go(),
    ...unknown("nmaes"),
  },
  {
    mistake: "an unknown attribute in remove",
    call: (t) => update(t).remove(["deu"]).go(),
    ...unknown("deu"),
  },
  {
    mistake: "an unknown attribute in data",
    call: (t) =>
      update(t)
        .data((a: Loose, { set }: Loose) => set(a.deu, "x"))
        .go(),
    ...unknown("deu"),
  },
  {
    mistake: "add to text",
    call: (t) => update(t).add({ due: 1 }).go(),
    ...invalid("due"),
  },
  {
    mistake: "add of text",
    call: (t) => update(t).add({ points: "1" }).go(),
    ...invalid("points"),
  },
  {
    mistake: "subtract from text",
    call: (t) => update(t).subtract({ due: 1 }).go(),
    ...invalid("due"),
  },
  {
    mistake: "append to a number",
    call: (t) =>
      update(t)
        .append({ points: [1] })
        .go(),
    ...invalid("points"),
  },
  {
    mistake: "append of a wrong member",
    call: (t) =>
      update(t)
        .append({ tags: [5] })
        .go(),
    ...invalid("tags[*]"),
  },
  {
    mistake: "delete from a list",
    call: (t) =>
      update(t)
        .delete({ tags: ["a"] })
        .go(),
    ...invalid("tags"),
    dropIn: 3001,
  },
  {
    mistake: "some sort composites of an index",
    call: (t) => update(t).set({ due: "2025" }).go(),
    ...incomplete,
  },
  {
    mistake: "a set hook that throws",
    call: (t) => update(t).set({ sealed: "throw" }).go(),
    code: 4005,
    kind: "HookFailed",
  },
  {
    mistake: "a data callback that throws",
    call: (t) =>
      update(t)
        .data(() => {
          throw THROWN;
        })
        .go(),
    code: 4005,
    kind: "HookFailed",
  },
];

const READS: WrongCall[] = [
  { mistake: "get without key", call: (t) => t.get({}).go(), ...incomplete },
  { mistake: "get with another attribute", call: (t) => t.get({ team: "r" }).go(), ...incomplete },
  { mistake: "delete without key", call: (t) => t.delete({}).go(), ...incomplete },
  { mistake: "remove without key", call: (t) => t.remove({}).go(), ...incomplete },
  {
    mistake: "patch without key",
    call: (t) => t.patch({}).set({ open: true }).go(),
    ...incomplete,
  },
  {
    mistake: "an unknown attribute in what a query asks for",
    call: (t) => t.query.byTeam({ team: "a", taem: "b" }).go(),
    ...unknown("taem"),
  },
  {
    mistake: "an unknown attribute in what a query's sort key is compared with",
    call: (t) => t.query.byTeam({ team: "a" }).begins({ deu: "2025" }).go(),
    ...unknown("deu"),
  },
  {
    mistake: "an unknown attribute at the upper end of a query",
    call: (t) => t.query.byTeam({ team: "a" }).between({ due: "2025" }, { deu: "2026" }).go(),
    ...unknown("deu"),
  },
  { mistake: "query without its pk", call: (t) => t.query.byTeam({}).go(), ...incomplete },
  {
    mistake: "query with another attribute",
    call: (t) => t.query.byTeam({ id: "t1" }).go(),
    ...incomplete,
  },
  {
    mistake: "two sort conditions, of which only one could be sent",
    call: (t) => t.query.byTeam({ team: "a" }).gt({ due: "2025" }).lt({ due: "2026" }).go(),
    code: 1010,
    kind: "InvalidOptions",
    dropIn: 1010,
  },
  {
    mistake: "a filter of a get, which DynamoDB would not apply",
    call: (t) =>
      t
        .get({ id: "t1" })
        .where(({ team }: Loose, { eq }: Loose) => eq(team, "a"))
        .go(),
    code: 1010,
    kind: "InvalidOptions",
  },
];

const SECTIONS: Record<string, WrongCall[]> = { creates: CREATES, updates: UPDATES, reads: READS };

function newTasks(one: unknown, client: unknown): Loose {
  const TaskEntity = one as new (model: unknown, options: Loose) => Loose;
  return new TaskEntity(taskModel(), { table: "tasks", client });
}

describe.each(Object.entries(SECTIONS))("wrong %s", (_, cases) => {
  test.each(cases)("$mistake: $code", async ({ call, code, kind, field }) => {
    const { client, sent } = countingClient();
    const refusal = await refusalOf(() => call(newTasks(Entity, client)));
    expect(refusal).toMatchObject({ code, kind, isElectroError: true });
    if (field !== undefined) {
      expect(refusal?.fields?.map((one) => one.field)).toContain(field);
    }
    if (code === 4005) expect(refusal?.cause).toBe(THROWN);
    expect(sent()).toBe(0);
  });

  test.each(cases)("$mistake, in the drop-in entry", async ({ call, dropIn }) => {
    const forOurs = countingClient();
    const ours = await refusalOf(() => call(newTasks(DropInEntity, forOurs.client)));
    if (dropIn === undefined) {
      const forOracle = countingClient();
      const oracle = await refusalOf(() => call(newTasks(OracleEntity, forOracle.client)));
      expect(ours?.code).toBe(oracle?.code);
      expect(forOurs.sent()).toBe(forOracle.sent());
    } else {
      expect(ours?.code).toBe(dropIn);
      expect(forOurs.sent()).toBe(0);
    }
  });
});

test("a refused call and a right one differ in what reaches the client", async () => {
  const { client, sent } = countingClient();
  await newTasks(Entity, client).create(task()).go();
  expect(sent()).toBe(1);
});
