// The seed's optimistic lock: a version that a watcher counts up and a condition holds; plain updates stand in seed-crud.test.ts.
import { Entity } from "electroxide";
import { beforeEach, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();

const UserEntity = new Entity(
  {
    model: { entity: "user", version: "1", service: "myapp" },
    attributes: {
      userId: { type: "string", required: true },
      name: { type: "string", required: true },
      writers: { type: "list", items: { type: "number" } },
      version: {
        type: "number",
        required: true,
        default: 0,
        watch: "*",
        set: (_, item) => (item.version ?? 0) + 1,
      },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
    },
  },
  { client, table: tableName() },
);
await createTable([UserEntity]);

let userId = "";
let count = 0;

beforeEach(async () => {
  count += 1;
  userId = `user_${count}`;
  await UserEntity.create({ userId, name: "Old Name", writers: [] }).go();
});

async function versionNow(): Promise<number> {
  const user = await UserEntity.get({ userId }).go({ consistent: true });
  if (user.data === null) throw new Error(`There is no ${userId}.`);
  return user.data.version;
}

test("a matching version is written and counted up", async () => {
  const version = await versionNow();
  await UserEntity.update({ userId }).set({ name: "New Name" }).go({ conditions: { version } });
  const { data } = await UserEntity.get({ userId }).go();
  expect(data).toMatchObject({ name: "New Name", version: version + 1 });
});

test("an old version is refused with 5003 and changes nothing", async () => {
  const version = await versionNow();
  const rename = (name: string) =>
    UserEntity.update({ userId }).set({ name }).go({ conditions: { version } });
  await rename("First");
  await expect(rename("Second")).rejects.toMatchObject({
    code: 5003,
    kind: "ConditionalCheckFailed",
  });
  const { data } = await UserEntity.get({ userId }).go();
  expect(data).toMatchObject({ name: "First", version: version + 1 });
});

test("a version of undefined never becomes an unconditional write", async () => {
  const version = await versionNow();
  await expect(
    UserEntity.update({ userId })
      .set({ name: "New Name" })
      .go({ conditions: { version: undefined } }),
  ).rejects.toMatchObject({ code: 1012 });
  expect(await versionNow()).toBe(version);
});

test("of 8 writers with one version exactly one wins", async () => {
  const version = await versionNow();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, writer) =>
      UserEntity.update({ userId })
        .append({ writers: [writer] })
        .go({ conditions: { version } }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: 5003 });
  }
  expect(await versionNow()).toBe(version + 1);
});

test("8 concurrent writers who read again on a conflict lose no write", async () => {
  const before = await versionNow();
  let conflicts = 0;

  async function write(writer: number): Promise<void> {
    for (;;) {
      const version = await versionNow();
      try {
        await UserEntity.update({ userId })
          .append({ writers: [writer] })
          .go({ conditions: { version } });
        return;
      } catch (error) {
        expect(error).toMatchObject({ code: 5003 });
        conflicts += 1;
      }
    }
  }

  await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  const { data } = await UserEntity.get({ userId }).go({ consistent: true });
  expect(data?.version).toBe(before + 8);
  expect([...(data?.writers ?? [])].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(conflicts).toBeGreaterThan(0);
});
