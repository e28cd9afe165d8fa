// The entities, the calls on one entity and the type helpers of the project's specification, as they are written there.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { check, type Equal } from "./assert.js";
import { ElectroError, Entity, type EntityItem } from "electroxide";

const dynamoDBClient = new DynamoDBClient({});

export const UserEntity = new Entity(
  {
    model: {
      entity: "user",
      version: "1",
      service: "myapp",
    },
    attributes: {
      userId: { type: "string", required: true },
      email: {
        type: "string",
        required: true,
        validate: (email) => {
          if (!/^[^\s@]+@[^\s@]+.[^\s@]+$/.test(email)) {
            throw new Error("Invalid email format");
          }
        },
      },
      name: { type: "string", required: true },
      role: {
        type: ["ADMIN", "TEACHER", "STUDENT"] as const,
        required: true,
        default: "STUDENT",
      },
      verified: { type: "boolean", default: false },
      temporaryToken: { type: "string" },
      createdAt: {
        type: "string",
        required: true,
        default: () => new Date().toISOString(),
        readOnly: true,
      },
      updatedAt: {
        type: "string",
        required: true,
        default: () => new Date().toISOString(),
        set: () => new Date().toISOString(),
        watch: "*",
      },
    },
    indexes: {
      primary: {
        pk: { field: "pk", composite: ["userId"] },
        sk: { field: "sk", composite: [] },
      },
      byEmail: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["email"] },
        sk: { field: "gsi1sk", composite: [] },
      },
      byRole: {
        index: "gsi2",
        pk: { field: "gsi2pk", composite: ["role"] },
        sk: { field: "gsi2sk", composite: ["createdAt"] },
      },
    },
  },
  { client: dynamoDBClient, table: "MyAppTable" },
);

export const SessionEntity = new Entity({
  model: {
    entity: "session",
    version: "1",
    service: "myapp",
  },
  attributes: {
    sessionId: { type: "string", required: true },
    userId: { type: "string", required: true },
    courseId: { type: "string", required: true },
    userCourse: {
      type: "string",
      hidden: true,
      readOnly: true,
      get: (_, item) => `${item.userId}#${item.courseId}`,
    },
    scheduledDate: {
      type: "string",
      required: true,
      validate: (value) => {
        const date = new Date(value);
        if (isNaN(date.getTime())) {
          throw new Error("Invalid date format");
        }
      },
    },
    durationMinutes: {
      type: "number",
      required: true,
      validate: (value) => {
        if (value < 15 || value > 480) {
          throw new Error("Duration must be between 15 and 480 minutes");
        }
      },
    },
    attendeeCount: { type: "number" },
    status: {
      type: ["SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED"] as const,
      required: true,
      default: "SCHEDULED",
    },
    metadata: {
      type: "map",
      properties: {
        zoomMeetingId: { type: "string" },
        recordingUrl: { type: "string" },
        notes: { type: "string" },
      },
    },
    tags: { type: "list", items: { type: "string" } },
    watchedAttributes: { type: "set", items: "string" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["sessionId"] },
      sk: { field: "sk", composite: [] },
    },
    byCourse: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["courseId"] },
      sk: { field: "gsi1sk", composite: ["scheduledDate"] },
    },
    byUser: {
      index: "gsi2",
      pk: { field: "gsi2pk", composite: ["userId"] },
      sk: { field: "gsi2sk", composite: ["scheduledDate"] },
    },
  },
});

export const LockedEntity = new Entity({
  model: { entity: "locked", version: "1", service: "myapp" },
  attributes: {
    userId: { type: "string", required: true },
    name: { type: "string", required: true },
    version: {
      type: "number",
      required: true,
      default: 0,
      watch: "*",
      set: (_, item) => (item.version ?? 0) + 1,
    },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["userId"] },
      sk: { field: "sk", composite: [] },
    },
  },
});

export const PostEntity = new Entity({
  model: { entity: "post", version: "1", service: "myapp" },
  attributes: {
    postId: { type: "string", required: true },
    title: { type: "string", required: true },
    published: { type: "boolean", default: false },
    publishedAt: { type: "string" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["postId"] },
      sk: { field: "sk", composite: [] },
    },
    published: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: [], template: "PUBLISHED#POST" },
      sk: { field: "gsi1sk", composite: ["publishedAt"] },
    },
  },
});

export const SessionTokenEntity = new Entity({
  model: { entity: "sessionToken", version: "1", service: "myapp" },
  attributes: {
    token: { type: "string", required: true },
    userId: { type: "string", required: true },
    expiresAt: {
      type: "number",
      required: true,
      default: () => Math.floor(Date.now() / 1000) + 86400,
    },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["token"] },
      sk: { field: "sk", composite: [] },
    },
  },
});

// Type helpers.
export type User = typeof UserEntity.model.schema;
export type UserItem = ReturnType<typeof UserEntity.parse>;
export type UserKeys = Parameters<typeof UserEntity.get>[0];
export type QueryResult = Awaited<ReturnType<typeof UserEntity.query.byRole>>;
export type CreateResult = Awaited<ReturnType<typeof UserEntity.create>>;

check<Equal<User, EntityItem<typeof UserEntity>>>();
check<Equal<UserItem, User>>();
check<Equal<UserKeys, { userId: string }>>();
check<Equal<QueryResult, ReturnType<typeof UserEntity.query.byRole>>>();
check<Equal<CreateResult, ReturnType<typeof UserEntity.create>>>();
check<
  Equal<
    User,
    {
      userId: string;
      email: string;
      name: string;
      role: "ADMIN" | "TEACHER" | "STUDENT";
      createdAt: string;
      updatedAt: string;
      verified?: boolean;
      temporaryToken?: string;
    }
  >
