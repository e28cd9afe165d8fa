// Transactions and batches
import { Entity, Service } from "electroxide";

const User = new Entity({
  model: { entity: "user", version: "1", service: "myapp" },
  attributes: {
    userId: { type: "string", required: true },
    email: { type: "string", required: true },
    name: { type: "string", required: true },
    verified: { type: "boolean", default: false },
    seats: { type: "number", default: 3 },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
  },
});

const Session = new Entity({
  model: { entity: "session", version: "1", service: "myapp" },
  attributes: {
    sessionId: { type: "string", required: true },
    userId: { type: "string", required: true },
    courseId: { type: "string", required: true },
    scheduledDate: { type: "string", required: true },
    durationMinutes: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["sessionId"] }, sk: { field: "sk", composite: [] } },
    byUser: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["userId"] },
      sk: { field: "gsi1sk", composite: ["scheduledDate"] },
    },
  },
});

const App = new Service({ user: User, session: Session }, { table: "school" });

// All of it happens or nothing: a verified user with a free seat gets a session.
await App.transaction
  .write(({ user, session }) => [
    user
      .update({ userId: "user_123" })
      .subtract({ seats: 1 })
      .where(({ seats, verified }, { gt, eq }) => `${gt(seats, 0)} AND ${eq(verified, true)}`)
      .commit(),
    session
      .create({
        sessionId: "session_456",
        userId: "user_123",
        courseId: "course_789",
        scheduledDate: "2025-01-15",
        durationMinutes: 60,
      })
      .commit(),
  ])
  .go({ token: "booking-42" });

// Two items at one moment.
await App.transaction
  .get([{ user: { userId: "user_123" } }, { session: { sessionId: "session_456" } }])
  .go();

// A batch puts many items, each by itself: no conditions, and some may be left undone.
await User.put([
  { userId: "user_1", email: "ann@example.com", name: "Ann" },
  { userId: "user_2", email: "bob@example.com", name: "Bob", verified: true },
]).go();
await User.get([{ userId: "user_1" }, { userId: "user_2" }]).go();

// The entities of a service share batches, too: the answers stand where the keys do.
await App.batch
  .write(({ user, session }) => [
    user.put({ userId: "user_3", email: "cid@example.com", name: "Cid" }),
    session.delete([{ sessionId: "session_456" }, { sessionId: "session_457" }]),
  ])
  .go();
await App.batch.get([{ user: [{ userId: "user_3" }, { userId: "user_1" }] }]).go();
