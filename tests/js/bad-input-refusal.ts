// What the bad-input tables share: how a refusal is caught and how a client counts what reaches it; no case stands here.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** A value whose shape is wrong on purpose, which no type of the package would let through. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

/** The parts of an error that the tables look at. */
export interface Refusal {
  code?: number;
  kind?: string;
  message: string;
  isElectroError?: boolean;
  ref?: { name?: string };
  cause?: unknown;
  fields?: ReadonlyArray<{ field: string }>;
}

/** The error that a call throws or rejects with, or `undefined` when it goes through. */
export async function refusalOf(call: () => unknown): Promise<Refusal | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error as Refusal;
  }
}

/** A real SDK client whose every request ends, counted, before it would leave the process. */
export function countingClient(): { client: DynamoDBClient; sent: () => number } {
  let sent = 0;
  const client = new DynamoDBClient({
    region: "local",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
  });
  client.middlewareStack.add(
    () => async () => {
      sent += 1;
      return Promise.resolve({
        response: {},
        output: { $metadata: {}, Items: [], Attributes: {} },
      });
    },
    { step: "initialize", name: "countInsteadOfSending" },
  );
  return { client, sent: () => sent };
}
