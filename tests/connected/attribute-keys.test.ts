// Attributes that are keys themselves with text around the value, as tables have them that were there before the library: all three libraries see one value.
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import * as electrodb from "electrodb";
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

// electrodb's own types are no part of what is tested, and the three libraries are used by the same code.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

const { client, createTable } = openPlace();
const table = tableName();

const definition = {
  model: { entity: "account", version: "1", service: "bank" },
  attributes: {
    pk: { type: "string", required: true },
    sk: { type: "string", required: true },
    owner: { type: "string", field: "gsi1pk" },
    state: { type: ["OPEN", "SHUT"], field: "gsi1sk" },
    note: { type: "string" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["pk"], template: "ACCOUNT#${pk}", casing: "none" },
      sk: { field: "sk", composite: ["sk"], template: "${sk}#V1", casing: "none" },
    },
    byOwner: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["owner"], template: "owner#${owner}", casing: "lower" },
      sk: { field: "gsi1sk", composite: ["state"], template: "state=${state}!", casing: "upper" },
    },
  },
} as const;

const place = { client, table };
const OURS = {
  electroxide: new main.Entity(definition, place) as Loose,
  "electroxide/electrodb": new dropIn.Entity(definition, place) as Loose,
};
const Theirs = new electrodb.Entity(definition as never, place as never) as Loose;

beforeAll(() => createTable([new main.Entity(definition, place)]));

const KEY = { pk: "Ab1", sk: "Main" };
const ITEM = { ...KEY, owner: "ann", state: "OPEN", note: "first" };
const STORED = {
  pk: "ACCOUNT#Ab1",
  sk: "Main#V1",
  gsi1pk: "owner#ann",
  gsi1sk: "STATE=OPEN!",
  note: "first",
  __edb_e__: "account",
  __edb_v__: "1",
};

async function stored(): Promise<unknown> {
  const { Items } = await client.send(new ScanCommand({ TableName: table }));
  return Items?.[0];
}

