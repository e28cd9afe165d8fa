// The measured calls, each written for an ElectroDB-shaped library; which library, and how it is timed, is decided elsewhere.
import {
  courseModels,
  coursePage,
  sessionInput,
  sessionModel,
  sessionPage,
  userModel,
} from "./models.mjs";

const TABLE = "MyAppTable";

/**
 * Each case: `gate` is how many times faster than electrodb it has to be (null: printed only), `prepare` gives the
 * function that is timed (and awaited, where it `resolves`). Inputs are built inside the call, as users do; the call number keeps values from repeating.
 */
export const CASES = [
  {
    name: "get",
    gate: 10,
    prepare: ({ Entity, client }) => {
      const User = new Entity(userModel(), { table: TABLE, client });
      return (i) => User.get({ userId: `user_${i}` }).params();
    },
  },
  {
    name: "query-begins",
    gate: 10,
    prepare: ({ Entity, client }) => {
      const Session = new Entity(sessionModel(), { table: TABLE, client });
      return (i) =>
        Session.query
          .byCourse({ courseId: `course_${i}` })
          .begins({ scheduledDate: "2025-01" })
          .params();
    },
  },
  {
    name: "query-two-where",
    gate: 10,
    prepare: ({ Entity, client }) => {
      const Session = new Entity(sessionModel(), { table: TABLE, client });
      return (i) =>
        Session.query
          .byCourse({ courseId: `course_${i}` })
          .where(({ status }, { eq }) => eq(status, "COMPLETED"))
          .where(
            ({ durationMinutes, title }, { gte, contains }) =>
              `${gte(durationMinutes, 60)} AND ${contains(title, "algebra")}`,
          )
          .params();
    },
  },
  {
    name: "update-watcher",
    gate: 10,
    prepare: ({ Entity, client }) => {
      const User = new Entity(userModel(), { table: TABLE, client });
      return (i) =>
        User.update({ userId: `user_${i}` })
          .set({ name: `Jane ${i}`, verified: true })
          .params();
    },
  },
  {
    name: "create-11",
    gate: 8,
    prepare: ({ Entity, client }) => {
      const Session = new Entity(sessionModel(), { table: TABLE, client });
      return (i) => Session.create(sessionInput(i)).params();
    },
  },
  {
    name: "create-stamps",
    gate: 5,
    prepare: ({ Entity, client }) => {
      const User = new Entity(userModel(), { table: TABLE, client });
      return (i) =>
        User.create({
          userId: `user_${i}`,
          email: `user_${i}@example.com`,
          name: "John Doe",
          role: "STUDENT",
        }).params();
    },
  },
  {
    name: "batch-get-100",
    gate: 15,
    prepare: ({ Entity, client }) => {
      const User = new Entity(userModel(), { table: TABLE, client });
      return (i) =>
        User.get(
          Array.from({ length: 100 }, (_, at) => ({ userId: `user_${i * 100 + at}` })),
        ).params();
    },
  },
  {
    name: "batch-put-25",
    gate: 10,
    prepare: ({ Entity, client }) => {
      const Session = new Entity(sessionModel(), { table: TABLE, client });
      return (i) =>
        Session.put(Array.from({ length: 25 }, (_, at) => sessionInput(i * 25 + at))).params();
    },
  },
  {
    name: "transaction-10-puts",
    gate: 10,
    prepare: ({ Entity, Service, client }) => {
      const session = new Entity(sessionModel(), { table: TABLE, client });
      const service = new Service({ session }, { table: TABLE, client });
      return (i) =>
        service.transaction
          .write(({ session: member }) =>
            Array.from({ length: 10 }, (_, at) => member.put(sessionInput(i * 10 + at)).commit()),
          )
          .params();
    },
  },
  {
    name: "new-entity",
    gate: 10,
    prepare: ({ Entity, client }) => {
      return () => new Entity(sessionModel(), { table: TABLE, client });
    },
  },
  {
    name: "parse-100",
    gate: 3,
    prepare: ({ Entity, client }) => {
      const Session = new Entity(sessionModel(), { table: TABLE, client });
      const page = sessionPage(100);
      return () => Session.parse(page);
    },
  },
  {
    name: "collection-100",
    gate: 3,
    resolves: true,
    prepare: ({ Entity, Service }) => {
      const page = coursePage(100);
      // Both libraries take whatever can `send`: its answer is there at once, so that only their own work is timed.
      const client = { send: () => Promise.resolve(page) };
      const entities = courseModels().map((model) => [model.model.entity, new Entity(model)]);
      const service = new Service(Object.fromEntries(entities), { table: TABLE, client });
      return (i) => service.collections.course({ courseId: `course_${i}` }).go();
    },
  },
];
