// What users give to a transaction: operations from a callback, or keys by entity. It is checked here, before anything is built.

import { BatchChain } from "../batch/batch-chain.js";
import { Chain } from "../chain/chain.js";
import { Committed } from "./commit.js";
import type { EntityCore } from "../entity/entity-core.js";
import { describeThrown, refuse } from "../error.js";
import type { Params } from "../border/params.js";
import { checkNames } from "../send/option-names.js";
import { placeText } from "../batch/positions.js";
import { answerOf, isPromise, named, type Scope } from "../service/scope.js";
import { isRecord, type Members } from "../tags.js";
import type { TransactionKind } from "./transaction.js";

/** How many items DynamoDB takes in one transaction. */
const MOST = 100;

const READS = ["get"];
const WRITES = ["put", "create", "upsert", "update", "patch", "delete", "remove", "check"];

/**
 * The items of a transaction, in the user's order.
 * @throws 1010 for what is no such thing, 1009 for items of entities that do not belong to it.
 */
export function collect(scope: Scope, kind: TransactionKind, source: unknown): Committed[] {
  const given = listed(scope, kind, source);
  if (!Array.isArray(given)) {
    const message = isPromise(given)
      ? `The callback of a ${kind} transaction has to be synchronous and to return a list of operations, not a promise`
      : `The callback of a ${kind} transaction has to return a list of operations`;
    throw refuse(scope.dropIn, "InvalidOptions", message);
  }
  if (given.length > MOST) {
    const message = `A transaction takes at most ${MOST} items, and this one has ${given.length}`;
    throw refuse(scope.dropIn, "InvalidOptions", message);
  }
  // ElectroDB resolves an empty transaction without sending it.
  if (given.length === 0 && !scope.dropIn) {
    throw refuse(false, "InvalidOptions", "A transaction needs at least one item");
  }
  return Array.from(given, (item: unknown, at) => itemOf(scope, kind, item, at));
}

function listed(scope: Scope, kind: TransactionKind, source: unknown): unknown {
  if (kind === "get" && Array.isArray(source)) {
    return Array.from(source, (entry: unknown, at) => {
      const [{ entity }, key] = named(scope, entry, at);
      return entity.get(key);
    });
  }
  if (typeof source === "function") {
    return answerOf(scope, `${kind} transaction`, source as (entities: object) => unknown);
  }
  const forms =
    kind === "get" ? "a callback or a list of `{ entity: key }`" : "a callback that returns a list";
  throw refuse(scope.dropIn, "InvalidOptions", `A ${kind} transaction needs ${forms}`);
}

function itemOf(scope: Scope, kind: TransactionKind, item: unknown, position: number): Committed {
  const { dropIn } = scope;
  const committed = item instanceof Chain ? item.commit() : item;
  if (!(committed instanceof Committed)) {
    const message = `At position ${position} of the ${kind} transaction: ${whatItIs(item)}`;
    throw refuse(dropIn, "InvalidOptions", message);
  }
  const { entity, state } = committed;
  if (!(kind === "get" ? READS : WRITES).includes(state.operation)) {
    const message = `At position ${position}: a ${kind} transaction takes no \`${state.operation}\``;
    throw refuse(dropIn, "InvalidOptions", message);
  }
  checkEntity(scope, entity, position);
  return committed;
}

/** What stands where an operation belongs, and what would be right. */
function whatItIs(item: unknown): string {
  if (isPromise(item)) {
    return "this is a promise: an operation is sent with the others, so leave out its `go` and every `await`";
  }
  if (item instanceof BatchChain)
    return "this is a batch: give each of its items an operation of its own";
  if (Array.isArray(item)) return "this is a list: spread it into the list of operations";
  const what = isRecord(item) ? "an object" : describeThrown(item);
  return `this is ${what} and no operation: end it with \`commit\` instead of \`params\``;
}

function checkEntity({ dropIn, members }: Scope, entity: EntityCore, position: number): void {
  const name = entity.runtime.plan.entity;
  if (entity.dropIn !== dropIn) {
    const message = `At position ${position}: the entity \`${name}\` comes from the other entry of this package`;
    throw refuse(dropIn, "InvalidModel", message);
  }
  // ElectroDB takes them in.
  if (dropIn) return;
  for (const { core } of members.values()) if (core === entity) return;
  const message = `At position ${position}: the entity \`${name}\` is none of those of this transaction`;
  throw refuse(dropIn, "InvalidModel", message);
}

/** Refuses two operations on one item, which DynamoDB would refuse without saying which they are. */
export function checkKeys(items: readonly Committed[], requests: readonly Params[]): void {
  const seen = new Map<string, number>();
  for (let at = 0; at < items.length; at++) {
    const { entity } = items[at] as Committed;
    const request = requests[at] as Params;
    const stored = (request["Key"] ?? request["Item"]) as Params;
    const text = placeText(request["TableName"], entity, stored);
    const before = seen.get(text);
    if (before !== undefined) {
      const message = `The items at positions ${before} and ${at} of the transaction have the same key: DynamoDB takes one operation on each item`;
      throw refuse(false, "InvalidOptions", message);
    }
    seen.set(text, at);
  }
}

const OPTIONS = [
  ...["abortSignal", "client", "data", "ignoreOwnership", "includeHidden", "listeners", "logger"],
  ...["originalErr", "params", "table"],
];

const LONGEST_TOKEN = 36;

/** In the main entry, an option that would be ignored is refused; conditions, which only this library has, in both entries. */
export function checkTransactionOptions(
  scope: Scope,
  kind: TransactionKind,
  options: Members,
): void {
  if (isRecord(options) && options["conditions"] !== undefined) {
    const message =
      kind === "write"
        ? "The option `conditions` belongs to one item of a transaction: give it to the `commit` of that item"
        : "The option `conditions` belongs to writes";
    throw refuse(scope.dropIn, "InvalidOptions", message);
  }
  if (scope.dropIn) return;
  if (!isRecord(options)) {
    throw refuse(false, "InvalidOptions", "The options of a transaction have to be an object");
  }
  const known = kind === "write" ? [...OPTIONS, "token"] : OPTIONS;
  checkNames(Object.keys(options), known, `A ${kind} transaction`, scope.suggestion.bind(scope));
  const { token } = options;
  if (token === undefined) return;
  if (typeof token !== "string" || token === "" || token.length > LONGEST_TOKEN) {
    const message = `\`token\` has to be a text of 1 to ${LONGEST_TOKEN} characters`;
    throw refuse(false, "InvalidOptions", message);
  }
}
