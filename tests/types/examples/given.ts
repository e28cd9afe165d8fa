// What the examples in the doc comments take for granted: models, a client, and values.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Entity, Service, type CreateEntityItem } from "electroxide";

export const User = new Entity({
  model: { entity: "user", service: "app", version: "1" },
  attributes: {
    userId: { type: "string", required: true },
    email: { type: "string", required: true },
    name: { type: "string" },
    nickname: { type: "string" },
    role: { type: ["ADMIN", "TEACHER", "STUDENT"], required: true, default: "STUDENT" },
    verified: { type: "boolean" },
    version: { type: "number" },
    visits: { type: "number" },
    credits: { type: "number" },
    tags: { type: "set", items: "string" },
    logins: { type: "list", items: { type: "map", properties: { at: { type: "number" } } } },
    address: { type: "map", properties: { city: { type: "string" } } },
    createdAt: { type: "string", readOnly: true, required: true, default: () => "now" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["userId"] },
      sk: { field: "sk", composite: [] },
    },
    byRole: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["role"] },
      sk: { field: "gsi1sk", composite: ["createdAt"] },
    },
    profile: {
      index: "gsi2",
      collection: "activity",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["userId"] },
      sk: { field: "gsi2sk", composite: ["createdAt"] },
    },
  },
});

export const Session = new Entity({
  model: { entity: "session", service: "app", version: "1" },
  attributes: {
    sessionId: { type: "string", required: true },
    userId: { type: "string", required: true },
    courseId: { type: "string", required: true },
    date: { type: "string", required: true },
    createdAt: { type: "string", readOnly: true, required: true, default: () => "now" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["sessionId"] },
      sk: { field: "sk", composite: [] },
    },
    byCourse: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["courseId"] },
      sk: { field: "gsi1sk", composite: ["date"] },
    },
    byUser: {
      index: "gsi2",
      collection: "activity",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["userId"] },
      sk: { field: "gsi2sk", composite: ["createdAt"] },
    },
  },
});

export const App = new Service({ user: User, session: Session });

export const Token = new Entity({
  model: { entity: "token", service: "app", version: "1" },
  attributes: {
    token: { type: "string", required: true },
    expiresAt: { type: "number", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["token"] } } },
});

export const UserEntity = User;
export const model = User.schema;
export const client = new DynamoDBClient({});
export const user: CreateEntityItem<typeof User> = { userId: "u1", email: "ada@mail.org" };
export declare const cursor: string;
export declare const error: unknown;
export declare const record: { dynamodb: { NewImage: Record<string, never> } };
export declare function unmarshall(image: Record<string, never>): Record<string, unknown>;
