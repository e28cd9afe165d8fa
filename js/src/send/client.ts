// Recognises the clients that users bring, by what they can do, and sends one command with them. It reads no answer.

import { loadSdk } from "#entry";
import { failed, refuse } from "../error.js";
import type { EntityRuntime } from "../entity/runtime.js";

/** The commands of DynamoDB that are sent. */
export type CommandName =
  | "get"
  | "put"
  | "update"
  | "delete"
  | "query"
  | "scan"
  | "batchGet"
  | "batchWrite"
  | "transactGet"
  | "transactWrite";

/** A client of any supported kind. */
export interface Client {
  /** Whether sets are to be native Sets, as SDK v3 takes them. */
  readonly nativeSets: boolean;
  send(command: CommandName, params: object, abortSignal: unknown): Promise<unknown>;
}

/** What clients of SDK v3 and their stand-ins have in common. */
interface Sender {
  send(command: object, options: { abortSignal: unknown }): Promise<unknown>;
}

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

let sdk: Sdk | undefined;

const COMMANDS = {
  get: "GetCommand",
  put: "PutCommand",
  update: "UpdateCommand",
  delete: "DeleteCommand",
  query: "QueryCommand",
  scan: "ScanCommand",
  batchGet: "BatchGetCommand",
  batchWrite: "BatchWriteCommand",
  transactGet: "TransactGetCommand",
  transactWrite: "TransactWriteCommand",
} as const;

/** The methods by which the DocumentClient of SDK v2 is told, as ElectroDB does. */
const METHODS = [
  ...["get", "put", "delete", "update", "query", "scan"],
  ...["batchGet", "batchWrite", "transactGet", "transactWrite"],
];

/**
 * The client in a form that can be sent with; undefined for none.
 *
 * A command of lib-dynamodb marshals by itself, so a plain DynamoDBClient is used as it is, like a DynamoDBDocumentClient
 * with its own options: nothing is wrapped, and a user's mock sees the calls on the object that was given.
 * @throws 1023 where it is none.
 */
export function recogniseClient(client: unknown, dropIn: boolean): Client | undefined {
  if (client === undefined || client === null) return undefined;
  if (typeof client === "object" || typeof client === "function") {
    const methods = client as Record<string, unknown>;
    if (typeof methods["send"] === "function")
      return known(client, () => sdkClient(client as Sender, dropIn));
    if (dropIn && METHODS.every((name) => typeof methods[name] === "function")) {
      return known(client, () => documentClient(client as Methods));
    }
  }
  throw refuse(
    dropIn,
    "InvalidClientProvided",
    "`client` has to be a DynamoDBClient or DynamoDBDocumentClient of the AWS SDK v3, or have their `send` method",
  );
}

// A client given per call is the same object each time: what was made of it is kept as long as it lives.
const recognised = new WeakMap<object, Client>();

function known(client: object, make: () => Client): Client {
  let made = recognised.get(client);
  if (made === undefined) recognised.set(client, (made = make()));
  return made;
}

function sdkClient(client: Sender, dropIn: boolean): Client {
  return {
    nativeSets: true,
    async send(command, params, abortSignal) {
      sdk ??= await load(dropIn);
      const Command = sdk[COMMANDS[command]] as new (params: object) => object;
      return client.send(new Command(params), { abortSignal });
    },
  };
}

async function load(dropIn: boolean): Promise<Sdk> {
  try {
    return await loadSdk();
  } catch (cause) {
    const message = "Sending needs the package `@aws-sdk/lib-dynamodb`, which could not be loaded";
    throw failed(dropIn, "InvalidClientProvided", message, cause);
  }
}

/** SDK v2: a method per command, whose request is sent by `promise()`. */
type Methods = Readonly<Record<CommandName, (params: object) => PendingRequest>>;

interface PendingRequest {
  promise(): Promise<unknown>;
  abort?(): void;
  on?(event: "extractError", listener: (response: RawResponse) => void): unknown;
}

function documentClient(client: Methods): Client {
  return {
    nativeSets: false,
    send: (command, params) => {
      const request = client[command](params);
      return command.startsWith("transact") ? sendTransaction(request) : request.promise();
    },
  };
}

/** The response of SDK v2, as far as it is read before the SDK makes an error of it. */
interface RawResponse {
  readonly httpResponse?: { readonly body?: unknown };
}

/** SDK v2 leaves out of its error why a transaction was cancelled; the response says it. */
async function sendTransaction(request: PendingRequest): Promise<unknown> {
  let reasons: unknown;
  request.on?.("extractError", ({ httpResponse }) => {
    reasons = reasonsOf(String(httpResponse?.body));
  });
  try {
    return await request.promise();
  } catch (error) {
    if (reasons !== undefined && typeof error === "object" && error !== null) {
      Object.assign(error, { CancellationReasons: reasons });
    }
    throw error;
  }
}

function reasonsOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { CancellationReasons?: unknown } | null)?.CancellationReasons;
  } catch {
    return undefined;
  }
}

/** The client of one call: the call's own, else the entity's. */
export function clientOf(runtime: EntityRuntime, perCall: unknown): Client | undefined {
  return perCall === undefined ? runtime.client : recogniseClient(perCall, runtime.dropIn);
}

/** Whether the sets of this call's params are native Sets. */
export function takesNativeSets(runtime: EntityRuntime, perCall: unknown): boolean {
  return clientOf(runtime, perCall)?.nativeSets ?? false;
}
