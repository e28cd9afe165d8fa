// What a batch of gets, puts or deletes has been told, and its requests: all items in one crossing, chunked as DynamoDB takes them. It sends nothing.

import { checkOptionsGiven, refused, tableOf, writeCall, type Prepared } from "../chain/build.js";
import { HEADS, OPERATIONS, begin, end, writeListedKey, writeOptions } from "../border/calls.js";
import { takesNativeSets } from "../send/client.js";
import { Refusal } from "../border/instance.js";
import { fillDefaults, type FilledItem } from "../hooks/defaults.js";
import { translate, type EntityCore } from "../entity/entity-core.js";
import { positioned, refuse } from "../error.js";
import { runSetters, type PreparedItem } from "../hooks/hooks.js";
import { keySlots } from "../hooks/index-conditions.js";
import type { Params } from "../border/params.js";
import type { IndexPlan, Slot } from "../entity/plan.js";
import { checkPositions, type Positions } from "./positions.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { State } from "../chain/state.js";
import { define, ownMember } from "../tags.js";
import { Together, type Answered } from "../border/together.js";
import { checkItem } from "../hooks/validate.js";

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
  /** Where which of them stands, if that is known already: the main entry refuses equal keys. */
  readonly positions: Positions | undefined;
}

/** The batch that a chain of one item is. */
export function batchOfOne(
  { runtime }: EntityCore,
  operation: BatchOperation,
  state: State,
): Batch {
  const { filled, failure, key } = state;
  const isPut = operation === "put";
  const names = isPut ? [] : primaryNames(runtime);
  const composites = names.map((name) => ownMember(key, name));
  const items = isPut && filled !== undefined ? [filled] : [];
  return { operation, count: 1, composites, items, failure };
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
  const names = operation === "put" ? [] : primaryNames(entity.runtime);
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

function primarySlots({ plan }: EntityRuntime): readonly Slot[] {
  return keySlots(plan.indexes[plan.primary] as IndexPlan);
}

/** The attributes that compose the primary key. */
function primaryNames(runtime: EntityRuntime): readonly string[] {
  return primarySlots(runtime).map((slot) => runtime.plan.attributes[slot]?.name ?? "");
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
  const head = { entity, operation, options };
  const answered = answerParts([{ entity, batch }], [head], (error, _, at) =>
    positioned(entity.dropIn, error, at),
  );
  const table = tableOf(entity, options);
  const shaper = entity.shaper(takesNativeSets(entity.runtime, options?.["client"]));
  const entries: Params[] = [];
  for (let at = 0; at < count; at++) entries.push(answered.first(at, shaper));
  const positions = entity.dropIn ? undefined : checkPositions(entity, entries);
  const common = operation === "get" ? answered.params(count, shaper, table) : {};
  const overlay = options?.["params"];
  const extra = typeof overlay === "object" && overlay !== null ? (overlay as Params) : undefined;
  const chunk = CHUNKS[operation];
  const requests: Params[] = [];
  for (let from = 0; from < count; from += chunk) {
    const part = entries.slice(from, from + chunk);
    requests.push(
      operation === "get"
        ? getRequest(entity.dropIn, table, finish(common), part, extra)
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
    writeHead({ entity, operation: "get", options }, together);
    return [together.run().params(0, shaper, table), table];
  } catch (error) {
    throw translate(entity.dropIn, error);
  } finally {
    together.close();
  }
}

/** What one entity has in a batch. */
export interface Part {
  readonly entity: EntityCore;
  readonly batch: Batch;
}

/** What is said once for all items of an entity. */
export interface Head {
  readonly entity: EntityCore;
  readonly operation: BatchOperation;
  readonly options: Record<string, unknown> | null | undefined;
}

/** The error with the place of the item at fault: the number of its part, and its position there. */
export type Place = (error: unknown, part: number, at: number) => unknown;

/**
 * Runs hooks, writes every item as a call of its own and the heads behind them, and crosses once. The calls are numbered
 * through, heads last.
 * @throws What the first item at fault is refused for, else what is wrong with the options.
 */
export function answerParts(
  parts: readonly Part[],
  heads: readonly Head[],
  place: Place,
): Answered {
  const prepared: Prepared[][] = parts.map(() => []);
  const reached = { part: 0, at: 0 };
  let together: Together | undefined;
  let answered: Answered;
  try {
    for (const { entity } of parts) entity.core.current();
    together = Together.open();
    for (let part = 0; part < parts.length; part++) {
      Object.assign(reached, { part, at: 0 });
      writePart(parts[part] as Part, prepared[part] as Prepared[], together, reached);
    }
    reached.part = parts.length;
    for (const head of heads) writeHead(head, together);
    answered = together.run();
  } catch (error) {
    const { part, at } = error instanceof Refusal ? placeOf(parts, error.position) : reached;
    const { entity } = (parts[part] ?? heads[0]) as Part | Head;
    const own = prepared[part]?.[at];
    const seen = own === undefined ? translate(entity.dropIn, error) : refused(entity, own, error);
    throw part < parts.length ? place(seen, part, at) : seen;
  } finally {
    together?.close();
  }
  parts.forEach(({ entity: { dropIn, runtime } }, part) => {
    if (dropIn || runtime.writes.validated.length === 0) return;
    (prepared[part] as Prepared[]).forEach(({ item }, at) => {
      try {
        checkItem(runtime, item as PreparedItem);
      } catch (error) {
        throw place(error, part, at);
      }
    });
  });
  return answered;
}

/** Where the call of this number stands; behind all parts, where it is a head. */
function placeOf(parts: readonly Part[], call: number): { part: number; at: number } {
  let at = call;
  let part = 0;
  for (; part < parts.length; part++) {
    const { count } = (parts[part] as Part).batch;
    if (at < count) break;
    at -= count;
  }
  return { part, at };
}

function writePart(
  { entity, batch }: Part,
  prepared: Prepared[],
  together: Together,
  reached: { at: number },
): void {
  const { operation, count, items } = batch;
  if (operation !== "put") {
    writeKeys(entity, batch, together);
    return;
  }
  const state = new State("put", entity.runtime.plan.primary, NO_KEY, undefined, undefined);
  for (let at = 0; at < count; at++) {
    reached.at = at;
    prepared.push(prepareItem(entity, items[at] as FilledItem));
    writeCall(entity, state, prepared[at] as Prepared, undefined, together.begin(entity));
  }
}

const NO_KEY = {};

function prepareItem({ runtime }: EntityCore, filled: FilledItem): Prepared {
  return { item: runSetters(runtime, filled), update: undefined, actions: [] };
}

function writeKeys(entity: EntityCore, batch: Batch, together: Together): void {
  const slots = primarySlots(entity.runtime);
  const operation = OPERATIONS[batch.operation];
  const { primary } = entity.runtime.plan;
  const { composites, count } = batch;
  const { length: width } = slots;
  // Texts are of one class, so that no two such keys differ in anything but their values.
  const areTexts = width > 0 && composites.every((value) => typeof value === "string");
  for (let at = 0; at < count;) {
    const draft = together.begin(entity);
    begin(draft, entity.core.structures, operation, primary);
    writeListedKey(draft, slots, composites, at * width);
    if (areTexts) {
      at = together.repeat(composites, width, at);
    } else {
      end(draft);
      at++;
    }
  }
}

/** The options stand behind the items, so that what is wrong with an item is said first. */
function writeHead({ entity, operation, options }: Head, together: Together): void {
  const draft = together.begin(entity);
  begin(draft, entity.core.structures, HEADS[operation], entity.runtime.plan.primary);
  if (options !== undefined && options !== null) writeOptions(draft, options);
  end(draft);
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
  const [part, around] = overlaid(dropIn, head, extra);
  part["Keys"] = keys;
  const request: Params = { RequestItems: {} };
  define(request["RequestItems"] as Params, table, part);
  return Object.assign(request, around);
}

/** The part of a table in a BatchGetItem request, and what stands around the parts, with what a user lays over both. */
export function overlaid(
  dropIn: boolean,
  head: Params,
  extra: Params | undefined,
): [part: Params, around: Params] {
  const part = { ...head };
  const around: Params = {};
  for (const name of Object.keys(extra ?? {})) {
    // ElectroDB lays all of it over the table's part, except the table's name and what is projected.
    const isOurs = Object.hasOwn(head, name) && EXPRESSIONS.includes(name);
    if (dropIn && (isOurs || name === "TableName")) continue;
    define(dropIn || OF_TABLE.includes(name) ? part : around, name, extra?.[name]);
  }
  return [part, around];
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
