// Collections
import { Entity, Service } from "electroxide";

// Users and courses of one organisation lie in one partition of gsi1: a collection reads both with one query.
const User = new Entity({
  model: { entity: "user", version: "1", service: "myapp" },
  attributes: {
    userId: { type: "string", required: true },
    orgId: { type: "string", required: true },
    email: { type: "string", required: true },
    name: { type: "string", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
    byOrg: {
      index: "gsi1",
      collection: "organization",
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: ["userId"] },
    },
  },
});

const Course = new Entity({
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
      // A collection within the collection: courses and lessons alone can be read, too.
      collection: ["organization", "catalogue"],
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: ["courseId"] },
    },
  },
});

const Lesson = new Entity({
  model: { entity: "lesson", version: "1", service: "myapp" },
  attributes: {
    lessonId: { type: "string", required: true },
    courseId: { type: "string", required: true },
    orgId: { type: "string", required: true },
    minutes: { type: "number", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["courseId"] },
      sk: { field: "sk", composite: ["lessonId"] },
    },
    byOrg: {
      index: "gsi1",
      collection: ["organization", "catalogue"],
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: ["courseId", "lessonId"] },
    },
  },
});

// The service lends its table to the entities.
const App = new Service({ user: User, course: Course, lesson: Lesson }, { table: "academy" });

const orgId = "org_123";
await User.create({ userId: "user_1", orgId, email: "ann@example.com", name: "Ann" }).go();
await User.create({ userId: "user_2", orgId, email: "bob@example.com", name: "Bob" }).go();
await Course.create({ courseId: "course_1", orgId, title: "Databases" }).go();
await Lesson.create({ lessonId: "l1", courseId: "course_1", orgId, minutes: 45 }).go();
await Lesson.create({ lessonId: "l2", courseId: "course_1", orgId, minutes: 30 }).go();

// Everything of the organisation, its courses with their lessons, and its users alone.
await App.collections.organization({ orgId }).go();
await App.collections.catalogue({ orgId }).go({ order: "desc" });
await User.query.byOrg({ orgId }).go();
