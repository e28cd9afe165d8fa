// Hostile `conditions` on attributes that are keys by themselves: what is put there is refused or compared as it is stored, and nothing of it gets lost.
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";

// Wrong conditions are no such type.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

const definition = {
  model: { entity: "account", version: "1", service: "bank" },
  attributes: {
    id: { type: "string" },
    owner: { type: "string", field: "gsi1pk" },
    note: { type: "string" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] } },
    byOwner: { index: "gsi1", pk: { field: "gsi1pk", template: "O#${owner}!", casing: "upper" } },
  },
} as const;

class Stated {
  note = "x";
  get owner() {
    return "y";
  }
}

const branching: unknown[] = [];
branching.push(branching, branching);

describe.each([
  ["electroxide", Entity],
  ["electroxide/electrodb", DropInEntity],
])("%s", (_, Of) => {
  const Account = new Of(definition as never, { table: "table" }) as Loose;
  const writes: [string, (conditions: unknown) => Loose][] = [
    ["delete", (conditions) => Account.delete({ id: "1" }).params({ conditions })],
    ["put", (conditions) => Account.put({ id: "1" }).params({ conditions })],
    ["patch", (conditions) => Account.patch({ id: "1" }).set({ note: "x" }).params({ conditions })],
    ["upsert", (conditions) => Account.upsert({ id: "1" }).params({ conditions })],
  ];

  test.each(writes)("%s loses nothing of what it is given", (_name, write) => {
    for (const given of [
      new Stated(),
      Object.assign(Object.create({ owner: "y" }), { note: "x" }),
      { owner: undefined },
      [[]],
      {},
      null,
      branching,
    ]) {
      expect(() => write(given)).toThrow(expect.objectContaining({ isElectroError: true }));
    }
  });

  test.each(writes)("%s compares with what is stored, again and again", (_name, write) => {
    const valuesOf = (conditions: unknown) =>
      Object.entries(write(conditions).ExpressionAttributeValues as object)
        .filter(([name]) => name.startsWith(":owner") && !name.endsWith("_u0"))
        .map(([, value]) => value as unknown);
    for (const value of ["ann", "bob", "__proto__", "ß", ""]) {
      expect(valuesOf({ owner: value })).toEqual([`O#${value.toUpperCase()}!`]);
      expect(valuesOf([{ attr: "owner", ne: value }, { note: value }])).toEqual([
        `O#${value.toUpperCase()}!`,
      ]);
    }
    const given = Object.freeze({ attr: "owner", in: Object.freeze(["a", "b"]) });
    expect(valuesOf(given)).toEqual(["O#A!", "O#B!"]);
    expect(valuesOf({ attr: "owner", begins: "a" })).toEqual(["O#A"]);
    expect(given).toEqual({ attr: "owner", in: ["a", "b"] });
  });
});
