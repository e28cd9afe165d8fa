// Transactions on a database: all or nothing over 100 items, and writers that race; the seed's own blocks stand in seed-services.test.ts.
import { Entity, Service } from "electroxide";
import { Entity as Theirs, Service as TheirService } from "electrodb";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();

const options = { client, table: tableName() };

const model = {
  model: { entity: "counter", version: "1", service: "myapp" },
  attributes: {
    counterId: { type: "string", required: true },
    count: { type: "number", required: true, default: 0 },
    secret: { type: "string", hidden: true },
    tags: { type: "set", items: "string" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["counterId"] }, sk: { field: "sk", composite: [] } },
  },
} as const;
const Counter = new Entity(model, options);
const Counters = new Service({ counter: Counter });
await createTable([Counter]);

test("every kind of write at once, and a check that stops them all", async () => {
  const put = (counterId: string, count: number) => Counter.put({ counterId, count }).go();
  await Promise.all(["b", "c", "d", "e", "f"].map((id, at) => put(`kinds_${id}`, at)));
  const write = (expected: number) =>
    Counters.transaction
      .write(({ counter }) => [
        counter.create({ counterId: "kinds_a", tags: ["x"] }),
        counter.put({ counterId: "kinds_b", count: 10 }),
        counter.upsert({ counterId: "kinds_g" }).add({ count: 6 }),
        counter.update({ counterId: "kinds_c" }).add({ count: 10 }),
        counter.patch({ counterId: "kinds_d" }).set({ secret: "s" }),
        counter.delete({ counterId: "kinds_e" }),
        counter.remove({ counterId: "kinds_f" }),
        counter.check({ counterId: "kinds_h" }).where(({ count }, { eq }) => eq(count, expected)),
      ])
      .go();
  const counts = async () => {
    const ids = ["a", "b", "c", "d", "e", "f", "g"];
    const { data } = await Counters.transaction
      .get(({ counter }) => ids.map((id) => counter.get({ counterId: `kinds_${id}` })))
      .go();
    return data.map(({ item }) => item?.count ?? null);
  };
  const before = await counts();
  const stopped = await write(1);
  expect(stopped.canceled).toBe(true);
  expect(stopped.data.map(({ rejected }) => rejected)).toEqual([...Array(7).fill(false), true]);
  expect(await counts()).toEqual(before);
  await put("kinds_h", 1);
  expect((await write(1)).canceled).toBe(false);
  expect(await counts()).toEqual([0, 10, 11, 2, null, null, 6]);
});

describe("a transaction of 100 items", () => {
  const ids = Array.from({ length: 100 }, (_, at) => `hundred_${at}`);

  test("nothing is written when one condition fails, and that item is named", async () => {
    await Counter.put({ counterId: "hundred_63", count: 7, secret: "s", tags: ["a", "b"] }).go();
    const write = (response: "none" | "all_old") =>
      Counters.transaction
        .write(({ counter }) =>
          ids.map((counterId) => counter.create({ counterId }).commit({ response })),
        )
        .go();
    const { canceled, data } = await write("all_old");
    expect(canceled).toBe(true);
    expect(data).toHaveLength(100);
    expect(data.flatMap(({ rejected }, at) => (rejected ? [at] : []))).toEqual([63]);
    expect(data[63]).toMatchObject({
      code: "ConditionalCheckFailed",
      item: { counterId: "hundred_63", count: 7, tags: ["a", "b"] },
    });
    expect(data[63]?.item).not.toHaveProperty("secret");
    expect((await write("none")).data[63]?.item).toBeNull();
    const found = await Counters.transaction
      .get(({ counter }) => ids.map((counterId) => counter.get({ counterId })))
      .go();
    expect(found.data.filter(({ item }) => item !== null)).toHaveLength(1);
    await Counter.delete({ counterId: "hundred_63" }).go();
    expect((await write("none")).canceled).toBe(false);
    const all = await Counters.transaction
      .get(({ counter }) => ids.map((counterId) => counter.get({ counterId })))
      .go();
    expect(all.data.map(({ item }) => item?.counterId)).toEqual(ids);
  });
});

