// Wrong options, conditions, where clauses and cursors, each with the code that refuses it and the proof that nothing was sent.
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
  /** What the drop-in entry refuses by itself, where ElectroDB has no such thing or loses data. */
  dropIn?: number;
  /** The options that the entity is made with, where they are the mistake. */
  options?: Loose;
}

const options = { code: 1010, kind: "InvalidOptions" };
const limit = { code: 2006, kind: "InvalidLimitOption" };
const pages = { code: 2005, kind: "InvalidPagesOption" };
const expression = { code: 1012, kind: "InvalidWhere" };
const cursor = { code: 5005, kind: "InvalidCursor", dropIn: 5003 };
const incomplete = { code: 2002, kind: "IncompleteCompositeAttributes" };

const red = (t: Loose): Loose => t.query.byTeam({ team: "red" });
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const OPTIONS: WrongCall[] = [
  {
    mistake: "an unknown option of get",
    call: (t) => t.get({ id: "t" }).go({ consistant: true }),
    ...options,
  },
  { mistake: "an unknown option of query", call: (t) => red(t).go({ limt: 5 }), ...options },
  { mistake: "an unknown option of scan", call: (t) => t.scan.go({ segment: 0 }), ...options },
  {
    mistake: "an unknown option of create",
    call: (t) => t.create(task()).go({ respones: "all_old" }),
    ...options,
  },
  {
    mistake: "an unknown option of params",
    call: async (t) => red(t).params({ limt: 5 }),
    ...options,
  },
  { mistake: "options as text", call: (t) => red(t).go("limit"), ...options },
  { mistake: "an unknown order", call: (t) => red(t).go({ order: "down" }), ...options },
  {
    mistake: "an unknown response",
    call: (t) => t.create(task()).go({ response: "everything" }),
    ...options,
  },
  { mistake: "an unknown data option", call: (t) => red(t).go({ data: "plain" }), ...options },
  {
    mistake: "an unknown attribute in `attributes`",
    call: (t) => red(t).go({ attributes: ["deu"] }),
    code: 4004,
    kind: "UnknownAttribute",
  },
  { mistake: "a limit of nothing", call: (t) => red(t).go({ limit: 0 }), ...limit },
  { mistake: "a negative limit", call: (t) => red(t).go({ limit: -3 }), ...limit },
  { mistake: "a limit of NaN", call: (t) => red(t).go({ limit: Number.NaN }), ...limit },
  { mistake: "a limit of text", call: (t) => red(t).go({ limit: "many" }), ...limit },
  { mistake: "no page", call: (t) => red(t).go({ pages: 0 }), ...pages },
  {
    mistake: "half an item",
    call: (t) => red(t).go({ count: 0.5 }),
    ...options,
    dropIn: 1010,
  },
  { mistake: "pages of text", call: (t) => red(t).go({ pages: "few" }), ...pages },
  {
    mistake: "a segment beyond the total",
    call: (t) => t.scan.go({ segments: { total: 4, segment: 4 } }),
    ...options,
    dropIn: 1010,
  },
  {
    mistake: "a negative segment",
    call: (t) => t.scan.go({ segments: { total: 4, segment: -1 } }),
    ...options,
    dropIn: 1010,
  },
  {
    mistake: "a segment without total",
    call: (t) => t.scan.go({ segments: { segment: 1 } }),
    ...options,
    dropIn: 1010,
  },
  {
    mistake: "segments of a query",
    call: (t) => red(t).go({ segments: { total: 4, segment: 1 } }),
    ...options,
    dropIn: 1010,
  },
  {
    mistake: "no table",
    call: (t) => t.get({ id: "t" }).go(),
    code: 2003,
    kind: "MissingTable",
    options: { table: undefined },
  },
  {
    mistake: "no client",
    call: (t) => t.get({ id: "t" }).go(),
    code: 1001,
    kind: "NoClientDefined",
    options: { client: undefined },
  },
  {
    mistake: "an unknown access pattern",
    call: async (t) => t.query.byTaem({ team: "red" }).go(),
    ...options,
  },
];

