// How the pages of a query or scan add up to one result. Sending them is send.ts's work.

import { keyFieldsOf, type PagedIndex } from "./cursor.js";
import type { Entry, GoOptions } from "./options.js";
import { readItem, type ReadOptions } from "../read/read.js";
import type { Sending, SentOperation } from "./send.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { define, type Members } from "../tags.js";

/** What has been read so far. */
export interface Pages {
  readonly items: Members[];
  /** The members of a collection with the items of each; none for an entity. */
  readonly groups: readonly Group[] | undefined;
  /** Where the result ends once `count` items are there; `null` when nothing comes after them. */
  full: Members | null | undefined;
}

interface Group {
  readonly runtime: EntityRuntime;
  readonly reading: ReadOptions;
  readonly items: Members[];
}

/** Nothing read yet. */
export function noPages({ runtime, reading, hydration }: Sending): Pages {
  const { members, plan } = runtime;
  // Without identifiers in the index, whose an item is, is told by its keys; the table's own items have them.
  const isPartial =
    hydration === undefined && plan.indexes[reading.index ?? 0]?.identified !== true;
  const ignoreOwnership = reading.ignoreOwnership === true || isPartial;
  const groups = members?.map(({ core, index }): Group => {
    const read = hydration === undefined ? index : core.runtime.plan.primary;
    return {
      runtime: core.runtime,
      reading: { ...reading, index: read, ignoreOwnership },
      items: [],
    };
  });
  return { items: [], groups, full: undefined };
}

/** The items as results show them: those of a collection by the names of its members. */
export function dataOf({ runtime: { members } }: Sending, { items, groups }: Pages): unknown {
  if (groups === undefined) return items;
  const data: Members = {};
  groups.forEach(({ items }, i) => {
    define(data, members?.[i]?.name ?? "", items);
  });
  return data;
}

/** How many pages may be read. */
export function pageLimit({ dropIn }: Entry, options: GoOptions): number {
  const { pages, count } = options;
  const isCounted = typeof count === "number" && !Number.isNaN(count);
  // ElectroDB reads on until it has counted enough, however many pages are allowed.
  if (pages === "all" || (isCounted && (dropIn || pages === undefined))) return Infinity;
  return pages === undefined ? 1 : Number.parseInt(String(pages), 10);
}

/**
 * How many items the result may have; what counts nothing was let through for the drop-in. In a collection, ElectroDB counts
 * nothing and reads to the end.
 */
export function wantedItems({ dropIn, members }: EntityRuntime, { count }: GoOptions): number {
  if (dropIn && members !== undefined) return Infinity;
  return typeof count === "number" && !Number.isNaN(count) ? Math.floor(count) : Infinity;
}

/** Which pages a cursor of this operation has to belong to. */
export function pagedIndex(operation: SentOperation, index: number, params: Members): PagedIndex {
  const condition = params["KeyConditionExpression"];
  const sort = typeof condition === "string" && /begins_with\(|and #\S+ = /.test(condition);
  return { index, partition: operation !== "scan", sort };
}

/** Adds a page's items; answers whether `count` items are there. */
export function addPage(sending: Sending, pages: Pages, response: Members): boolean {
  const { runtime, options, hydration } = sending;
  const raws = Array.isArray(response["Items"]) ? (response["Items"] as unknown[]) : [];
  const count = wantedItems(runtime, options);
  for (let i = 0; i < raws.length; i++) {
    const item = readOne(sending, pages, raws[i]);
    if (item === null) continue;
    pages.items.push(item);
    if (pages.items.length < count) continue;
    const hasMore = i + 1 < raws.length || response["LastEvaluatedKey"] !== undefined;
    // ElectroDB makes attributes of the whole page before it counts, which hooks see.
    if (runtime.dropIn && runtime.reads.hasGet) {
      for (const raw of raws.slice(i + 1)) readItem(runtime, raw, sending.reading);
    }
    pages.full = hasMore || runtime.dropIn ? keyOf(sending, raws[i] as Members) : null;
    return true;
  }
  const { asked } = hydration ?? {};
  if (!runtime.dropIn || asked?.last === undefined || asked.count < count) return false;
  // The table lacks some of what the index has counted: the end is at the last that it has, or at the last that was counted.
  pages.full = keyOf(sending, asked.found ?? asked.last);
  return true;
}

/** The attributes of an item; those of a collection go to the first member whose item it is. */
function readOne({ runtime, reading }: Sending, { groups }: Pages, raw: unknown): Members | null {
  if (groups === undefined) return readItem(runtime, raw, reading);
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as Group;
    const item = readItem(group.runtime, raw, group.reading);
    if (item === null) continue;
    group.items.push(item);
    return item;
  }
  return null;
}

/** The key of a stored item, from which reading goes on after it. */
function keyOf({ runtime, index, hydration }: Sending, read: Members): Members {
  const raw = hydration?.origins.get(read) ?? read;
  const key: Members = {};
  for (const field of keyFieldsOf(runtime, index)) {
    if (raw[field] !== undefined) key[field] = raw[field];
  }
  return key;
}
