// Batches over the entities of a service: the requests of chunks that they become. It sends nothing.

import { CHUNKS, answerParts, overlaid, type Head } from "./batch.js";
import { takesNativeSets, type Client } from "../send/client.js";
import type { EntityCore } from "../entity/entity-core.js";
import { positioned, refuse } from "../error.js";
import { detachable } from "../chain/detachable.js";
import { named } from "../named.js";
import type { Params, Shaper } from "../border/params.js";
import { placeText } from "./positions.js";
import { attributesOf, withIdentifiers, withProjection } from "../send/projection.js";
import { clientFor, tableFor, type Scope } from "../service/scope.js";
import {
  checkBatchOptions,
  collectEntries,
  type Entry,
  type ServiceBatchKind,
} from "./service-batch-items.js";
import { sendServiceBatch } from "./service-batch-send.js";
import { define, isRecord, type Members } from "../tags.js";
import type { Answered } from "../border/together.js";

/** One item of a batch: where it stands, and its key, or the item to put, as it is sent. */
export interface Placed {
  readonly entry: number;
  readonly at: number;
  readonly table: string;
  readonly stored: Params;
}

/** A batch and its requests. */
export interface BuiltServiceBatch {
  readonly entries: readonly Entry[];
  /** The items by the texts of their tables and keys. */
  readonly placed: ReadonlyMap<string, Placed>;
  readonly requests: readonly Params[];
  readonly client: Client | undefined;
}

/** What users make of it: chains in a list or from a callback over the entities, or, of gets, keys by entity. */
export class ServiceBatch {
  static {
    named(this, "ServiceBatch");
    detachable(this);
  }

  constructor(
    private readonly scope: Scope,
    private readonly kind: ServiceBatchKind,
    private readonly source: unknown,
  ) {}

  params(options?: Members | null): readonly Params[] {
    return build(this.scope, this.kind, this.source, options ?? {}).requests;
  }

  async go(options?: Members | null): Promise<unknown> {
    const { scope, kind, source } = this;
    const given = options ?? {};
    const built = build(scope, kind, source, given, withIdentifiers);
    return await sendServiceBatch(scope, kind, built, given);
  }
}

/** What completes the requests of gets before they are sent. */
type Finish = typeof withIdentifiers;

/**
 * The requests of a batch, one for each chunk, whatever entities and tables are in it.
 * @throws What the first item at fault is refused for, with its position.
 */
function build(
  scope: Scope,
  kind: ServiceBatchKind,
  source: unknown,
  options: Members,
  finish?: Finish,
): BuiltServiceBatch {
  checkBatchOptions(scope, kind, options);
  const entries = collectEntries(scope, kind, source);
  const entities = [...new Set(entries.map(({ entity }) => entity))];
  const client = clientFor(scope, entities, options["client"]);
  const shaperOf = (entity: EntityCore): Shaper =>
    entity.shaper(client?.nativeSets ?? takesNativeSets(entity.runtime, undefined));
  const heads = headsOf(entities, kind, options);
  const answered = answer(entries, heads);
  const items = placeItems(scope, entries, answered, shaperOf, options["table"]);
  const placed = keysOf(scope, entries, items);
  const parts = new Map<string, Params>();
  if (kind === "get") {
    heads.forEach(({ entity }, at) => {
      const table = tableFor(entity, scope, options["table"]);
      const own = answered.params(items.length + at, shaperOf(entity), table);
      const before = parts.get(table);
      const merged = before === undefined ? own : withProjection(before, own);
      const { primary } = entity.runtime.plan;
      parts.set(table, finish?.(entity.runtime, options, primary, merged) ?? merged);
    });
  }
  const chunk = kind === "get" ? CHUNKS.get : CHUNKS.put;
  const requests: Params[] = [];
  for (let from = 0; from < items.length; from += chunk) {
    const part = items.slice(from, from + chunk);
    requests.push(requestOf(entries, part, kind === "get" ? parts : undefined, options["params"]));
  }
  return { entries, placed, requests, client };
}