test("eight writers on one counter, each holding it to what it has read", async () => {
  const counterId = "shared";
  await Counter.put({ counterId }).go();
  const writers = Array.from({ length: 8 }, (_, writer) => `${counterId}_${writer}`);
  const addOne = async (own: string): Promise<number> => {
    for (let tries = 1; ; tries++) {
      const { data } = await Counter.get({ counterId }).go({ consistent: true });
      const count = data?.count ?? 0;
      const result = await Counters.transaction
        .write(({ counter }) => [
          counter
            .update({ counterId })
            .set({ count: count + 1 })
            .commit({ conditions: { count } }),
          counter.update({ counterId: own }).add({ count: 1 }),
        ])
        .go();
      if (!result.canceled) return tries;
      expect(result.data[0].rejected || result.data[1].rejected).toBe(true);
    }
  };
  const tries = await Promise.all(
    writers.map(async (own) => {
      let all = 0;
      for (let round = 0; round < 5; round++) all += await addOne(own);
      return all;
    }),
  );
  expect((await Counter.get({ counterId }).go({ consistent: true })).data?.count).toBe(40);
  const { data } = await Counters.transaction
    .get(({ counter }) => writers.map((own) => counter.get({ counterId: own })))
    .go();
  expect(data.map(({ item }) => item?.count)).toEqual(Array(8).fill(5));
  // Somebody had to try again, or nothing was shown.
  expect(Math.max(...tries)).toBeGreaterThan(5);
});

test("a token makes a transaction happen once", async () => {
  await Counter.put({ counterId: "once" }).go();
  const add = () =>
    Counters.transaction
      .write(({ counter }) => [counter.update({ counterId: "once" }).add({ count: 1 })])
      .go({ token: "add-one-to-once" });
  expect((await add()).canceled).toBe(false);
  expect((await add()).canceled).toBe(false);
  expect((await Counter.get({ counterId: "once" }).go()).data?.count).toBe(1);
});

test("attributes, hidden ones and keys of what is read", async () => {
  await Counter.put({ counterId: "shown", secret: "s", tags: ["a"] }).go();
  const some = Counters.transaction.get(({ counter }) => [
    counter.get({ counterId: "shown" }).commit({ attributes: ["tags"] }),
  ]);
  expect((await some.go()).data[0].item).toEqual({ tags: ["a"] });
  const all = Counters.transaction.get([{ counter: { counterId: "shown" } }]);
  expect((await all.go()).data[0].item).toEqual({ counterId: "shown", count: 0, tags: ["a"] });
  expect((await all.go({ includeHidden: true })).data[0].item).toMatchObject({ secret: "s" });
  const keyed = await all.go({ data: "includeKeys" });
  expect(keyed.data[0].item).toMatchObject({ pk: "$myapp#counterid_shown" });
});

test("what electrodb writes in a transaction is read here, and the reverse", async () => {
  const theirs = new TheirService({ counter: new Theirs(model, options) });
  await theirs.transaction
    .write(({ counter }) => [
      counter.create({ counterId: "across_1", count: 3, tags: ["t"] }).commit(),
    ])
    .go();
  const here = await Counters.transaction.get([{ counter: { counterId: "across_1" } }]).go();
  expect(here.data[0].item).toEqual({ counterId: "across_1", count: 3, tags: ["t"] });
  await Counters.transaction
    .write(({ counter }) => [counter.create({ counterId: "across_2", count: 4, tags: ["o"] })])
    .go();
  const there = await theirs.transaction
    .get(({ counter }) => [counter.get({ counterId: "across_2" }).commit()])
    .go();
  expect(there.data[0]?.item).toEqual({ counterId: "across_2", count: 4, tags: ["o"] });
});
