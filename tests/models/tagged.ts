/** Tagged JSON: how models, calls and params with values that JSON lacks are written in files. It knows nothing of what the values mean. */

/** What a reader must supply for the two tags that stand for code. */
export interface Resolver {
  /** The function behind `{"$hook": name}`. */
  hook(name: string, place: string): unknown;
  /** The marker behind `{"$custom": type}`, made by the library under test. */
  custom(type: string): unknown;
}

const NO_CODE: Resolver = {
  hook: (name) => {
    throw new Error(`hook ${name} stands where only data may stand`);
  },
  custom: (name) => name,
};

type Reader = (value: never, record: Record<string, unknown>, resolver: Resolver, place: string) => unknown;

const READERS: Record<string, Reader> = {
  $undefined: () => undefined,
  $set: (values: unknown[], _record, resolver, place) =>
    new Set(values.map((value) => revive(value, resolver, place))),
  $bigint: (text: string) => BigInt(text),
  $number: (text: string) => Number(text),
  $bytes: (text: string) => new Uint8Array(Buffer.from(text, "base64")),
  $date: (text: string) => new Date(text),
  $regexp: (source: string, record) => new RegExp(source, record.flags as string | undefined),
  $symbol: (name: string) => Symbol.for(name),
  $function: (text: string) => () => text,
  $hook: (name: string, _record, resolver, place) => resolver.hook(name, place),
  $custom: (type: string, _record, resolver) => resolver.custom(type),
};

/** Reads tagged JSON into fresh values; every call gives new objects. */
export function revive(json: unknown, resolver: Resolver = NO_CODE, place = ""): unknown {
  if (Array.isArray(json)) {
    return json.map((entry, position) => revive(entry, resolver, `${place}[${position}]`));
  }
  if (typeof json !== "object" || json === null) return json;
  const record = json as Record<string, unknown>;
  for (const tag of Object.keys(record)) {
    const reader = Object.hasOwn(READERS, tag) ? READERS[tag] : undefined;
    if (reader) return reader(record[tag] as never, record, resolver, place);
    break;
  }
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    // defineProperty, because an attribute may be called `__proto__`.
    Object.defineProperty(result, name, {
      value: revive(value, resolver, place ? `${place}.${name}` : name),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Turns any value into tagged JSON with sorted keys, so that equal values have equal texts. */
export function tag(value: unknown, seen: object[] = []): unknown {
  switch (typeof value) {
    case "undefined":
      return { $undefined: true };
    case "bigint":
      return { $bigint: String(value) };
    case "function":
      return { $function: value.name };
    case "symbol":
      return { $symbol: value.description ?? "" };
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? "-0" : String(value) };
    case "object":
      return value === null ? null : tagObject(value, seen);
    default:
      return value;
  }
}

function tagObject(value: object, seen: object[]): unknown {
  if (seen.includes(value)) return { $circular: true };
  const inside = [...seen, value];
  if (Array.isArray(value)) return Array.from(value, (entry) => tag(entry, inside));
  switch (kindOf(value)) {
    case "Set": {
      if (value instanceof Set) return { $set: [...value].map((entry) => tag(entry, inside)) };
      break;
    }
    case "Uint8Array":
      return { $bytes: Buffer.from(value as Uint8Array).toString("base64") };
    case "Date":
      return { $date: Number.isNaN((value as Date).getTime()) ? "invalid" : (value as Date).toISOString() };
    case "RegExp":
      return { $regexp: (value as RegExp).source, flags: (value as RegExp).flags };
  }
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    Object.defineProperty(result, name, {
      value: tag((value as Record<string, unknown>)[name], inside),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

/** The text by which two values are compared. */
export function canonical(value: unknown): string {
  return JSON.stringify(tag(value));
}
