// Sends one operation of an entity and makes its result of the responses. It builds no request and knows no model rule.

import { clientOf, type Client, type CommandName } from "./client.js";
import { cursorOf, startKey } from "./cursor.js";
import {
  type ElectroError,
  attachParams,
  failed,
  isError,
  isOurs,
  messageOf,
  nameOf,
  refuse,
  shortenStack,
} from "../error.js";
import type { Hydration } from "./hydrate.js";
import { late } from "../late/late.js";
import { notify, readListeners, type Listener } from "./listeners.js";
import { checkOptions, checkPager, isAborted, type GoOptions } from "./options.js";
import { addPage, dataOf, noPages, pageLimit, pagedIndex, wantedItems } from "./pages.js";
import { withIdentifiers, withKeys } from "./projection.js";
import {
  readItem,
  readOwned,
  readReturned,
  readingFailed,
  type ReadOptions,
} from "../read/read.js";
import { answersRejection, rejectionOf } from "./rejection.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { isRecord, type Members } from "../tags.js";

/** The operations that are sent one by one. */
export type SentOperation =
  | "get"
  | "put"
  | "create"
  | "update"
  | "patch"
  | "upsert"
  | "delete"
  | "remove"
  | "query"
  | "search"
  | "scan"
  | "batchGet"
  | "batchWrite";

/** One operation, built and ready. */
export interface SendCall {
  readonly operation: SentOperation;
  readonly params: Members;
  readonly options: GoOptions;
  /** The number of the index that is read. */
  readonly index: number;
  /** The key attributes that the user gave. */
  readonly key: Members;
  /** How the table's items are read where an index has been asked for them. */
  readonly hydration?: Hydration | undefined;
}

/** What one exchange with DynamoDB needs beside its parameters. */
export interface Exchange {
  readonly dropIn: boolean;
  readonly client: Client;
  readonly command: CommandName;
  /** The name under which listeners are told. */
  readonly method: string;
  /** What error messages call it. */
  readonly what: string;
  readonly listeners: readonly Listener[];
  readonly options: GoOptions;
}

/** A call with what its options stand for. */
export interface Sending extends SendCall, Exchange {
  readonly options: GoOptions;
  readonly runtime: EntityRuntime;
  readonly reading: ReadOptions;
}

const COMMANDS: Readonly<Record<SentOperation, CommandName>> = {
  get: "get",
  put: "put",
  create: "put",
  update: "update",
  patch: "update",
  upsert: "update",
  delete: "delete",
  remove: "delete",
  query: "query",
  search: "query",
  scan: "scan",
  batchGet: "batchGet",
  batchWrite: "batchWrite",
};

/** The operations that read page after page. */
export const PAGED: readonly SentOperation[] = ["query", "search", "scan"];

/**
 * Sends, and resolves with the result as ElectroDB shapes it.
 *
 * Async and awaiting all the way, so that the stack of an error names the line of the caller's `await`.
 */
export async function send(runtime: EntityRuntime, call: SendCall): Promise<unknown> {
  const sending = prepare(runtime, call);
  const { operation } = call;
  if (PAGED.includes(operation)) return await sendPages(sending);
  const answers = operation !== "get" && answersRejection(call.options);
  let response: Members;
  try {
    response = await exchange(sending, sending.params, isKnown(sending));
  } catch (error) {
    const rejection = answers
      ? rejectionOf(runtime, call.options, sending.reading, error)
      : undefined;
    if (rejection === undefined) throw error;
    return rejection;
  }
  return reading(sending, () => {
    const data = resultOf(sending, response);
    return answers ? { rejected: false, data } : { data };
  });
}

