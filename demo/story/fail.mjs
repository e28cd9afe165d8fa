// Chapters on what is refused: validation before anything is sent, the seed's error branches, and the time to live of a token.
import assert from "node:assert/strict";
import { ElectroError } from "electroxide";
import { Session, SessionToken, User } from "./entities.mjs";
import { chapter, happen, refused, step } from "./tell.mjs";

const session = {
  sessionId: "session_bad",
  userId: "user_1",
  courseId: "course_1",
  scheduledDate: "2025-01-15",
  durationMinutes: 60,
};

export async function validation() {
  chapter("Validation, before anything is sent");
  await refused("a required attribute is missing", () => User.create({ userId: "u", name: "n" }), {
    code: 4001,
    kind: "MissingRequiredAttribute",
    expect: ({ fields }) =>
      assert.deepEqual(
        fields.map(({ field }) => field),
        ["email"],
      ),
  });
  await refused(
    "a value outside the enum",
    () => User.create({ userId: "u", email: "u@example.com", name: "n", role: "WIZARD" }),
    { code: 4002, kind: "InvalidAttribute" },
  );
  await refused(
    "a validate callback throws; its own error is the cause",
    () => User.create({ userId: "u", email: "nowhere", name: "n" }),
    {
      code: 4002,
      kind: "InvalidAttribute",
      expect: ({ fields }) => assert.equal(fields[0].cause.message, "Invalid email format"),
    },
  );
  await refused("too long a session", () => Session.create({ ...session, durationMinutes: 481 }), {
    code: 4002,
    kind: "InvalidAttribute",
  });
  await refused("no date", () => Session.create({ ...session, scheduledDate: "soon" }), {
    code: 4002,
    kind: "InvalidAttribute",
  });
  await refused(
    "a read-only attribute",
    () => User.update({ userId: "u" }).set({ createdAt: "2020-01-01" }),
    { code: 4003, kind: "ReadOnlyAttribute" },
  );
  await refused(
    "an attribute that is not in the model",
    () => User.update({ userId: "u" }).set({ nmae: "typo" }),
    {
      code: 4004,
      kind: "UnknownAttribute",
      expect: ({ message }) => assert.match(message, /`name`/, "the nearest attribute is named"),
    },
  );
  await step("nothing of all that was written", () => User.get({ userId: "u" }), {
    expect: ({ data }) => assert.equal(data, null),
  });
}

/** The seed's catch block, saying which way it went. */
function branchOf(error) {
  if (error instanceof ElectroError) {
    if (error.code === 4001) return "validation error";
    if (error.code === 5003) return "item already exists";
    return `ElectroDB error ${error.code}`;
  }
  return "DynamoDB error";
}

async function branch(call) {
  try {
    await call();
    return "no error";
  } catch (error) {
    return branchOf(error);
  }
}

export async function branches() {
  chapter("The three branches of the seed's error handling");
  const student = { userId: "student_1", email: "john@example.com", name: "John Doe" };
  await happen(
    "4001: a required attribute is missing",
    () => branch(() => User.create({ userId: "student_1", name: "John Doe" }).go()),
    (way) => assert.equal(way, "validation error"),
  );
  await happen(
    "5003: the item is there already",
    () => branch(() => User.create(student).go()),
    (way) => assert.equal(way, "item already exists"),
  );
  await happen(
    "5001: DynamoDB itself refuses, here for want of such a table; `cause` is the SDK's error",
    () => branch(() => User.create(student).go({ table: "NoSuchTable" })),
    (way) => assert.equal(way, "ElectroDB error 5001"),
  );
  await happen(
    "an error that did not come from electroxide",
    () => branch(() => Promise.reject(new TypeError("something else"))),
    (way) => assert.equal(way, "DynamoDB error"),
  );
}

export async function expiry() {
  chapter("Time to live");
  await step(
    "a token expires a day from now, in whole seconds",
    () => SessionToken.create({ token: "token_1", userId: "user_1" }),
    {
      expect: ({ data }) => {
        const left = data.expiresAt - Date.now() / 1000;
        assert.ok(Number.isInteger(data.expiresAt) && left > 86_300 && left <= 86_401);
      },
    },
  );
}
