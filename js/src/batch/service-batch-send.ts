// Sends the requests of a service's batch in waves and gives what comes back to the entries that it belongs to. It builds no request.

import { inWaves, itemGiven, keyGiven } from "./batch-send.js";
import type { EntityCore } from "../entity/entity-core.js";
import { refuse } from "../error.js";
import { checkOptions, concurrencyOf, type GoOptions } from "../send/options.js";
import { placeText } from "./positions.js";
import { readItem, readingFailed, type ReadOptions } from "../read/read.js";
import { listenersOf, type Scope } from "../service/scope.js";
import { exchange, withParams, type Exchange } from "../send/send.js";
import type { BuiltServiceBatch, Placed } from "./service-batch.js";
import type { Entry, ServiceBatchKind } from "./service-batch-items.js";
import { define, isRecord, type Members } from "../tags.js";

/** Sends, and resolves with what was found, entry by entry, and with what DynamoDB left undone, entity by entity. */
export async function sendServiceBatch(
  scope: Scope,
  kind: ServiceBatchKind,
  built: BuiltServiceBatch,
  options: GoOptions,
): Promise<unknown> {
  const { client, entries, requests } = built;
  checkOptions(scope, options);
  const concurrent = concurrencyOf(scope, options);
  const result = new ServiceBatchResult(scope, kind, built, options);
  if (requests.length === 0) return result.answer;
  if (client === undefined) {
    const message = `None of the entities of the batch ${kind} has a client: give \`client\` to one, to the service or to this call`;
    const error = refuse(scope.dropIn, "NoClientDefined", message);
    throw withParams(error, requests[0] as Members);
  }
  const command = kind === "get" ? "batchGet" : "batchWrite";
  const entities = entries.map(({ entity }) => entity);
  const listeners = listenersOf(scope, [...new Set(entities)], options);
  const { dropIn } = scope;
  const method = command;
  const what = `batch ${kind}`;
  const exchanged: Exchange = { dropIn, options, client, command, method, what, listeners };
  const responses = await inWaves(exchanged, requests, concurrent, async (params) => ({
    params,
    response: await exchange(exchanged, params),
  }));
  for (const { params, response } of responses) {
    try {
      result.add(response);
    } catch (cause) {
      throw withParams(readingFailed(scope, cause), params);
    }
  }
  return result.answer;
}

/** What DynamoDB left undone of an entity's writes. */
interface UndoneWrites {
  readonly put: unknown[];
  readonly delete: unknown[];
}

/** The result of a batch as its responses come in. */
class ServiceBatchResult {
  /** The items by entry, `null` where nothing was found; of an entry that is a list, a list of them. */
  private readonly data: unknown[];
  /** The items that were found, by entity, where their order is not wanted. */
  private readonly found: Members | undefined;
  private readonly unprocessed: Members = {};
  private readonly reading: ReadOptions;
  /** Which entities are in which table. */
  private readonly entities = new Map<string, Set<EntityCore>>();

  constructor(
    private readonly scope: Scope,
    private readonly kind: ServiceBatchKind,
    private readonly built: BuiltServiceBatch,
    private readonly options: GoOptions,
  ) {
    const { attributes, data, includeHidden, ignoreOwnership, preserveBatchOrder } = options;
    this.reading = {
      attributes: attributes as readonly string[] | undefined,
      data: data as string | undefined,
      includeHidden: includeHidden === true,
      ignoreOwnership: ignoreOwnership === true,
    };
    this.data = built.entries.map(({ isList, batch }) =>
      isList ? new Array<null>(batch.count).fill(null) : null,
    );
    for (const { table, entry } of built.placed.values()) {
      const known = this.entities.get(table) ?? new Set();
      this.entities.set(table, known.add(this.entryAt(entry).entity));
    }
    if (preserveBatchOrder === false) this.found = {};
    for (const name of scope.members.keys()) {
      if (this.found !== undefined) define(this.found, name, []);
      define(this.unprocessed, name, kind === "get" ? [] : { put: [], delete: [] });
    }
  }

  /** What the batch resolves with. */
  get answer(): unknown {
    const { kind, unprocessed, data, found } = this;
    return kind === "get" ? { data: found ?? data, unprocessed } : { unprocessed };
  }

  add(response: Members): void {
    if (this.kind === "get") {
      for (const [table, raw] of listed(response["Responses"])) this.addItem(table, raw);
      for (const [table, key] of listed(response["UnprocessedKeys"], "Keys")) {
        this.addKey(table, key);
      }
      return;
    }
    for (const [table, write] of listed(response["UnprocessedItems"])) this.addWrite(table, write);
  }

  private addItem(table: string, raw: unknown): void {
    const { data, found, options } = this;
    const { entry, at } = this.placeOf(table, raw);
    const { name, entity, isList } = this.entryAt(entry);
    const item =
      options.data === "raw" ? { Item: raw } : readItem(entity.runtime, raw, this.reading);
    if (found !== undefined) {
      if (item !== null) (found[name] as unknown[]).push(item);
    } else if (isList) (data[entry] as unknown[])[at] = item;
    else data[entry] = item;
  }

  private addKey(table: string, key: unknown): void {
    const { entry, at } = this.placeOf(table, key);
    const { name, entity, batch } = this.entryAt(entry);
    const isRaw = this.options.unprocessed === "raw";
    (this.unprocessed[name] as unknown[]).push(isRaw ? key : keyGiven(entity, batch, at));
  }

  private addWrite(table: string, write: unknown): void {
    const { PutRequest, DeleteRequest } = isRecord(write) ? write : {};
    const part = isRecord(PutRequest) ? PutRequest["Item"] : undefined;
    const stored = part ?? (isRecord(DeleteRequest) ? DeleteRequest["Key"] : undefined);
    const { entry, at } = this.placeOf(table, stored);
    const { name, entity, batch } = this.entryAt(entry);
    const undone = this.unprocessed[name] as UndoneWrites;
    const isRaw = this.options.unprocessed === "raw";
    if (batch.operation === "put") undone.put.push(isRaw ? stored : itemGiven(entity, batch, at));
    else undone.delete.push(isRaw ? stored : keyGiven(entity, batch, at));
  }

  private entryAt(entry: number): Entry {
    return this.built.entries[entry] as Entry;
  }

  /** Which item of the batch a stored one is, or a key. */
  private placeOf(answered: string, stored: unknown): Placed {
    const { entities, built } = this;
    for (const [table, readers] of entities) {
      // A table that was asked by its ARN may answer by its name.
      if (!isRecord(stored) || (table !== answered && !table.endsWith(`/${answered}`))) continue;
      for (const entity of readers) {
        const place = built.placed.get(placeText(table, entity, stored));
        if (place !== undefined) return place;
      }
    }
    const message = "The client answered with a key that the batch has not asked about";
    throw refuse(this.scope.dropIn, "AWSError", message);
  }
}

/** What stands in lists by table, with the table's name; the lists may be a member of the tables' parts. */
function* listed(byTable: unknown, member?: string): Generator<[table: string, one: unknown]> {
  for (const [table, part] of isRecord(byTable) ? Object.entries(byTable) : []) {
    const list = member === undefined ? part : isRecord(part) ? part[member] : undefined;
    if (!Array.isArray(list)) continue;
    for (const one of list as unknown[]) yield [table, one];
  }
}
