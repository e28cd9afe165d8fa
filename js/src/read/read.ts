// Turns stored items, as the SDK decoded them, into the attributes that users see. It sends nothing.

import { encodeCursor } from "../send/cursor.js";
import { type ElectroError, failed, isOurs, messageOf, refuse } from "../error.js";
import { readValue, runGetters, runGettersAsElectroDB } from "../hooks/get-hooks.js";
import type { FieldPlan } from "./read-plan.js";
import { beginsAsOwn, hasIdentifiers, hasOwnKeys, lacksIdentifiers } from "./read-plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import type { Entry } from "../send/options.js";
import { define, isRecord, ownMember, type Members } from "../tags.js";

/** The options of `go` and `parse` that decide what of an item is shown. */
export interface ReadOptions {
  readonly attributes?: readonly string[] | undefined;
  readonly data?: string | undefined;
  readonly includeHidden?: boolean | undefined;
  readonly ignoreOwnership?: boolean | undefined;
  /** The number of the index that was read; the table's own unless given. */
  readonly index?: number | undefined;
}

/** The attributes of a stored item; `null` where it belongs to another entity. */
export function readItem(
  runtime: EntityRuntime,
  raw: unknown,
  options: ReadOptions,
): Members | null {
  if (typeof raw !== "object" || raw === null) return null;
  return owns(runtime, raw as Members, options)
    ? readOwned(runtime, raw as Members, options)
    : null;
}

/** Whether a stored item is one of this entity. */
export function owns(runtime: EntityRuntime, raw: Members, options: ReadOptions): boolean {
  if (hasIdentifiers(runtime, raw)) return true;
  const { indexes, primary } = runtime.plan;
  const table = indexes[primary];
  const index = indexes[options.index ?? primary];
  const isPartial = index !== undefined && !index.identified;
  if (options.ignoreOwnership === true || (runtime.dropIn && isPartial)) {
    // With `attributes`, ElectroDB takes an item whose keys were not asked for.
    const lenient = options.attributes !== undefined && options.attributes.length > 0;
    return table !== undefined && hasOwnKeys(runtime, table, raw, lenient);
  }
  if (runtime.dropIn) return false;
  if (!isPartial || table === undefined) return false;
  // An index that does not hold the identifiers: whose an item is, is seen by its keys.
  return (
    lacksIdentifiers(runtime, raw) &&
    hasOwnKeys(runtime, table, raw) &&
    beginsAsOwn(index, raw, true)
  );
}

/** The attributes of a stored item that is known to belong to the entity. */
export function readOwned(runtime: EntityRuntime, raw: Members, options: ReadOptions): Members {
  const { reads, dropIn } = runtime;
  const includeKeys = options.data === "includeKeys";
  const wanted = wantedSlots(runtime, options.attributes);
  if (reads.hasGet) {
    const item = dropIn
      ? runGettersAsElectroDB(runtime, raw, options)
      : runGetters(runtime, raw, wanted, options.includeHidden === true);
    if (!dropIn && includeKeys) addKeys(runtime, raw, item);
    return dropIn && wanted !== undefined ? select(runtime, item, wanted, options) : item;
  }
  const fields = options.includeHidden === true ? reads.fields : reads.shown;
  const item = readFields(runtime, fields, raw, wanted, options.includeHidden === true);
  // With `attributes`, ElectroDB shows nothing else: of keys, those that are asked for by name.
  const only = dropIn && wanted !== undefined ? options.attributes : undefined;
  if (includeKeys) addKeys(runtime, raw, item, only);
  return item;
}

function readFields(
  runtime: EntityRuntime,
  fields: readonly FieldPlan[],
  raw: Members,
  wanted: readonly boolean[] | undefined,
  withHidden: boolean,
): Members {
  const item: Members = {};
  for (let i = 0; i < fields.length; i++) {
    const plan = fields[i] as FieldPlan;
    const value = ownMember(raw, plan.field);
    if (value === undefined || (wanted !== undefined && wanted[plan.slot] !== true)) continue;
    const shown = plan.verbatim
      ? value
      : readValue(runtime, plan.attribute, value, undefined, withHidden);
    define(item, plan.name, shown);
  }
  return item;
}

/** What a stored item holds beside its attributes: keys, identifiers and fields that are not declared. */
function addKeys(
  runtime: EntityRuntime,
  raw: Members,
  item: Members,
  only?: readonly string[],
): void {
  const { byField } = runtime.reads;
  for (const field of Object.keys(raw)) {
    const isAsked = only === undefined || only.includes(field);
    if (isAsked && !byField.has(field)) define(item, field, raw[field]);
  }
}

function wantedSlots(
  runtime: EntityRuntime,
  attributes: readonly string[] | undefined,
): readonly boolean[] | undefined {
  if (!Array.isArray(attributes) || attributes.length === 0) return undefined;
  const wanted: boolean[] = [];
  for (const name of attributes as readonly unknown[]) {
    const slot = typeof name === "string" ? runtime.slot(topLevel(runtime, name)) : -1;
    if (slot >= 0) wanted[slot] = true;
  }
  return wanted;
}