>();

export async function getUser(userId: string): Promise<UserItem | null> {
  const result = await UserEntity.get({ userId }).go();
  return result.data;
}

export async function requireUser(userId: string): Promise<UserItem> {
  const user = await getUser(userId);
  if (!user) {
    throw new Error("User not found");
  }
  return user;
}

export async function getUserItem(userId: string): Promise<EntityItem<typeof UserEntity> | null> {
  const result = await UserEntity.get({ userId }).go();
  return result.data;
}

// Writes.
export async function writes() {
  await UserEntity.create({
    userId: "user_123",
    email: "john@example.com",
    name: "John Doe",
    role: "STUDENT",
  }).go();
  await UserEntity.create({ userId: "user_123", email: "john@example.com", name: "John Doe" }).go({
    response: "all_new",
  });
  await UserEntity.create({ userId: "user_123", email: "john@example.com", name: "John Doe" }).go({
    conditions: { exists: false },
  });
  await UserEntity.update({ userId: "user_123" }).set({ name: "Jane Doe", verified: true }).go();
  await SessionEntity.update({ sessionId: "session_123" }).add({ attendeeCount: 1 }).go();
  await UserEntity.update({ userId: "user_123" }).remove(["temporaryToken"]).go();
  await UserEntity.update({ userId: "user_123" })
    .set({ verified: true })
    .go({ conditions: { verified: false } });
  await UserEntity.update({ userId: "user_123" })
    .set({ name: "New Name" })
    .go({ conditions: { attr: "role", eq: "ADMIN" } });
  await UserEntity.delete({ userId: "user_123" }).go();
  await UserEntity.delete({ userId: "user_123" }).go({ conditions: { role: "STUDENT" } });
  await UserEntity.delete({ userId: "user_123" }).go({ response: "all_old" });
  const user = await LockedEntity.get({ userId: "user_123" }).go();
  await LockedEntity.update({ userId: "user_123" })
    .set({ name: "New Name" })
    // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- As it is written there.
    .go({ conditions: { version: user.data!.version } });
  await PostEntity.create({
    postId: "post_123",
    title: "My Post",
    published: true,
    publishedAt: new Date().toISOString(),
  }).go();
  await SessionTokenEntity.create({ token: "t", userId: "user_123" }).go();
}

// Reads.
export async function reads() {
  const user = await UserEntity.get({ userId: "user_123" }).go();
  if (!user.data) throw new Error("User not found");
  check<Equal<typeof user.data, User>>();
  await UserEntity.get({ userId: "user_123" }).go({ attributes: ["name", "email"] });
  await UserEntity.get({ userId: "user_123" }).go({ consistent: true });
  await UserEntity.query.primary({ userId: "user_123" }).go();
  await UserEntity.query.byEmail({ email: "john@example.com" }).go();
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .begins({ scheduledDate: "2025-01" })
    .go();
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .between({ scheduledDate: "2025-01-01" }, { scheduledDate: "2025-01-31" })
    .go();
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .gt({ scheduledDate: "2025-01-01" })
    .go();
  const firstPage = await UserEntity.query.byRole({ role: "STUDENT" }).go({ limit: 10 });
  if (firstPage.cursor) {
    await UserEntity.query.byRole({ role: "STUDENT" }).go({ limit: 10, cursor: firstPage.cursor });
  }
  await SessionEntity.query.byCourse({ courseId: "course_123" }).go({ order: "desc" });
  await UserEntity.query
    .byRole({ role: "STUDENT" })
    .go({ attributes: ["userId", "name", "email"] });
  await PostEntity.query.published({}).go();
}

// Filters.
export async function filters() {
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .where(({ status }, { eq }) => eq(status, "IN_PROGRESS"))
    .go();
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .where(
      ({ status, durationMinutes }, { eq, gte }) =>
        `${eq(status, "COMPLETED")} AND ${gte(durationMinutes, 60)}`,
    )
    .go();
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .where(({ status }, { eq }) => `${eq(status, "SCHEDULED")} OR ${eq(status, "IN_PROGRESS")}`)
    .go();
  await UserEntity.query
    .byRole({ role: "STUDENT" })
    .where(({ verified }, { eq }) => `NOT ${eq(verified, true)}`)
    .go();
  await UserEntity.scan.where(({ email }, { contains }) => contains(email, "@gmail.com")).go();
  await SessionEntity.query
    .byCourse({ courseId: "course_123" })
    .where(({ durationMinutes }, { between }) => between(durationMinutes, 30, 120))
    .go();
  await UserEntity.scan.go();
  await UserEntity.scan.where(({ verified }, { eq }) => eq(verified, true)).go();
  const firstPage = await UserEntity.scan.go({ limit: 100 });
  if (firstPage.cursor) await UserEntity.scan.go({ cursor: firstPage.cursor });
  await UserEntity.scan.go({ segments: { total: 4, segment: 0 } });
}

// Errors.
export async function errors() {
  try {
    await UserEntity.create({ userId: "u", email: "john@example.com", name: "John Doe" }).go();
  } catch (error) {
    if (error instanceof ElectroError) {
      console.error("ElectroDB error:", error.message);
      if (error.code === 4001) {
        return "validation";
      } else if (error.code === 5003) {
        return "conditional";
      }
    } else {
      console.error("DynamoDB error:", error);
    }
  }
  return "done";
}
