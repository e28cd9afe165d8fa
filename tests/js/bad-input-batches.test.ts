// Wrong batches, each with the code that refuses it, the position of the item at fault, and the proof that nothing was sent.
import { Entity as DropInEntity } from "electroxide/electrodb";
import { Entity } from "electroxide";
import { Entity as OracleEntity } from "electrodb";
import { describe, expect, test } from "vitest";
import { task, taskModel, THROWN } from "./bad-input-entity";
import { countingClient, refusalOf, type Loose } from "./bad-input-refusal";

interface WrongBatch {
  mistake: string;
  call: (tasks: Loose) => Promise<unknown>;
  code: number;
  kind: string;
  /** What the message has to say. */
  says?: string | RegExp;
  /** The refused attribute, whose `index` has to be the position of its item. */
  field?: string;
  at?: number;
  /** The drop-in's code where its oracle is not to be followed. */
  dropIn?: number;
}

const refused = { code: 1010, kind: "InvalidOptions" };
const key = (id: string) => ({ id });
const sparse = () => {
  const list: unknown[] = [key("a")];
  list[2] = key("b");
  return list;
};
const throwing = () =>
  Object.defineProperty({ id: "b" }, "team", {
    enumerable: true,
    get() {
      throw THROWN;
    },
  });

const MEMBERS: WrongBatch[] = [
  {
    mistake: "a hole among keys",
    call: (t) => t.get(sparse()).go(),
    ...refused,
    says: /position 1/,
  },
  {
    mistake: "a hole among items",
    call: (t) => t.put(sparse()).go(),
    ...refused,
    says: /position 1/,
  },
  {
    mistake: "holes without end",
    call: (t) => t.delete(new Array(4_000_000_000)).go(),
    ...refused,
    says: /position 0/,
    dropIn: 2002,
  },
  {
    mistake: "null among keys",
    call: (t) => t.delete([key("a"), null]).go(),
    ...refused,
    says: "`null`",
    dropIn: 2002,
  },
  { mistake: "undefined among items", call: (t) => t.put([undefined]).go(), ...refused },
  { mistake: "text among keys", call: (t) => t.get(["a"]).go(), ...refused, says: "`string`" },
  { mistake: "a number among items", call: (t) => t.put([1]).go(), ...refused },
  { mistake: "a list among keys", call: (t) => t.get([[key("a")]]).go(), ...refused },
  {
    mistake: "a promise of an item",
    call: (t) => t.put([task(), Promise.resolve(task({ id: "t2" }))]).go(),
    ...refused,
    says: "Promise",
  },
  {
    mistake: "a key without its composites",
    call: (t) => t.get([key("a"), { team: "red" }]).go(),
    code: 2002,
    kind: "IncompleteCompositeAttributes",
    says: /position 1.*`id`/,
  },
  {
    mistake: "an item without its key",
    call: (t) => t.put([task(), { team: "red" }]).go(),
    code: 4001,
    kind: "MissingRequiredAttribute",
    field: "id",
    at: 1,
  },
  {
    mistake: "an attribute of a wrong type",
    call: (t) => t.put([task(), task({ id: "t2" }), task({ id: "t3", points: "5" })]).go(),
    code: 4002,
    kind: "InvalidAttribute",
    field: "points",
    at: 2,
  },
  {
    mistake: "a value that its validator refuses",
    call: (t) => t.put([task(), task({ id: "t2", mail: "nobody" })]).go(),
    code: 4002,
    kind: "InvalidAttribute",
    field: "mail",
    at: 1,
  },
  {
    mistake: "a member of a list of a wrong type",
    call: (t) => t.put([task(), task({ id: "t2", tags: ["a", 5] })]).go(),
    code: 4002,
    kind: "InvalidAttribute",
    field: "tags[1]",
    at: 1,
  },
  {
    mistake: "a set hook that throws",
    call: (t) => t.put([task(), task({ id: "t2", sealed: "throw" })]).go(),
    code: 4005,
    kind: "HookFailed",
    says: /position 1/,
  },
  {
    mistake: "something like an array",
    call: (t) => t.get({ length: 1, 0: key("a") }).go(),
    code: 2002,
    kind: "IncompleteCompositeAttributes",
  },
  {
    mistake: "an item within itself",
    call: (t) => {
      const free: Loose = {};
      free.self = free;
      return t.put([task(), task({ id: "t2", free })]).go();
    },
    code: 4002,
    kind: "InvalidAttribute",
    says: /position 1/,
    dropIn: 3001,
  },
];

const TWICE = { ...refused, says: /0 and 2/ };
const KEYS: WrongBatch[] = [
  { mistake: "a key twice", call: (t) => t.get(["a", "b", "a"].map(key)).go(), ...TWICE },
  {
    mistake: "a key to delete twice",
    call: (t) => t.delete(["a", "b", "A"].map(key)).go(),
    ...TWICE,
  },
  {
    mistake: "an item twice",
    call: (t) => t.put(["a", "b", "a"].map((id) => task({ id }))).go(),
    ...TWICE,
  },
  {
    mistake: "a key twice in two requests",
    call: (t) => t.get([...Array.from({ length: 150 }, (_, at) => key(`n${at}`)), key("n3")]).go(),
    ...refused,
    says: /3 and 150/,
  },
];

