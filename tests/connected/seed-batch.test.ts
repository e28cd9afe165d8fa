// The seed's batch blocks and the validators of its Session, each against a real database; longer batches stand in batches.test.ts.
import { describe, expect, test } from "vitest";
import { newSessionEntity, newUserEntity } from "./entities";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();
const UserEntity = newUserEntity({ client, table });
const SessionEntity = newSessionEntity({ client, table });
await createTable([UserEntity, SessionEntity]);

const putTwo = () =>
  UserEntity.put([
    { userId: "user_1", email: "user1@example.com", name: "User 1", role: "STUDENT" },
    { userId: "user_2", email: "user2@example.com", name: "User 2", role: "STUDENT" },
  ]).go();

describe("batches", () => {
  test("get gives items in the order of their keys, and null for what is not found", async () => {
    await putTwo();
    const results = await UserEntity.get([
      { userId: "user_2" },
      { userId: "user_3" },
      { userId: "user_1" },
    ]).go();
    expect(results.data.map((user) => user?.name ?? null)).toEqual(["User 2", null, "User 1"]);
  });

  test('get with unprocessed: "raw" and a consistent read', async () => {
    await putTwo();
    const batch = UserEntity.get([{ userId: "user_1" }, { userId: "user_2" }]);
    const options = { unprocessed: "raw", consistent: true } as const;
    expect(batch.params(options)).toMatchObject([
      { RequestItems: { [table]: { ConsistentRead: true } } },
    ]);
    const results = await batch.go(options);
    expect(results.data).toHaveLength(2);
    expect(results.unprocessed).toEqual([]);
  });

  test("put fills in defaults and the keys of every index", async () => {
    expect(await putTwo()).toEqual({ unprocessed: [] });
    const students = await UserEntity.query.byRole({ role: "STUDENT" }).go();
    expect(students.data.map(({ userId }) => userId).sort()).toEqual(["user_1", "user_2"]);
    expect(students.data.every(({ verified }) => verified === false)).toBe(true);
  });

  test("delete takes all of them away", async () => {
    await putTwo();
    await UserEntity.delete([{ userId: "user_1" }, { userId: "user_2" }]).go();
    const results = await UserEntity.get([{ userId: "user_1" }, { userId: "user_2" }]).go();
    expect(results.data).toEqual([null, null]);
  });

  test("items that users have cut into chunks themselves, and the same ones in one piece", async () => {
    const items = Array.from({ length: 60 }, (_, i) => ({
      userId: `many_${i}`,
      email: `many${i}@example.com`,
      name: `Many ${i}`,
      role: "TEACHER" as const,
    }));
    for (let i = 0; i < items.length; i += 25) {
      const chunk = items.slice(i, i + 25);
      await UserEntity.put(chunk).go();
    }
    expect((await UserEntity.query.byRole({ role: "TEACHER" }).go()).data).toHaveLength(60);
    await UserEntity.delete(items.map(({ userId }) => ({ userId }))).go();
    expect((await UserEntity.query.byRole({ role: "TEACHER" }).go()).data).toHaveLength(0);
  });
});

describe("validators that throw or return nothing", () => {
  const session = {
    sessionId: "session_123",
    userId: "user_123",
    courseId: "course_123",
    scheduledDate: "2025-01-15",
    durationMinutes: 60,
  };

  test.each([
    [{ scheduledDate: "soon" }, "scheduledDate", "Invalid date format"],
    [{ durationMinutes: 14 }, "durationMinutes", "Duration must be between 15 and 480 minutes"],
    [{ durationMinutes: 481 }, "durationMinutes", "Duration must be between 15 and 480 minutes"],
  ])(
    "%j is refused, on create and on update, and nothing is written",
    async (wrong, field, why) => {
      const refusal = { code: 4002, fields: [{ field, cause: { message: why } }] };
      await expect(SessionEntity.create({ ...session, ...wrong }).go()).rejects.toMatchObject(
        refusal,
      );
      const { sessionId } = session;
      await expect(SessionEntity.update({ sessionId }).set(wrong).go()).rejects.toMatchObject(
        refusal,
      );
      expect((await SessionEntity.get({ sessionId }).go()).data).toBeNull();
    },
  );

  test.each([15, 480])("%d minutes are valid", async (durationMinutes) => {
    const sessionId = `session_of_${durationMinutes}`;
    await SessionEntity.create({ ...session, sessionId, durationMinutes }).go();
    expect((await SessionEntity.get({ sessionId }).go()).data).toMatchObject({ durationMinutes });
  });
});
