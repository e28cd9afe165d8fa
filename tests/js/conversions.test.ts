// Conversions between composites, keys and cursors, in both entries; electrodb's own answers are compared by the differential test.
import { describe, expect, test } from "vitest";
import * as dropIn from "electroxide/electrodb";
import * as main from "electroxide";
import { refusalOf, type Loose } from "./bad-input-refusal.js";

const model = {
  model: { entity: "thing", version: "1", service: "store" },
  attributes: {
    org: { type: "string", required: true },
    account: { type: "string", required: true },
    rank: { type: "number" },
    open: { type: "boolean" },
    city: { type: "string", field: "c" },
  },
  indexes: {
    records: {
      pk: { field: "pk", composite: ["org"] },
      sk: { field: "sk", composite: ["account"] },
    },
    byRank: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["open"], casing: "upper" },
      sk: { field: "gsi1sk", composite: ["rank"], template: "${rank}" },
    },
    byCity: {
      index: "gsi2",
      type: "composite",
      pk: { composite: ["city"] },
      sk: { composite: ["account"] },
    },
  },
} as const;

const composite = { org: "Org", account: "Äcc", rank: 7, open: true, city: "Bonn" };
const keys = {
  pk: "$store#org_org",
  sk: "$thing_1#account_äcc",
  gsi1pk: "$STORE#OPEN_TRUE",
  gsi1sk: 7,
  c: "Bonn",
  account: "Äcc",
};
const textOf = (cursor: string) => Buffer.from(cursor, "base64url").toString();

describe.each([
  ["electroxide", main],
  ["electroxide/electrodb", dropIn as unknown as typeof main],
] as const)("%s", (name, { Entity, createConversions }) => {
  const Thing = new Entity(model);
  const { conversions } = Thing;
  const isDropIn = name === "electroxide/electrodb";

  test("from composites to all keys, and back", () => {
    expect(conversions.fromComposite.toKeys(composite)).toEqual(keys);
    // Keys are cased, and the table's own key counts where several hold a composite.
    expect(conversions.fromKeys.toComposite(keys)).toEqual({
      ...composite,
      org: "org",
      account: "äcc",
    });
  });

  test("by access pattern, the keys of that index and of the table", () => {
    const { byRank, records } = conversions.byAccessPattern;
    expect(Object.keys(byRank.fromComposite.toKeys(composite))).toEqual([
      ...["gsi1pk", "gsi1sk"],
      ...["pk", "sk"],
    ]);
    expect(byRank.fromKeys.toComposite(keys)).toEqual({
      rank: 7,
      open: true,
      org: "org",
      account: "äcc",
    });
    expect(records.fromComposite.toKeys(composite)).toEqual({ pk: keys.pk, sk: keys.sk });
  });

  test("cursors are the keys' text, in both directions", () => {
    const { byRank } = conversions.byAccessPattern;
    const cursor = byRank.fromComposite.toCursor(composite);
    expect(textOf(cursor)).toBe(
      JSON.stringify({ gsi1pk: keys.gsi1pk, gsi1sk: 7, pk: keys.pk, sk: keys.sk }),
    );
    expect(byRank.fromCursor.toKeys(cursor)).toEqual({
      gsi1pk: keys.gsi1pk,
      gsi1sk: 7,
      pk: keys.pk,
      sk: keys.sk,
    });
    expect(byRank.fromKeys.toCursor(byRank.fromCursor.toKeys(cursor))).toBe(cursor);
    expect(byRank.fromCursor.toComposite(cursor)).toEqual(byRank.fromKeys.toComposite(keys));
  });

  test("`strict` says which composites have to be there", async () => {
    const { fromComposite } = conversions.byAccessPattern.byRank;
    expect(fromComposite.toKeys({ org: "o" })).toEqual({
      gsi1pk: "$STORE#OPEN_",
      pk: "$store#org_o",
      sk: "$thing_1#account_",
    });
    expect(fromComposite.toKeys({ org: "o", open: false }, { strict: "pk" })).toMatchObject({
      gsi1pk: "$STORE#OPEN_FALSE",
    });
    const refused = [
      () => fromComposite.toKeys({ org: "o" }, { strict: "pk" }),
      () => fromComposite.toKeys({ org: "o", open: true }, { strict: "all" }),
      () => fromComposite.toCursor({ org: "o", open: true, account: "a" }),
    ];
    for (const call of refused) expect((await refusalOf(call))?.code).toBe(2002);
  });

  test.each<[string, number, (entity: Loose) => unknown]>([
    ["nothing as composites", 2009, (c) => c.fromComposite.toKeys({})],
    ["`null` as composites", 2009, (c) => c.fromComposite.toCursor(null)],
    ["nothing as keys", 2007, (c) => c.fromKeys.toComposite({})],
    ["keys of another form", 2007, (c) => c.fromKeys.toComposite({ ...keys, pk: "x" })],
    ["half a key", 2007, (c) => c.byAccessPattern.records.fromKeys.toComposite({ pk: keys.pk })],
    [
      "half a key for a cursor",
      2007,
      (c) => c.byAccessPattern.records.fromKeys.toCursor({ pk: 1 }),
    ],
    ["a lone surrogate", 2007, (c) => c.fromKeys.toComposite({ ...keys, pk: "$store#org_\ud800" })],
    ["a number as a cursor", 2008, (c) => c.fromCursor.toKeys(5)],
    ["a cursor that is none", 2008, (c) => c.fromCursor.toComposite("%%%")],
    ["a cursor of no keys", 2008, (c) => c.fromCursor.toKeys("W10")],
  ])("%s: %i", async (_what, code, call) => {
    const refusal = await refusalOf(() => call(conversions));
    expect(refusal?.code).toBe(code);
    expect(refusal?.isElectroError).toBe(true);
    if (isDropIn)
      expect(refusal?.ref?.name).toMatch(/^InvalidConversion(Composite|Keys|Cursor)Provided$/);
  });

  test("members named as what objects inherit are not lost, nor taken for what is inherited", () => {
    const Odd = new Entity({
      model: { entity: "odd", version: "1", service: "s" },
      attributes: { constructor: { type: "string" }, toString: { type: "string" } } as Loose,
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["constructor"] },
          sk: { field: "sk", composite: ["toString"] },
        },
      } as Loose,
    });
    const all: Loose = createConversions(Odd);
    expect(all.fromComposite.toKeys({ constructor: "c" })).toEqual({
      pk: "$s#constructor_c",
      sk: "$odd_1#tostring_",
    });
    const made = all.fromKeys.toComposite({ pk: "$s#constructor_c", sk: "$odd_1#tostring_t" });
    expect(Object.entries(made)).toEqual([
      ["constructor", "c"],
      ["toString", "t"],
    ]);
  });

  test("conversions follow setIdentifier and are the same by createConversions", () => {
    const other = new Entity(model);
    const before = other.conversions.fromComposite.toKeys(composite);
    other.setIdentifier("entity", "__e");
    expect(other.conversions.fromComposite.toKeys(composite)).toEqual(before);
    expect(createConversions(other).fromComposite.toKeys(composite)).toEqual(before);
  });
});

