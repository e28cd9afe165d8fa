// Chapters on reading: get, each kind of query and filter, pages, scans; writing stands in write.mjs.
import assert from "node:assert/strict";
import { Session, User } from "./entities.mjs";
import { chapter, step } from "./tell.mjs";

const COURSE = "course_pages";
const DAYS = Array.from({ length: 24 }, (_, day) => `2025-01-${String(day + 1).padStart(2, "0")}`);
const STATUSES = ["SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED"];

const days = ({ data }) => data.map(({ scheduledDate }) => scheduledDate);

export async function get() {
  chapter("Get");
  await step("get one item", () => User.get({ userId: "user_123" }), {
    expect: ({ data }) => assert.equal(data.name, "John Doe"),
  });
  await step("some attributes only, consistently", () => User.get({ userId: "user_123" }), {
    options: { attributes: ["name", "email"], consistent: true },
    expect: ({ data }) => assert.deepEqual(data, { name: "John Doe", email: "john@example.com" }),
  });
  await step("what is not there is null", () => User.get({ userId: "nobody" }), {
    expect: ({ data }) => assert.equal(data, null),
  });
  await step("hidden attributes on request", () => Session.get({ sessionId: "session_123" }), {
    options: { includeHidden: true },
    expect: ({ data }) => assert.equal(data.userCourse, "user_123#course_123"),
  });
}

/** A month of sessions and a few users, written without being told one by one. */
export async function fill() {
  for (const [day, scheduledDate] of DAYS.entries()) {
    await Session.create({
      sessionId: `session_${day}`,
      userId: `user_${day % 3}`,
      courseId: COURSE,
      scheduledDate,
      durationMinutes: 15 + day * 10,
      status: STATUSES[day % 4],
      metadata: { notes: day % 2 === 0 ? "even" : "odd" },
    }).go();
  }
  for (let i = 0; i < 9; i += 1) {
    await User.create({
      userId: `student_${i}`,
      email: `student${i}@${i % 3 === 0 ? "gmail.com" : "example.com"}`,
      name: `Student ${i}`,
      role: i === 8 ? "ADMIN" : "STUDENT",
      verified: i % 2 === 0,
    }).go();
  }
}

export async function query() {
  chapter("Query");
  await step("by the table's key", () => User.query.primary({ userId: "student_3" }), {
    expect: ({ data }) => assert.equal(data.length, 1),
  });
  await step("by email", () => User.query.byEmail({ email: "student3@gmail.com" }), {
    expect: ({ data }) => assert.equal(data[0].userId, "student_3"),
  });
  await step(
    "begins",
    () => Session.query.byCourse({ courseId: COURSE }).begins({ scheduledDate: "2025-01-1" }),
    { expect: (result) => assert.deepEqual(days(result), DAYS.slice(9, 19)) },
  );
  await step(
    "between",
    () =>
      Session.query
        .byCourse({ courseId: COURSE })
        .between({ scheduledDate: "2025-01-05" }, { scheduledDate: "2025-01-08" }),
    { expect: (result) => assert.deepEqual(days(result), DAYS.slice(4, 8)) },
  );
  await step(
    "gt",
    () => Session.query.byCourse({ courseId: COURSE }).gt({ scheduledDate: "2025-01-20" }),
    { expect: (result) => assert.deepEqual(days(result), DAYS.slice(20)) },
  );
  await step(
    "gte",
    () => Session.query.byCourse({ courseId: COURSE }).gte({ scheduledDate: "2025-01-20" }),
    { expect: (result) => assert.deepEqual(days(result), DAYS.slice(19)) },
  );
  await step(
    "lt",
    () => Session.query.byCourse({ courseId: COURSE }).lt({ scheduledDate: "2025-01-04" }),
    { expect: (result) => assert.deepEqual(days(result), DAYS.slice(0, 3)) },
  );
  await step(
    "lte",
    () => Session.query.byCourse({ courseId: COURSE }).lte({ scheduledDate: "2025-01-04" }),
    { expect: (result) => assert.deepEqual(days(result), DAYS.slice(0, 4)) },
  );
  await step("newest first, three of them", () => Session.query.byCourse({ courseId: COURSE }), {
    options: { order: "desc", limit: 3 },
    expect: (result) => assert.deepEqual(days(result), DAYS.slice(-3).reverse()),
  });
  await step("some attributes only", () => User.query.byRole({ role: "ADMIN" }), {
    options: { attributes: ["userId", "name"] },
    expect: ({ data }) => assert.deepEqual(data, [{ userId: "student_8", name: "Student 8" }]),
  });
}