const concurrent = { code: 2004, kind: "InvalidConcurrencyOption" };
const two = () => [task(), task({ id: "t2" })];
const OPTIONS: WrongBatch[] = [
  ...[0, -1, Number.NaN, "x", null, Infinity, {}].map((value) => ({
    mistake: `concurrent ${String(value)}`,
    call: (t: Loose) => t.put(two()).go({ concurrent: value }),
    ...concurrent,
  })),
  { mistake: "half a request", call: (t) => t.put(two()).go({ concurrent: 1.5 }), ...concurrent },
  {
    mistake: "another form",
    call: (t) => t.get([key("a")]).go({ unprocessed: "keys" }),
    ...refused,
  },
  {
    mistake: "conditions of puts",
    call: (t) => t.put(two()).go({ conditions: { open: true } }),
    ...refused,
    dropIn: 1010,
  },
  {
    mistake: "conditions of deletes",
    call: (t) => t.delete([key("a")]).go({ conditions: { open: true } }),
    ...refused,
    dropIn: 1010,
  },
  {
    mistake: "conditions of gets",
    call: (t) => t.get([key("a")]).go({ conditions: { open: true } }),
    ...refused,
    dropIn: 1010,
  },
  { mistake: "values of puts", call: (t) => t.put(two()).go({ response: "all_old" }), ...refused },
  { mistake: "another response", call: (t) => t.put(two()).go({ response: "some" }), ...refused },
  { mistake: "an option that is none", call: (t) => t.put([]).go({ concurent: 2 }), ...refused },
  {
    mistake: "an attribute that is none",
    call: (t) => t.get([key("a")]).go({ attributes: ["dew"] }),
    code: 4004,
    kind: "UnknownAttribute",
  },
  { mistake: "options that are none", call: (t) => t.get([key("a")]).go(5), ...refused },
  { mistake: "no signal", call: (t) => t.get([key("a")]).go({ abortSignal: {} }), ...refused },
  {
    mistake: "a condition of puts",
    call: (t) =>
      t
        .put(two())
        .where(({ open }: Loose, { eq }: Loose) => eq(open, true))
        .go(),
    ...refused,
    dropIn: 1010,
  },
  {
    mistake: "a filter of gets",
    call: (t) =>
      t
        .get([key("a")])
        .where(({ open }: Loose, { eq }: Loose) => eq(open, true))
        .go(),
    ...refused,
  },
];

const SECTIONS: Record<string, WrongBatch[]> = { members: MEMBERS, keys: KEYS, options: OPTIONS };

function newTasks(one: unknown, client: unknown): Loose {
  const TaskEntity = one as new (model: unknown, options: Loose) => Loose;
  return new TaskEntity(taskModel(), { table: "tasks", client });
}

describe.each(Object.entries(SECTIONS))("wrong %s", (_, cases) => {
  test.each(cases)("$mistake: $code", async ({ call, code, kind, says, field, at }) => {
    const { client, sent } = countingClient();
    const refusal = await refusalOf(() => call(newTasks(Entity, client)));
    expect(refusal).toMatchObject({ code, kind, isElectroError: true });
    if (says !== undefined) expect(refusal?.message).toMatch(says);
    if (field !== undefined) {
      expect(refusal?.fields).toEqual([expect.objectContaining({ field, index: at })]);
      expect(refusal?.message).toContain(`position ${at}`);
    }
    if (code === 4005) expect(refusal?.cause).toBe(THROWN);
    expect(sent()).toBe(0);
  });

  test.each(cases)("$mistake, in the drop-in entry", async ({ call, dropIn }) => {
    const forOurs = countingClient();
    const ours = await refusalOf(() => call(newTasks(DropInEntity, forOurs.client)));
    if (dropIn !== undefined) {
      expect(ours?.code).toBe(dropIn);
      expect(forOurs.sent()).toBe(0);
      return;
    }
    const forOracle = countingClient();
    const oracle = await refusalOf(() => call(newTasks(OracleEntity, forOracle.client)));
    // It rejects an answer that does not say what was left undone, which is all that the client gives.
    const theirs = forOracle.sent() > 0 ? undefined : oracle?.code;
    expect(ours?.code).toBe(theirs);
    expect(forOurs.sent() > 0).toBe(forOracle.sent() > 0);
  });
});

test("what a getter of an item throws is the batch's failure, with its position", async () => {
  const { client, sent } = countingClient();
  const tasks = newTasks(Entity, client);
  const refusal = await refusalOf(() => tasks.put([task(), throwing()]).go());
  expect(refusal).toMatchObject({ code: 4005, cause: THROWN });
  expect(sent()).toBe(0);
});

test("a batch has none of the methods that batches cannot have", () => {
  const tasks = newTasks(Entity, countingClient().client);
  for (const method of ["set", "remove", "commit", "composite", "begins"]) {
    expect(tasks.put([task()])[method]).toBeUndefined();
  }
});

test("the operations that take one item say so", async () => {
  const { client, sent } = countingClient();
  const tasks = newTasks(Entity, client);
  for (const method of ["create", "upsert", "update", "patch", "remove"]) {
    const refusal = await refusalOf(() => tasks[method]([task()]).go());
    expect(refusal).toMatchObject({ code: 1010, kind: "InvalidOptions" });
    const ours = newTasks(DropInEntity, client)[method]([task()]);
    const oracle = newTasks(OracleEntity, client)[method]([task()]);
    expect((await refusalOf(() => ours.go()))?.code).toBe(
      (await refusalOf(() => oracle.go()))?.code,
    );
  }
  expect(sent()).toBe(0);
});
