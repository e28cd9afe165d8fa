// Collections against a real database: the seed's blocks, every kind of collection, pages and cursors, and tables shared with electrodb.
import { Entity as OracleEntity, Service as OracleService } from "electrodb";
import { Entity, Service, type CollectionResponse } from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

// The seed's collection, with the attribute declared that its index is composed of.
const UserEntity = new Entity(
  {
    model: { entity: "user", version: "1", service: "myapp" },
    attributes: {
      userId: { type: "string", required: true },
      email: { type: "string", required: true },
      name: { type: "string", required: true },
      orgId: { type: "string" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
      byOrg: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["orgId"] },
        sk: { field: "gsi1sk", composite: ["userId"] },
        collection: "organization",
      },
    },
  },
  { client, table },
);

const CourseEntity = new Entity({
  model: { entity: "course", version: "1", service: "myapp" },
  attributes: {
    courseId: { type: "string", required: true },
    orgId: { type: "string", required: true },
    title: { type: "string", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["courseId"] }, sk: { field: "sk", composite: [] } },
    byOrg: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: ["courseId"] },
      collection: "organization",
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
      index: "gsi2",
      collection: "userCourses",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["userId"] },
      sk: { field: "gsi2sk", composite: ["enrolledAt"] },
    },
  },
});

const CertificateEntity = new Entity({
  model: { entity: "certificate", version: "1", service: "myapp" },
  attributes: {
    certificateId: { type: "string", required: true },
    userId: { type: "string", required: true },
    enrolledAt: { type: "string", required: true },
    grade: { type: "number" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["certificateId"] },
      sk: { field: "sk", composite: [] },
    },
    byUser: {
      index: "gsi2",
      collection: "userCourses",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["userId"] },
      sk: { field: "gsi2sk", composite: ["enrolledAt"] },
    },
  },
});

const AppService = new Service(
  {
    user: UserEntity,
    course: CourseEntity,
    enrollment: EnrollmentEntity,
    certificate: CertificateEntity,
  },
  { client, table },
);
await createTable([UserEntity, CourseEntity, EnrollmentEntity, CertificateEntity]);

const numbers = [...Array(12).keys()];
const two = (number: number) => String(number).padStart(2, "0");
for (const number of numbers) {
  const orgId = "org_123";
  const userId = `user_${two(number)}`;
  await UserEntity.create({ userId, email: `${userId}@x.org`, name: `User ${number}`, orgId }).go();
  await CourseEntity.create({ courseId: `c${two(number)}`, orgId, title: `T${number % 3}` }).go();
  const enrolledAt = `2025-01-${two(number + 1)}`;
  const learner = "user_123";
  const enrollmentId = `e${two(number)}`;
  await EnrollmentEntity.create({ enrollmentId, userId: learner, courseId: "c1", enrolledAt }).go();
  await CertificateEntity.create({
    certificateId: `z${two(number)}`,
    userId: learner,
    enrolledAt,
    grade: number,
  }).go();
}

describe("the seed's blocks", () => {
  test("a service of two entities, one of them without a client", async () => {
    const service = new Service({ user: UserEntity, course: CourseEntity });
    const orgData = await service.collections.organization({ orgId: "org_123" }).go();
    expect(orgData.data.user).toHaveLength(12);
    expect(orgData.data.course).toHaveLength(12);
    expect(orgData.data.user[0]).toEqual({
      userId: "user_00",
      email: "user_00@x.org",
      name: "User 0",
      orgId: "org_123",
    });
    expect(orgData.cursor).toBeNull();
  });

  test("service patterns", async () => {
    const userData = await AppService.collections.userCourses({ userId: "user_123" }).go();
    expect(userData.data.enrollment).toHaveLength(12);
    expect(userData.data.certificate).toHaveLength(12);
    const { data } = await AppService.entities.user.get({ userId: "user_03" }).go();
    expect(data?.name).toBe("User 3");
  });

  test("an index of an undeclared attribute is refused, with the nearest name", () => {
    const model = { ...UserEntity.schema, attributes: { ...UserEntity.schema.attributes } };
    const { orgId: _gone, ...attributes } = model.attributes;
    const make = () => new Entity({ ...model, attributes } as unknown as typeof UserEntity.schema);
    expect(make).toThrow(expect.objectContaining({ code: 1003 }) as Error);
    expect(make).toThrow(/byOrg.*`orgId`.*did you mean `userId`/);
  });
});

const organization = () => AppService.collections.organization({ orgId: "org_123" });
const courses = () => AppService.collections.userCourses({ userId: "user_123" });

