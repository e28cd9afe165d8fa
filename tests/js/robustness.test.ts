// One failing call must not harm those after it, nor may a caller's object change a call that is already described.
import { expect, test } from "vitest";
import { ElectroError, Entity, Service } from "electroxide";
import * as dropIn from "electroxide/electrodb";

const define = (entity = "thing") =>
  ({
    model: { entity, version: "1", service: "app" },
    attributes: {
      id: { type: "string", required: true },
      name: { type: "string" },
      count: { type: "number" },
      any: { type: "any" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    },
  }) as const;

const Thing = new Entity(define(), { table: "t" });
const Lent = new dropIn.Entity(define(), { table: "t" });

const ask = () =>
  Thing.update({ id: "a" })
    .set({ name: "b" })
    .where(({ count }, { eq }) => eq(count, 1))
    .params();

test("a huge value that is refused half-way leaves the buffers in order", () => {
  const good = ask();
  let deep: object = {};
  for (let i = 0; i < 250; i++) deep = { deep };
  const any = { huge: "x".repeat(1_000_000), deep };
  expect(() => Thing.put({ id: "a", any }).params()).toThrow("nested too deeply");
  for (let i = 0; i < 4; i++) expect(ask()).toEqual(good);
});

test("an exhausted stack is no item's fault in a transaction", () => {
  const service = new Service({ thing: Thing });
  const write = () =>
    service.transaction
      .write(({ thing }) => [
        thing.put({ id: "a", name: "b" }).commit(),
        thing.update({ id: "c" }).set({ count: 1 }).commit(),
      ])
      .params();
  const good = write();
  const others: unknown[] = [];
  const descend = (): number => {
    let below = 0;
    try {
      below = descend();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    if (below > 2000) return below;
    try {
      write();
    } catch (error) {
      const isKnown = error instanceof RangeError || error instanceof ElectroError;
      if (!isKnown) others.push(error);
    }
    return below + 1;
  };
  for (let round = 0; round < 3; round++) descend();
  expect(others).toEqual([]);
  expect(write()).toEqual(good);
});

test("an exhausted stack inside the core costs its instance and nothing else", () => {
  const good = ask();
  const descend = (round: number): void => {
    try {
      descend(round);
    } catch {
      new Entity(define(`other${round}`), { table: "t" }).get({ id: "a" }).params();
      ask();
    }
  };
  for (let round = 0; round < 5; round++) {
    try {
      descend(round);
    } catch {
      // Whether there was room at all is not the question.
    }
    expect(ask()).toEqual(good);
  }
});

test("counts beyond what a call can hold are refused, not cut", () => {
  const values = Object.fromEntries(Array.from({ length: 65_538 }, (_, i) => [`any.k${i}`, i]));
  expect(() =>
    Thing.update({ id: "a" })
      .set(values as never)
      .params(),
  ).toThrow("65,535");
  const operands = Array.from({ length: 300 }, () => "x");
  const call = Thing.delete({ id: "a" }).where(({ name }, operators) =>
    (operators.in as (...all: unknown[]) => string)(name, ...operands),
  );
  expect(() => call.params()).toThrow("255");
});

test.each([
  ["electroxide", Thing],
  ["electroxide/electrodb", Lent],
])("a key that its owner changes later does not change the call: %s", (_, entity) => {
  const key = { id: "a" };
  const calls = [entity.delete(key), entity.get(key), entity.update(key).set({ name: "b" })];
  const query = entity.query.primary(key);
  key.id = "b";
  for (const call of calls) expect(call.params()).toMatchObject({ Key: { pk: "$app#id_a" } });
  expect(query.params()).toMatchObject({ ExpressionAttributeValues: { ":pk": "$app#id_a" } });
});

test.each([
  ["electroxide", Thing],
  ["electroxide/electrodb", Lent],
])("conditions count wherever the options have them: %s", (_, entity) => {
  const conditions = { count: 1 };
  class Options {
    get conditions() {
      return conditions;
    }
  }
  for (const options of [Object.create({ conditions }) as Options, new Options()]) {
    const { ConditionExpression } = entity.delete({ id: "a" }).params(options);
    expect(ConditionExpression).toBe("#count = :count0");
  }
});

test("options that are no object are refused", () => {
  for (const options of [1, "x", [], new Map([["conditions", { count: 1 }]]), () => 1]) {
    expect(() => Thing.delete({ id: "a" }).params(options as never)).toThrow(
      "have to be an object",
    );
  }
});