const CONDITIONS: WrongCall[] = [
  [
    "an empty object",
    (t: Loose) => t.update({ id: "t" }).set({ open: true }).go({ conditions: {} }),
  ],
  ["an empty list", (t: Loose) => t.update({ id: "t" }).set({ open: true }).go({ conditions: [] })],
  [
    "an expected value of undefined",
    (t: Loose) =>
      t
        .update({ id: "t" })
        .set({ open: true })
        .go({ conditions: { points: undefined } }),
  ],
  [
    "an operand of undefined",
    (t: Loose) => t.delete({ id: "t" }).go({ conditions: { attr: "points", eq: undefined } }),
  ],
  [
    "an attribute without operator",
    (t: Loose) => t.delete({ id: "t" }).go({ conditions: { attr: "points" } }),
  ],
  [
    "an unknown operator",
    (t: Loose) => t.delete({ id: "t" }).go({ conditions: { attr: "points", equals: 1 } }),
  ],
  [
    "two different values of one attribute",
    (t: Loose) =>
      t
        .update({ id: "t" })
        .set({ state: "NEW" })
        .go({ conditions: [{ open: true }, { open: false }] }),
  ],
  [
    "between with one bound",
    (t: Loose) => t.delete({ id: "t" }).go({ conditions: { attr: "points", between: [1] } }),
  ],
  [
    "in with no value",
    (t: Loose) => t.delete({ id: "t" }).go({ conditions: { attr: "points", in: [] } }),
  ],
  [
    "in with 101 values",
    (t: Loose) =>
      t
        .delete({ id: "t" })
        .go({ conditions: { attr: "points", in: Array.from({ length: 101 }, (_, i) => i) } }),
  ],
  ["text", (t: Loose) => t.delete({ id: "t" }).go({ conditions: "open = true" })],
  [
    "a create that expects the item",
    (t: Loose) => t.create(task()).go({ conditions: { exists: true } }),
  ],
  [
    "a patch that expects no item",
    (t: Loose) =>
      t
        .patch({ id: "t" })
        .set({ open: true })
        .go({ conditions: { exists: false } }),
  ],
  [
    "a remove that expects no item",
    (t: Loose) => t.remove({ id: "t" }).go({ conditions: { exists: false } }),
  ],
].map(([mistake, call]) => ({ mistake, call, ...expression, dropIn: 1012 }) as WrongCall);

const CONDITIONS_ELSEWHERE: WrongCall[] = [
  {
    mistake: "conditions of an unknown attribute",
    call: (t) => t.delete({ id: "t" }).go({ conditions: { opne: true } }),
    code: 4004,
    kind: "UnknownAttribute",
    dropIn: 3001,
  },
  {
    mistake: "conditions on get",
    call: (t) => t.get({ id: "t" }).go({ conditions: { open: true } }),
    ...options,
    dropIn: 1010,
  },
  {
    mistake: "conditions on query",
    call: (t) => red(t).go({ conditions: { open: true } }),
    ...options,
    dropIn: 1010,
  },
  {
    mistake: "conditions on scan",
    call: (t) => t.scan.go({ conditions: { open: true } }),
    ...options,
    dropIn: 1010,
  },
];

const CLAUSES: WrongCall[] = [
  {
    mistake: "a clause without operator",
    call: (t) =>
      red(t)
        .where(() => "banana")
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "a clause without operator on a write",
    call: (t) =>
      t
        .delete({ id: "t" })
        .where(() => "1 = 1")
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "a clause with an open bracket",
    call: (t) =>
      red(t)
        .where((a: Loose, o: Loose) => `(${o.eq(a.open, true)}`)
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "a clause with a closing bracket too many",
    call: (t) =>
      red(t)
        .where((a: Loose, o: Loose) => `${o.eq(a.open, true)})`)
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "a clause that closes what it did not open",
    call: (t) =>
      red(t)
        .where((a: Loose, o: Loose) => `${o.eq(a.open, true)}) OR (${o.eq(a.open, false)}`)
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "eq with undefined",
    call: (t) =>
      red(t)
        .where((a: Loose, o: Loose) => o.eq(a.open, undefined))
        .go(),
    ...expression,
  },
  {
    mistake: "a symbol as an operand",
    call: async (t) =>
      red(t)
        .where((a: Loose, o: Loose) => o.eq(a.open, Symbol("open")))
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "a clause that is a number",
    call: (t) =>
      red(t)
        .where(() => 5)
        .go(),
    ...expression,
    dropIn: 1012,
  },
  {
    mistake: "a where callback that throws",
    call: async (t) =>
      red(t)
        .where(() => {
          throw THROWN;
        })
        .go(),
    code: 4005,
    kind: "HookFailed",
  },
  {
    mistake: "where without a callback",
    call: async (t) => red(t).where("open = true").go(),
    ...expression,
    dropIn: 1012,
  },
];