/** Checks what only sending needs. */
export function prepare(runtime: EntityRuntime, call: SendCall): Sending {
  const { options, operation, index } = call;
  checkOptions(runtime, options, PAGED.includes(operation));
  const client = clientOf(runtime, options.client);
  if (client === undefined) {
    const message = `The ${runtime.title} has no client: give \`client\` to its constructor, to \`setClient\` or to this call`;
    throw withParams(refuse(runtime.dropIn, "NoClientDefined", message), call.params);
  }
  const own = readListeners(options, runtime.dropIn, true);
  return {
    ...call,
    params: withIdentifiers(runtime, options, index, call.params),
    runtime,
    dropIn: runtime.dropIn,
    client,
    command: COMMANDS[operation],
    method: operation === "upsert" ? operation : COMMANDS[operation],
    what: `${operation} of \`${runtime.plan.entity}\``,
    listeners: own.length === 0 ? runtime.listeners : [...runtime.listeners, ...own],
    reading: {
      attributes: options.attributes as readonly string[] | undefined,
      data: options.data as string | undefined,
      includeHidden: options.includeHidden === true,
      ignoreOwnership: options.ignoreOwnership === true,
      index,
    },
  };
}

/** One request and its response, which may be nothing only where none is read. */
export async function exchange(
  sending: Exchange,
  params: Members,
  isUnread = false,
): Promise<Members> {
  const { dropIn, client, command, options } = sending;
  if (isAborted(options)) {
    const error = aborted(sending, params, undefined);
    report(sending, params, false, error);
    throw error;
  }
  let response: unknown;
  try {
    response = await client.send(command, params, options.abortSignal);
  } catch (cause) {
    const error = failure(sending, params, cause);
    report(sending, params, false, isAborted(options) ? error : cause);
    if (isOurs(error) && error !== cause) shortenStack(error, exchange);
    throw error;
  }
  report(sending, params, true, response);
  if (!isUnread && (typeof response !== "object" || response === null)) {
    const message = "The client answered with nothing where a response of DynamoDB belongs";
    throw withParams(refuse(dropIn, "AWSError", message), params);
  }
  return response as Members;
}

/** Tells listeners; ElectroDB tells of the request when its response is there. */
function report(sending: Exchange, params: Members, success: boolean, results: unknown): void {
  const { listeners, options, method } = sending;
  if (listeners.length === 0) return;
  notify(listeners, { type: "query", method, params, config: options });
  notify(listeners, { type: "results", method, config: options, success, results });
}

function failure(sending: Exchange, params: Members, cause: unknown): unknown {
  const { dropIn, options } = sending;
  if (isAborted(options)) return aborted(sending, params, cause);
  if (options.originalErr === true) return cause;
  if (isOurs(cause)) return withParams(cause, params);
  const isCondition = isError(cause) && nameOf(cause) === "ConditionalCheckFailedException";
  const told = messageOf(cause);
  const message = isCondition
    ? `The condition of this ${sending.what} did not hold: ${told}`
    : `DynamoDB or its client failed: ${told}`;
  const kind = isCondition ? "ConditionalCheckFailed" : "AWSError";
  return withParams(failed(dropIn, kind, message, cause), params);
}

/** Refuses what was called off before it is sent. */
export function checkAborted(sending: Exchange, params: Members): void {
  if (isAborted(sending.options)) throw aborted(sending, params, undefined);
}

function aborted({ dropIn }: Exchange, params: Members, cause: unknown): ElectroError {
  const message = "The operation was called off by its `abortSignal`";
  const error =
    cause === undefined || dropIn
      ? refuse(dropIn, "OperationAborted", message)
      : failed(dropIn, "OperationAborted", message, cause);
  return withParams(error, params);
}

/** The error, which answers this request when it is asked for one. */
export function withParams(error: ElectroError, params: Members): ElectroError {
  attachParams(error, params);
  return error;
}

/** Reads a response; an error on the way knows the request. */
export function reading<T>(sending: Sending, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (sending.options.originalErr === true && !isOurs(cause)) throw cause;
    throw withParams(readingFailed(sending.runtime, cause), sending.params);
  }
}

/** What of the item the response is asked for. */
function wantedOf({ runtime, options }: Sending): unknown {
  const { response: given = "default" } = options;
  // ElectroDB looks at texts only.
  return runtime.dropIn && typeof given !== "string" ? "default" : given;
}

/** Whether a put, which asks for nothing, resolves with what it wrote. The main entry's `all_new` is that, too: DynamoDB itself returns no new attributes of a put. */
function givesWritten({ runtime, command }: Sending, wanted: unknown): boolean {
  return command === "put" && (wanted === "default" || (wanted === "all_new" && !runtime.dropIn));
}

