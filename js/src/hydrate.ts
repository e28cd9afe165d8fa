// The second step of a read with `hydrate`: an index says which items there are, and the table is asked for them by their keys.

import { CHUNKS, getRequest, headOf } from "./batch.js";
import { inWaves, ofTables, tables } from "./batch-send.js";
import type { EntityCore } from "./entity-core.js";
import { refuse } from "./error.js";
import { concurrencyOf } from "./options.js";
import type { Params } from "./params.js";
import type { IndexPlan } from "./plan.js";
import { keyText } from "./positions.js";
import { withIdentifiers } from "./projection.js";
import { hasOwnKeys } from "./read-plan.js";
import { exchange, type Sending } from "./send.js";
import { isRecord, type Members } from "./tags.js";

/** What the requests of the second step have in common. */
export interface Hydration {
  readonly head: Params;
  readonly table: string;
  /** What a user lays over requests, which ElectroDB lays over these, too. */
  readonly extra: Params | undefined;
}

/** The options of a read that hold for its second step as well. */
const SHARED = ["attributes", "consistent", "client", "table"];
const SHARED_AS_ELECTRODB = [...SHARED, "limit", "order"];

/**
 * How the items of a read are completed; undefined where they are not. It is decided before anything is sent, so that what is
 * wrong with the options is refused then.
 */
export function hydrationOf(
  entity: EntityCore,
  options: Record<string, unknown>,
): Hydration | undefined {
  const { runtime, dropIn } = entity;
  const { hydrate, data } = options;
  if (hydrate === undefined || hydrate === null || hydrate === false) return undefined;
  if (!dropIn && hydrate !== true) {
    throw refuse(dropIn, "InvalidOptions", "`hydrate` has to be a boolean");
  }
  if (data === "raw" && dropIn) return undefined;
  if (data === "raw" || runtime.members !== undefined) {
    if (dropIn) return undefined;
    const what = data === "raw" ? '`data: "raw"` is one answer' : "a collection has many entities";
    throw refuse(dropIn, "InvalidOptions", `\`hydrate\` reads items of one entity: ${what}`);
  }
  const shared: Record<string, unknown> = {};
  for (const name of dropIn ? SHARED_AS_ELECTRODB : SHARED) {
    if (options[name] !== undefined) shared[name] = options[name];
  }
  const [head, table] = headOf(entity, shared);
  const extra = dropIn && isRecord(options["params"]) ? options["params"] : undefined;
  return { head: withIdentifiers(runtime, options, runtime.plan.primary, head), table, extra };
}

/** A page of an index on its way to the table's items. */
export interface Hydrating {
  readonly page: Members;
  /** How many items are still wanted; no more keys than that are asked for at a time. */
  readonly wanted: number;
  /** Receives what was not found. */
  readonly unprocessed: unknown[];
}

/** The page with the table's items in the place of the index's. */
export async function hydratePage(
  sending: Sending,
  hydration: Hydration,
  { page, wanted, unprocessed }: Hydrating,
): Promise<Members> {
  const { runtime } = sending;
  const primary = runtime.plan.indexes[runtime.plan.primary] as IndexPlan;
  const listed = Array.isArray(page["Items"]) ? (page["Items"] as unknown[]) : [];
  const own = listed.filter((raw) => isRecord(raw) && hasOwnKeys(primary, raw)) as Members[];
  const items: Members[] = [];
  let at = 0;
  while (at < own.length && items.length < wanted) {
    const part = own.slice(at, at + wanted - items.length);
    at += part.length;
    await hydrateKeys(sending, hydration, part, items, unprocessed);
  }
  // What is left of the page is more to come.
  const end = page["LastEvaluatedKey"] ?? (at < own.length ? own[at] : undefined);
  return { ...page, Items: items, LastEvaluatedKey: end };
}

/** Reads the items that these are in the index, and adds them in this order. */
async function hydrateKeys(
  sending: Sending,
  { head, table, extra }: Hydration,
  raws: readonly Members[],
  items: Members[],
  unprocessed: unknown[],
): Promise<void> {
  const { runtime, dropIn, options } = sending;
  const primary = runtime.plan.indexes[runtime.plan.primary] as IndexPlan;
  const keys = raws.map((raw) => tableKey(primary, raw));
  const requests: Params[] = [];
  for (let from = 0; from < keys.length; from += CHUNKS.get) {
    requests.push(getRequest(dropIn, table, head, keys.slice(from, from + CHUNKS.get), extra));
  }
  const what = `hydration of a ${sending.what}`;
  const exchanging = { ...sending, command: "batchGet", method: "batchGet", what } as const;
  const responses = await inWaves(requests, concurrencyOf(runtime, options), (request) =>
    exchange(exchanging, request),
  );
  const found = new Map<string, Members>();
  const left = new Set<string>();
  for (const response of responses) {
    for (const raw of ofTables(response["Responses"])) {
      if (isRecord(raw)) found.set(keyText(sending, raw), raw);
    }
    for (const part of tables(response["UnprocessedKeys"])) {
      const undone = (part as Members | null)?.["Keys"];
      if (Array.isArray(undone))
        for (const key of undone) left.add(keyText(sending, key as Members));
    }
  }
  raws.forEach((raw, at) => {
    const text = keyText(sending, raw);
    const item = found.get(text);
    if (item !== undefined) items.push(item);
    // An item that was deleted meanwhile is none; ElectroDB hands back what the index holds of it.
    else if (dropIn) unprocessed.push(raw);
    else if (left.has(text)) unprocessed.push(keys[at]);
  });
}

function tableKey({ partition, sort }: IndexPlan, raw: Members): Members {
  const key: Members = { [partition.field]: raw[partition.field] };
  if (sort !== undefined) key[sort.field] = raw[sort.field];
  return key;
}
