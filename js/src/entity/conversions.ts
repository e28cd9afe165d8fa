// Conversions between composites, keys and cursors. The core makes keys and reads them; here is what stands around that.

import { encodeCursor, decodeCursorText, keyFieldsOf } from "../send/cursor.js";
import { translated, type DefinedCore, type EntityCore } from "./entity-core.js";
import { ElectroError, failed, refuse, type Kind } from "../error.js";
import { keySlots } from "../hooks/index-conditions.js";
import { accessPatterns } from "./names.js";
import type { EntityPlan, IndexPlan } from "./plan.js";
import { define, isRecord, ownMember, type Members } from "../tags.js";

/** The options of conversions from composites to keys. */
interface ConversionOptions {
  readonly strict?: unknown;
}

/** The conversions of one index, or of all indexes together. */
export interface ConversionsOf {
  readonly fromComposite: {
    toKeys(composite: unknown, options?: ConversionOptions): unknown;
    toCursor(composite: unknown, options?: ConversionOptions): string;
  };
  readonly fromKeys: { toComposite(keys: unknown): Members; toCursor(keys: unknown): string };
  readonly fromCursor: { toComposite(cursor: unknown): Members; toKeys(cursor: unknown): unknown };
}

/** All conversions of an entity. */
export interface Conversions extends ConversionsOf {
  readonly byAccessPattern: Readonly<Record<string, ConversionsOf>>;
}

/** The conversions of an entity. */
export function conversionsOf(core: DefinedCore): Conversions {
  const { indexes } = core.runtime.plan;
  const byAccessPattern = core.dropIn ? {} : (Object.create(accessPatterns(core)) as object);
  for (const { name, number } of indexes) {
    define(byAccessPattern as Members, name, bound(core, number));
  }
  return {
    ...bound(core, undefined),
    byAccessPattern: byAccessPattern as Conversions["byAccessPattern"],
  };
}

/** The composites that a key of the table holds, as far as its texts tell them; `null` where it is no key of the entity. */
export function compositesOfKey(core: EntityCore, key: Members): Members | null {
  try {
    return bound(core, core.runtime.plan.primary).fromKeys.toComposite(key) as Members;
  } catch (error) {
    if (error instanceof ElectroError) return null;
    throw error;
  }
}

function bound(core: EntityCore, number: number | undefined): ConversionsOf {
  const converter = new Converter(core, number);
  const run = <T>(convert: () => T): T => translated(core.dropIn, convert);
  return {
    fromComposite: {
      toKeys: (composite, options) => run(() => converter.keysOf(composite, options)),
      toCursor: (composite, options) => run(() => converter.cursorOfComposite(composite, options)),
    },
    fromKeys: {
      toComposite: (keys) => run(() => converter.compositeOf(keys)),
      toCursor: (keys) => run(() => converter.cursorOfKeys(keys)),
    },
    fromCursor: {
      toComposite: (cursor) => run(() => converter.compositeOf(converter.keysOfCursor(cursor))),
      toKeys: (cursor) => run(() => converter.keysOfCursor(cursor)),
    },
  };
}

const STRICT = { none: 0, pk: 1, all: 2 } as const;

/** Of which conversion a value was refused. */
const COMPOSITE = "InvalidConversionCompositeProvided";
const KEYS = "InvalidConversionKeysProvided";
const CURSOR = "InvalidConversionCursorProvided";

class Converter {
  /** @param number The number of the index; all indexes where there is none. */
  constructor(
    private readonly core: EntityCore,
    private readonly number: number | undefined,
  ) {}

  keysOf(composite: unknown, options: ConversionOptions | undefined): unknown {
    const { core, number } = this;
    // For a single index, ElectroDB hands back what has nothing in it.
    if (core.dropIn && number !== undefined && composite !== null && isEmpty(composite)) {
      return composite;
    }
    return this.keys(composite, this.strictness(options));
  }

  cursorOfComposite(composite: unknown, options: ConversionOptions | undefined): string {
    this.strictness(options);
    const keys = this.keys(composite, STRICT.all);
    return this.encode(keys, COMPOSITE);
  }

  compositeOf(keys: unknown): Members {
    const given = pick(this.members(keys, KEYS, "keys"), this.fields());
    if (this.core.dropIn) this.spell(given);
    return this.convert(given, given);
  }

  /** ElectroDB reads a number where a key is a text as the text of it. */
  private spell(keys: Members): void {
    for (const { kind, partition, sort } of this.indexes()) {
      for (const half of kind === "composite" ? [] : [partition, sort]) {
        if (half === undefined || half.numeric) continue;
        const value = keys[half.field];
        if (typeof value === "number") keys[half.field] = String(value);
      }
    }
  }

  cursorOfKeys(keys: unknown): string {
    const record = this.members(keys, KEYS, "keys");
    const { core, number } = this;
    const { dropIn, runtime } = core;
    if (number !== undefined || !dropIn) {
      // ElectroDB looks for no sort key where attributes themselves are the key.
      const ofSort = dropIn ? ownSortFields(runtime.plan, number) : [];
      const missing = keyFieldsOf(runtime, number ?? runtime.plan.primary).filter(
        (field) => ownMember(record, field) === undefined && !ofSort.includes(field),
      );
      if (missing.length > 0) {
        throw this.refuse(KEYS, `The keys lack \`${missing.join("`, `")}\`, which a cursor has`);
      }
    }
    return this.encode(dropIn ? record : pick(record, this.fields()), KEYS);
  }

