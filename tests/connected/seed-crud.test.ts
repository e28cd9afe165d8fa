// The seed's create, get, update and delete blocks, each against a real database; its queries stand in seed-query.test.ts.
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { newSessionEntity, newUserEntity } from "./entities";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();
const UserEntity = newUserEntity({ client, table });
const SessionEntity = newSessionEntity({ client, table });
await createTable([UserEntity, SessionEntity]);

const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

let count = 0;
let userId = "";
let sessionId = "";

beforeEach(() => {
  count += 1;
  userId = `user_${count}`;
  sessionId = `session_${count}`;
});

const john = () => ({ userId, email: "john@example.com", name: "John Doe" });
const aSession = () => ({
  sessionId,
  userId,
  courseId: "course_123",
  scheduledDate: "2025-01-15",
  durationMinutes: 60,
});

describe("create", () => {
  test("a single item, with defaults", async () => {
    const user = await UserEntity.create({ ...john(), role: "STUDENT" }).go();
    expect(user.data).toEqual({
      ...john(),
      role: "STUDENT",
      verified: false,
      createdAt: expect.stringMatching(ISO_DATE),
      updatedAt: expect.stringMatching(ISO_DATE),
    });
  });

  test('response: "all_new" gives all attributes', async () => {
    const user = await UserEntity.create(john()).go({ response: "all_new" });
    expect(user.data).toMatchObject({ ...john(), role: "STUDENT", verified: false });
    const stored = await UserEntity.get({ userId }).go();
    expect(stored.data).toEqual(user.data);
  });

  test("conditions: { exists: false } writes once", async () => {
    const user = await UserEntity.create(john()).go({ conditions: { exists: false } });
    expect(user.data).toMatchObject(john());
    await expect(
      UserEntity.create({ ...john(), name: "Other" }).go({ conditions: { exists: false } }),
    ).rejects.toMatchObject({ code: 5003, kind: "ConditionalCheckFailed" });
    const stored = await UserEntity.get({ userId }).go();
    expect(stored.data?.name).toBe("John Doe");
  });

  test("the stored item has keys of every index and the identifiers", async () => {
    await UserEntity.create(john()).go();
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `$myapp#userid_${userId}` }, sk: { S: "$user_1" } },
      }),
    );
    expect(Item).toMatchObject({
      gsi1pk: { S: "$myapp#email_john@example.com" },
      gsi1sk: { S: "$user_1" },
      gsi2pk: { S: "$myapp#role_student" },
      gsi2sk: { S: expect.stringMatching(/^\$user_1#createdat_\d{4}-/) },
      __edb_e__: { S: "user" },
      __edb_v__: { S: "1" },
    });
  });

  test("lists, maps and sets come back as they went in", async () => {
    const written = {
      ...aSession(),
      metadata: { zoomMeetingId: "zoom", notes: "n" },
      tags: ["b", "a"],
      watchedAttributes: ["status", "tags"],
    };
    await SessionEntity.create(written).go();
    const { data } = await SessionEntity.get({ sessionId }).go();
    expect({ ...data, watchedAttributes: [...(data?.watchedAttributes ?? [])].sort() }).toEqual({
      ...written,
      status: "SCHEDULED",
    });
  });
});

describe("get", () => {
  test("one item, or null", async () => {
    await UserEntity.create(john()).go();
    const user = await UserEntity.get({ userId }).go();
    expect(user.data?.email).toBe("john@example.com");
    const nobody = await UserEntity.get({ userId: "nobody" }).go();
    expect(nobody.data).toBeNull();
  });

  test("only the attributes that are asked for", async () => {
    await UserEntity.create(john()).go();
    const user = await UserEntity.get({ userId }).go({ attributes: ["name", "email"] });
    expect(user.data).toEqual({ name: "John Doe", email: "john@example.com" });
  });

  test("with a consistent read", async () => {
    await UserEntity.create(john()).go();
    expect(UserEntity.get({ userId }).params({ consistent: true })).toMatchObject({
      ConsistentRead: true,
    });
    const user = await UserEntity.get({ userId }).go({ consistent: true });
    expect(user.data?.name).toBe("John Doe");
  });

  test("a hidden attribute is computed, and shown on request only", async () => {
    await SessionEntity.create(aSession()).go();
    const plain = await SessionEntity.get({ sessionId }).go();
    expect(plain.data).not.toHaveProperty("userCourse");
    const all = await SessionEntity.get({ sessionId }).go({ includeHidden: true });
    expect(all.data).toHaveProperty("userCourse", `${userId}#course_123`);
  });
});

