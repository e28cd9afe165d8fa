// The measured calls in dynamodb-toolbox's words, as near to the ElectroDB-shaped ones as it has them; a comparison, not a gate.
import {
  BatchGetRequest,
  BatchPutRequest,
  boolean,
  Entity,
  EntityFormatter,
  GetItemCommand,
  item,
  list,
  map,
  number,
  PutItemCommand,
  QueryCommand,
  set,
  string,
  Table,
  UpdateItemCommand,
} from "dynamodb-toolbox";
import { sessionInput, sessionPage } from "./models.mjs";

function newTable(client) {
  const key = (name) => ({ name, type: "string" });
  return new Table({
    documentClient: client,
    name: "MyAppTable",
    partitionKey: key("pk"),
    sortKey: key("sk"),
    indexes: {
      gsi1: { type: "global", partitionKey: key("gsi1pk"), sortKey: key("gsi1sk") },
      gsi2: { type: "global", partitionKey: key("gsi2pk"), sortKey: key("gsi2sk") },
    },
  });
}

function newUser(table) {
  return new Entity({
    name: "user",
    table,
    timestamps: {
      created: { name: "createdAt", savedAs: "createdAt" },
      modified: { name: "updatedAt", savedAs: "updatedAt" },
    },
    schema: item({
      userId: string().key(),
      email: string(),
      name: string(),
      role: string().enum("ADMIN", "TEACHER", "STUDENT").default("STUDENT"),
      verified: boolean().default(false),
    }).and(() => ({
      gsi1pk: string()
        .hidden()
        .putLink(({ email }) => `$myapp#email_${email}`),
      gsi1sk: string().hidden().putDefault("$user_1"),
      gsi2pk: string()
        .hidden()
        .putLink(({ role }) => `$myapp#role_${role.toLowerCase()}`),
      gsi2sk: string()
        .hidden()
        .putDefault(() => `$user_1#createdat_${new Date().toISOString().toLowerCase()}`),
    })),
    computeKey: ({ userId }) => ({ pk: `$myapp#userid_${userId.toLowerCase()}`, sk: "$user_1" }),
  });
}

function newSession(table) {
  return new Entity({
    name: "session",
    table,
    timestamps: false,
    schema: item({
      sessionId: string().key(),
      userId: string(),
      courseId: string(),
      title: string(),
      scheduledDate: string(),
      durationMinutes: number(),
      status: string()
        .enum("SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED")
        .default("SCHEDULED"),
      open: boolean().optional(),
      metadata: map({
        zoomMeetingId: string().optional(),
        recordingUrl: string().optional(),
        notes: string().optional(),
      }).optional(),
      tags: list(string()).optional(),
      watchers: set(string()).optional(),
    }).and(() => ({
      gsi1pk: string()
        .hidden()
        .putLink(({ courseId }) => `$myapp#courseid_${courseId.toLowerCase()}`),
      gsi1sk: string()
        .hidden()
        .putLink(({ scheduledDate }) => `$session_1#scheduleddate_${scheduledDate.toLowerCase()}`),
      gsi2pk: string()
        .hidden()
        .putLink(({ userId }) => `$myapp#userid_${userId.toLowerCase()}`),
      gsi2sk: string()
        .hidden()
        .putLink(({ scheduledDate }) => `$session_1#scheduleddate_${scheduledDate.toLowerCase()}`),
    })),
    computeKey: ({ sessionId }) => ({
      pk: `$myapp#sessionid_${sessionId.toLowerCase()}`,
      sk: "$session_1",
    }),
  });
}

const withSet = (i) => {
  const input = sessionInput(i);
  return { ...input, watchers: new Set(input.watchers) };
};

/** By case name: a function that prepares the timed call. */
export const TOOLBOX = {
  get: (client) => {
    const User = newUser(newTable(client));
    return (i) =>
      User.build(GetItemCommand)
        .key({ userId: `user_${i}` })
        .params();
  },
  "query-begins": (client) => {
    const table = newTable(client);
    const Session = newSession(table);
    return (i) =>
      table
        .build(QueryCommand)
        .entities(Session)
        .query({
          index: "gsi1",
          partition: `$myapp#courseid_course_${i}`,
          range: { beginsWith: "$session_1#scheduleddate_2025-01" },
        })
        .params();
  },
  "query-two-where": (client) => {
    const table = newTable(client);
    const Session = newSession(table);
    return (i) =>
      table
        .build(QueryCommand)
        .entities(Session)
        .query({
          index: "gsi1",
          partition: `$myapp#courseid_course_${i}`,
          range: { beginsWith: "$session_1#" },
        })
        .options({
          filters: {
            session: {
              and: [
                { attr: "status", eq: "COMPLETED" },
                { attr: "durationMinutes", gte: 60 },
                { attr: "title", contains: "algebra" },
              ],
            },
          },
        })
        .params();
  },
  "update-watcher": (client) => {
    const User = newUser(newTable(client));
    return (i) =>
      User.build(UpdateItemCommand)
        .item({ userId: `user_${i}`, name: `Jane ${i}`, verified: true })
        .params();
  },
  "create-11": (client) => {
    const Session = newSession(newTable(client));
    return (i) =>
      Session.build(PutItemCommand)
        .item(withSet(i))
        .options({ condition: { attr: "sessionId", exists: false } })
        .params();
  },
  "create-stamps": (client) => {
    const User = newUser(newTable(client));
    return (i) =>
      User.build(PutItemCommand)
        .item({
          userId: `user_${i}`,
          email: `user_${i}@example.com`,
          name: "John Doe",
          role: "STUDENT",
        })
        .options({ condition: { attr: "userId", exists: false } })
        .params();
  },
  "batch-get-100": (client) => {
    const User = newUser(newTable(client));
    return (i) =>
      Array.from({ length: 100 }, (_, at) =>
        User.build(BatchGetRequest)
          .key({ userId: `user_${i * 100 + at}` })
          .params(),
      );
  },
  "batch-put-25": (client) => {
    const Session = newSession(newTable(client));
    return (i) =>
      Array.from({ length: 25 }, (_, at) =>
        Session.build(BatchPutRequest)
          .item(withSet(i * 25 + at))
          .params(),
      );
  },
  "new-entity": (client) => {
    const table = newTable(client);
    return () => newSession(table);
  },
  "parse-100": (client) => {
    const Session = newSession(newTable(client));
    const page = sessionPage(100).Items.map(({ __edb_e__, __edb_v__, ...fields }) => ({
      ...fields,
      entity: "session",
    }));
    return () => {
      const formatter = Session.build(EntityFormatter);
      return page.map((fields) => formatter.format(fields));
    };
  },
};
