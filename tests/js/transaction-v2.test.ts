// Transactions with the DocumentClient of SDK v2, which tells by another way why they were cancelled.
import * as dropIn from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal.js";
import { refusalOf } from "./bad-input-refusal.js";
import { place } from "./transaction-place.js";

describe("the DocumentClient of SDK v2, in the drop-in", () => {
  const methods = [
    ...["get", "put", "delete", "update", "query", "scan", "batchGet", "batchWrite"],
    ...["transactGet", "transactWrite"],
  ];
  /** A client whose transactions answer with this body, or with this result where there is none. */
  function documentClient(body: unknown, result: unknown = {}): Loose {
    const request = () => {
      const listeners: ((response: Loose) => void)[] = [];
      return {
        on: (_: string, listener: (response: Loose) => void) => listeners.push(listener),
        promise: async () => {
          if (body === undefined) return result;
          for (const listener of listeners) listener({ httpResponse: { body } });
          throw Object.assign(new Error("cancelled"), { code: "TransactionCanceledException" });
        },
      };
    };
    return Object.fromEntries(methods.map((name) => [name, request]));
  }
  const write = (client: Loose) =>
    place(dropIn)
      .service.transaction.write((app: Loose) => [app.user.put({ id: "1" })])
      .go({ client });

  test("a transaction that went through", async () => {
    expect(await write(documentClient(undefined))).toMatchObject({ canceled: false });
  });

  test("a cancelled one tells why, from the body of the response", async () => {
    const item = { __edb_e__: { S: "user" }, __edb_v__: { S: "1" }, id: { S: "1" } };
    const reasons = [{ Code: "ConditionalCheckFailed", Message: "told", Item: item }];
    const body = JSON.stringify({ CancellationReasons: reasons });
    for (const given of [body, { toString: () => body }]) {
      expect(await write(documentClient(given))).toEqual({
        canceled: true,
        data: [
          { rejected: true, code: "ConditionalCheckFailed", message: "told", item: { id: "1" } },
        ],
      });
    }
  });

  test.each(["no JSON", "{}", "null"])("a body that says nothing of reasons: %s", async (body) => {
    expect(await refusalOf(() => write(documentClient(body)))).toMatchObject({ code: 4001 });
  });
});
