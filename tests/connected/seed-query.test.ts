// The seed's query, filter, page and scan blocks, each against a real database; its writes stand in seed-crud.test.ts.
import { describe, expect, test } from "vitest";
import { newSessionEntity, newUserEntity } from "./entities";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();
const UserEntity = newUserEntity({ client, table });
const SessionEntity = newSessionEntity({ client, table });
await createTable([UserEntity, SessionEntity]);

const courseId = "course_123";
const STATUSES = ["SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED"] as const;
const DATES = Array.from({ length: 40 }, (_, i) =>
  new Date(Date.UTC(2024, 11, 22 + i)).toISOString().slice(0, 10),
);

for (const [i, scheduledDate] of DATES.entries()) {
  await SessionEntity.create({
    sessionId: `session_${String(i).padStart(2, "0")}`,
    userId: "user_123",
    courseId,
    scheduledDate,
    durationMinutes: 15 + i * 5,
    status: STATUSES[i % 4] ?? "SCHEDULED",
    ...(i % 10 === 0 && { metadata: { notes: "a tenth" }, tags: ["tenth"] }),
  }).go();
}
for (let i = 0; i < 30; i += 1) {
  await UserEntity.create({
    userId: `user_${i}`,
    email: `user${i}@${i % 5 === 0 ? "gmail.com" : "example.com"}`,
    name: `User ${i}`,
    role: i < 25 ? "STUDENT" : "TEACHER",
    ...(i % 2 === 0 && { verified: true }),
  }).go();
}

const course = () => SessionEntity.query.byCourse({ courseId });
const dates = (result: { data: ReadonlyArray<{ scheduledDate: string }> }) =>
  result.data.map(({ scheduledDate }) => scheduledDate);

describe("basic queries", () => {
  test("by the primary key", async () => {
    const users = await UserEntity.query.primary({ userId: "user_3" }).go();
    expect(users.data).toMatchObject([{ userId: "user_3", name: "User 3" }]);
  });

  test("begins", async () => {
    const sessions = await course().begins({ scheduledDate: "2025-01" }).go();
    expect(dates(sessions)).toEqual(DATES.filter((date) => date.startsWith("2025-01")));
  });

  test("between includes both ends", async () => {
    const sessions = await course()
      .between({ scheduledDate: "2025-01-01" }, { scheduledDate: "2025-01-20" })
      .go();
    expect(dates(sessions)).toEqual(
      DATES.filter((date) => date >= "2025-01-01" && date <= "2025-01-20"),
    );
  });

  test("gt, gte, lt and lte", async () => {
    const at = { scheduledDate: "2025-01-01" };
    expect(dates(await course().gt(at).go())).toEqual(DATES.filter((d) => d > at.scheduledDate));
    expect(dates(await course().gte(at).go())).toEqual(DATES.filter((d) => d >= at.scheduledDate));
    expect(dates(await course().lt(at).go())).toEqual(DATES.filter((d) => d < at.scheduledDate));
    expect(dates(await course().lte(at).go())).toEqual(DATES.filter((d) => d <= at.scheduledDate));
  });
});

describe("query options", () => {
  test("limit", async () => {
    const users = await UserEntity.query.byRole({ role: "STUDENT" }).go({ limit: 10 });
    expect(users.data).toHaveLength(10);
  });

  test("the next page by cursor", async () => {
    const firstPage = await UserEntity.query.byRole({ role: "STUDENT" }).go({ limit: 10 });
    expect(firstPage.cursor).toEqual(expect.any(String));
    const secondPage = await UserEntity.query
      .byRole({ role: "STUDENT" })
      .go({ limit: 10, cursor: firstPage.cursor });
    const ids = [...firstPage.data, ...secondPage.data].map(({ userId }) => userId);
    expect(new Set(ids).size).toBe(20);
  });

  test.each(["asc", "desc"] as const)("all pages in order %s", async (order) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page: { data: { scheduledDate: string }[]; cursor: string | null } = await course().go({
        order,
        limit: 9,
        cursor,
      });
      seen.push(...dates(page));
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== null);
    expect(seen).toEqual(order === "asc" ? DATES : [...DATES].reverse());
    expect(pages).toBe(5);
  });

  test('order: "desc" gives the most recent first', async () => {
    const latest = await course().go({ order: "desc" });
    expect(dates(latest)).toEqual([...DATES].reverse());
  });

  test("filter after the query", async () => {
    const active = await course()
      .where(({ status }, { eq }) => eq(status, "IN_PROGRESS"))
      .go();
    expect(active.data).toHaveLength(10);
    expect(new Set(active.data.map(({ status }) => status))).toEqual(new Set(["IN_PROGRESS"]));
  });

  test("only the attributes that are asked for", async () => {
    const users = await UserEntity.query
      .byRole({ role: "TEACHER" })
      .go({ attributes: ["userId", "name", "email"] });
    expect(users.data).toHaveLength(5);
    for (const user of users.data) {
      expect(Object.keys(user).sort()).toEqual(["email", "name", "userId"]);
    }
  });
});

