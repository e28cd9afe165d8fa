/** Carries out a case's conversions, and makes the cursor that a paged read starts at. It compares nothing. */
import { revive } from "../models/tagged";
import type { Call, Edit } from "./case";
import type { Library } from "./run";

type Keys = Record<string, unknown>;
type Convert = (value: unknown, options?: unknown) => unknown;

interface ConversionsOf {
  fromComposite: Record<string, Convert>;
  fromKeys: Record<string, Convert>;
  fromCursor: Record<string, Convert>;
}

interface Conversions extends ConversionsOf {
  byAccessPattern: Record<string, ConversionsOf>;
}

const METHODS = { composite: "toComposite", keys: "toKeys", cursor: "toCursor" } as const;

/** A cursor holds no bigint, which a key may be where attributes themselves are the keys. */
const plainly = (_name: string, value: unknown) =>
  typeof value === "bigint" ? String(value) : value;

export const cursorOf = (keys: unknown): string =>
  Buffer.from(JSON.stringify(keys, plainly)).toString("base64url");

/** A key that is a number and has none is a member without a value in 3.9.3, which is as good as none. */
function withoutAbsent(result: unknown): unknown {
  if (typeof result !== "object" || result === null) return result;
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}

function edited(keys: unknown, edits: readonly Edit[]): Keys {
  const result = withoutAbsent(keys) as Keys;
  for (const { kind, field, text } of edits) {
    const name = Object.keys(result)[field];
    const value = name === undefined ? undefined : result[name];
    if (kind === "add") result[text || "added"] = "x";
    if (name === undefined || kind === "add") continue;
    if (kind === "drop") delete result[name];
    else if (kind === "number") result[name] = 7;
    else if (typeof value !== "string") continue;
    else if (kind === "append") result[name] = value + text;
    else if (kind === "replace") result[name] = text;
    else result[name] = value.toUpperCase();
  }
  return result;
}

/** The entity whose conversions are asked, and the one whose keys are converted. */
export interface Converted {
  entity: unknown;
  source: unknown;
}

/** The result of one conversion. */
export function convert(...asked: Parameters<typeof converted>): unknown {
  return withoutAbsent(converted(...asked));
}

function converted(
  library: Library,
  { entity, source }: Converted,
  call: Call,
  given: unknown,
  options: unknown,
): unknown {
  const all = library.createConversions(entity as never) as unknown as Conversions;
  const conversions =
    call.index === undefined ? all : (all.byAccessPattern[call.index] as ConversionsOf);
  const { from, to } = call.conversion ?? { from: "composite", to: "keys" };
  const method = METHODS[to];
  if (from === "composite") return (conversions.fromComposite[method] as Convert)(given, options);
  if ("forged" in call) {
    const forged = revive(call.forged);
    const own = from === "keys" ? conversions.fromKeys : conversions.fromCursor;
    return (own[method] as Convert)(forged);
  }
  const { fromComposite } = library.createConversions(source as never) as Conversions;
  const keys = edited((fromComposite.toKeys as Convert)(given), call.edits ?? []);
  return from === "keys"
    ? (conversions.fromKeys[method] as Convert)(keys)
    : (conversions.fromCursor[method] as Convert)(cursorOf(keys));
}

/** The options of a read that starts at an item's cursor. */
export function startingAt(
  library: Library,
  source: unknown,
  { startAt }: Call,
  options: unknown,
  composites: unknown,
): unknown {
  if (startAt === undefined) return options;
  const all = library.createConversions(source as never) as unknown as Conversions;
  const { fromComposite } = all.byAccessPattern[startAt.index] as ConversionsOf;
  const keys = edited((fromComposite.toKeys as Convert)(composites), startAt.edits);
  const { pager, data, formatCursor } = (options ?? {}) as Keys;
  const { serialize } = (formatCursor ?? {}) as { serialize?: unknown };
  const written = typeof serialize === "function" ? (serialize as Convert)(keys) : cursorOf(keys);
  // Beside raw results, cursors are keys.
  const isRaw = pager === "raw" || data === "raw";
  return { ...(options as object | undefined), cursor: isRaw ? keys : written };
}
