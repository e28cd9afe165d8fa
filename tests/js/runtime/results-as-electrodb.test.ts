// The drop-in sends what ElectroDB sends, resolves with what it resolves with, and tells listeners the same, over stub clients.
import { describe, expect, test } from "vitest";
import { canonical } from "../../models/tagged";
import {
  dropIn,
  modelOf,
  Notes,
  oracle,
  outcomeOf,
  OWN,
  stubClient,
  type Library,
  type Loose,
} from "./libraries";

interface Row {
  call: (entity: Loose) => Loose;
  options: Loose;
  answer: Loose;
}

const indexes = {
  primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: ["so"] } },
  g: {
    index: "g1",
    pk: { field: "gpk", composite: ["n"] },
    sk: { field: "gsk", composite: ["q"] },
  },
  kept: {
    index: "g2",
    project: "keys_only",
    pk: { field: "gpk2", composite: ["n"] },
    sk: { field: "gsk2", composite: ["q"] },
  },
};

function attributes(notes: Notes): Loose {
  return {
    so: { type: "string" },
    n: { type: "string" },
    q: { type: "string" },
    st: { type: "set", items: "string" },
    h: { type: "string", hidden: true },
    x: { type: "string", get: notes.note("get x") },
    f: { type: "string", field: "ff" },
    m: {
      type: "map",
      properties: { a: { type: "string", hidden: true }, b: { type: "string", field: "bb" } },
    },
  };
}

const KEY = { id: "AB", so: "S" };
const key = (n: string | number): Loose => ({ pk: "$s#id_ab", sk: `$e_1#so_${n}` });
const item = (n: string | number): Loose => ({ id: "AB", so: `${n}`, ...key(n), ...OWN });

/** Four pages, each with one item of the entity and one of another. */
function pages(): () => Loose {
  let page = 0;
  return () => {
    const other = { id: "AB", so: `T${page}`, __edb_e__: "other", __edb_v__: "1" };
    const Items = [item(`S${page}`), other];
    return { Items, Count: 2, LastEvaluatedKey: page++ < 3 ? key(page) : undefined };
  };
}

const MIXED = {
  Items: [
    { id: "a", ...key(1) },
    { id: "b", ...key(1), ...OWN },
    { id: "c", pk: "other", sk: "x" },
    { id: "d", pk: "$s#id_1", sk: "$f_1#so_2" },
    { id: "e", ...key(1), __edb_e__: "f", __edb_v__: "1" },
    { id: "f", ...OWN },
    { id: "h", ...key(2), __edb_e__: "e" },
    { id: "i", gpk: "$s#n_1", gsk: "$e_1#q_1" },
  ],
};

const every = (calls: Row["call"][], options: Loose[], answers: Loose[]): Row[] =>
  calls.flatMap((call) =>
    options.flatMap((option) =>
      answers.map((answer: Loose) => ({ call, options: option, answer })),
    ),
  );

const RETURNED = { Attributes: { id: "AB", so: "S", ff: "1", h: 2, st: new Set(["1"]), ...OWN } };
const FORMS = [{ data: "raw" }, { data: "includeKeys" }, { data: "attributes" }];
const RESPONSES = [{}, { response: "none" }, { response: "default" }, { response: "all_old" }];

const WRITES: Row[] = [
  ...every(
    [
      (E) => E.put({ ...KEY, n: "1", q: "2", st: ["a"], h: "h", f: "F" }),
      (E) => E.create({ ...KEY, n: "1", q: "2", m: { a: "1", b: "2" } }),
    ],
    [...RESPONSES, ...FORMS, { response: "all_old", data: "raw" }, { attributes: ["n"] }],
    [{}, RETURNED, { Attributes: {} }],
  ),
  ...every(
    [
      (E) => E.update(KEY).set({ f: "1" }),
      (E) => E.patch(KEY).set({ f: "1" }),
      (E) => E.upsert({ ...KEY, f: "1" }),
    ],
    [...RESPONSES, ...FORMS, { response: "all_new" }, { response: "all_new", attributes: ["n"] }],
    [{}, RETURNED, { Attributes: { ff: "1", gpk: "x" } }],
  ),
  ...every([(E) => E.delete(KEY), (E) => E.remove(KEY)], [...RESPONSES, ...FORMS], [{}, RETURNED]),
];