describe("what a collection gives", () => {
  test("items that a filter over all members lets through", async () => {
    const { data } = await organization()
      .where(({ title, name }, { eq }) => `${eq(title, "T1")} OR ${eq(name, "User 7")}`)
      .go();
    expect(data.course.map(({ courseId }) => courseId)).toEqual(["c01", "c04", "c07", "c10"]);
    expect(data.user.map(({ userId }) => userId)).toEqual(["user_07"]);
  });

  test("pages that follow each other, in both orders", async () => {
    for (const order of ["asc", "desc"] as const) {
      const courses: string[] = [];
      const users: string[] = [];
      let cursor: string | null = null;
      do {
        const page: CollectionResponse<typeof AppService, "organization"> = await organization().go(
          { limit: 5, cursor, order },
        );
        courses.push(...page.data.course.map(({ courseId }) => courseId));
        users.push(...page.data.user.map(({ userId }) => userId));
        cursor = page.cursor;
      } while (cursor !== null);
      const expected = numbers.map(two);
      if (order === "desc") expected.reverse();
      expect(courses).toEqual(expected.map((number) => `c${number}`));
      expect(users).toEqual(expected.map((number) => `user_${number}`));
    }
  });

  test("as many items as are counted, and a cursor behind the last", async () => {
    const first = await organization().go({ count: 14, limit: 5 });
    expect([first.data.course.length, first.data.user.length]).toEqual([12, 2]);
    const rest = await organization().go({ cursor: first.cursor, pages: "all" });
    expect(rest.data.user.map(({ userId }) => userId)[0]).toBe("user_02");
    expect(rest.data.user).toHaveLength(10);
  });

  test("every page", async () => {
    const all = await organization().go({ pages: "all", limit: 3 });
    expect(all.data.user.length + all.data.course.length).toBe(24);
    expect((await organization().go({ pages: 2, limit: 3 })).data.course).toHaveLength(6);
  });

  test("attributes that are asked for, keys, or the answer as it came", async () => {
    const some = await organization().go({ attributes: ["title", "email"] });
    expect(some.data.course[0]).toEqual({ title: "T0" });
    expect(some.data.user[0]).toEqual({ email: "user_00@x.org" });
    const keys = await organization().go({ data: "includeKeys", limit: 1 });
    expect(keys.data.course[0]).toMatchObject({ courseId: "c00", gsi1pk: "$myapp#orgid_org_123" });
    const raw = await organization().go({ data: "raw", limit: 2 });
    expect(raw.data.Items).toHaveLength(2);
  });

  test("nothing of entities that the service does not have", async () => {
    const Badge = new Entity(
      {
        ...CourseEntity.schema,
        model: { entity: "badge", version: "1", service: "myapp" },
      },
      { client, table },
    );
    await Badge.create({ courseId: "b1", orgId: "org_123", title: "T1" }).go();
    const { data } = await organization().go();
    expect(data.course.map(({ courseId }) => courseId)).not.toContain("b1");
    // A page may end at such an item, and goes on from there.
    const first = await organization().go({ limit: 1 });
    expect(first.data.course).toEqual([]);
    expect((await organization().go({ cursor: first.cursor, limit: 1 })).data.course).toHaveLength(
      1,
    );
    await Badge.delete({ courseId: "b1" }).go();
  });

  test("nothing once it is called off", async () => {
    const controller = new AbortController();
    controller.abort();
    const going = organization().go({ abortSignal: controller.signal });
    await expect(going).rejects.toMatchObject({ code: 5002 });
  });
});

