// The models that the benchmarks run on; the same definitions serve electroxide and electrodb, nothing is measured here.

/** A fresh definition per call: `new Entity` must not profit from an object seen before. */
export function userModel() {
  return {
    model: { entity: "user", version: "1", service: "myapp" },
    attributes: {
      userId: { type: "string", required: true },
      email: { type: "string", required: true },
      name: { type: "string", required: true },
      role: { type: ["ADMIN", "TEACHER", "STUDENT"], required: true, default: "STUDENT" },
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
  };
}

/** Eleven attributes without hooks, with a map, a list and a set among them. */
export function sessionModel() {
  return {
    model: { entity: "session", version: "1", service: "myapp" },
    attributes: {
      sessionId: { type: "string", required: true },
      userId: { type: "string", required: true },
      courseId: { type: "string", required: true },
      title: { type: "string", required: true },
      scheduledDate: { type: "string", required: true },
      durationMinutes: { type: "number", required: true },
      status: {
        type: ["SCHEDULED", "IN_PROGRESS", "COMPLETED", "CANCELLED"],
        required: true,
        default: "SCHEDULED",
      },
      open: { type: "boolean" },
      metadata: {
        type: "map",
        properties: {
          zoomMeetingId: { type: "string" },
          recordingUrl: { type: "string" },
          notes: { type: "string" },
        },
      },
      tags: { type: "list", items: { type: "string" } },
      watchers: { type: "set", items: "string" },
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
  };
}

/** One write's input; the number makes each call's values its own. */
export function sessionInput(i) {
  return {
    sessionId: `session_${i}`,
    userId: `user_${i % 97}`,
    courseId: "course_123",
    title: "Linear algebra, part two",
    scheduledDate: "2025-01-15",
    durationMinutes: 30 + (i % 400),
    status: "SCHEDULED",
    open: true,
    metadata: {
      zoomMeetingId: `zoom-${i}`,
      recordingUrl: "https://example.com/recordings/1",
      notes: "bring the exercise sheet",
    },
    tags: ["algebra", "evening", "remote"],
    watchers: ["status", "scheduledDate"],
  };
}

/** A page as the document client hands it over: stored fields, keys and identifiers included. */
export function sessionPage(count) {
  const items = [];
  for (let i = 0; i < count; i += 1) {
    const { watchers, ...plain } = sessionInput(i);
    items.push({
      ...plain,
      watchers: new Set(watchers),
      pk: `$myapp#sessionid_session_${i}`,
      sk: "$session_1",
      gsi1pk: "$myapp#courseid_course_123",
      gsi1sk: "$session_1#scheduleddate_2025-01-15",
      gsi2pk: `$myapp#userid_user_${i % 97}`,
      gsi2sk: "$session_1#scheduleddate_2025-01-15",
      __edb_e__: "session",
      __edb_v__: "1",
    });
  }
  return { Items: items };
}

/** Three entities of one collection: the session, and two that lie beside it in the same index. */
export function courseModels() {
  const session = sessionModel();
  session.indexes.byCourse.collection = "course";
  const { index, pk } = session.indexes.byCourse;
  return [session, ...["enrolment", "task"].map((entity) => courseMember(entity, index, pk.field))];
}

function courseMember(entity, index, field) {
  return {
    model: { entity, version: "1", service: "myapp" },
    attributes: {
      [`${entity}Id`]: { type: "string", required: true },
      courseId: { type: "string", required: true },
      title: { type: "string", required: true },
      scheduledDate: { type: "string", required: true },
      points: { type: "number" },
      open: { type: "boolean" },
    },
    indexes: {
      primary: {
        pk: { field: "pk", composite: [`${entity}Id`] },
        sk: { field: "sk", composite: [] },
      },
      byCourse: {
        index,
        collection: "course",
        pk: { field, composite: ["courseId"] },
        sk: { field: field.replace("pk", "sk"), composite: ["scheduledDate"] },
      },
    },
  };
}

/** What DynamoDB answers to a query of the course collection. */
export function coursePage(count) {
  const sessions = sessionPage(count).Items;
  const Items = sessions.map((item, at) => {
    const entity = ["session", "enrolment", "task"][at % 3];
    if (entity === "session") return item;
    const { pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, courseId, title, scheduledDate, open } = item;
    const keys = { pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk };
    const identifiers = { __edb_e__: entity, __edb_v__: "1" };
    const own = {
      [`${entity}Id`]: `${entity}_${at}`,
      courseId,
      title,
      scheduledDate,
      points: at,
      open,
    };
    return { ...keys, ...identifiers, ...own };
  });
  return { Items };
}
