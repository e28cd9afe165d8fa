// What users give to a batch of a service: chains, or keys by entity. It is checked here, before anything is built.

import { batchOfOne, type BatchOperation, type Part } from "./batch.js";
import { BatchChain } from "./batch-chain.js";
import { Chain } from "../chain/chain.js";
import { Committed } from "../transaction/commit.js";
import type { EntityCore } from "../entity/entity-core.js";
import { describeThrown, refuse } from "../error.js";
import { checkNames } from "../send/option-names.js";
import { answerOf, isPromise, named, type Scope } from "../service/scope.js";
import { isRecord, type Members } from "../tags.js";

/** Whether a batch reads or writes. */
export type ServiceBatchKind = "get" | "write";

/** One entry of a batch: an item of an entity, or a list of them. */
export interface Entry extends Part {
  /** The name that the service has for the entity. */
  readonly name: string;
  readonly isList: boolean;
}

const OPERATIONS: Readonly<Record<ServiceBatchKind, readonly string[]>> = {
  get: ["get"],
  write: ["put", "delete"],
};

/**
 * The entries of a batch, in the user's order.
 * @throws 1010 for what is no such thing, 1009 for items of entities that do not belong to the service.
 */
export function collectEntries(scope: Scope, kind: ServiceBatchKind, source: unknown): Entry[] {
  const what = `batch ${kind}`;
  const given =
    typeof source === "function"
      ? answerOf(scope, what, source as (entities: object) => unknown)
      : source;
  // Holes of a list are told from entries, too.
  if (Array.isArray(given)) {
    return Array.from(given, (item: unknown, at) => entryOf(scope, kind, item, at));
  }
  const message = isPromise(given)
    ? `The callback of a ${what} has to be synchronous and to return a list, not a promise`
    : `A ${what} needs a list, or a callback over the entities that returns one`;
  throw refuse(scope.dropIn, "InvalidOptions", message);
}

function entryOf(scope: Scope, kind: ServiceBatchKind, item: unknown, position: number): Entry {
  const { dropIn } = scope;
  const chain = kind === "get" && isKeyed(item) ? getOf(scope, item, position) : item;
  const isList = chain instanceof BatchChain;
  if (!isList && !(chain instanceof Chain)) {
    const message = `At position ${position} of the batch ${kind}: ${whatItIs(kind, item)}`;
    throw refuse(dropIn, "InvalidOptions", message);
  }
  const { entity } = chain;
  const name = nameOf(scope, entity, position);
  const { operation } = isList ? chain.batch : chain.state;
  if (!OPERATIONS[kind].includes(operation)) {
    const message = `At position ${position}: a batch ${kind} takes no \`${operation}\`${instead(kind, operation)}`;
    throw refuse(dropIn, "InvalidOptions", message);
  }
  if (isList) return { name, entity, isList, batch: chain.batch };
  const { state } = chain;
  if (state.clauses.length > 0) {
    const message = `At position ${position}: a batch takes no \`where\`: DynamoDB has no conditions and no filters in batches`;
    throw refuse(dropIn, "InvalidOptions", message);
  }
  return { name, entity, isList, batch: batchOfOne(entity, operation as BatchOperation, state) };
}

/** Whether this is `{ user: key }`, and neither a chain nor anything else of a class. */
function isKeyed(item: unknown): boolean {
  return (
    isRecord(item) &&
    !isPromise(item) &&
    !(item instanceof Chain || item instanceof BatchChain || item instanceof Committed)
  );
}

function getOf(scope: Scope, item: unknown, position: number): unknown {
  const [{ entity }, key] = named(scope, item, position);
  return entity.get(key);
}

/** The name that the service has for an entity; of an entity that it has not, what comes back would have none. */
function nameOf({ dropIn, members }: Scope, entity: EntityCore, position: number): string {
  for (const { name, core } of members.values()) if (core === entity) return name;
  const message = `At position ${position}: the entity \`${entity.runtime.plan.entity}\` is none of those of the service`;
  throw refuse(dropIn, "InvalidModel", message);
}

/** Why an operation is none for a batch, and what would be right. */
function instead(kind: ServiceBatchKind, operation: string): string {
  if (kind === "get") return "";
  if (operation === "create" || operation === "remove") {
    const other = operation === "create" ? "put" : "delete";
    return `, whose condition would be lost: DynamoDB has none in batches. Use \`${other}\`, or a write transaction`;
  }
  return ": it puts and deletes whole items. Use a write transaction for everything else";
}

/** What stands where an operation belongs, and what would be right. */
function whatItIs(kind: ServiceBatchKind, item: unknown): string {
  if (isPromise(item)) {
    return "this is a promise: an operation is sent with the others, so leave out its `go` and every `await`";
  }
  if (item instanceof Committed) {
    return "this is an item of a transaction: leave out `commit`, whose options a batch has not";
  }
  if (Array.isArray(item)) return "this is a list: give many items to one `get`, `put` or `delete`";
  const what = isRecord(item) ? "an object" : describeThrown(item);
  const right =
    kind === "get" ? "no `get` and no `{ entity: key }`" : "neither a `put` nor a `delete`";
  return `this is ${what} and ${right}`;
}

const SHARED = [
  ...["abortSignal", "client", "concurrency", "concurrent", "listeners", "logger", "originalErr"],
  ...["params", "table", "unprocessed"],
];

const KNOWN: Readonly<Record<ServiceBatchKind, readonly string[]>> = {
  get: [
    ...SHARED,
    ...["attributes", "consistent", "data", "ignoreOwnership", "includeHidden"],
    "preserveBatchOrder",
  ],
  write: SHARED,
};

/** In the main entry, an option that would be ignored is refused; the core says more of some. */
const TOLD = ["conditions", "response", "returnOnConditionCheckFailure"];

/** Refuses what cannot be meant as options of a batch. */
export function checkBatchOptions(scope: Scope, kind: ServiceBatchKind, options: Members): void {
  if (scope.dropIn) return;
  if (!isRecord(options)) {
    throw refuse(false, "InvalidOptions", "The options of a batch have to be an object");
  }
  const names = Object.keys(options).filter((name) => !TOLD.includes(name));
  checkNames(names, KNOWN[kind], `A batch ${kind}`, scope.suggestion.bind(scope));
  const { preserveBatchOrder } = options;
  if (preserveBatchOrder === undefined || typeof preserveBatchOrder === "boolean") return;
  throw refuse(false, "InvalidOptions", "`preserveBatchOrder` has to be a boolean");
}