/** The top-level attribute of a requested path; a declared name with dots in it is a name. */
export function topLevel(runtime: EntityRuntime, name: string): string {
  return runtime.slot(name) >= 0 ? name : (/^[^.[]*/.exec(name)?.[0] ?? name);
}

function select(
  runtime: EntityRuntime,
  item: Members,
  wanted: readonly boolean[],
  { attributes = [] }: ReadOptions,
): Members {
  const selected: Members = {};
  for (const name of Object.keys(item)) {
    const slot = runtime.slot(name);
    const isAsked = slot < 0 ? attributes.includes(name) : wanted[slot] === true;
    if (isAsked) define(selected, name, item[name]);
  }
  return selected;
}

/**
 * `entity.parse` in all its forms: a stored item gives the item or `null`; a response of DynamoDB gives `{ data }`.
 * Like ElectroDB it takes what has the entity's keys for the entity's own, identifiers or not.
 */
export function parse(
  runtime: EntityRuntime,
  record: unknown,
  options: ReadOptions & { readonly pager?: unknown } = {},
): unknown {
  if (typeof record !== "object" || record === null) {
    return runtime.dropIn && record !== null && record !== undefined ? { data: null } : null;
  }
  try {
    return parseRecord(runtime, record as Members, options);
  } catch (cause) {
    throw readingFailed(runtime, cause);
  }
}

/** What a get hook throws is the client's fault in the drop-in's codes, as in ElectroDB's. */
export function readingFailed({ dropIn }: Entry, cause: unknown): ElectroError {
  if (isOurs(cause)) return cause;
  const kind = dropIn ? "AWSError" : "Internal";
  return failed(dropIn, kind, `Reading the response failed: ${messageOf(cause)}`, cause);
}

function parseRecord(
  runtime: EntityRuntime,
  record: Members,
  options: ReadOptions & { readonly pager?: unknown },
): unknown {
  const { Item, Items, Attributes, LastEvaluatedKey } = record;
  const isRaw = isStored(runtime, record);
  if (options.data === "raw") return isRaw ? record : { data: record };
  const read = (raw: unknown): Members | null => parseItem(runtime, raw, options);
  if (isRaw) return read(record);
  if (isRecord(Attributes)) {
    return { data: readReturned(runtime, Attributes, options) };
  }
  if (Array.isArray(Items)) {
    const data = Items.map(read).filter((item) => item !== null);
    if (LastEvaluatedKey === undefined || LastEvaluatedKey === null) return { data };
    const cursor = options.pager === "raw" ? LastEvaluatedKey : encodeCursor(LastEvaluatedKey);
    return { data, cursor };
  }
  return { data: isRecord(Item) ? read(Item) : null };
}

/** The attributes that a write returned; of its own item, so nobody asks whose it is. */
export function readReturned(
  runtime: EntityRuntime,
  attributes: unknown,
  options: ReadOptions,
): Members | null {
  if (!isRecord(attributes) || Object.keys(attributes).length === 0) return null;
  const item = readOwned(runtime, attributes, options);
  return runtime.dropIn && Object.keys(item).length === 0 ? null : item;
}

function parseItem(runtime: EntityRuntime, raw: unknown, options: ReadOptions): Members | null {
  if (typeof raw !== "object" || raw === null) return null;
  const item = raw as Members;
  const table = runtime.plan.indexes[runtime.plan.primary];
  const isOwn =
    hasIdentifiers(runtime, item) ||
    ((runtime.dropIn || lacksIdentifiers(runtime, item)) &&
      table !== undefined &&
      hasOwnKeys(runtime, table, item));
  if (isOwn) return readOwned(runtime, item, options);
  if (!runtime.dropIn && isMarshalled(item[table?.partition.field ?? ""])) {
    const message =
      "The record is in DynamoDB's own JSON, as streams and exports hand it over: `unmarshall` of `@aws-sdk/util-dynamodb` makes of it what `parse` reads";
    throw refuse(false, "InvalidOptions", message);
  }
  return null;
}

/** Whether a key stands there with its type beside it, such as `{ S: "..." }`; no key is an object itself. */
function isMarshalled(key: unknown): boolean {
  if (!isRecord(key)) return false;
  const [type = "", ...others] = Object.keys(key);
  return others.length === 0 && ["S", "N", "B"].includes(type);
}

/** Whether this is a stored item itself and no response that holds one. */
function isStored(runtime: EntityRuntime, record: Members): boolean {
  const { identifiers, indexes, primary } = runtime.plan;
  const field = indexes[primary]?.partition.field;
  return (
    (field !== undefined && field !== "" && Object.hasOwn(record, field)) ||
    (Object.hasOwn(record, identifiers.entity) && Object.hasOwn(record, identifiers.version))
  );
}
