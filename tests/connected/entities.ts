// The seed's User and Session entities, as written there; undeclared attributes that the seed writes to are declared.
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Entity } from "electroxide";

interface Options {
  client: DynamoDBClient;
  table: string;
}

export function newUserEntity(options: Options) {
  return new Entity(
    {
      model: { entity: "user", version: "1", service: "myapp" },
      attributes: {
        userId: { type: "string", required: true },
        email: { type: "string", required: true },
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
    options,
  );
}

export function newSessionEntity(options?: Options) {
  return new Entity(
    {
      model: { entity: "session", version: "1", service: "myapp" },
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
        attendeeCount: { type: "number" },
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
    options,
  );
}