describe.each(Object.entries(OURS))("%s", (_, Account) => {
  beforeEach(() => Account.delete(KEY).go());

  test("writes what electrodb writes, by every write", async () => {
    await Account.put(ITEM).go();
    expect(await stored()).toEqual(STORED);
    await Account.upsert({ ...ITEM, owner: "Bob" }).go();
    expect(await stored()).toEqual({ ...STORED, gsi1pk: "owner#bob" });
    await Account.update(KEY).set({ owner: "Cid", state: "SHUT" }).go();
    const changed = { ...STORED, gsi1pk: "owner#cid", gsi1sk: "STATE=SHUT!" };
    expect(await stored()).toEqual(changed);
    await Account.patch(KEY)
      .data((at: Loose, { set }: Loose) => {
        set(at.owner, "Dee");
        set(at.state, "OPEN");
      })
      .go();
    expect(await stored()).toEqual({ ...STORED, gsi1pk: "owner#dee" });
    await Theirs.put(ITEM).go();
    expect(await stored()).toEqual(STORED);
  });

  test("reads the values that electrodb reads, by every read", async () => {
    await Theirs.put(ITEM).go();
    const reads = [
      (entity: Loose) => entity.get(KEY).go(),
      (entity: Loose) => entity.query.byOwner({ owner: "ann" }).go(),
      (entity: Loose) => entity.query.byOwner({ owner: "ann", state: "OPEN" }).go(),
      (entity: Loose) => entity.query.byOwner({ owner: "ann" }).begins({ state: "OP" }).go(),
      (entity: Loose) => entity.scan.go(),
      (entity: Loose) => entity.update(KEY).set({ note: "first" }).go({ response: "all_new" }),
    ];
    for (const read of reads) {
      const { data } = await read(Account);
      expect([data].flat()).toEqual([ITEM]);
      // electrodb leaves the text in attributes that have an alias.
      const theirs = [(await read(Theirs)).data].flat();
      expect(theirs).toEqual([expect.objectContaining({ ...KEY, note: "first" })]);
    }
    expect(Account.parse({ Item: await stored() }).data).toEqual(ITEM);
  });

  test("compares with what is stored", async () => {
    await Account.put(ITEM).go();
    const found = await Account.scan
      .where(
        (at: Loose, { eq, begins }: Loose) => `${eq(at.pk, "Ab1")} AND ${begins(at.owner, "A")}`,
      )
      .go();
    expect(found.data).toEqual([ITEM]);
    const matched = await Account.match({ ...KEY, owner: "ANN" }).go();
    expect(matched.data).toEqual([ITEM]);
    await Account.patch(KEY)
      .set({ note: "second" })
      .where((at: Loose, { eq }: Loose) => eq(at.state, "OPEN"))
      .go();
    await Account.patch(KEY).set({ state: "SHUT" }).composite({ owner: "Ann" }).go();
    expect(await stored()).toEqual({ ...STORED, note: "second", gsi1sk: "STATE=SHUT!" });
  });

  test.each([
    [{ state: "OPEN" }, { state: "SHUT" }],
    [
      { owner: "ANN", state: "OPEN" },
      { owner: "ann", state: "SHUT" },
    ],
    [
      [{ owner: "ann" }, { note: "first" }],
      [{ owner: "ann" }, { state: "ope" }],
    ],
    [
      { attr: "state", begins: "OP" },
      { attr: "state", begins: "PE" },
    ],
    [
      { attr: "state", contains: "pe" },
      { attr: "state", contains: "open!x" },
    ],
    [
      { attr: "state", notContains: "SHUT" },
      { attr: "state", notContains: "pen" },
    ],
    [
      { attr: "state", in: ["SHUT", "OPEN"] },
      { attr: "state", in: ["SHUT"] },
    ],
    [
      { attr: "owner", between: ["a", "b"] },
      { attr: "owner", between: ["b", "c"] },
    ],
    [
      { attr: "pk", eq: "Ab1", type: "S" },
      { attr: "pk", eq: "ab1" },
    ],
    [
      { attr: "state", ne: "SHUT", exists: true, size: { gt: 3 } },
      { attr: "state", ne: "OPEN" },
    ],
  ])("conditions are on what is stored: %j and not %j", async (holds, fails) => {
    await Account.put(ITEM).go();
    await expect(Account.patch(KEY).set({ note: "x" }).go({ conditions: fails })).rejects.toThrow(
      expect.objectContaining({ code: Account === OURS.electroxide ? 5003 : 4001 }),
    );
    await Account.patch(KEY).set({ note: "second" }).go({ conditions: holds });
    expect(await stored()).toEqual({ ...STORED, note: "second" });
    await Account.delete(KEY).go({ conditions: { note: "second", owner: "Ann" } });
    expect(await stored()).toBeUndefined();
  });

  test("takes items for its own that another writer has put there", async () => {
    await client.send(new PutCommand({ TableName: table, Item: STORED }));
    const { data } = await Account.query.byOwner({ owner: "Ann" }).go();
    expect(data).toEqual([ITEM]);
    const { cursor } = await Account.query.byOwner({ owner: "Ann" }).go({ limit: 1 });
    const next = await Theirs.query.byOwner({ owner: "Ann" }).go({ cursor });
    expect(next.data).toEqual([]);
  });
});

test("the main entry finds beginnings and parts of what has text around it", async () => {
  const { electroxide: Account } = OURS;
  await Account.put(ITEM).go();
  const found = async (operator: string, name: string, value: string) => {
    const { data } = await Account.scan
      .where((at: Loose, operators: Loose) => operators[operator](at[name], value))
      .go();
    return data.length === 1;
  };
  expect(await found("begins", "state", "op")).toBe(true);
  expect(await found("begins", "state", "pe")).toBe(false);
  expect(await found("begins", "sk", "Mai")).toBe(true);
  expect(await found("contains", "state", "pe")).toBe(true);
  expect(await found("contains", "sk", "ain")).toBe(true);
  expect(await found("contains", "sk", "AIN")).toBe(false);
  expect(await found("notContains", "owner", "bob")).toBe(true);
  await Account.delete(KEY).go();
});

