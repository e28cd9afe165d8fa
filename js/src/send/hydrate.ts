// The second step of a read with `hydrate`: an index says which items there are, and the table is asked for them by their keys.

import { CHUNKS, getRequest, headOf } from "../batch/batch.js";
import { inWaves, ofTables, tables } from "../batch/batch-send.js";
import type { EntityCore } from "../entity/entity-core.js";
import { refuse } from "../error.js";
import { concurrencyOf } from "./options.js";
import type { Params } from "../border/params.js";
import type { IndexPlan } from "../entity/plan.js";
import { keyText } from "../batch/positions.js";
import { attributesOf, withIdentifiers } from "./projection.js";
import { readOwned } from "../read/read.js";
import { beginsAsOwn, hasIdentifiers, hasOwnKeys } from "../read/read-plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { exchange, type Sending } from "./send.js";
import { isRecord, type Members } from "../tags.js";

/** How the items of one entity are read. */
interface Hydrated {
  readonly runtime: EntityRuntime;
  /** The number of the index that is read first. */
  readonly index: number;
  /** What the requests have in common. */
  readonly head: Params;
  readonly table: string;
}

/** How the items of a read are completed. */
export interface Hydration {
  /** The entity, or each member of a collection: ElectroDB asks for the items of one after the other. */
  readonly entities: readonly Hydrated[];
  /** What a user lays over requests, which ElectroDB lays over these, too. */
  readonly extra: Params | undefined;
  /** What the index holds of the table's items: cursors are made of that. */
  readonly origins: WeakMap<Members, Members>;
  /** How many items of the index have been asked for, the last of them, and the last that was found. */
  readonly asked: { count: number; last?: Members | undefined; found?: Members };
}

/** The options of a read that hold for its second step as well. */
const SHARED = ["consistent", "client", "table"];
const SHARED_AS_ELECTRODB = [...SHARED, "attributes", "limit", "order"];

/**
 * How the items of a read are completed; undefined where they are not. It is decided before anything is sent, so that what is
 * wrong with the options is refused then.
 */
export function hydrationOf(
  entity: EntityCore,
  index: number,
  options: Record<string, unknown>,
): Hydration | undefined {
  const { runtime, dropIn } = entity;
  const { hydrate, data } = options;
  if (hydrate === undefined || hydrate === null || hydrate === false) return undefined;
  if (!dropIn && hydrate !== true) {
    throw refuse(dropIn, "InvalidOptions", "`hydrate` has to be a boolean");
  }
  if (data === "raw") {
    if (dropIn) return undefined;
    const message = '`hydrate` reads items: `data: "raw"` is one answer';
    throw refuse(dropIn, "InvalidOptions", message);
  }
  const shared: Record<string, unknown> = {};
  for (const name of dropIn ? SHARED_AS_ELECTRODB : SHARED) {
    if (options[name] !== undefined) shared[name] = options[name];
  }
  // The members of a collection are in the table of their service.
  if (runtime.members !== undefined) shared["table"] ??= runtime.table;
  const { attributes } = options;
  const members = runtime.members ?? [{ core: entity, index }];
  const cores = members.map(({ core }) => core);
  const asked = !dropIn && Array.isArray(attributes) ? attributesOf(cores, attributes) : undefined;
  const entities = members.map(({ core, index }, at) => {
    const own = asked === undefined ? shared : { ...shared, attributes: asked[at] };
    const [common, table] = headOf(core, own);
    const head = withIdentifiers(core.runtime, options, core.runtime.plan.primary, common);
    return { runtime: core.runtime, index, head, table };
  });
  const extra = dropIn && isRecord(options["params"]) ? options["params"] : undefined;
  return { entities, extra, origins: new WeakMap(), asked: { count: 0 } };
}

/** A page of an index on its way to the table's items. */
export interface Hydrating {
  readonly page: Members;
  /** How many items are still wanted; no more keys than that are asked for at a time. */
  readonly wanted: number;
  /** Receives what was not found. */
  readonly unprocessed: unknown[];
}

/** An item of an index, and whose it is. */
interface Listed {
  readonly raw: Members;
  readonly owner: Hydrated | undefined;
  /** What ElectroDB hands back of it where the table has no such item. */
  readonly rest: Members;
}

/** The page with the table's items in the place of the index's. */
export async function hydratePage(
  sending: Sending,
  hydration: Hydration,
  { page, wanted, unprocessed }: Hydrating,
): Promise<Members> {
  const listed: Listed[] = [];
  for (const raw of Array.isArray(page["Items"]) ? (page["Items"] as unknown[]) : []) {
    if (!isRecord(raw)) continue;
    const owner = ownerOf(hydration, raw);
    if (owner === undefined && !isCounted(sending, raw)) continue;
    listed.push({ raw, owner, rest: restOf(sending, raw) });
  }
  const items: Members[] = [];
  let at = 0;
  while (at < listed.length && items.length < wanted) {
    const part = listed.slice(at, at + wanted - items.length);
    at += part.length;
    hydration.asked.count += part.length;
    hydration.asked.last = part.at(-1)?.raw;
    await hydrateKeys(sending, hydration, part, items, unprocessed);
    // ElectroDB counts what the index holds, whether or not the table has it.
    if (sending.dropIn) break;
  }
  // What is left of the page is more to come.
  const end = page["LastEvaluatedKey"] ?? (at < listed.length ? listed[at]?.raw : undefined);
  return { ...page, Items: items, LastEvaluatedKey: end };
}

