// The seed's Transactions and Service Patterns blocks on one table, ids and all as written there; its Collections block stands in collections.test.ts.
import { Entity, Service } from "electroxide";
import { beforeEach, describe, expect, test } from "vitest";
import { newSessionEntity, newUserEntity } from "./entities";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();

/** The seed's entities in a table of their own: only the user names a client and a table, as there. */
async function open() {
  const table = tableName();
  const UserEntity = newUserEntity({ client, table });
  const SessionEntity = newSessionEntity();
  await createTable([UserEntity]);
  return { table, UserEntity, SessionEntity };
}

describe("transactions", () => {
  let place: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    place = await open();
  });

  test("a transactional write, and a transactional get of what it wrote", async () => {
    const { UserEntity, SessionEntity } = place;
    // Define entities first
    const service = new Service({
      user: UserEntity,
      session: SessionEntity,
    });

    // Transactional write
    const written = await service.transaction
      .write(({ user, session }) => [
        user.create({
          userId: "user_123",
          email: "john@example.com",
          name: "John Doe",
          role: "STUDENT",
        }),
        session.create({
          sessionId: "session_456",
          userId: "user_123",
          courseId: "course_789",
          scheduledDate: "2025-01-15",
          durationMinutes: 60,
          status: "SCHEDULED",
        }),
      ])
      .go();
    expect(written.canceled).toBe(false);

    // Transactional get (requires primary keys)
    const results = await service.transaction
      .get([{ user: { userId: "user_123" } }, { session: { sessionId: "session_456" } }])
      .go();
    expect(results.canceled).toBe(false);
    const [user, session] = results.data;
    expect(user).toMatchObject({
      rejected: false,
      item: { userId: "user_123", name: "John Doe", role: "STUDENT" },
    });
    expect(session).toMatchObject({
      rejected: false,
      item: { sessionId: "session_456", durationMinutes: 60, status: "SCHEDULED" },
    });
    const others = await service.transaction
      .get([{ session: { sessionId: "session_456" } }, { user: { userId: "nobody" } }])
      .go();
    expect(others.data[1]).toEqual({ rejected: false, item: null });
  });

  test("a conditional transaction", async () => {
    const { UserEntity, SessionEntity } = place;
    const service = new Service({ user: UserEntity, session: SessionEntity });
    await UserEntity.create({
      userId: "user_123",
      email: "john@example.com",
      name: "John Doe",
    }).go();

    // Conditional transaction
    const conditional = service.transaction.write(({ user, session }) => [
      user
        .update({ userId: "user_123" })
        .set({ verified: true })
        .commit({ conditions: { verified: false } }),
      session
        .create({
          sessionId: "session_456",
          userId: "user_123",
          courseId: "course_789",
          scheduledDate: "2025-01-15",
          durationMinutes: 60,
        })
        .commit({ conditions: { exists: false } }),
    ]);
    expect((await conditional.go()).canceled).toBe(false);
    const changed = await service.transaction.get([{ user: { userId: "user_123" } }]).go();
    expect(changed.data[0].item).toMatchObject({ name: "John Doe", verified: true });

    const again = await conditional.go();
    expect(again.canceled).toBe(true);
    expect(again.data.map(({ rejected, code }) => [rejected, code])).toEqual([
      [true, "ConditionalCheckFailed"],
      [true, "ConditionalCheckFailed"],
    ]);
  });
});

test("service patterns: one service for a transaction and for a collection", async () => {
  const { table, UserEntity, SessionEntity } = await open();
  const dynamoDBClient = client;
  const CourseEntity = new Entity({
    model: { entity: "course", version: "1", service: "myapp" },
    attributes: {
      courseId: { type: "string", required: true },
      userId: { type: "string", required: true },
      title: { type: "string", required: true },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["courseId"] }, sk: { field: "sk", composite: [] } },
      byUser: {
        index: "gsi1",
        collection: "userCourses",
        pk: { field: "gsi1pk", composite: ["userId"] },
        sk: { field: "gsi1sk", composite: ["courseId"] },
      },
    },
  });
  const EnrollmentEntity = new Entity({
    model: { entity: "enrollment", version: "1", service: "myapp" },
    attributes: {
      enrollmentId: { type: "string", required: true },
      userId: { type: "string", required: true },
      courseId: { type: "string", required: true },
      enrolledAt: { type: "string", required: true },
    },
    indexes: {
      primary: {
        pk: { field: "pk", composite: ["enrollmentId"] },
        sk: { field: "sk", composite: [] },
      },
      byUser: {
        index: "gsi1",
        collection: "userCourses",
        pk: { field: "gsi1pk", composite: ["userId"] },
        sk: { field: "gsi1sk", composite: ["courseId"] },
      },
    },
  });

  // Create a service with multiple entities
  const AppService = new Service(
    {
      user: UserEntity,
      session: SessionEntity,
      course: CourseEntity,
      enrollment: EnrollmentEntity,
    },
    { client: dynamoDBClient, table },
  );
  await CourseEntity.create({ courseId: "course_789", userId: "user_123", title: "Logic" }).go();

  // Use service for transactions
  const written = await AppService.transaction
    .write(({ user, enrollment }) => [
      user.update({ userId: "user_123" }).set({ verified: true }),
      enrollment.create({
        enrollmentId: "enroll_456",
        userId: "user_123",
        courseId: "course_789",
        enrolledAt: new Date().toISOString(),
      }),
    ])
    .go();
  expect(written.canceled).toBe(false);
  const { data: enrolled } = await EnrollmentEntity.get({ enrollmentId: "enroll_456" }).go();
  expect(enrolled).toMatchObject({ userId: "user_123" });

  // Collections query
  const userData = await AppService.collections.userCourses({ userId: "user_123" }).go();

  expect(userData.data.course).toEqual([
    { courseId: "course_789", userId: "user_123", title: "Logic" },
  ]);
  expect(userData.data.enrollment).toMatchObject([
    { enrollmentId: "enroll_456", userId: "user_123", courseId: "course_789" },
  ]);
  // The same service batches, too.
  const { data } = await AppService.batch
    .get([{ enrollment: { enrollmentId: "enroll_456" } }, { session: { sessionId: "none" } }])
    .go();
  expect(data.map((item) => item?.userId ?? null)).toEqual(["user_123", null]);
});