/** Calls that resolve with something else than the answer, so that a mock without one is enough. */
const UNANSWERED: Row[] = [
  ...every(
    [(E) => E.put({ ...KEY, n: "1", q: "2" }), (E) => E.create({ ...KEY, n: "1", q: "2" })],
    [...RESPONSES.slice(0, 3), ...FORMS, { returnOnConditionCheckFailure: true }],
    [undefined, null],
  ),
  ...every(
    [(E) => E.update(KEY).set({ f: "1" }), (E) => E.delete(KEY)],
    [{ response: "none" }],
    [undefined, null],
  ),
];

const GETS: Row[] = every(
  [(E) => E.get(KEY)],
  [{}, { ignoreOwnership: true }, ...FORMS, { attributes: ["f", "x"] }],
  [
    {},
    { Item: { ...item("S"), st: new Set(["1"]), x: "1", h: "2", m: { a: "1", bb: "2" } } },
    { Item: { id: "AB", __edb_e__: "q", __edb_v__: "1" } },
    { Item: { id: "AB", ...key("S") } },
    { Item: { ff: "1", ...OWN } },
  ],
);

const text = (value: Loose): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const partition = (E: Loose): Loose => E.query.primary({ id: "AB" });
const formatCursor = {
  serialize: (found: Loose) => `from ${found.sk}`,
  deserialize: (cursor: string) => ({ ...key(cursor), also: "this" }),
};

const READS: Row[] = [
  ...every(
    [partition],
    [
      {},
      { cursor: text(key(9)) },
      { cursor: null },
      { pages: 2 },
      { pages: "all" },
      { pages: "all", limit: 2 },
      { data: "raw", pages: "all" },
      ...FORMS,
      { ignoreOwnership: true },
      { pager: "raw" },
      { pager: "named" },
      { pager: "raw", cursor: key(5) },
      { data: "raw", cursor: key(5) },
      { data: "raw", pager: "item" },
      { formatCursor, cursor: "q" },
      { attributes: ["so"] },
      { pages: 0 },
      { pages: "x" },
      { count: 0 },
      { count: "x" },
      { pager: "other" },
      { data: "other" },
      { abortSignal: 5 },
      { logger: 5 },
    ],
    [pages],
  ),
  ...every([(E) => E.scan], [{}, { pages: "all" }, { attributes: ["n"] }], [pages]),
  ...every([partition, (E) => E.scan], [{}], [{}, { Items: [] }, MIXED]),
  ...every(
    [partition, (E) => E.query.kept({ n: "1" })],
    [{ ignoreOwnership: true }, { data: "includeKeys" }, { attributes: ["id"] }],
    [MIXED],
  ),
  ...every(
    [partition],
    [{ count: 1 }, { count: 2 }],
    [{ Items: [item("s1"), item("s2"), item("s3")], LastEvaluatedKey: key("s9") }],
  ),
];

const refuse = (): never => {
  throw Object.assign(new Error("refused"), { name: "ConditionalCheckFailedException" });
};
const WRITE_AND_GET: Row["call"][] = [
  (E) => E.create({ ...KEY, n: "1", q: "2" }),
  (E) => E.get(KEY),
];
const FAILURES: Row[] = [
  ...every([...WRITE_AND_GET, partition], [{}], [refuse]),
  ...every(WRITE_AND_GET, [{ abortSignal: AbortSignal.abort() }], [{}]),
];

async function run(library: Library, { call, options, answer }: Row): Promise<unknown> {
  const notes = new Notes();
  const events: Loose[] = [];
  const { client, sent } = stubClient(answer === pages ? pages() : answer);
  const logger = ({ type, method, success, params }: Loose): void => {
    events.push([type, method, success, params]);
  };
  const entity = new library(modelOf(attributes(notes), indexes), { table: "t", client, logger });
  const outcome = await outcomeOf(() => call(entity).go({ ...options }));
  const seen = { outcome, sent, events, calls: notes.take() };
  return JSON.parse(canonical(seen)) as unknown;
}

describe.each([
  { of: "writes", rows: WRITES },
  { of: "calls without an answer", rows: UNANSWERED },
  { of: "gets", rows: GETS },
  { of: "queries and scans", rows: READS },
  { of: "failures", rows: FAILURES },
])("results of $of", ({ rows }) => {
  test.each(rows.map((row, number) => ({ number, row, options: row.options })))(
    "call $number with $options",
    async ({ row }) => {
      expect(await run(dropIn, row)).toEqual(await run(oracle, row));
    },
  );
});
