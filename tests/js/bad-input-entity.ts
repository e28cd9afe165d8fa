// The entity that the wrong calls of bad-input-calls.test.ts and bad-input-options.test.ts are made on; no case stands here.
import type { Loose } from "./bad-input-refusal";

export const THROWN = new Error("thrown by a callback of the user");

/** Attributes of every type, hooks that throw on demand, and an index with two sort composites. */
export function taskModel(): Loose {
  return {
    model: { entity: "task", version: "1", service: "app" },
    attributes: {
      id: { type: "string", required: true },
      team: { type: "string", required: true },
      due: { type: "string" },
      points: { type: "number" },
      open: { type: "boolean" },
      state: { type: ["NEW", "DONE"] },
      born: { type: "string", readOnly: true, default: () => "2025-01-01" },
      mail: { type: "string", validate: /^[^@]+@[^@]+$/ },
      minutes: {
        type: "number",
        validate: (value: number) => {
          if (value < 15) throw THROWN;
          return true;
        },
      },
      place: {
        type: "map",
        properties: {
          street: { type: "string", required: true },
          number: { type: "number" },
          inner: { type: "map", properties: { floor: { type: "number" } } },
        },
      },
      tags: { type: "list", items: { type: "string" } },
      steps: {
        type: "list",
        items: { type: "map", properties: { title: { type: "string", required: true } } },
      },
      names: { type: "set", items: "string" },
      sizes: { type: "set", items: "number" },
      free: { type: "any" },
      sealed: {
        type: "string",
        set: (value?: string) => {
          if (value === "throw") throw THROWN;
          return value;
        },
      },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byTeam: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["team"] },
        sk: { field: "gsi1sk", composite: ["due", "points"] },
      },
    },
  };
}

/** A create input that is right, changed in one place. */
export function task(change: Loose = {}): Loose {
  return { id: "t1", team: "red", ...change };
}