describe("the main entry", () => {
  const { conversions } = new main.Entity(model);

  test("takes whichever whole keys are there", () => {
    const { pk, sk } = keys;
    expect(conversions.fromKeys.toComposite({ pk, sk })).toEqual({ org: "org", account: "äcc" });
    const cursor = conversions.byAccessPattern.records.fromComposite.toCursor(composite);
    expect(conversions.fromCursor.toComposite(cursor)).toEqual({ org: "org", account: "äcc" });
  });

  test("tells of several readings instead of guessing", async () => {
    const Two = new main.Entity({
      ...model,
      indexes: { one: { pk: { field: "pk", composite: ["org", "account"] } } },
    } as const);
    const pk = "$store$thing_1#org_a#account_b#account_c";
    const refusal = await refusalOf(() => Two.conversions.fromKeys.toComposite({ pk }));
    expect(refusal).toMatchObject({ code: 2007, kind: "InvalidConversionKeysProvided" });
    expect(refusal?.message).toContain("several ways");
  });

  test("makes a cursor of a stored item's key fields alone", () => {
    const stored = { ...keys, rank: 7, __edb_e__: "thing" };
    const cursor = conversions.byAccessPattern.records.fromKeys.toCursor(stored);
    expect(textOf(cursor)).toBe(JSON.stringify({ pk: keys.pk, sk: keys.sk }));
  });

  test("refuses an unknown access pattern and an unknown strictness", async () => {
    const byAccessPattern: Loose = conversions.byAccessPattern;
    const refusal = await refusalOf(() => byAccessPattern.byRang);
    expect(refusal).toMatchObject({ code: 1010 });
    expect(refusal?.message).toContain("`byRank`");
    const strict: Loose = "every";
    const call = () => conversions.fromComposite.toKeys(composite, { strict });
    expect((await refusalOf(call))?.code).toBe(1010);
  });
});

test("the drop-in answers as electrodb where the main entry refuses", () => {
  const conversions: Loose = new dropIn.Entity(model).conversions;
  expect(conversions.byAccessPattern.byRang).toBeUndefined();
  expect(conversions.byAccessPattern.records.fromComposite.toKeys({})).toEqual({});
  expect(conversions.fromComposite.toKeys(composite, { strict: "every" })).toEqual(keys);
});
