// What the tests of transactions share: two entities, a service, and a client that sends nothing.
import * as main from "electroxide";
import type { Loose } from "./bad-input-refusal.js";

type Answer = (command: { constructor: { name: string }; input: Loose }) => unknown;

const attributes = {
  id: { type: "string", required: true },
  count: { type: "number" },
  secret: { type: "string", hidden: true },
  tags: { type: "set", items: "string" },
  shout: { type: "string", get: (value?: string) => value?.toUpperCase() },
} as const;

/** Two entities, a service of them, and a client that notes what it is sent and answers what a test says. */
export function place(library: Loose = main, table: string | undefined = "app") {
  const sent: Loose[] = [];
  let answer: Answer = () => ({});
  const client = {
    send: async (command: Parameters<Answer>[0]) => {
      sent.push(command);
      return answer(command);
    },
  };
  const entity = (name: string): Loose =>
    new library.Entity(
      {
        model: { entity: name, service: "app", version: "1" },
        attributes,
        indexes: {
          main: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
        },
      },
      { client, table },
    );
  const entities = { user: entity("user"), session: entity("session") };
  const service: Loose = new library.Service(entities);
  const respond = (next: Answer) => {
    answer = next;
  };
  return { ...entities, entities, service, sent, client, respond };
}

/** What DynamoDB's client throws when a transaction is cancelled. */
export const cancelled = (reasons: unknown) => () => {
  throw Object.assign(new Error("cancelled"), {
    name: "TransactionCanceledException",
    CancellationReasons: reasons,
  });
};

/** An item as it is stored. */
export const stored = (entity: string, more: object = {}) => {
  return {
    __edb_e__: entity,
    __edb_v__: "1",
    id: "1",
    pk: "$app#id_1",
    sk: `$${entity}_1`,
    ...more,
  };
};
