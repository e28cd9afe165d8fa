// Cursors: how the key where a page ended travels as a text, and back. Their bytes are ElectroDB's.

import { failed, hookFailed, refuse } from "../error.js";
import type { IndexPlan } from "../entity/plan.js";
import { beginsAsOwn, hasOwnPartition } from "../read/read-plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { isRecord, type Members } from "../tags.js";

/** The key as base64url text without padding. */
export function encodeCursor(key: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What a cursor's text holds, whatever that is; throws where it is no such text. */
export function decodeCursorText(text: string): unknown {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
}

/**
 * The key that a cursor stands for.
 * @throws 5005 (5003 in the drop-in) where it is no cursor, or one of another index or entity.
 */
function decodeCursor(runtime: EntityRuntime, cursor: unknown, page: PagedIndex): Members {
  const { dropIn } = runtime;
  if (typeof cursor !== "string") {
    throw refuse(dropIn, "InvalidCursor", `A cursor has to be a string, not ${nameOf(cursor)}`);
  }
  let key: unknown;
  try {
    key = decodeCursorText(cursor);
  } catch (cause) {
    throw failed(
      dropIn,
      "InvalidCursor",
      "The cursor is malformed: it is no result of a query or scan",
      cause,
    );
  }
  checkKey(runtime, key, page);
  return key as Members;
}

function nameOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

/** Which pages a cursor has to belong to. */
export interface PagedIndex {
  /** The number of the index. */
  readonly index: number;
  /** Whether only one partition is read, as in a query. */
  readonly partition: boolean;
  /** Whether only this entity's sort keys are read; a query by `gt` may pass those of others. */
  readonly sort: boolean;
}

/** Refuses a key that no page of these can have ended at. */
function checkKey(runtime: EntityRuntime, key: unknown, page: PagedIndex): void {
  const { dropIn, plan, members } = runtime;
  const index = plan.indexes[page.index];
  const table = plan.indexes[plan.primary];
  if (index === undefined || table === undefined) return;
  if (!isRecord(key)) {
    throw refuse(dropIn, "InvalidCursor", "The cursor is malformed: it holds no key");
  }
  const named =
    members === undefined ? `index \`${index.name}\` of ${runtime.title}` : runtime.title;
  const fields = keyFieldsOf(runtime, page.index);
  const given = Object.keys(key);
  if (given.length !== fields.length || !fields.every((field) => Object.hasOwn(key, field))) {
    throw refuse(dropIn, "InvalidCursor", `The cursor belongs to another index, not to ${named}`);
  }
  if (!fields.every((field) => isStored(runtime, [table, index], field, key[field]))) {
    throw refuse(dropIn, "InvalidCursor", `The cursor holds what is no key of ${named}`);
  }
  // Where the sort key names the entity, every page ends at an item that is named so in this index. Whose the table's own key is, is not
  // asked: those of a clustered index, and of whoever else writes to it, are in the pages, too.
  const isOther = isOfOthers(key, index, page, page.sort && namesEntity(index));
  if (isOther && members !== undefined) {
    const message = `No entity of the ${runtime.title} has items where the cursor ends`;
    throw refuse(dropIn, "NoOwnerForCursor", message);
  }
  if (isOther) {
    throw refuse(dropIn, "InvalidCursor", `The cursor belongs to another entity, not to ${named}`);
  }
}

/** Whether a key field of one of these indexes can hold such a value. */
function isStored(
  runtime: EntityRuntime,
  indexes: readonly IndexPlan[],
  field: string,
  value: unknown,
): boolean {
  const half = indexes
    .flatMap(({ partition, sort }) => (sort === undefined ? [partition] : [partition, sort]))
    .find((key) => key.field === field);
  if (half !== undefined) return typeof value === (half.numeric ? "number" : "string");
  // Where the composites are the keys, it is their own type; ElectroDB lets DynamoDB refuse a boolean.
  const kind = runtime.plan.attributes.find((one) => one.field === field)?.kind;
  return typeof value === (kind === "number" || kind === "boolean" ? kind : "string");
}

function namesEntity({ kind, sort }: IndexPlan): boolean {
  return kind !== "composite" && sort?.head !== undefined && sort.head !== "";
}

function isOfOthers(key: Members, index: IndexPlan, page: PagedIndex, bounded: boolean): boolean {
  if (!page.partition) return false;
  return !hasOwnPartition(index, key) || (bounded && !beginsAsOwn(index, key));
}

/** The fields of a key where a page of this index can end: those of the table and of the index. */
export function keyFieldsOf(runtime: EntityRuntime, number: number): string[] {
  const { indexes, primary } = runtime.plan;
  const fields = new Set<string>();
  for (const index of [indexes[number], indexes[primary]]) {
    if (index !== undefined) keyFields(runtime, index).forEach((field) => fields.add(field));
  }
  return [...fields];
}

/** The fields that key an index; those of a multi-attribute index are its composites' own. */
export function keyFields(runtime: EntityRuntime, { kind, partition, sort }: IndexPlan): string[] {
  const halves = sort === undefined ? [partition] : [partition, sort];
  if (kind !== "composite") return halves.map(({ field }) => field);
  return halves.flatMap(({ composites }) =>
    composites.map((slot) => runtime.plan.attributes[slot]?.field ?? ""),
  );
}

/** The options of `go` that concern cursors. */
export interface CursorOptions {
  readonly cursor?: unknown;
  readonly pager?: unknown;
  readonly data?: unknown;
  readonly formatCursor?: unknown;
}

interface Format {
  readonly serialize: (key: unknown) => unknown;
  readonly deserialize: (cursor: unknown) => unknown;
}

function formatOf(options: CursorOptions): Partial<Format> {
  const { formatCursor } = options;
  return typeof formatCursor === "object" && formatCursor !== null ? formatCursor : {};
}

/** Where the first page starts, as `go`'s options say; undefined for the beginning. */
export function startKey(
  runtime: EntityRuntime,
  options: CursorOptions,
  page: PagedIndex,
): Members | undefined {
  const { cursor, pager, data } = options;
  if (cursor === undefined || cursor === null || (runtime.dropIn && cursor === ""))
    return undefined;
  // Beside raw results ElectroDB answers with keys as they are, and takes them again.
  const isKey = pager === "raw" || (runtime.dropIn && data === "raw" && typeof cursor !== "string");
  const { deserialize } = formatOf(options);
  if (!isKey && deserialize === undefined) return decodeCursor(runtime, cursor, page);
  const key = isKey ? cursor : ownFields(runtime, page, () => deserialize?.(cursor));
  if (runtime.dropIn && !key) return undefined;
  checkKey(runtime, key, page);
  return key as Members;
}

/** What a user's own format reads, of which ElectroDB takes the fields of the index's keys. */
function ownFields(runtime: EntityRuntime, { index }: PagedIndex, read: () => unknown): unknown {
  const key = formatted(runtime, "deserialize", read);
  if (!runtime.dropIn || !isRecord(key)) return key;
  const fields = keyFieldsOf(runtime, index).filter((field) => Object.hasOwn(key, field));
  return Object.fromEntries(fields.map((field) => [field, key[field]]));
}

function formatted({ dropIn }: EntityRuntime, name: string, format: () => unknown): unknown {
  try {
    return format();
  } catch (cause) {
    throw hookFailed(dropIn, `\`formatCursor.${name}\``, cause);
  }
}

/** The cursor of the key where a page ended; `null` at the end. */
export function cursorOf(runtime: EntityRuntime, key: unknown, options: CursorOptions): unknown {
  if (key === undefined || key === null) return null;
  if (options.pager === "raw") return key;
  const { serialize } = formatOf(options);
  if (serialize !== undefined) return formatted(runtime, "serialize", () => serialize(key));
  return encodeCursor(key);
}