test.each([main.Entity, dropIn.Entity])(
  "an update leaves an item in its place whose table key has an attribute that is another key itself",
  async (Entity) => {
    const Member = new Entity(
      {
        model: { entity: "member", version: "1", service: "bank" },
        attributes: {
          owner: { type: "string", field: "gsi1pk" },
          state: { type: "string", field: "gsi1sk" },
          note: { type: "string" },
        },
        indexes: {
          primary: {
            pk: { field: "pk", composite: ["owner"] },
            sk: { field: "sk", composite: ["state"] },
          },
          byOwner: {
            index: "gsi1",
            pk: {
              field: "gsi1pk",
              composite: ["owner"],
              template: "member#${owner}",
              casing: "upper",
            },
            sk: { field: "gsi1sk", composite: ["state"], template: "${state}", casing: "lower" },
          },
        },
      } as const,
      place,
    ) as Loose;
    const key = { owner: "Eve", state: "On" };
    await Member.put(key).go();
    await Member.update(key).set({ note: "changed" }).go();
    const { data } = await Member.query.byOwner({ owner: "eve" }).go();
    expect(data).toEqual([expect.objectContaining({ owner: "EVE", note: "changed" })]);
    await Member.delete(key).go();
  },
);

test.each([main.Entity, dropIn.Entity])(
  "`compare` and indexes of attributes look for what is stored",
  async (Entity) => {
    const Move = new Entity(
      {
        model: { entity: "move", version: "1", service: "bank" },
        attributes: {
          id: { type: "string" },
          owner: { type: "string", field: "gsi1pk" },
          state: { type: "string", field: "gsi1sk" },
        },
        indexes: {
          primary: {
            pk: { field: "pk", composite: ["id"] },
            sk: { field: "sk", composite: ["owner", "state"] },
          },
          byOwner: {
            index: "gsi1",
            pk: { field: "gsi1pk", composite: ["owner"], template: "M#${owner}!", casing: "upper" },
            sk: { field: "gsi1sk", composite: ["state"], template: "${state}", casing: "lower" },
          },
          byState: {
            index: "moves",
            type: "composite",
            pk: { composite: ["id"] },
            sk: { composite: ["owner", "state"] },
          },
        },
      } as const,
      { client, table: tableName() },
    ) as Loose;
    await createTable([Move]);
    const item = { id: "1", owner: "EVE", state: "open" };
    await Move.put(item).go();
    const [start, end] = [{ state: "A" }, { state: "Z" }];
    const query = () => Move.query.primary({ id: "1", owner: "Eve" });
    for (const compare of ["keys", "attributes", "v2"]) {
      const reads = [
        Move.query.primary({ id: "1", owner: "Eve", state: "Open" }),
        query().between(start, end),
        query().gt(start),
        query().lt(end),
      ];
      for (const read of reads) expect((await read.go({ compare })).data).toEqual([item]);
      expect((await query().gt(end).go({ compare })).data).toEqual([]);
    }
    const reads = [
      Move.query.byState({ id: "1", owner: "Eve", state: "OPEN" }).go(),
      Move.query.byState({ id: "1", owner: "Eve" }).between({ state: "N" }, { state: "P" }).go(),
      Move.query.byState({ id: "1" }).begins({ owner: "ev" }).go(),
    ];
    for (const read of reads) expect((await read).data).toEqual([item]);
  },
);

test("the main entry wants the casing said, with which the attribute would change", () => {
  const pk = { field: "pk", composite: ["pk"], template: "ACCOUNT#${pk}" } as const;
  const silent = { ...definition, indexes: { primary: { pk } } } as const;
  expect(() => new main.Entity(silent as never, place)).toThrow(
    expect.objectContaining({ code: 1018, message: expect.stringContaining("casing") }),
  );
  expect(() => new dropIn.Entity(silent as never, place)).not.toThrow();
});
