// How the pages of a query or scan add up to one result. Sending them is send.ts's work.

import { keyFieldsOf, type PagedIndex } from "./cursor.js";
import type { GoOptions } from "./options.js";
import { readItem } from "./read.js";
import type { Sending, SentOperation } from "./send.js";
import type { Members } from "./tags.js";

/** What has been read so far. */
export interface Pages {
  readonly items: Members[];
  /** Where the result ends once `count` items are there; `null` when nothing comes after them. */
  full: Members | null | undefined;
}

/** How many pages may be read. */
export function pageLimit(options: GoOptions): number {
  const { pages, count } = options;
  if (pages === "all" || (count !== undefined && pages === undefined)) return Infinity;
  return typeof pages === "number" ? pages : 1;
}

/** Which pages a cursor of this operation has to belong to. */
export function pagedIndex(operation: SentOperation, index: number, params: Members): PagedIndex {
  const condition = params["KeyConditionExpression"];
  const sort = typeof condition === "string" && /begins_with\(|and #\S+ = /.test(condition);
  return { index, partition: operation === "query", sort };
}

/** Adds a page's items; answers whether `count` items are there. */
export function addPage(sending: Sending, pages: Pages, response: Members): boolean {
  const { runtime, options } = sending;
  const raws = Array.isArray(response["Items"]) ? (response["Items"] as unknown[]) : [];
  const count = typeof options.count === "number" ? options.count : Infinity;
  for (let i = 0; i < raws.length; i++) {
    const item = readItem(runtime, raws[i], sending.reading);
    if (item === null) continue;
    pages.items.push(item);
    if (pages.items.length < count) continue;
    const hasMore = i + 1 < raws.length || response["LastEvaluatedKey"] !== undefined;
    pages.full = hasMore || runtime.dropIn ? keyOf(sending, raws[i] as Members) : null;
    return true;
  }
  return false;
}

/** The key of a stored item, from which reading goes on after it. */
function keyOf({ runtime, index }: Sending, raw: Members): Members {
  const key: Members = {};
  for (const field of keyFieldsOf(runtime, index)) {
    if (raw[field] !== undefined) key[field] = raw[field];
  }
  return key;
}
