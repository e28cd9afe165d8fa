// The models that the type tests share; one that uses every kind of attribute and index.
import { CustomAttributeType, Entity } from "electroxide";

export type UserId = `user_${string}`;

export const Task = new Entity({
  model: { entity: "task", service: "app", version: "1" },
  attributes: {
    taskId: { type: "string", required: true },
    projectId: { type: "string", required: true },
    title: { type: "string", required: true },
    status: { type: ["OPEN", "DOING", "DONE"] as const, required: true, default: "OPEN" },
    points: { type: "number", default: 0 },
    done: { type: "boolean" },
    tags: { type: "set", items: "string" },
    sizes: { type: "set", items: [1, 2, 3] as const },
    address: {
      type: "map",
      properties: {
        city: { type: "string", required: true },
        zip: { type: "string" },
        country: { type: "string", required: true, default: "UA" },
        secret: { type: "string", hidden: true },
        since: { type: "number", readOnly: true },
        geo: { type: "map", properties: { lat: { type: "number", required: true } } },
      },
    },
    comments: {
      type: "list",
      items: {
        type: "map",
        properties: { user: { type: "string", required: true }, body: { type: "string" } },
      },
    },
    links: { type: "list", items: { type: "string" }, required: true, default: [] },
    owner: { type: CustomAttributeType<UserId>("string"), required: true },
    extra: { type: CustomAttributeType<{ kind: "a" | "b"; depth: { n: number } }>("any") },
    free: { type: "any" },
    token: { type: "string", hidden: true, required: true, default: () => "t" },
    createdAt: { type: "string", required: true, readOnly: true, default: () => "now" },
    updatedAt: { type: "string", watch: "*", set: () => "now", readOnly: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["projectId"] },
      sk: { field: "sk", composite: ["taskId"] },
    },
    byStatus: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["status"] },
      sk: { field: "gsi1sk", composite: ["owner", "points", "createdAt"] },
    },
    byOwner: {
      index: "gsi2",
      collection: "owned",
      pk: { field: "gsi2pk", composite: ["owner"] },
      sk: { field: "gsi2sk", composite: [] },
    },
    byTitle: { index: "gsi3", pk: { field: "gsi3pk", composite: ["title", "done"] } },
    all: {
      index: "gsi4",
      pk: { field: "gsi4pk", composite: [], template: "TASKS" },
      sk: { field: "gsi4sk", composite: ["createdAt"] },
    },
    byTeam: {
      index: "gsi5",
      type: "clustered",
      pk: { field: "gsi5pk", composite: ["projectId"], casing: "upper" },
      sk: { field: "gsi5sk", composite: ["owner", "points"] },
      condition: (attributes) => attributes.done === true,
    },
  },
});

/** The smallest entity there is: one attribute, which is the key, and no sort key. */
export const Flag = new Entity({
  model: { entity: "flag", service: "app", version: "1" },
  attributes: { name: { type: "string" } },
  indexes: { primary: { pk: { field: "pk", composite: ["name"] } } },
});

/** What a read of a `Task` gives, written out by hand. */
export interface TaskItem {
  taskId: string;
  projectId: string;
  title: string;
  status: "OPEN" | "DOING" | "DONE";
  points?: number;
  done?: boolean;
  tags?: string[];
  sizes?: (1 | 2 | 3)[];
  address?: {
    city: string;
    zip?: string;
    country: string;
    since?: number;
    geo?: { lat: number };
  };
  comments?: { user: string; body?: string }[];
  links: string[];
  owner: UserId;
  extra?: { kind: "a" | "b"; depth: { n: number } };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- That is what an `any` attribute is.
  free?: any;
  createdAt: string;
  updatedAt?: string;
}

/** The primary key of a `Task`. */
export interface TaskKey {
  projectId: string;
  taskId: string;
}

export const key: TaskKey = { projectId: "p1", taskId: "t1" };
