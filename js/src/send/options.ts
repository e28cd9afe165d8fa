// The options of `go` that the wrapper itself carries out, checked before anything is sent. The core checks those of requests.

import { refuse, type ElectroError } from "../error.js";

/** What a user may pass to `go`, as far as sending and reading are concerned. */
export interface GoOptions {
  readonly client?: unknown;
  readonly abortSignal?: unknown;
  readonly response?: unknown;
  readonly data?: unknown;
  readonly attributes?: unknown;
  readonly concurrent?: unknown;
  readonly concurrency?: unknown;
  readonly preserveBatchOrder?: unknown;
  readonly unprocessed?: unknown;
  readonly pages?: unknown;
  readonly count?: unknown;
  readonly cursor?: unknown;
  readonly pager?: unknown;
  readonly formatCursor?: unknown;
  readonly includeHidden?: unknown;
  readonly ignoreOwnership?: unknown;
  readonly originalErr?: unknown;
  readonly returnOnConditionCheckFailure?: unknown;
  readonly logger?: unknown;
  readonly listeners?: unknown;
}

/** Whatever knows from which entry it came. */
export interface Entry {
  readonly dropIn: boolean;
}

const FORMS: readonly unknown[] = ["attributes", "includeKeys", "raw"];
const PAGERS: readonly unknown[] = ["raw", "named", "cursor"];

/** How many requests of a batch are under way at once; each wave waits for the one before. */
export function concurrencyOf({ dropIn }: Entry, options: GoOptions): number {
  // ElectroDB's documentation of batch gets calls it `concurrency`, its library knows `concurrent` only.
  const { concurrent, concurrency } = options;
  const given = dropIn || concurrent !== undefined ? concurrent : concurrency;
  if (given === undefined) return 1;
  // ElectroDB reads the digits that a text begins with.
  const number = dropIn ? Number.parseInt(String(given)) : given;
  const fits = dropIn ? Number.isFinite(number) : Number.isSafeInteger(number);
  if (fits && isPositive(number)) return number;
  const rule = dropIn ? "a number above zero" : "a positive integer";
  throw refuse(dropIn, "InvalidConcurrencyOption", `\`concurrent\` has to be ${rule}`);
}

/**
 * Refuses options that cannot be meant: 2005 for pages, 1010 for the others.
 * @param paged Whether pages are read, which are all that ElectroDB's `pages` is asked of, and only where they are sent for.
 */
export function checkOptions(entry: Entry, options: GoOptions, paged = false): void {
  const { dropIn } = entry;
  const { pages, count, pager, abortSignal, data, formatCursor, logger } = options;
  const number = dropIn ? Number.parseInt(String(pages), 10) : pages;
  const isCut = paged || !dropIn;
  if (isCut && pages !== undefined && pages !== "all" && !isPositive(number)) {
    throw refuse(dropIn, "InvalidPagesOption", '`pages` has to be a number above zero or "all"');
  }
  const isCount = isPositive(count) && count >= 1;
  if (count !== undefined && !isCount && !(dropIn && Number.isNaN(count))) {
    throw refuse(dropIn, "InvalidOptions", "`count` has to be a number of at least one");
  }
  // ElectroDB looks at texts only.
  const isUnread = dropIn && (typeof pager !== "string" || pager === "item");
  if (pager !== undefined && !PAGERS.includes(pager) && !isUnread) throw wrongPager(dropIn);
  if (data !== undefined && !FORMS.includes(data) && !(dropIn && !data)) {
    throw refuse(dropIn, "InvalidOptions", '`data` has to be "attributes", "includeKeys" or "raw"');
  }
  if (dropIn && logger && typeof logger !== "function") {
    throw refuse(dropIn, "InvalidLoggerProvided", "a logger has to be a function");
  }
  if (abortSignal !== undefined && !isAbortable(abortSignal)) {
    throw refuse(dropIn, "InvalidOptions", "`abortSignal` has to be an AbortSignal");
  }
  if (!isFormat(entry, formatCursor)) {
    const message = "`formatCursor` has to have the functions `serialize` and `deserialize`";
    throw refuse(dropIn, "InvalidOptions", message);
  }
}

/** Whether cursors can be written and read by this; ElectroDB passes over what is as good as nothing. */
function isFormat({ dropIn }: Entry, format: unknown): boolean {
  if (format === undefined || (dropIn && !format)) return true;
  if (typeof format !== "object" || format === null) return false;
  const { serialize, deserialize } = format as { serialize?: unknown; deserialize?: unknown };
  return typeof serialize === "function" && typeof deserialize === "function";
}

/** Refuses ElectroDB's pager `item`, which fails as soon as it makes a cursor: beside raw results it makes none. */
export function checkPager({ dropIn }: Entry, { pager, data }: GoOptions): void {
  if (dropIn && pager === "item" && data !== "raw") throw wrongPager(dropIn);
}

function wrongPager(dropIn: boolean): ElectroError {
  return refuse(dropIn, "InvalidOptions", '`pager` has to be "raw", "named" or "cursor"');
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

function isAbortable(value: unknown): value is AbortSignal {
  if (typeof value !== "object" || value === null) return false;
  const signal = value as { readonly [member in keyof AbortSignal]?: unknown };
  return (
    typeof signal.aborted === "boolean" &&
    typeof signal.addEventListener === "function" &&
    typeof signal.removeEventListener === "function"
  );
}

/** Whether the user has called the operation off. */
export function isAborted({ abortSignal }: GoOptions): boolean {
  return Boolean((abortSignal as { readonly aborted?: unknown } | null | undefined)?.aborted);
}
