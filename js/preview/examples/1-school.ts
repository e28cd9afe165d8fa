// Users, sessions and courses
import { Entity } from "electroxide";

// Three entities in one table. Edit anything: keys and requests follow as you type, and nothing is sent.
const table = "school";

const User = new Entity(
  {
    model: { entity: "user", version: "1", service: "myapp" },
    attributes: {
      userId: { type: "string", required: true },
      email: { type: "string", required: true },
      name: { type: "string", required: true },
      role: { type: ["ADMIN", "TEACHER", "STUDENT"] as const, required: true, default: "STUDENT" },
      verified: { type: "boolean", default: false },
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
      primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
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
  { table },
);

const Session = new Entity(
  {
    model: { entity: "session", version: "1", service: "myapp" },
    attributes: {
      sessionId: { type: "string", required: true },
      userId: { type: "string", required: true },
      courseId: { type: "string", required: true },
      scheduledDate: { type: "string", required: true, validate: /^\d{4}-\d{2}-\d{2}/ },
      durationMinutes: { type: "number", required: true },
      status: {
        type: ["SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED"] as const,
        required: true,
        default: "SCHEDULED",
      },
      attendeeCount: { type: "number" },
      tags: { type: "list", items: { type: "string" } },
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
  },
  { table },
);

const Course = new Entity(
  {
    model: { entity: "course", version: "1", service: "myapp" },
    attributes: {
      courseId: { type: "string", required: true },
      teacherId: { type: "string", required: true },
      title: { type: "string", required: true },
      level: { type: ["beginner", "advanced"] as const, default: "beginner" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["courseId"] }, sk: { field: "sk", composite: [] } },
      byTeacher: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["teacherId"] },
        sk: { field: "gsi1sk", composite: ["level", "title"] },
      },
    },
  },
  { table },
);

// Writes. What they put lies in the tab "Table".
await User.create({
  userId: "user_123",
  email: "john@example.com",
  name: "John Doe",
}).go();
await User.create({
  userId: "user_456",
  email: "ann@example.com",
  name: "Ann Smith",
  role: "TEACHER",
  verified: true,
}).go();
await Course.put({ courseId: "course_789", teacherId: "user_456", title: "Databases" }).go();
for (const [sessionId, scheduledDate] of [
  ["session_1", "2025-01-15"],
  ["session_2", "2025-01-22"],
] as const) {
  await Session.create({
    sessionId,
    userId: "user_123",
    courseId: "course_789",
    scheduledDate,
    durationMinutes: 60,
  }).go();
}

// Reads and changes.
await User.get({ userId: "user_123" }).go({ consistent: true });
await Session.query
  .byCourse({ courseId: "course_789" })
  .begins({ scheduledDate: "2025-01" })
  .where(({ status, durationMinutes }, { eq, gte }) => {
    return `${eq(status, "SCHEDULED")} AND ${gte(durationMinutes, 60)}`;
  })
  .go({ order: "desc", limit: 10 });
await Session.query
  .byUser({ userId: "user_123" })
  .between({ scheduledDate: "2025-01-01" }, { scheduledDate: "2025-01-31" })
  .go();
await User.update({ userId: "user_123" })
  .set({ name: "Jane Doe", verified: true })
  .go({ conditions: { verified: false } });
await Session.update({ sessionId: "session_1" }).add({ attendeeCount: 1 }).go();
await User.delete({ userId: "user_123" }).go({ conditions: { role: "STUDENT" } });