  private encode(keys: Members, kind: Kind): string {
    try {
      return encodeCursor(keys);
    } catch (cause) {
      const message = "A key is a value that no cursor can carry, as a bigint";
      throw failed(this.core.dropIn, kind, message, cause);
    }
  }

  keysOfCursor(cursor: unknown): unknown {
    if (typeof cursor !== "string" || cursor === "") {
      throw this.refuse(CURSOR, "A cursor has to be a text that is not empty");
    }
    let keys: unknown;
    try {
      keys = decodeCursorText(cursor);
    } catch (cause) {
      const message = "The cursor is malformed: it is no result of a query or scan";
      throw failed(this.core.dropIn, CURSOR, message, cause);
    }
    if (!isRecord(keys)) throw this.refuse(CURSOR, "The cursor is malformed: it holds no keys");
    return keys;
  }

  private keys(composite: unknown, strict: number): Members {
    const record = this.members(composite, COMPOSITE, "attributes");
    const { attributes } = this.core.runtime.plan;
    const given: unknown[] = [];
    for (const index of this.indexes()) {
      for (const slot of keySlots(index)) {
        given.push(slot, ownMember(record, attributes[slot]?.name ?? ""));
      }
    }
    return this.convert(record, strict, given);
  }

  /** The core's answer; what it says was given is taken from the record itself. */
  private convert(given: Members, ...operands: unknown[]): Members {
    const { core } = this;
    const answer = core.core.ask("convert", this.number, ...operands) as (string | number)[];
    const result: Members = {};
    for (let i = 0; i < answer.length; i += 4) {
      const [name, kind, text, casing] = answer.slice(i, i + 4) as [string, number, string, number];
      const isOver = kind >= OVER;
      if (!isOver && Object.hasOwn(result, name)) continue;
      const value = valueOf(isOver ? kind - OVER : kind, cased(text, casing), given);
      if (Number.isNaN(value) && !core.dropIn) {
        throw this.refuse(KEYS, `A key holds no number where \`${name}\` stands`);
      }
      define(result, name, value);
    }
    return result;
  }

  /** The indexes whose keys are concerned: the one that is asked for and the table's own, or all. */
  private indexes(): readonly IndexPlan[] {
    const { indexes, primary } = this.core.runtime.plan;
    return this.number === undefined
      ? indexes
      : indexes.filter(({ number }) => number === this.number || number === primary);
  }

  private fields(): string[] {
    return this.indexes().flatMap(({ number }) => keyFieldsOf(this.core.runtime, number));
  }

  private members(value: unknown, kind: Kind, what: string): Members {
    // ElectroDB takes whatever has members.
    if (isEmpty(value) || !(this.core.dropIn || isRecord(value))) {
      throw this.refuse(kind, `A conversion needs an object of ${what} that is not empty`);
    }
    return value as Members;
  }

  private strictness(options: ConversionOptions | undefined): number {
    const { strict = "none" } = options ?? {};
    if (typeof strict === "string" && Object.hasOwn(STRICT, strict)) {
      return STRICT[strict as keyof typeof STRICT];
    }
    if (this.core.dropIn) return STRICT.none;
    throw refuse(false, "InvalidOptions", '`strict` has to be "all", "pk" or "none"');
  }

  private refuse(kind: Kind, message: string): Error {
    const { dropIn, runtime } = this.core;
    return refuse(dropIn, kind, `${message} (entity \`${runtime.plan.entity}\`)`);
  }
}

/** The fields of the sort key of an index whose keys are attributes themselves. */
function ownSortFields({ attributes, indexes }: EntityPlan, number: number | undefined): string[] {
  const index = indexes[number ?? -1];
  if (index?.kind !== "composite") return [];
  return (index.sort?.composites ?? []).map((slot) => attributes[slot]?.field ?? "");
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || Object.keys(value).length === 0;
}

/** The members of these names, in the record's own order, in which a cursor has them. */
function pick(record: Members, names: readonly string[]): Members {
  const picked: Members = {};
  for (const name of Object.keys(record)) {
    const value = record[name];
    if (value !== undefined && names.includes(name)) define(picked, name, value);
  }
  return picked;
}

/** Letters beyond ASCII are cased by JavaScript, with which ElectroDB's keys were made. */
function cased(text: string, casing: number): string {
  if (casing === 0) return text;
  return casing === 1 ? text.toLowerCase() : text.toUpperCase();
}

/** Added to the kind of what goes over an earlier member of its name. */
const OVER = 4;

/** The kinds are those of src/key/convert.rs. */
function valueOf(kind: number, text: string, given: Members): unknown {
  switch (kind) {
    case 0:
      return text;
    case 1:
      // As ElectroDB reads it: to the end of the number.
      return Number.parseFloat(text);
    case 2:
      return ownMember(given, text);
    default:
      return text !== "";
  }
}