/** Whether the result is known without the response: a mock without an answer is enough then, as for ElectroDB. */
function isKnown(sending: Sending): boolean {
  const wanted = wantedOf(sending);
  if (wanted === "none") return true;
  return givesWritten(sending, wanted) && (sending.dropIn || sending.options.data !== "raw");
}

/** What an operation on one item resolves with. */
function resultOf(sending: Sending, response: Members): unknown {
  const { runtime, operation, options, params, reading: how } = sending;
  const wanted = wantedOf(sending);
  if (wanted === "none") return null;
  if (options.data === "raw") return rawResult(sending, response, wanted);
  switch (operation) {
    case "get":
      return readItem(runtime, response["Item"], how);
    case "put":
    case "create":
      return givesWritten(sending, wanted)
        ? readOwned(runtime, params["Item"] as Members, how)
        : readReturned(runtime, response["Attributes"], how);
    default: {
      const returned = readReturned(runtime, response["Attributes"], how);
      if (returned !== null || wanted !== "default") return returned;
      // What a stub answers: ElectroDB takes attributes that hold nothing for an answer, too.
      const isAnswered = runtime.dropIn && isRecord(response["Attributes"]);
      return operation === "upsert" || isAnswered ? {} : keyAttributes(sending);
    }
  }
}

/** The response as it is; ElectroDB has none for a put that asks for nothing. */
function rawResult(sending: Sending, response: Members, wanted: unknown): unknown {
  const { command, runtime } = sending;
  return runtime.dropIn && command === "put" && wanted === "default" ? {} : response;
}

/** The attributes of the table's key, as the user gave them. */
function keyAttributes({ runtime, key }: Sending): Members {
  const { attributes, indexes, primary } = runtime.plan;
  const index = indexes[primary];
  const found: Members = {};
  for (const slot of [...(index?.partition.composites ?? []), ...(index?.sort?.composites ?? [])]) {
    const name = attributes[slot]?.name;
    if (name !== undefined && key[name] !== undefined) found[name] = key[name];
  }
  return found;
}

/** Pages of a query or scan: one, a number of them, all, or as many as `count` items need. */
async function sendPages(sending: Sending): Promise<unknown> {
  const { runtime, options, params, index, operation, hydration } = sending;
  const { dropIn } = runtime;
  checkPager(runtime, options);
  const unprocessed: unknown[] = [];
  const request = withKeys(runtime, options, index, params);
  const most = pageLimit(runtime, options);
  const pages = noPages(sending);
  let start = reading(sending, () =>
    startKey(runtime, options, pagedIndex(operation, index, params)),
  );
  for (let page = 1; ; page++) {
    checkAborted(sending, request);
    const from =
      start === undefined && !dropIn ? request : { ExclusiveStartKey: start, ...request };
    const response = await exchange(sending, from);
    const end = response["LastEvaluatedKey"] as Members | undefined;
    if (options.data === "raw") {
      const cursor = dropIn
        ? (end ?? null)
        : reading(sending, () => cursorOf(runtime, end, options));
      return { data: response, cursor };
    }
    // An answer that only counts; ElectroDB gives it without what it has read before.
    if (dropIn && pages.groups === undefined && !Array.isArray(response["Items"])) {
      const cursor = reading(sending, () => cursorOf(runtime, end, options));
      return { data: null, cursor };
    }
    const whole =
      hydration === undefined
        ? response
        : await late().hydratePage(sending, hydration, {
            page: response,
            wanted:
              wantedItems(runtime, options) - (dropIn ? hydration.asked.count : pages.items.length),
            unprocessed,
          });
    const isDone = reading(sending, () => addPage(sending, pages, whole));
    if (isDone || end === undefined || end === null || page >= most) {
      const key = pages.full === undefined ? end : pages.full;
      const cursor = reading(sending, () => cursorOf(runtime, key, options));
      const result = { data: dataOf(sending, pages), cursor };
      return hydration === undefined ? result : { ...result, unprocessed };
    }
    start = end;
  }
}