const QUERIES: WrongCall[] = [
  {
    mistake: "a later sort composite without the earlier one",
    call: (t) => t.query.byTeam({ team: "red", points: 3 }).go(),
    ...incomplete,
  },
  { mistake: "begins over a gap", call: (t) => red(t).begins({ points: 3 }).go(), ...incomplete },
  {
    mistake: "between over a gap",
    call: (t) => red(t).between({ points: 3 }, { points: 5 }).go(),
    ...incomplete,
  },
];

const CURSORS: WrongCall[] = [
  { mistake: "a cursor that is no base64", call: (t) => red(t).go({ cursor: "%%%" }), ...cursor },
  {
    mistake: "a cursor that is no JSON",
    call: (t) => red(t).go({ cursor: Buffer.from("pk=1").toString("base64url") }),
    ...cursor,
  },
  { mistake: "a cursor of a list", call: (t) => red(t).go({ cursor: text([1, 2]) }), ...cursor },
  { mistake: "a cursor of null", call: (t) => red(t).go({ cursor: text(null) }), ...cursor },
  { mistake: "a cursor of nothing", call: (t) => red(t).go({ cursor: text({}) }), ...cursor },
  { mistake: "a cursor that is a number", call: (t) => red(t).go({ cursor: 5 }), ...cursor },
  {
    mistake: "a cursor of the table index",
    call: (t) => red(t).go({ cursor: text({ pk: "$app#id_t1", sk: "$task_1" }) }),
    ...cursor,
  },
  {
    mistake: "a cursor of another entity",
    call: (t) =>
      red(t).go({
        cursor: text({
          pk: "$app#id_t1",
          sk: "$user_1",
          gsi1pk: "$app#team_red",
          gsi1sk: "$user_1#due_",
        }),
      }),
    ...cursor,
  },
  {
    mistake: "a cursor with a numeric key",
    call: (t) =>
      red(t).go({
        cursor: text({ pk: 5, sk: "$task_1", gsi1pk: "$app#team_red", gsi1sk: "$task_1" }),
      }),
    ...cursor,
  },
];

const SECTIONS: Record<string, WrongCall[]> = {
  options: OPTIONS,
  conditions: [...CONDITIONS, ...CONDITIONS_ELSEWHERE],
  clauses: CLAUSES,
  queries: QUERIES,
  cursors: CURSORS,
};

function newTasks(one: unknown, client: unknown, changed: Loose = {}): Loose {
  const TaskEntity = one as new (model: unknown, options: Loose) => Loose;
  return new TaskEntity(taskModel(), { table: "tasks", client, ...changed });
}

describe.each(Object.entries(SECTIONS))("wrong %s", (_, cases) => {
  test.each(cases)("$mistake: $code", async ({ call, code, kind, options: changed }) => {
    const { client, sent } = countingClient();
    const refusal = await refusalOf(() => call(newTasks(Entity, client, changed)));
    expect(refusal).toMatchObject({ code, kind, isElectroError: true });
    if (code === 4005) expect(refusal?.cause).toBe(THROWN);
    expect(sent()).toBe(0);
  });

  test.each(cases)("$mistake, in the drop-in entry", async ({ call, dropIn, options: changed }) => {
    const forOurs = countingClient();
    const ours = await refusalOf(() => call(newTasks(DropInEntity, forOurs.client, changed)));
    if (dropIn === undefined) {
      const forOracle = countingClient();
      const oracle = await refusalOf(() => call(newTasks(OracleEntity, forOracle.client, changed)));
      expect(ours?.code).toBe(oracle?.code);
      expect(forOurs.sent()).toBe(forOracle.sent());
    } else {
      expect(ours?.code).toBe(dropIn);
      expect(forOurs.sent()).toBe(0);
    }
  });
});