/** ElectroDB counts an item whose identifiers are the entity's, though its keys may not be, and then passes over it. */
function isCounted({ dropIn, runtime }: Sending, raw: Members): boolean {
  return dropIn && runtime.members === undefined && hasIdentifiers(runtime, raw);
}

/** ElectroDB reads what an entity's index holds, hooks and all, before it asks the table; of a collection it keeps it as it is. */
function restOf({ dropIn, runtime, reading }: Sending, raw: Members): Members {
  if (!dropIn || runtime.members !== undefined) return raw;
  return readOwned(runtime, raw, { ...reading, attributes: undefined, data: "includeKeys" });
}

/** Whose item this is, as its keys say: an index of keys holds nothing else. */
function ownerOf({ entities }: Hydration, raw: Members): Hydrated | undefined {
  if (entities.length === 1) {
    const [only] = entities;
    return only !== undefined && hasOwnKeys(only.runtime, primaryOf(only), raw) ? only : undefined;
  }
  const own = entities.filter((entity) => {
    const { runtime, index } = entity;
    const placed = runtime.plan.indexes[index] as IndexPlan;
    return hasOwnKeys(runtime, primaryOf(entity), raw) && beginsAsOwn(placed, raw);
  });
  return own.find(({ runtime }) => hasIdentifiers(runtime, raw)) ?? own[0];
}

function primaryOf({ runtime: { plan } }: Hydrated): IndexPlan {
  return plan.indexes[plan.primary] as IndexPlan;
}

/** Reads the items that these are in the index, and adds them in this order. */
async function hydrateKeys(
  sending: Sending,
  hydration: Hydration,
  listed: readonly Listed[],
  items: Members[],
  unprocessed: unknown[],
): Promise<void> {
  const found = new Map<string, Members>();
  const left = new Set<string>();
  for (const entity of hydration.entities) {
    const own = listed.filter(({ owner }) => owner === entity);
    const keys = own.map(({ raw }) => tableKey(primaryOf(entity), raw));
    for (const response of await sendKeys(sending, entity, keys, hydration.extra)) {
      for (const raw of ofTables(response["Responses"])) {
        if (isRecord(raw)) found.set(keyText(entity, raw), raw);
      }
      for (const part of tables(response["UnprocessedKeys"])) {
        const undone = (part as Members | null)?.["Keys"];
        if (Array.isArray(undone))
          for (const key of undone) left.add(keyText(entity, key as Members));
      }
    }
  }
  const { dropIn } = sending;
  for (const { raw, owner, rest } of dropIn ? inOrder(hydration, listed) : listed) {
    if (owner === undefined) continue;
    const text = keyText(owner, raw);
    const item = found.get(text);
    if (item !== undefined) {
      hydration.origins.set(item, raw);
      hydration.asked.found = raw;
      items.push(item);
    }
    // An item that was deleted meanwhile is none; ElectroDB hands back what the index holds of it.
    else if (dropIn) unprocessed.push(rest);
    else if (left.has(text)) unprocessed.push(tableKey(primaryOf(owner), raw));
  }
}

/** Member after member, as ElectroDB reads what it has hydrated. */
function inOrder({ entities }: Hydration, listed: readonly Listed[]): readonly Listed[] {
  return entities.flatMap((entity) => listed.filter(({ owner }) => owner === entity));
}

// No async function of its own: an error's stack has ten lines, the last of which is the caller's.
function sendKeys(
  sending: Sending,
  { head, table }: Hydrated,
  keys: readonly Params[],
  extra: Params | undefined,
): Promise<Members[]> {
  const { dropIn, runtime, options } = sending;
  const requests: Params[] = [];
  for (let from = 0; from < keys.length; from += CHUNKS.get) {
    requests.push(getRequest(dropIn, table, head, keys.slice(from, from + CHUNKS.get), extra));
  }
  const what = `hydration of a ${sending.what}`;
  const exchanging = { ...sending, command: "batchGet", method: "batchGet", what } as const;
  return inWaves(exchanging, requests, concurrencyOf(runtime, options), (request) =>
    exchange(exchanging, request),
  );
}

function tableKey({ partition, sort }: IndexPlan, raw: Members): Members {
  const key: Members = { [partition.field]: raw[partition.field] };
  if (sort !== undefined) key[sort.field] = raw[sort.field];
  return key;
}
