// Chapters on writing: creates with defaults and conditions, updates, deletes; reading back stands in read.mjs.
import assert from "node:assert/strict";
import { Session, User } from "./entities.mjs";
import { chapter, refused, step } from "./tell.mjs";

const john = { userId: "user_123", email: "john@example.com", name: "John Doe" };
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export async function create() {
  chapter("Create");
  await step("create fills in the defaults", () => User.create(john), {
    options: { response: "all_new" },
    expect: ({ data }) => {
      const { createdAt, updatedAt, ...rest } = data;
      assert.deepEqual(rest, { ...john, role: "STUDENT", verified: false });
      assert.match(createdAt, ISO_DATE);
      assert.match(updatedAt, ISO_DATE);
    },
  });
  await refused("create never overwrites", () => User.create({ ...john, name: "Somebody else" }), {
    code: 5003,
    kind: "ConditionalCheckFailed",
    sent: true,
    expect: (error) => assert.equal(error.cause.name, "ConditionalCheckFailedException"),
  });
  await refused("`exists: false` says so explicitly", () => User.create(john), {
    options: { conditions: { exists: false } },
    code: 5003,
    kind: "ConditionalCheckFailed",
    sent: true,
  });
  await step(
    "a session with a map, a list and a set",
    () =>
      Session.create({
        sessionId: "session_123",
        userId: "user_123",
        courseId: "course_123",
        scheduledDate: "2025-01-15",
        durationMinutes: 60,
        metadata: { zoomMeetingId: "zoom-1", notes: "first session" },
        tags: ["algebra", "evening"],
        watchedAttributes: new Set(["status"]),
      }),
    {
      expect: ({ data }) => {
        assert.equal(data.status, "SCHEDULED");
        assert.deepEqual(data.tags, ["algebra", "evening"]);
        assert.ok(!("userCourse" in data), "a hidden attribute is not in the answer");
      },
    },
  );
}

export async function update() {
  chapter("Update");
  await step(
    "set; the watcher writes updatedAt by itself",
    () => User.update({ userId: "user_123" }).set({ name: "Jane Doe", verified: true }),
    {
      options: { response: "all_new" },
      expect: ({ data }) => {
        assert.equal(data.name, "Jane Doe");
        assert.ok(data.updatedAt >= data.createdAt);
        assert.equal(data.verified, true);
      },
    },
  );
  for (const expected of [1, 2]) {
    await step(
      "add counts up",
      () => Session.update({ sessionId: "session_123" }).add({ attendeeCount: 1 }),
      {
        options: { response: "all_new" },
        expect: ({ data }) => assert.equal(data.attendeeCount, expected),
      },
    );
  }
  await step(
    "append to a list, add to and delete from a set",
    () =>
      Session.update({ sessionId: "session_123" })
        .append({ tags: ["remote"] })
        .add({ watchedAttributes: ["scheduledDate"] }),
    {
      options: { response: "all_new" },
      expect: ({ data }) => {
        assert.deepEqual(data.tags, ["algebra", "evening", "remote"]);
        assert.deepEqual([...data.watchedAttributes].sort(), ["scheduledDate", "status"]);
      },
    },
  );
  await step(
    "set one property of a map by its path",
    () => Session.update({ sessionId: "session_123" }).set({ "metadata.notes": "moved to room 4" }),
    {
      options: { response: "all_new" },
      expect: ({ data }) =>
        assert.deepEqual(data.metadata, { zoomMeetingId: "zoom-1", notes: "moved to room 4" }),
    },
  );
  await step(
    "give the user a token",
    () => User.update({ userId: "user_123" }).set({ temporaryToken: "secret" }),
    { expect: ({ data }) => assert.equal(data.userId, "user_123") },
  );
  await step(
    "remove takes it away",
    () => User.update({ userId: "user_123" }).remove(["temporaryToken"]),
    {
      options: { response: "all_new" },
      expect: ({ data }) => assert.ok(!("temporaryToken" in data)),
    },
  );
  for (const role of ["TEACHER", "STUDENT"]) {
    await step(
      "a new role moves the user within the index byRole",
      () => User.update({ userId: "user_123" }).set({ role }),
      { expect: ({ data }) => assert.equal(data.userId, "user_123") },
    );
    await step("there it is", () => User.query.byRole({ role }), {
      expect: ({ data }) => assert.ok(data.some(({ userId }) => userId === "user_123")),
    });
  }
}

export async function conditions() {
  chapter("Conditional writes");
  await refused(
    "only if not yet verified",
    () => User.update({ userId: "user_123" }).set({ verified: true }),
    {
      options: { conditions: { verified: false } },
      code: 5003,
      kind: "ConditionalCheckFailed",
      sent: true,
    },
  );
  await refused(
    "only if the role is ADMIN",
    () => User.update({ userId: "user_123" }).set({ name: "New Name" }),
    {
      options: { conditions: { attr: "role", eq: "ADMIN" } },
      code: 5003,
      kind: "ConditionalCheckFailed",
      sent: true,
    },
  );
  await step(
    "only if the role is STUDENT, which it is",
    () => User.update({ userId: "user_123" }).set({ name: "New Name" }),
    {
      options: { conditions: { attr: "role", eq: "STUDENT" }, response: "all_new" },
      expect: ({ data }) => assert.equal(data.name, "New Name"),
    },
  );
  await refused(
    "patch needs an existing item",
    () => User.patch({ userId: "nobody" }).set({ name: "Ghost" }),
    { code: 5003, kind: "ConditionalCheckFailed", sent: true },
  );
  await refused(
    "a missing expected value is no condition at all, so it is refused",
    () => User.update({ userId: "user_123" }).set({ name: "Lost" }),
    { options: { conditions: { verified: undefined } }, code: 1012, kind: "InvalidWhere" },
  );
}

export async function remove() {
  chapter("Delete");
  await refused("delete only an ADMIN", () => User.delete({ userId: "user_123" }), {
    options: { conditions: { role: "ADMIN" } },
    code: 5003,
    kind: "ConditionalCheckFailed",
    sent: true,
  });
  await step("delete returns the old item", () => User.delete({ userId: "user_123" }), {
    options: { conditions: { role: "STUDENT" }, response: "all_old" },
    expect: ({ data }) => {
      assert.equal(data.userId, "user_123");
      assert.equal(data.name, "New Name");
    },
  });
  await step("it is gone", () => User.get({ userId: "user_123" }), {
    expect: ({ data }) => assert.equal(data, null),
  });
}