describe("a clustered collection", () => {
  const days = ({
    data,
  }: {
    data: Record<"enrollment" | "certificate", { enrolledAt: string }[]>;
  }) =>
    [data.enrollment, data.certificate].map((items) =>
      items.map(({ enrolledAt }) => Number(enrolledAt.slice(-2))),
    );

  test("is sorted across its members, and compared", async () => {
    const page = await courses().go({ limit: 6 });
    expect(days(page)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(days(await courses().begins({ enrolledAt: "2025-01-0" }).go())[0]).toHaveLength(9);
    const between = courses().between({ enrolledAt: "2025-01-04" }, { enrolledAt: "2025-01-06" });
    expect(days(await between.go({ compare: "v2" }))).toEqual([
      [4, 5, 6],
      [4, 5, 6],
    ]);
    expect(days(await courses().gte({ enrolledAt: "2025-01-11" }).go())).toEqual([
      [11, 12],
      [11, 12],
    ]);
    expect(days(await courses().lt({ enrolledAt: "2025-01-03" }).go())).toEqual([
      [1, 2],
      [1, 2],
    ]);
    const greater = courses().gt({ enrolledAt: "2025-01-11" });
    expect(days(await greater.go({ compare: "attributes" }))).toEqual([[12], [12]]);
  });

  test("takes a whole sort composite for itself, not for the beginning of another", async () => {
    await EnrollmentEntity.create({
      enrollmentId: "long",
      userId: "user_123",
      courseId: "c1",
      enrolledAt: "2025-01-010",
    }).go();
    const { data } = await AppService.collections
      .userCourses({ userId: "user_123", enrolledAt: "2025-01-01" })
      .go();
    expect(data.enrollment.map(({ enrollmentId }) => enrollmentId)).toEqual(["e00"]);
    expect(data.certificate).toHaveLength(1);
    await EnrollmentEntity.delete({ enrollmentId: "long" }).go();
  });
});

/** Members of the other kinds of collections: sub-collections, and indexes whose keys are attributes. */
function memberOf<const N extends string>(name: N, path: readonly ["all", "some"] | "all") {
  return {
    model: { entity: name, version: "1", service: "kinds" },
    attributes: {
      id: { type: "string", required: true },
      org: { type: "string", required: true },
      day: { type: "string", required: true },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byOrg: {
        index: "gsi1",
        collection: path,
        pk: { field: "gsi1pk", composite: ["org"] },
        sk: { field: "gsi1sk", composite: ["day"] },
      },
      byDay: {
        index: "gsi2",
        collection: "days",
        type: "composite",
        pk: { composite: ["org"] },
        sk: { composite: ["day"] },
      },
    },
  } as const;
}

describe("other kinds of collections", async () => {
  const place = tableName();
  const Top = new Entity(memberOf("top", "all"), { client, table: place });
  const Deep = new Entity(memberOf("deep", ["all", "some"]), { client, table: place });
  const service = new Service({ top: Top, deep: Deep });
  await createTable([Top, Deep]);
  for (const day of ["1", "2", "3"]) {
    await Top.create({ id: `t${day}`, org: "o", day }).go();
    await Deep.create({ id: `d${day}`, org: "o", day }).go();
  }

  test("a sub-collection has the members below it", async () => {
    const all = await service.collections.all({ org: "o" }).go();
    expect([all.data.top.length, all.data.deep.length]).toEqual([3, 3]);
    const some = await service.collections.some({ org: "o" }).go();
    expect(some.data).toEqual({ deep: all.data.deep });
  });

  test("an index whose keys are attributes", async () => {
    const days = () => service.collections.days({ org: "o" });
    const late = await days().gte({ day: "2" }).go({ limit: 3 });
    expect(late.data.top.length + late.data.deep.length).toBe(3);
    const rest = await days().gte({ day: "2" }).go({ cursor: late.cursor });
    expect(rest.data.top.length + rest.data.deep.length).toBe(1);
    const one = await service.collections.days({ org: "o", day: "1" }).go();
    expect(one.data).toMatchObject({ top: [{ id: "t1" }], deep: [{ id: "d1" }] });
  });
});

describe("a table shared with electrodb", () => {
  type Loose = never;
  const models = { user: UserEntity.schema, course: CourseEntity.schema };
  const theirs = new OracleService(
    {
      user: new OracleEntity(models.user as Loose, { client, table }),
      course: new OracleEntity(models.course as Loose, { client, table }),
    } as unknown as Record<string, Loose>,
    { client, table },
  ) as unknown as typeof AppService;
  const service = new dropIn.Service(
    { user: new dropIn.Entity(models.user), course: new dropIn.Entity(models.course) },
    { client, table },
  );

  // The order of a key's fields is the database's.
  const keyIn = (cursor: string | null): unknown =>
    JSON.parse(Buffer.from(cursor ?? "", "base64url").toString());

  test("what electrodb writes is read here, and the reverse", async () => {
    const orgId = "shared";
    const user = { userId: "s1", email: "a@x.org", name: "A", orgId };
    await theirs.entities.user.create(user).go();
    await CourseEntity.create({ courseId: "s2", orgId, title: "Ours" }).go();
    const data = { user: [user], course: [{ courseId: "s2", orgId, title: "Ours" }] };
    for (const one of [AppService, service, theirs]) {
      expect(await one.collections.organization({ orgId }).go()).toEqual({ data, cursor: null });
    }
  });

  test("cursors go on in the other library", async () => {
    const options = { limit: 13 };
    const query = { orgId: "org_123" };
    const first = await theirs.collections.organization(query).go(options);
    const rest = await AppService.collections.organization(query).go({ cursor: first.cursor });
    expect(rest.data.user).toHaveLength(11);
    const own = await service.collections.organization(query).go(options);
    expect(keyIn(own.cursor)).toEqual(keyIn(first.cursor));
    const after = await theirs.collections.organization(query).go({ cursor: own.cursor });
    expect(after.data.user).toEqual(rest.data.user);
  });
});
