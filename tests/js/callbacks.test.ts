/** What chains and callbacks must never lose or mix up, in both entries. */
import { describe, expect, test } from "vitest";
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";

type Loose = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the tests call what types forbid

const definition = {
  model: { entity: "user", service: "app", version: "1" },
  attributes: {
    id: { type: "string", required: true },
    n: { type: "number" },
    name: { type: "string" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
  },
};

function codeOf(run: () => unknown): unknown {
  try {
    return ["answered", run()];
  } catch (error) {
    return (error as Loose).code;
  }
}

describe.each([
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
])("%s", (_, library: Loose) => {
  const User: Loose = new library.Entity(definition, { table: "table" });

  test("a condition counts when the answer of `where` is not taken", () => {
    const chain = User.delete({ id: "1" });
    chain.where((attributes: Loose, { eq }: Loose) => eq(attributes.n, 1));
    expect(chain.params().ConditionExpression).toBe("#n = :n0");
    const update = User.update({ id: "1" });
    update.set({ n: 1 });
    update.set({ name: "x" });
    expect(update.params().UpdateExpression).toContain("#n = :n_u0, #name = :name_u0");
  });

  test("what is compared with an attribute that is a key itself is cased as the key", () => {
    const byName = { index: "gsi1", pk: { field: "name", composite: ["name"], casing: "upper" } };
    const indexes = { ...definition.indexes, byName };
    const Named: Loose = new library.Entity({ ...definition, indexes }, { table: "table" });
    const chain = Named.put({ id: "1", name: "Ann" });
    chain.where((attributes: Loose, { eq }: Loose) => eq(attributes.name, "Ann"));
    expect(chain.params()).toMatchObject({
      Item: { name: "ANN" },
      ExpressionAttributeValues: { ":name0": "ANN" },
    });
  });

  test("an operator's answer is of its own callback only", () => {
    let stolen: unknown;
    User.scan.where((attributes: Loose, { eq }: Loose) => (stolen = eq(attributes.n, 1)));
    const chain = User.delete({ id: "1" }).where((attributes: Loose, { eq }: Loose) => {
      eq(attributes.n, 77);
      return stolen;
    });
    expect(codeOf(() => chain.params())).toBe(1012);
  });

  test("a callback within a callback keeps its operators to itself", () => {
    let inner: Loose;
    const outer = User.scan.where((attributes: Loose, { eq }: Loose) => {
      const before = eq(attributes.n, 1);
      inner = User.scan.where((others: Loose, operators: Loose) => operators.eq(others.name, "x"));
      return `${before} AND ${eq(attributes.n, 2)}`;
    });
    expect(inner.params().FilterExpression).toContain("#name = :name0");
    expect(outer.params().FilterExpression).toContain("#n = :n0 AND #n = :n1");
  });

  test("a chain follows what is set on its entity afterwards", () => {
    const Other: Loose = new library.Entity(definition, { table: "before" });
    const chain = Other.put({ id: "1" });
    Other.setIdentifier("entity", "__type");
    Other.setTableName("after");
    expect(chain.params()).toMatchObject({ TableName: "after", Item: { __type: "user" } });
  });
});

test("an identifier that is no name is refused and changes nothing", () => {
  const User: Loose = new main.Entity(definition as Loose, { table: "table" });
  expect(codeOf(() => User.setIdentifier("entity", 5))).toBe(1002);
  expect(User.put({ id: "1" }).params()).toMatchObject({ Item: { __edb_e__: "user" } });
});

test.each([[null], [undefined], [1], ["text"], [new Map([["n", 1]])], [[1]], [new Date(0)]])(
  "the main entry refuses to set, add or compose %s",
  (values) => {
    const User: Loose = new main.Entity(definition as Loose, { table: "table" });
    for (const method of ["set", "add", "subtract", "append", "delete", "composite"]) {
      expect(codeOf(() => User.update({ id: "1" })[method](values).params())).toBe(1010);
    }
  },
);
