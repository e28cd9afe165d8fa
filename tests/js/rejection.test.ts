// `returnOnConditionCheckFailure`: a condition that does not hold is an answer, with the item as it stands.
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { taskModel } from "./bad-input-entity";
import { refusalOf, type Loose } from "./bad-input-refusal";

const STORED = {
  pk: { S: "$app#id_t1" },
  sk: { S: "$task_1" },
  __edb_e__: { S: "task" },
  __edb_v__: { S: "1" },
  id: { S: "t1" },
  team: { S: "red" },
  points: { N: "12345678901234567890" },
  open: { BOOL: false },
  tags: { L: [{ S: "a" }] },
  sizes: { NS: ["1", "2"] },
  free: { M: { none: { NULL: true }, __proto__: { S: "kept out" } } },
};

function failing(name: string, Item?: object): object {
  return { send: () => Promise.reject(Object.assign(new Error("failed"), { name, Item })) };
}

describe.each([Entity, DropInEntity] as unknown[])("in both entries", (one) => {
  const made = (client: object): Loose =>
    new (one as new (model: unknown, options: Loose) => Loose)(taskModel(), {
      table: "tasks",
      client,
    });
  const options = { returnOnConditionCheckFailure: "all_old" };
  const rejecting = made(failing("ConditionalCheckFailedException", STORED));

  test.each([
    ["create", () => rejecting.create({ id: "t1", team: "red" }).go(options)],
    ["patch", () => rejecting.patch({ id: "t1" }).set({ state: "DONE" }).go(options)],
    ["remove", () => rejecting.remove({ id: "t1" }).go(options)],
  ])("%s answers with the item that is there", async (_, call) => {
    expect(await call()).toEqual({
      rejected: true,
      data: {
        id: "t1",
        team: "red",
        points: 12345678901234567890n,
        open: false,
        tags: ["a"],
        sizes: [1, 2],
        free: { none: null },
      },
    });
  });

  test("`true` answers without the item, and without one there is none to show", async () => {
    const call = (client: object, wanted: unknown) =>
      made(client).create({ id: "t1", team: "red" }).go({ returnOnConditionCheckFailure: wanted });
    const failed = failing("ConditionalCheckFailedException");
    expect(await call(failed, true)).toEqual({ rejected: true });
    expect(await call(failed, "all_old")).toEqual({ rejected: true, data: null });
    expect(await call({ send: () => Promise.resolve({}) }, true)).toMatchObject({
      rejected: false,
      data: { id: "t1" },
    });
  });

  test("another entity's item is shown to nobody, unless that is asked for", async () => {
    const strangers = { ...STORED, __edb_e__: { S: "invoice" } };
    const create = (more: Loose) =>
      made(failing("ConditionalCheckFailedException", strangers))
        .create({ id: "t1", team: "red" })
        .go({ ...options, ...more });
    expect(await create({})).toEqual({ rejected: true, data: null });
    expect(await create({ ignoreOwnership: true })).toMatchObject({ data: { id: "t1" } });
  });

  test("any other failure stays an error, and so does a failed condition that nobody asks for", async () => {
    const key = { id: "t1", team: "red" };
    const other = made(failing("ThrottlingException"));
    expect(await refusalOf(() => other.create(key).go(options))).toBeDefined();
    expect(await refusalOf(() => rejecting.create(key).go())).toBeDefined();
    const wrong = { returnOnConditionCheckFailure: "none" };
    expect(await refusalOf(() => rejecting.create(key).go(wrong))).toMatchObject({ code: 1010 });
  });
});