export async function filter() {
  chapter("Filters");
  const course = () => Session.query.byCourse({ courseId: COURSE });
  await step("eq", () => course().where(({ status }, { eq }) => eq(status, "IN_PROGRESS")), {
    expect: ({ data }) => assert.equal(data.length, 6),
  });
  await step(
    "AND",
    () =>
      course().where(
        ({ status, durationMinutes }, { eq, gte }) =>
          `${eq(status, "COMPLETED")} AND ${gte(durationMinutes, 60)}`,
      ),
    { expect: ({ data }) => assert.equal(data.length, 5) },
  );
  await step(
    "OR",
    () =>
      course().where(
        ({ status }, { eq }) => `${eq(status, "SCHEDULED")} OR ${eq(status, "IN_PROGRESS")}`,
      ),
    { expect: ({ data }) => assert.equal(data.length, 12) },
  );
  await step(
    "OR in one clause, AND between two",
    () =>
      course()
        .where(({ status }, { eq }) => `${eq(status, "SCHEDULED")} OR ${eq(status, "COMPLETED")}`)
        .where(({ metadata }, { eq }) => eq(metadata.notes, "odd")),
    { expect: ({ data }) => assert.equal(data.length, 0) },
  );
  await step(
    "NOT",
    () =>
      User.query
        .byRole({ role: "STUDENT" })
        .where(({ verified }, { eq }) => `NOT ${eq(verified, true)}`),
    { expect: ({ data }) => assert.ok(data.length === 5 && data.every((u) => !u.verified)) },
  );
  await step(
    "between",
    () => course().where(({ durationMinutes }, { between }) => between(durationMinutes, 30, 120)),
    { expect: ({ data }) => assert.equal(data.length, 9) },
  );
  await step(
    "contains",
    () => User.scan.where(({ email }, { contains }) => contains(email, "@gmail.com")),
    { expect: ({ data }) => assert.equal(data.length, 3) },
  );
}

async function pagesOf(order) {
  const seen = [];
  let cursor = null;
  let page = 0;
  do {
    page += 1;
    const from = cursor;
    const result = await step(
      `page ${page}, ${order}`,
      () => Session.query.byCourse({ courseId: COURSE }),
      {
        options: { limit: 10, order, ...(from !== null && { cursor: from }) },
        expect: ({ data }) => assert.ok(data.length <= 10),
      },
    );
    seen.push(...days(result));
    cursor = result.cursor;
  } while (cursor !== null);
  return seen;
}

export async function pages() {
  chapter("Pages");
  assert.deepEqual(await pagesOf("asc"), DAYS);
  assert.deepEqual(await pagesOf("desc"), [...DAYS].reverse());
}

export async function scan() {
  chapter("Scan");
  await step("the whole table, this entity's items", () => User.scan, {
    expect: ({ data }) => assert.equal(data.length, 10),
  });
  await step("filtered", () => User.scan.where(({ verified }, { eq }) => eq(verified, true)), {
    expect: ({ data }) => assert.equal(data.length, 5),
  });
  const found = [];
  for (let segment = 0; segment < 4; segment += 1) {
    const { data } = await step(`segment ${segment} of 4`, () => Session.scan, {
      options: { segments: { total: 4, segment }, pages: "all" },
      expect: (result) => assert.equal(result.cursor, null),
    });
    found.push(...data.map(({ sessionId }) => sessionId));
  }
  const expected = ["session_123", ...DAYS.map((_, day) => `session_${day}`)];
  assert.deepEqual(found.sort(), expected.sort(), "the four segments hold each item once");
}