describe("update", () => {
  test("set changes what it names, and the watcher", async () => {
    const { data: before } = await UserEntity.create(john()).go();
    await new Promise((resolve) => setTimeout(resolve, 2));
    await UserEntity.update({ userId }).set({ name: "Jane Doe", verified: true }).go();
    const { data } = await UserEntity.get({ userId }).go();
    expect(data).toEqual({
      ...before,
      name: "Jane Doe",
      verified: true,
      updatedAt: expect.stringMatching(ISO_DATE),
    });
    expect(data?.updatedAt.localeCompare(before.updatedAt)).toBe(1);
  });

  test("add increments, from nothing too", async () => {
    await SessionEntity.create(aSession()).go();
    await SessionEntity.update({ sessionId }).add({ attendeeCount: 1 }).go();
    await SessionEntity.update({ sessionId }).add({ attendeeCount: 2 }).go();
    const { data } = await SessionEntity.get({ sessionId }).go();
    expect(data?.attendeeCount).toBe(3);
  });

  test("remove([...]) takes an attribute away", async () => {
    await UserEntity.create({ ...john(), temporaryToken: "secret" }).go();
    await UserEntity.update({ userId }).remove(["temporaryToken"]).go();
    const { data } = await UserEntity.get({ userId }).go();
    expect(data).not.toHaveProperty("temporaryToken");
    expect(data?.name).toBe("John Doe");
  });

  test("conditions: { verified: false } holds once", async () => {
    await UserEntity.create(john()).go();
    const verify = () =>
      UserEntity.update({ userId })
        .set({ verified: true })
        .go({ conditions: { verified: false } });
    await verify();
    await expect(verify()).rejects.toMatchObject({ code: 5003 });
  });

  test('conditions: { attr: "role", eq: "ADMIN" }', async () => {
    await UserEntity.create(john()).go();
    const rename = () =>
      UserEntity.update({ userId })
        .set({ name: "New Name" })
        .go({ conditions: { attr: "role", eq: "ADMIN" } });
    await expect(rename()).rejects.toMatchObject({ code: 5003 });
    await UserEntity.put({ ...john(), role: "ADMIN" }).go();
    await rename();
    const { data } = await UserEntity.get({ userId }).go();
    expect(data?.name).toBe("New Name");
  });
});

describe("delete", () => {
  test("takes the item away", async () => {
    await UserEntity.create(john()).go();
    await UserEntity.delete({ userId }).go();
    expect((await UserEntity.get({ userId }).go()).data).toBeNull();
  });

  test('conditions: { role: "STUDENT" }', async () => {
    await UserEntity.create({ ...john(), role: "TEACHER" }).go();
    await expect(
      UserEntity.delete({ userId }).go({ conditions: { role: "STUDENT" } }),
    ).rejects.toMatchObject({ code: 5003 });
    await UserEntity.delete({ userId }).go({ conditions: { role: "TEACHER" } });
    expect((await UserEntity.get({ userId }).go()).data).toBeNull();
  });

  test('response: "all_old" returns the deleted item', async () => {
    const { data: created } = await UserEntity.create(john()).go();
    const deleted = await UserEntity.delete({ userId }).go({ response: "all_old" });
    expect(deleted.data).toEqual(created);
  });
});
