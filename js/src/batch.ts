// What a batch of gets, puts or deletes has been told, and its requests: all items in one crossing, chunked as DynamoDB takes them. It sends nothing.

import { checkOptionsGiven, refused, tableOf, writeCall, type Prepared } from "./build.js";
import { HEADS, OPERATIONS, begin, end, writeListedKey, writeOptions } from "./calls.js";
import { takesNativeSets } from "./client.js";
import { Refusal } from "./core.js";
import { fillDefaults, type FilledItem } from "./defaults.js";
import { translate, type EntityCore } from "./entity-core.js";
import { positioned, refuse } from "./error.js";
import { runSetters, type PreparedItem } from "./hooks.js";
import { keySlots } from "./index-conditions.js";
import type { Params } from "./params.js";
import type { IndexPlan, Slot } from "./plan.js";
import { positionsOf, type Positions } from "./positions.js";
import { State } from "./state.js";
import { define, ownMember } from "./tags.js";
import { Together, type Answered } from "./together.js";
import { checkItem } from "./validate.js";

/** The operations that take many items. */
export type BatchOperation = keyof typeof HEADS;

/** How many items DynamoDB takes in one request. */
export const CHUNKS = { get: 100, put: 25, delete: 25 } as const;

/** The items of a batch as they were when its method was called: a caller's objects may be others by the time of `go`. */
export interface Batch {
  readonly operation: BatchOperation;
  /** How many items there are. */
  readonly count: number;
  /** The composites of the keys of gets and deletes, one key after the other. */
  readonly composites: readonly unknown[];
  /** The items of puts, their defaults filled in. */
  readonly items: readonly FilledItem[];
  /** What the batch was refused for; `params` throws it and `go` rejects with it. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** A batch and its requests. */
export interface BuiltBatch {
  /** One for each chunk. */
  readonly requests: readonly Params[];
  /** The keys, or the items to put, as they are sent. */
  readonly entries: readonly Params[];
  /** Where which of them stands; in the main entry, which refuses equal keys, that is known already. */
  readonly positions: Positions | undefined;
}

/** What `get`, `put` and `delete` were given. */
export function readBatch(
  entity: EntityCore,
  operation: BatchOperation,
  given: readonly unknown[],
): Batch {
  const composites: unknown[] = [];
  const items: FilledItem[] = [];
  let count = given.length;
  const slots = operation === "put" ? [] : primarySlots(entity);
  const names = slots.map((slot) => entity.runtime.plan.attributes[slot]?.name ?? "");
  let failure: Batch["failure"];
  let at = 0;
  try {
    for (; at < count; at++) {
      const member = given[at];
      if (!entity.dropIn) checkMember(member, operation);
      if (operation === "put") items.push(fillDefaults(entity.runtime, member));
      else if (!readKey(member, names, composites)) count = at + 1;
    }
  } catch (error) {
    failure = { error: positioned(entity.dropIn, translate(entity.dropIn, error), at) };
  }
  return { operation, count, composites, items, failure };
}

/** In the main entry, what is no object is refused as such instead of for what it lacks. */
function checkMember(member: unknown, operation: BatchOperation): void {
  const isItem = typeof member === "object" && member !== null && !Array.isArray(member);
  if (isItem && typeof (member as { then?: unknown }).then !== "function") return;
  const what = operation === "put" ? "an item" : "a key";
  throw refuse(
    false,
    "InvalidOptions",
    `A batch ${operation} needs ${what}, and this is ${described(member)}`,
  );
}

function described(value: unknown): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return typeof value === "object" && value !== null
    ? `an object of type ${tag}`
    : `\`${tag.toLowerCase()}\``;
}

/** Adds a key's composites; answers whether to go on: a key that has none is refused later, and an array of holes may be endless. */
function readKey(member: unknown, names: readonly string[], composites: unknown[]): boolean {
  const isObject = typeof member === "object" && member !== null;
  for (let i = 0; i < names.length; i++) {
    composites.push(isObject ? ownMember(member, names[i] as string) : undefined);
  }
  return isObject || names.length === 0;
}

function primarySlots({ runtime: { plan } }: EntityCore): readonly Slot[] {
  return keySlots(plan.indexes[plan.primary] as IndexPlan);
}

/**
 * The requests of a batch, one for each chunk.
 * @param finish Completes what all gets of a request have in common, before it is sent.
 * @throws What the batch was refused for, with the position of the item at fault.
 */
export function buildBatch(
  entity: EntityCore,
  batch: Batch,
  options: Record<string, unknown> | null | undefined,
  finish: (head: Params) => Params,
): BuiltBatch {
  if (batch.failure !== undefined) throw batch.failure.error;
  const { operation, count } = batch;
  checkOptionsGiven(entity, options);
  const answered = answer(entity, batch, options);
  const table = tableOf(entity, options);
  const shaper = entity.shaper(takesNativeSets(entity.runtime, options?.["client"]));
  const entries: Params[] = [];
  for (let at = 0; at < count; at++) entries.push(answered.first(at, shaper));
  const positions = entity.dropIn ? undefined : positionsOf(entity, entries);
  const head = operation === "get" ? answered.params(count, shaper, table) : {};
  const overlay = options?.["params"];
  const extra = typeof overlay === "object" && overlay !== null ? (overlay as Params) : undefined;
  const chunk = CHUNKS[operation];
  const requests: Params[] = [];
  for (let from = 0; from < count; from += chunk) {
    const part = entries.slice(from, from + chunk);
    requests.push(
      operation === "get"
        ? getRequest(entity.dropIn, table, finish(head), part, extra)
        : writeRequest(entity.dropIn, table, part, operation, extra),
    );
  }
  return { requests, entries, positions };
}