describe("complex filters", () => {
  const expected = (test: (i: number) => boolean) => DATES.filter((_, i) => test(i));

  test("AND", async () => {
    const sessions = await course()
      .where(
        ({ status, durationMinutes }, { eq, gte }) =>
          `${eq(status, "COMPLETED")} AND ${gte(durationMinutes, 60)}`,
      )
      .go();
    expect(dates(sessions)).toEqual(expected((i) => i % 4 === 2 && 15 + i * 5 >= 60));
  });

  test("OR", async () => {
    const sessions = await course()
      .where(({ status }, { eq }) => `${eq(status, "SCHEDULED")} OR ${eq(status, "IN_PROGRESS")}`)
      .go();
    expect(dates(sessions)).toEqual(expected((i) => i % 4 < 2));
  });

  test("OR beside a second clause", async () => {
    const sessions = await course()
      .where(({ durationMinutes }, { lt }) => lt(durationMinutes, 60))
      .where(({ status }, { eq }) => `${eq(status, "SCHEDULED")} OR ${eq(status, "IN_PROGRESS")}`)
      .go();
    expect(dates(sessions)).toEqual(expected((i) => 15 + i * 5 < 60 && i % 4 < 2));
  });

  test("NOT", async () => {
    const users = await UserEntity.query
      .byRole({ role: "STUDENT" })
      .where(({ verified }, { eq }) => `NOT ${eq(verified, true)}`)
      .go();
    expect(users.data).toHaveLength(12);
    expect(users.data.every(({ verified }) => verified === false)).toBe(true);
  });

  test("contains, in a scan", async () => {
    const users = await UserEntity.scan
      .where(({ email }, { contains }) => contains(email, "@gmail.com"))
      .go();
    expect(users.data.map(({ email }) => email).sort()).toEqual(
      [0, 10, 15, 20, 25, 5].map((i) => `user${i}@gmail.com`),
    );
  });

  test("between", async () => {
    const sessions = await course()
      .where(({ durationMinutes }, { between }) => between(durationMinutes, 30, 120))
      .go();
    expect(dates(sessions)).toEqual(expected((i) => 15 + i * 5 >= 30 && 15 + i * 5 <= 120));
  });

  test("on a nested path, on existence, on a set of values and on a size", async () => {
    const tenth = expected((i) => i % 10 === 0);
    const notes = await course()
      .where(({ metadata }, { eq }) => eq(metadata.notes, "a tenth"))
      .go();
    expect(dates(notes)).toEqual(tenth);
    const tagged = await course()
      .where(({ tags }, { exists }) => exists(tags))
      .go();
    expect(dates(tagged)).toEqual(tenth);
    const untagged = await course()
      .where(({ tags }, { notExists }) => notExists(tags))
      .go();
    expect(untagged.data).toHaveLength(36);
    const some = await course()
      .where((attributes, { in: isIn }) => isIn(attributes.status, ["COMPLETED", "CANCELLED"]))
      .go();
    expect(dates(some)).toEqual(expected((i) => i % 4 > 1));
  });
});

describe("scan", () => {
  test("the whole table, without other entities' items", async () => {
    const allUsers = await UserEntity.scan.go({ pages: "all" });
    expect(allUsers.data).toHaveLength(30);
  });

  test("with a filter", async () => {
    const verified = await UserEntity.scan
      .where(({ verified }, { eq }) => eq(verified, true))
      .go({ pages: "all" });
    expect(verified.data).toHaveLength(15);
  });

  test("with pages", async () => {
    const ids: string[] = [];
    const firstPage = await UserEntity.scan.go({ limit: 50 });
    ids.push(...firstPage.data.map(({ userId }) => userId));
    expect(firstPage.cursor).toEqual(expect.any(String));
    const secondPage = await UserEntity.scan.go({ cursor: firstPage.cursor, pages: "all" });
    ids.push(...secondPage.data.map(({ userId }) => userId));
    expect(new Set(ids).size).toBe(30);
    expect(ids).toHaveLength(30);
  });

  test("in four segments, each item once", async () => {
    const ids: string[] = [];
    for (const segment of [0, 1, 2, 3]) {
      const part = await UserEntity.scan.go({ segments: { total: 4, segment }, pages: "all" });
      ids.push(...part.data.map(({ userId }) => userId));
    }
    expect(ids.sort()).toEqual(Array.from({ length: 30 }, (_, i) => `user_${i}`).sort());
  });
});
