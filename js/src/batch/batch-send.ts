// Sends the requests of a batch in waves and makes one result of their responses. What a request holds is decided elsewhere.

import { buildBatch, type Batch, type BuiltBatch } from "./batch.js";
import { compositesOfKey } from "../entity/conversions.js";
import type { EntityCore } from "../entity/entity-core.js";
import { refuse } from "../error.js";
import { keySlots } from "../hooks/index-conditions.js";
import { concurrencyOf, type GoOptions } from "../send/options.js";
import type { Params } from "../border/params.js";
import { positionsOf, type Positions } from "./positions.js";
import type { AttributePlan, IndexPlan, Slot } from "../entity/plan.js";
import { withIdentifiers } from "../send/projection.js";
import { readItem, readOwned } from "../read/read.js";
import {
  checkAborted,
  exchange,
  prepare,
  reading,
  type Exchange,
  type Sending,
} from "../send/send.js";
import { define, isRecord, type Members } from "../tags.js";

/** Sends requests, so many at once, and answers what came of each; a wave waits for the one before. */
export async function inWaves<T>(
  exchanging: Exchange,
  requests: readonly Params[],
  concurrent: number,
  send: (request: Params) => Promise<T>,
): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < requests.length; from += concurrent) {
    const wave = requests.slice(from, from + concurrent);
    // Of a wave that is not sent nobody is told.
    checkAborted(exchanging, wave[0] as Params);
    all.push(...(await Promise.all(wave.map((request) => send(request)))));
  }
  return all;
}

/** Sends a batch, and resolves with what was found and what DynamoDB left undone. */
export async function sendBatch(
  entity: EntityCore,
  batch: Batch,
  options: GoOptions & Record<string, unknown>,
): Promise<unknown> {
  const { runtime } = entity;
  const { primary } = runtime.plan;
  const built = buildBatch(entity, batch, options, (head) =>
    withIdentifiers(runtime, options, primary, head),
  );
  const operation = batch.operation === "get" ? "batchGet" : "batchWrite";
  const sending = prepare(runtime, { operation, params: {}, options, index: primary, key: {} });
  const concurrent = concurrencyOf(runtime, options);
  const responses = await inWaves(sending, built.requests, concurrent, async (params) => ({
    params,
    response: await exchange(sending, params),
  }));
  const result = new BatchResult(entity, batch, built, sending);
  for (const { params, response } of responses) {
    reading({ ...sending, params }, () => result.add(response));
  }
  return operation === "batchGet"
    ? { data: result.data, unprocessed: result.unprocessed }
    : { unprocessed: result.unprocessed };
}

/** The result of a batch as its responses come in. */
class BatchResult {
  readonly data: unknown[] = [];
  readonly unprocessed: unknown[] = [];
  private known: Positions | undefined;
  private readonly isOrdered: boolean;

  constructor(
    private readonly entity: EntityCore,
    private readonly batch: Batch,
    private readonly built: BuiltBatch,
    private readonly sending: Sending,
  ) {
    this.known = built.positions;
    const { preserveBatchOrder } = sending.options;
    // In the main entry an answer tells which question it belongs to, unless that is not wanted.
    this.isOrdered = entity.dropIn ? preserveBatchOrder === true : preserveBatchOrder !== false;
    if (this.isOrdered && batch.operation === "get") {
      // ElectroDB makes a place for each key, and of equal keys it fills the last one's position.
      const places = entity.dropIn ? this.positions.count : batch.count;
      this.data = new Array<unknown>(places).fill(null);
    }
  }

  private get positions(): Positions {
    return (this.known ??= positionsOf(this.entity, this.built.entries));
  }

  add(response: Members): void {
    if (this.batch.operation === "get") {
      for (const item of ofTables(response["Responses"])) this.addItem(item);
      for (const part of tables(response["UnprocessedKeys"])) {
        const keys = (part as Members | null)?.["Keys"];
        if (Array.isArray(keys)) for (const key of keys) this.unprocessed.push(this.keyOf(key));
      }
    } else {
      for (const write of ofTables(response["UnprocessedItems"])) {
        this.unprocessed.push(this.writeOf(write as Members));
      }
    }
  }

  private addItem(raw: unknown): void {
    const { entity, sending } = this;
    const isRaw = sending.options.data === "raw";
    const item = isRaw ? { Item: raw } : readItem(entity.runtime, raw, sending.reading);
    if (!this.isOrdered) {
      if (item !== null || entity.dropIn) this.data.push(item);
      return;
    }
    const at = isRecord(raw) ? this.positions.of(raw) : undefined;
    if (at !== undefined) this.data[at] = item;
    else if (!entity.dropIn) {
      const message =
        "The client answered with an item whose key was not asked for, so that it has no place in the order: `preserveBatchOrder: false` takes it as it comes";
      throw refuse(false, "AWSError", message);
    }
  }

  /** An unprocessed key, as the composites that the user gave; ElectroDB reads them out of the key, cased as they are there. */
  private keyOf(key: unknown): unknown {
    const { entity, batch } = this;
    if (this.sending.options.unprocessed === "raw" || !isRecord(key)) return key;
    if (entity.dropIn) return compositesOfKey(entity, key);
    const at = this.positions.of(key);
    return at === undefined ? key : keyGiven(entity, batch, at);
  }

  private writeOf({ PutRequest, DeleteRequest }: Members): unknown {
    const { entity, batch, sending } = this;
    if (isRecord(DeleteRequest)) return this.keyOf(DeleteRequest["Key"]);
    const item = isRecord(PutRequest) ? PutRequest["Item"] : undefined;
    if (!isRecord(item)) return item ?? null;
    const { data, unprocessed } = sending.options;
    if (entity.dropIn) {
      return data === "raw" ? { Item: item } : readItem(entity.runtime, item, sending.reading);
    }
    if (data === "raw" || unprocessed === "raw") return item;
    if (data === "includeKeys") return readOwned(entity.runtime, item, sending.reading);
    const at = this.positions.of(item);
    return at === undefined
      ? readOwned(entity.runtime, item, sending.reading)
      : itemGiven(entity, batch, at);
  }
}

/** A key of a batch as it was given. */
export function keyGiven({ runtime: { plan } }: EntityCore, batch: Batch, at: number): Members {
  const slots = keySlots(plan.indexes[plan.primary] as IndexPlan);
  return named(plan.attributes, slots, batch.composites.slice(at * slots.length));
}

/** An item of a batch as it was given, with the defaults that were made for it: to put it again is to try the same write again. */
export function itemGiven({ runtime: { plan } }: EntityCore, batch: Batch, at: number): Members {
  const { attributes } = plan;
  return named(attributes, [...attributes.keys()], batch.items[at]?.values ?? []);
}

/** The values of these slots, as far as there are any, by the names of the attributes. */
function named(
  attributes: readonly AttributePlan[],
  slots: readonly Slot[],
  values: readonly unknown[],
): Members {
  const record: Members = {};
  slots.forEach((slot, i) => {
    const name = attributes[slot]?.name;
    if (name !== undefined && values[i] !== undefined) define(record, name, values[i]);
  });
  return record;
}

/** The parts of all tables; one that was asked for by its ARN may answer by its name. */
export function tables(byTable: unknown): unknown[] {
  return isRecord(byTable) ? Object.values(byTable) : [];
}

/** The items of all tables. */
export function ofTables(byTable: unknown): unknown[] {
  return tables(byTable).flatMap((part) => (Array.isArray(part) ? (part as unknown[]) : []));
}