/** What the parts of a table have in common in all requests for these options' items, and the table. */
export function headOf(entity: EntityCore, options: Record<string, unknown>): [Params, string] {
  const shaper = entity.shaper(takesNativeSets(entity.runtime, options["client"]));
  const table = tableOf(entity, options);
  const together = Together.open();
  try {
    writeHead(entity, "get", options, together);
    return [together.run().params(0, shaper, table), table];
  } catch (error) {
    throw translate(entity.dropIn, error);
  } finally {
    together.close();
  }
}

/** Runs hooks, writes every item as a call of its own and the options as one more, and crosses once. */
function answer(
  entity: EntityCore,
  batch: Batch,
  options: Record<string, unknown> | null | undefined,
): Answered {
  const { operation, count } = batch;
  const prepared: Prepared[] = [];
  let together: Together | undefined;
  let answered: Answered;
  let at = 0;
  try {
    entity.core.current();
    together = Together.open();
    if (operation === "put") {
      const state = new State("put", entity.runtime.plan.primary, NO_KEY, undefined, undefined);
      for (; at < count; at++) {
        prepared.push(prepareItem(entity, batch.items[at] as FilledItem));
        writeCall(entity, state, prepared[at] as Prepared, undefined, together.begin(entity));
      }
    } else {
      writeKeys(entity, batch, together);
      at = count;
    }
    writeHead(entity, operation, options, together);
    answered = together.run();
  } catch (error) {
    throw refusedAt(entity, prepared, error, error instanceof Refusal ? error.position : at, count);
  } finally {
    together?.close();
  }
  if (entity.dropIn || entity.runtime.writes.validated.length === 0) return answered;
  prepared.forEach(({ item }, position) => {
    try {
      checkItem(entity.runtime, item as PreparedItem);
    } catch (error) {
      throw positioned(false, error, position);
    }
  });
  return answered;
}

const NO_KEY = {};

function prepareItem({ runtime }: EntityCore, filled: FilledItem): Prepared {
  return { item: runSetters(runtime, filled), update: undefined, actions: [] };
}

function writeKeys(entity: EntityCore, batch: Batch, together: Together): void {
  const slots = primarySlots(entity);
  const operation = OPERATIONS[batch.operation];
  const { primary } = entity.runtime.plan;
  const { composites, count } = batch;
  const { length: width } = slots;
  // Texts are of one class, so that no two such keys differ in anything but their values.
  const areTexts = width > 0 && composites.every((value) => typeof value === "string");
  for (let at = 0; at < count;) {
    const encoder = together.begin(entity);
    begin(encoder, entity.core.structures, operation, primary);
    writeListedKey(encoder, slots, composites, at * width);
    at = areTexts ? together.repeat(entity, composites, width, at) : at + 1;
    end(encoder);
  }
}

/** The options stand behind the items, so that what is wrong with an item is said first. */
function writeHead(
  entity: EntityCore,
  operation: BatchOperation,
  options: Record<string, unknown> | null | undefined,
  together: Together,
): void {
  const encoder = together.begin(entity);
  begin(encoder, entity.core.structures, HEADS[operation], entity.runtime.plan.primary);
  if (options !== undefined && options !== null) writeOptions(encoder, options);
  end(encoder);
}

/** The error that the user sees; what is wrong with the options is no item's fault. */
function refusedAt(
  entity: EntityCore,
  prepared: readonly Prepared[],
  error: unknown,
  at: number,
  count: number,
): unknown {
  const own = prepared[at];
  const seen = own === undefined ? translate(entity.dropIn, error) : refused(entity, own, error);
  return at < count ? positioned(entity.dropIn, seen, at) : seen;
}

/** What of `params` belongs to the part of a table in a BatchGetItem request. */
const OF_TABLE: readonly string[] = [
  "ConsistentRead",
  "ProjectionExpression",
  "ExpressionAttributeNames",
  "AttributesToGet",
];

/** A request for these keys of one table. */
export function getRequest(
  dropIn: boolean,
  table: string,
  head: Params,
  keys: readonly Params[],
  extra: Params | undefined,
): Params {
  const part = { ...head };
  const around: Params = {};
  for (const name of Object.keys(extra ?? {})) {
    // ElectroDB lays all of it over the table's part, except the table's name and what is projected.
    const isOurs = Object.hasOwn(head, name) && EXPRESSIONS.includes(name);
    if (dropIn && (isOurs || name === "TableName")) continue;
    define(dropIn || OF_TABLE.includes(name) ? part : around, name, extra?.[name]);
  }
  part["Keys"] = keys;
  const request: Params = { RequestItems: {} };
  define(request["RequestItems"] as Params, table, part);
  return Object.assign(request, around);
}

const EXPRESSIONS: readonly string[] = ["ProjectionExpression", "ExpressionAttributeNames"];

function writeRequest(
  dropIn: boolean,
  table: string,
  part: readonly Params[],
  operation: BatchOperation,
  extra: Params | undefined,
): Params {
  const writes = part.map((entry) =>
    operation === "put" ? { PutRequest: { Item: entry } } : { DeleteRequest: { Key: entry } },
  );
  const request: Params = { RequestItems: {} };
  define(request["RequestItems"] as Params, table, writes);
  // ElectroDB takes no `params` for writes of many items.
  return dropIn ? request : { ...request, ...extra };
}