/** What the options say to each entity. */
function headsOf(
  entities: readonly EntityCore[],
  kind: ServiceBatchKind,
  options: Members,
): Head[] {
  const operation = kind === "get" ? "get" : "put";
  const { attributes } = options;
  if (kind === "write" || !Array.isArray(attributes)) {
    return entities.map((entity) => ({ entity, operation, options }));
  }
  const asked = attributesOf(entities, attributes);
  return entities.map((entity, at) => {
    return { entity, operation, options: { ...options, attributes: asked[at] } };
  });
}

/** Carries out what comes before the first entry that was refused already, and then refuses that. */
function answer(entries: readonly Entry[], heads: readonly Head[]): Answered {
  const failing = entries.findIndex(({ batch }) => batch.failure !== undefined);
  const place = (error: unknown, entry: number, at: number): unknown => {
    const { entity, isList } = entries[entry] as Entry;
    const { dropIn } = entity;
    return positioned(dropIn, isList ? positioned(dropIn, error, at) : error, entry);
  };
  if (failing < 0) return answerParts(entries, heads, place);
  answerParts(entries.slice(0, failing), [], place);
  const { entity, batch } = entries[failing] as Entry;
  throw positioned(entity.dropIn, batch.failure?.error, failing);
}

/** All items, in the order of the entries. */
function placeItems(
  scope: Scope,
  entries: readonly Entry[],
  answered: Answered,
  shaperOf: (entity: EntityCore) => Shaper,
  given: unknown,
): Placed[] {
  const items: Placed[] = [];
  entries.forEach(({ entity, batch }, entry) => {
    const table = tableFor(entity, scope, given);
    const shaper = shaperOf(entity);
    for (let at = 0; at < batch.count; at++) {
      const stored = answered.first(items.length, shaper);
      items.push({ entry, at, table, stored });
    }
  });
  return items;
}

/** Refuses two items with one key, which DynamoDB would refuse without saying which they are; of two chunks either could win. */
function keysOf(
  { dropIn }: Scope,
  entries: readonly Entry[],
  items: readonly Placed[],
): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const item of items) {
    const { entity } = entries[item.entry] as Entry;
    const text = placeText(item.table, entity, item.stored);
    const before = placed.get(text);
    if (before !== undefined) {
      const both = `${positionOf(entries, before)} and ${positionOf(entries, item)}`;
      const message = `Positions ${both} of the batch have the same key: DynamoDB takes each key once`;
      throw refuse(dropIn, "InvalidOptions", message);
    }
    placed.set(text, item);
  }
  return placed;
}

/** The position of an item: `2`, and within a list `2[7]`. */
function positionOf(entries: readonly Entry[], { entry, at }: Placed): string {
  return entries[entry]?.isList === true ? `${entry}[${at}]` : String(entry);
}

/** The request of a chunk; `heads` are what all gets of a table have in common. */
function requestOf(
  entries: readonly Entry[],
  items: readonly Placed[],
  heads: ReadonlyMap<string, Params> | undefined,
  overlay: unknown,
): Params {
  const extra = isRecord(overlay) ? overlay : undefined;
  const byTable = new Map<string, Params[]>();
  for (const { entry, table, stored } of items) {
    const { operation } = (entries[entry] as Entry).batch;
    const listed = byTable.get(table) ?? [];
    byTable.set(table, listed);
    if (operation === "get") listed.push(stored);
    else if (operation === "put") listed.push({ PutRequest: { Item: stored } });
    else listed.push({ DeleteRequest: { Key: stored } });
  }
  const parts: Params = {};
  let around: Params = { ...extra };
  for (const [table, listed] of byTable) {
    if (heads === undefined) define(parts, table, listed);
    else {
      const [part, rest] = overlaid(false, heads.get(table) ?? {}, extra);
      define(parts, table, { ...part, Keys: listed });
      around = rest;
    }
  }
  return { RequestItems: parts, ...around };
}

/** The two kinds of batches, as a service has them. */
export interface ServiceBatches {
  get(source: unknown): ServiceBatch;
  write(source: unknown): ServiceBatch;
}

/** `service.batch`. */
export function batchesOf(scope: Scope): ServiceBatches {
  return {
    get: (source) => new ServiceBatch(scope, "get", source),
    write: (source) => new ServiceBatch(scope, "write", source),
  };
}
