// Puts itself between the program and the library: entities and calls are noted, and what would be sent is only noted, too.

import { BatchChain } from "../../src/batch/batch-chain.js";
import { Chain, type Options } from "../../src/chain/chain.js";
import type { EntityCore } from "../../src/entity/entity-core.js";
import type { State } from "../../src/chain/state.js";
import { isRecord } from "../../src/tags.js";
import { ServiceBatch } from "../../src/batch/service-batch.js";
import { Transaction, type TransactionKind } from "../../src/transaction/transaction.js";
import type { Store } from "./store.js";
import type { Command } from "./sdk.js";
import { operationOf } from "./sdk.js";
import type { Call, Opening, Recorder, Request } from "./recorder.js";

/** What a single operation is in DynamoDB. */
const OPERATIONS: Readonly<Record<string, string>> = {
  get: "GetItem",
  put: "PutItem",
  create: "PutItem",
  update: "UpdateItem",
  patch: "UpdateItem",
  upsert: "UpdateItem",
  delete: "DeleteItem",
  remove: "DeleteItem",
  query: "Query",
  search: "Query",
  scan: "Scan",
};

type Go = (options?: Options) => Promise<unknown>;

/** A client for one call: it notes each command and answers from what the program has written before. */
function noting(call: Call, store: Store): { send(command: Command): Promise<unknown> } {
  return {
    send(command) {
      const operation = operationOf(command);
      call.requests.push({ operation, params: command.input });
      return Promise.resolve(store.answer(operation, command.input));
    },
  };
}

/** Notes what goes on within a call of `go`, with a client that sends nothing. */
export async function observeGo(
  recorder: Recorder,
  store: Store,
  opening: Opening,
  options: Options | undefined,
  go: Go,
): Promise<unknown> {
  const call = recorder.open(opening);
  // What is no record is left to the library, which refuses it.
  const given = options === undefined || isRecord(options);
  try {
    return await go(given ? { ...options, client: noting(call, store) } : options);
  } catch (error) {
    recorder.fail(call, error);
    throw error;
  }
}

/** The requests that an answer of `params` is: one, or a list. */
function requestsOf(operation: string): (answer: unknown) => Request[] {
  return (answer) => {
    const all: unknown[] = Array.isArray(answer) ? answer : [answer];
    return all.filter(isRecord).map((params) => ({ operation, params }));
  };
}

/** Notes what a call answers, if it is refused, or as the requests that its answer is. */
export function observeParams(
  recorder: Recorder,
  opening: Opening,
  read: (answer: unknown) => Request[],
  params: () => unknown,
): unknown {
  const call = recorder.open(opening);
  try {
    const answer = params();
    call.requests.push(...read(answer));
    return answer;
  } catch (error) {
    recorder.fail(call, error);
    throw error;
  }
}

/** A class of chains, as far as it is observed; what its chains are made of is private to the library's own code. */
interface ChainClass {
  readonly prototype: object;
}

interface Methods {
  params(options?: Options): unknown;
  go: Go;
}

/** Gives a chain's method as its class has it now; a chain's methods stay with it wherever they are taken. */
function methodOf<N extends keyof Methods>(
  prototype: object,
  name: N,
): (chain: object) => Methods[N] {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: object) => Methods[N];
  return (chain) => get.call(chain);
}

/** Notes the calls of a class of chains; `describe` says what a chain is, and as which operation its params are sent. */
function observe<T>(
  recorder: Recorder,
  store: Store,
  { prototype }: ChainClass,
  describe: (chain: T, via: Opening["via"]) => { opening: Opening; operation: string },
): void {
  const methods = prototype as Methods;
  const paramsOf = methodOf(prototype, "params");
  const goOf = methodOf(prototype, "go");
  methods.params = function (this: T & Methods, options) {
    const { opening, operation } = describe(this, "params");
    return observeParams(recorder, opening, requestsOf(operation), () => paramsOf(this)(options));
  };
  methods.go = function (this: T & Methods, options) {
    const { opening } = describe(this, "go");
    return observeGo(recorder, store, opening, options, (own) => goOf(this)(own));
  };
}

interface ChainParts {
  readonly entity: EntityCore;
  readonly state: State;
}

interface BatchParts {
  readonly entity: EntityCore;
  readonly batch: { readonly operation: string };
}

interface TransactionParts {
  readonly scope: { readonly name?: string; readonly members: ReadonlyMap<string, CoreHolder> };
  readonly kind: TransactionKind;
}

interface CoreHolder {
  readonly core: object;
}

/** A chain is an entity's, or that of a collection, which is several entities as if they were one. */
function chainOpening({ entity, state }: ChainParts, via: Opening["via"]): Opening {
  const { plan, members } = entity.runtime;
  if (members !== undefined) {
    const owners = members.map(({ core }) => core);
    return { method: "collections", target: plan.entity, owner: plan.service, via, owners };
  }
  const isQuery = OPERATIONS[state.operation] === "Query";
  const target = isQuery ? plan.indexes[state.index]?.name : undefined;
  // The index of these is chosen by what they are given.
  const method = state.operation === "search" ? "find" : state.operation;
  return { method, target, owner: plan.entity, via, owners: [entity] };
}

/** From now on, calls are noted. */
export function observeChains(recorder: Recorder, store: Store): void {
  observe<ChainParts>(recorder, store, Chain, (chain, via) => {
    const { operation } = chain.state;
    return {
      opening: chainOpening(chain, via),
      operation: OPERATIONS[operation] ?? operation,
    };
  });
  observe<BatchParts>(recorder, store, BatchChain, ({ entity, batch }, via) => {
    const { operation: method } = batch;
    const owner = entity.runtime.plan.entity;
    return {
      opening: { method, target: "batch", owner, via, owners: [entity] },
      operation: method === "get" ? "BatchGetItem" : "BatchWriteItem",
    };
  });
  observe<TransactionParts>(recorder, store, ServiceBatch, ({ scope, kind }, via) => {
    const owners = [...scope.members.values()].map(({ core }) => core);
    return {
      opening: { method: "batch", target: kind, owner: scope.name ?? "", via, owners },
      operation: kind === "get" ? "BatchGetItem" : "BatchWriteItem",
    };
  });
  observe<TransactionParts>(recorder, store, Transaction, ({ scope, kind }, via) => {
    const owners = [...scope.members.values()].map(({ core }) => core);
    return {
      opening: { method: "transaction", target: kind, owner: scope.name ?? "", via, owners },
      operation: kind === "get" ? "TransactGetItems" : "TransactWriteItems",
    };
  });
}
