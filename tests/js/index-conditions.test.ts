/** What the condition of an index is asked of, and that no write takes an item out of the index without having asked it. */
import { describe, expect, test } from "vitest";
import { Entity } from "electroxide";

type Loose = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the tests call what types forbid

/** An entity with one conditional index of these attributes; what its condition was asked of. */
function place(partition: string, sort: string): { entity: Loose; asked: object[] } {
  const asked: object[] = [];
  const LooseEntity: Loose = Entity;
  const entity = new LooseEntity(
    {
      model: { entity: "task", version: "1", service: "app" },
      attributes: {
        id: { type: "string", required: true },
        [partition]: { type: "string" },
        [sort]: { type: "string" },
      },
      indexes: {
        main: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
        open: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: [partition] },
          sk: { field: "gsi1sk", composite: [sort] },
          condition: (item: Loose) => {
            asked.push({ ...item });
            return item[partition] === "a";
          },
        },
      },
    },
    { table: "app" },
  );
  return { entity, asked };
}

describe("an upsert whose composites are told by `composite()`", () => {
  const writes: [string, (entity: Loose) => Loose][] = [
    ["item", (entity) => entity.upsert({ id: "1", due: "d" })],
    ["set", (entity) => entity.upsert({ id: "1" }).set({ due: "d" })],
  ];

  test.each(writes)("stays in the index while the condition holds: %s", (_, write) => {
    const { entity, asked } = place("owner", "due");
    const params = write(entity).composite({ owner: "a" }).params();
    expect(asked).toEqual([{ id: "1", owner: "a", due: "d" }]);
    expect(params.UpdateExpression).not.toContain("REMOVE");
    expect(params.ExpressionAttributeValues).toMatchObject({
      ":gsi1pk_u0": "$app#owner_a",
      ":gsi1sk_u0": "$task_1#due_d",
    });
    expect(params.UpdateExpression).not.toContain("#owner = ");
  });

  test("leaves the index when the condition does not hold", () => {
    const { entity } = place("owner", "due");
    const params = entity.upsert({ id: "1", due: "d" }).composite({ owner: "b" }).params();
    expect(params.UpdateExpression).toMatch(/REMOVE #gsi1pk, #gsi1sk$/);
  });

  test("what is written counts, not what `composite()` says of it", () => {
    const { entity, asked } = place("owner", "due");
    entity.upsert({ id: "1", due: "d", owner: "b" }).composite({ owner: "a" }).params();
    expect(asked).toEqual([{ id: "1", owner: "b", due: "d" }]);
  });
});

test("a composite named as a member of every object is known only when it is given", () => {
  const { entity, asked } = place("constructor", "toString");
  const update = entity.update({ id: "1" }).set({ toString: "d" });
  expect(() => update.params()).toThrow(expect.objectContaining({ code: 2012 }));
  expect(asked).toEqual([]);
});
