// Sends a transaction and makes its result of the answer, or of the reasons for which it was cancelled. It builds no request.

import type { Client } from "../send/client.js";
import type { Committed } from "./commit.js";
import { refuse } from "../error.js";
import { checkOptions, type GoOptions } from "../send/options.js";
import type { Params } from "../border/params.js";
import { withIdentifiers } from "../send/projection.js";
import { readItem, readingFailed, type ReadOptions } from "../read/read.js";
import { exchange, withParams, type Exchange } from "../send/send.js";
import { listenersOf, type Scope } from "../service/scope.js";
import { isRecord, type Members } from "../tags.js";
import type { TransactionKind } from "./transaction.js";
import { unmarshal } from "../send/unmarshal.js";

/** One transaction, built and ready. */
export interface TransactionCall {
  readonly scope: Scope;
  readonly kind: TransactionKind;
  readonly items: readonly Committed[];
  readonly params: Params;
  readonly client: Client | undefined;
  readonly options: GoOptions;
}

/** What one item of a transaction came to. */
interface ItemResult {
  readonly rejected: boolean;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly item: Members | null;
}

/** Sends, and resolves with what came of each item: a cancelled transaction is no error. */
export async function sendTransaction(call: TransactionCall): Promise<unknown> {
  const { scope, kind, items, options } = call;
  if (items.length === 0) return { canceled: false, data: [] };
  // ElectroDB looks at no option of a transaction before it is sent.
  if (!scope.dropIn) checkOptions(scope, options);
  const params = completed(call);
  const { client } = call;
  if (client === undefined) {
    const message = `None of the entities of the ${kind} transaction has a client: give \`client\` to one, to the service or to this call`;
    throw withParams(refuse(scope.dropIn, "NoClientDefined", message), params);
  }
  const exchanged: Exchange = {
    ...{ dropIn: scope.dropIn, options, client: settling(client) },
    command: kind === "get" ? "transactGet" : "transactWrite",
    method: kind === "get" ? "transactGet" : "transactWrite",
    what: `${kind} transaction`,
    listeners: listenersOf(
      scope,
      items.map(({ entity }) => entity),
      options,
    ),
  };
  const response = await exchange(exchanged, params);
  try {
    return resultOf(call, response);
  } catch (cause) {
    throw withParams(readingFailed(scope, cause), params);
  }
}

/** The request with the identifiers in projections, by which items are known as their entity's own. */
function completed({ kind, items, params, options }: TransactionCall): Params {
  if (kind === "write") return params;
  const actions = params["TransactItems"] as readonly { readonly Get: Params }[];
  return {
    ...params,
    TransactItems: actions.map(({ Get }, at) => {
      const { runtime } = (items[at] as Committed).entity;
      return { Get: withIdentifiers(runtime, options, runtime.plan.primary, Get) };
    }),
  };
}

/** The client, for which a cancellation is an answer. */
function settling(client: Client): Client {
  return {
    nativeSets: client.nativeSets,
    async send(command, params, abortSignal) {
      try {
        return await client.send(command, params, abortSignal);
      } catch (cause) {
        const canceled = reasonsOf(cause);
        if (canceled === undefined) throw cause;
        return { canceled };
      }
    },
  };
}

/** Why a transaction was cancelled, item by item; undefined for other errors. */
function reasonsOf(cause: unknown): Members[] | undefined {
  if (typeof cause !== "object" || cause === null) return undefined;
  const { CancellationReasons: reasons } = cause as Members;
  if (!Array.isArray(reasons)) return undefined;
  return reasons.map((reason: unknown) => {
    if (!isRecord(reason)) return {};
    return "Item" in reason ? { ...reason, Item: unmarshal(reason["Item"]) } : reason;
  });
}

function resultOf(call: TransactionCall, response: Members): unknown {
  const { items, options } = call;
  const canceled = Array.isArray(response["canceled"]);
  if (options.data === "raw") return { data: response, canceled };
  if (canceled) {
    const reasons = response["canceled"] as readonly Members[];
    return { data: results(call, reasons, rejection), canceled };
  }
  const { Responses: responses } = response;
  if (Array.isArray(responses)) return { data: results(call, responses, found), canceled };
  return { data: items.map(accepted), canceled };
}

/** One result for each item. The drop-in has, as ElectroDB, one for each that came, which is the same of a true answer. */
function results(
  call: TransactionCall,
  answers: readonly unknown[],
  read: (call: TransactionCall, item: Committed | undefined, answer: Members) => ItemResult,
): ItemResult[] {
  const { items, scope } = call;
  const { length } = scope.dropIn ? answers : items;
  return Array.from({ length }, (_, at) => {
    const answer = answers[at];
    return read(call, items[at], isRecord(answer) ? answer : {});
  });
}

function accepted(): ItemResult {
  return { item: null, code: "None", rejected: false, message: undefined };
}

function found(call: TransactionCall, item: Committed | undefined, answer: Members): ItemResult {
  return { rejected: false, item: parsed(call, item, answer["Item"]) };
}

function rejection(
  call: TransactionCall,
  item: Committed | undefined,
  { Code: code = "None", Message: message, Item: raw }: Members,
): ItemResult {
  return { rejected: code !== "None", code, message, item: parsed(call, item, raw) };
}

/** The stored item as its entity shows it; `null` where it is another entity's. */
function parsed(
  { scope, options }: TransactionCall,
  item: Committed | undefined,
  raw: unknown,
): Members | null {
  if (item === undefined) return null;
  const own = scope.dropIn ? options : { ...options, ...item.options };
  const reading: ReadOptions = {
    attributes: own.attributes as readonly string[] | undefined,
    data: own.data as string | undefined,
    includeHidden: own.includeHidden === true,
    ignoreOwnership: own.ignoreOwnership === true,
  };
  return readItem(item.entity.runtime, raw, reading);
}
