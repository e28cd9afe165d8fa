// The core's instance: loads it, carries calls across and reads its answers. It is the only importer of the wasm module.

import { loadModule } from "#entry";
import { Decoder, type CoreValue } from "./decode.js";
import type { Draft } from "./draft.js";
import { Encoder } from "./encode.js";
import { compileShape, type Shape } from "./params.js";
import type { AttributePlan } from "./plan.js";
import { Recipe } from "./recipe.js";
import { Structures, type Place } from "./structure.js";

interface Exports {
  memory: WebAssembly.Memory;
  input(depth: number, capacity: number): number;
  compile(depth: number, length: number, dropIn: number): number;
  collection(depth: number, length: number, dropIn: number): number;
  release(handle: number): void;
  run(handle: number, depth: number, length: number): number;
  run_all(depth: number, length: number): number;
  ask(handle: number, depth: number, length: number): number;
  table_definition(depth: number, length: number): number;
}

/** A refusal of the core, as plain data; `error.ts` makes an ElectroError of it. */
export interface CoreError {
  code: number;
  kind: string;
  message: string;
  fields: { code: number; kind: string; path: string; reason: string; index: number | undefined }[];
}

/** Thrown with the core's refusal; the callers turn it into an ElectroError with what they know of the call. */
export class Refusal {
  constructor(
    readonly error: CoreError,
    /** The position of the refused call among several of one crossing. */
    readonly position = 0,
  ) {}
}

/** What the core made of a call: the request's shape and its texts. */
export interface Outcome {
  shape: Shape;
  texts: readonly string[];
}

/** A call that has been written, as far as its answer depends on it. */
export interface Written {
  readonly entity: CoreEntity;
  /** The place of its structure, where the core was asked for the recipe. */
  readonly asking: Place | undefined;
  /** Where its values begin, and how many it has. */
  readonly start: number;
  readonly count: number;
  /** Its position among all calls. */
  readonly position: number;
  /** How many calls it stands for: the others differ from it in nothing but their values, and have the positions behind it. */
  readonly times: number;
}

const FAILED = 1;
const FRESH = 2;
const RECIPE = 4;
const CLEARED = 8;
const ASCII = 16;
const HEADER = 16;
const UPPER = 2 << 30;
const LOWER = 1 << 30;
const SHIFTED = 1 << 29;
const LENGTH = SHIFTED - 1;

const utf8 = new TextDecoder();
const module = loadModule();

let core: Exports;
let generation = 0;
/** Whether the instance is in an unknown state: the next call starts a new one. */
let broken = false;
let bytes: Uint8Array<ArrayBuffer>;
let words: Int32Array<ArrayBuffer>;
let latin1: ((start: number, end: number) => string) | undefined;

start();

/** Makes a fresh instance: at load, and when a trap has left the old one in an unknown state. */
function start(): void {
  const imports: Record<string, Record<string, () => void>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => undefined;
  }
  core = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  generation++;
  view();
}

function view(): void {
  const { buffer } = core.memory;
  bytes = new Uint8Array(buffer as ArrayBuffer);
  words = new Int32Array(buffer as ArrayBuffer);
  // Node's Buffer cuts single-byte texts out of memory several times quicker than a TextDecoder; browsers have none.
  const { Buffer } = globalThis as {
    Buffer?: {
      from(memory: ArrayBufferLike): { latin1Slice?(start: number, end: number): string };
    };
  };
  const nodeBuffer = Buffer?.from(buffer);
  latin1 = nodeBuffer?.latin1Slice?.bind(nodeBuffer);
}

/** The address of the core's input buffer of this depth, made at least this large. */
export function inputAddress(depth: number, capacity: number): number {
  return cross(() => core.input(depth, capacity));
}

/** The core's memory as it is now. */
export function inputBuffer(): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0) view();
  return bytes;
}

/** The same memory as words. */
export function inputWords(): Int32Array<ArrayBuffer> {
  return words;
}

function word(at: number): number {
  if ((at & 3) === 0) return (words[at >> 2] as number) >>> 0;
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

/** Crosses; a trap inside the core costs its instance and becomes error 5000. */
function cross(call: () => number): number {
  try {
    const at = call() >>> 0;
    if (bytes.length === 0) view();
    return at;
  } catch (cause) {
    broken = true;
    throw trapped(cause);
  }
}

/**
 * After a trap the core's memory may hold anything. The new instance is not made here: where the stack was exhausted, there
 * is no room for it.
 */
function trapped(cause: unknown): Refusal {
  return internal(
    `electroxide's core failed: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
}

function internal(message: string): Refusal {
  return new Refusal({ code: 5000, kind: "Internal", message, fields: [] });
}

/** Replaces a broken instance. Encoders of the old one must not write to the new one's buffers. */
function revive(): void {
  if (!broken) return;
  start();
  Encoder.forget();
  broken = false;
}

/** The refusal of a call that a trap in a call within it has cut off from its core. */
export function cutOff(): Refusal {
  return internal("electroxide's core was replaced during a call");
}

function valueAt(at: number): CoreValue {
  const flags = word(at);
  const start = at + HEADER;
  const end = start + word(at + 12);
  const ascii = (flags & ASCII) !== 0;
  const all = ascii ? latin1?.(start, end) : undefined;
  const value = new Decoder(bytes.subarray(start, end), ascii, all).value();
  if ((flags & FAILED) !== 0) throw new Refusal(value as unknown as CoreError, word(at + 4));
  return value;
}

const unreachable = new FinalizationRegistry<{ handle: number; generation: number }>((entity) => {
  if (broken || entity.generation !== generation) return;
  try {
    core.release(entity.handle);
  } catch {
    broken = true;
  }
});

/** What is compiled: how it is written, and which of the core's functions reads it. */
interface Source {
  write(encoder: Encoder): void;
  compile(encoder: Encoder): number;
}

/** An entity's definition, and the fields that name an item's entity and version where they are not the usual ones. */
export function entitySource(definition: unknown, identifiers: unknown, dropIn: boolean): Source {
  return {
    write(encoder) {
      encoder.value(definition);
      encoder.value(identifiers);
    },
    compile: ({ depth, length }) => core.compile(depth, length, dropIn ? 1 : 0),
  };
}

/** A collection of entities, each by the service's name for it and what it was compiled from. */
export function collectionSource(
  name: string,
  members: readonly (readonly [name: string, source: Source])[],
  dropIn: boolean,
): Source {
  return {
    write(encoder) {
      encoder.text(name);
      for (const [member, source] of members) {
        encoder.text(member);
        source.write(encoder);
      }
    },
    compile: ({ depth, length }) => core.collection(depth, length, dropIn ? 1 : 0),
  };
}

/** One compiled entity or collection in the core, which is compiled again when the instance had to be replaced. */
export class CoreEntity {
  /** What the core answered to the definition. */
  readonly plan: CoreValue;
  private handle = 0;
  private generation = 0;
  private shapes: Shape[] = [];
  /** What the core knows of this entity's calls. */
  readonly structures = new Structures();
  private registered: { handle: number; generation: number } | undefined;

  /**
   * @param source What the user wrote, or made of what others have.
   * @param hooks Receives the definition's functions and regular expressions, at the numbers that the plan uses.
   */
  constructor(
    readonly source: Source,
    hooks: unknown[],
  ) {
    this.plan = this.compile(hooks);
  }

  private compile(hooks: unknown[]): CoreValue {
    revive();
    const encoder = Encoder.acquire();
    let plan: CoreValue;
    try {
      encoder.hooks = hooks;
      this.source.write(encoder);
      checkCore(encoder);
      const at = cross(() => this.source.compile(encoder));
      plan = valueAt(at);
      this.handle = word(at + 4);
    } finally {
      encoder.release();
    }
    this.generation = generation;
    this.shapes = [];
    this.structures.forget();
    if (this.registered === undefined) {
      this.registered = { handle: this.handle, generation };
      unreachable.register(this, this.registered);
    } else {
      this.registered.handle = this.handle;
      this.registered.generation = generation;
    }
    return plan;
  }

  /** The handle in the core as it is now. */
  current(): number {
    revive();
    if (this.generation !== generation) this.compile([]);
    return this.handle;
  }

  /** Carries out the call that the draft has ended, unless it is answered already. */
  run(draft: Draft): Outcome {
    return draft.answer ?? this.cross(draft, draft.encoder as Encoder);
  }

  private cross(draft: Draft, encoder: Encoder): Outcome {
    checkCore(encoder);
    if (this.generation !== generation) throw cutOff();
    try {
      const at = core.run(this.handle, encoder.depth, encoder.length) >>> 0;
      encoder.crossed();
      if (bytes.length === 0) view();
      const flags = word(at);
      if ((flags & FAILED) !== 0) valueAt(at);
      const count = word(at + 8);
      const size = word(at + 12);
      const ascii = (flags & ASCII) !== 0;
      const texts = readTexts(at + HEADER, count, size, ascii);
      const plans = new Decoder(bytes.subarray(at + HEADER + count * 4 + size), ascii, undefined);
      const { asking, start } = draft;
      const written = {
        ...{ entity: this, asking, start, count: draft.count - start },
        ...{ position: 0, times: 1 },
      };
      return outcomeOf(written, draft.values, flags, word(at + 4), texts, plans);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // Beside traps: an exhausted stack, after which the core and this entity may know different shapes.
      broken = true;
      throw trapped(error);
    }
  }

  /**
   * The shape of this number.
   * @param fresh Reads the shape's plan, where it has just been made.
   */
  shape(number: number, isCleared: boolean, fresh: Decoder | undefined): Shape {
    if (isCleared) this.shapes = [];
    if (fresh !== undefined) this.shapes[number] = compileShape(fresh.value());
    return this.shapes[number] as Shape;
  }

  /** The attributes by slot, as far as recipes ask for them. */
  get attributes(): readonly AttributePlan[] {
    return (this.plan as unknown as { attributes: readonly AttributePlan[] }).attributes;
  }

  /** Whether its handle belongs to the core as it is. */
  get isCurrent(): boolean {
    return this.generation === generation;
  }

  /** Asks the core a question about this entity (src/wasm/entity.rs lists them). */
  ask(...operands: unknown[]): CoreValue {
    const handle = this.current();
    return withEncoder((encoder) => {
      encoder.value(operands);
      checkCore(encoder);
      return valueAt(cross(() => core.ask(handle, encoder.depth, encoder.length)));
    });
  }
}

/** The outcome of a call. What the core tells for all of its kind is read from `plans` and kept. */
function outcomeOf(
  { entity, asking, start, count, times }: Written,
  all: readonly unknown[],
  flags: number,
  number: number,
  texts: readonly string[],
  plans: Decoder,
): Outcome {
  const fresh = (flags & FRESH) === 0 ? undefined : plans;
  const outcome = { shape: entity.shape(number, (flags & CLEARED) !== 0, fresh), texts };
  if ((flags & RECIPE) !== 0) {
    const values = all.slice(start, start + count / times);
    const recipe = Recipe.compile(plans.words(), outcome, entity.attributes, values);
    if (asking !== undefined) asking.recipe ??= recipe;
  } else {
    asking?.askNoMore();
  }
  return outcome;
}

/**
 * Carries out the calls that the encoder holds, each behind its entity's handle.
 * @param calls These calls, in their order.
 * @param values The values of all of them.
 * @param outcomes Receives what comes of each, at its position.
 * @throws The refusal of the first call that is refused, with its position.
 */
export function runAll(
  encoder: Encoder,
  calls: readonly Written[],
  values: readonly unknown[],
  outcomes: Outcome[],
): void {
  checkCore(encoder);
  if (!calls.every(({ entity }) => entity.isCurrent)) throw cutOff();
  try {
    const at = core.run_all(encoder.depth, encoder.length) >>> 0;
    if (bytes.length === 0) view();
    readOutcomes(at, calls, values, outcomes);
    encoder.crossed();
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.error, positionOf(calls, error.position));
    broken = true;
    throw trapped(error);
  }
}

/** The position of the call that crossed as this one. */
function positionOf(calls: readonly Written[], crossed: number): number {
  let before = 0;
  for (const { position, times } of calls) {
    if (crossed < before + times) return position + crossed - before;
    before += times;
  }
  return 0;
}

function readOutcomes(
  at: number,
  calls: readonly Written[],
  values: readonly unknown[],
  outcomes: Outcome[],
): void {
  const flags = word(at);
  if ((flags & FAILED) !== 0) valueAt(at);
  let next = at + HEADER;
  const lengths = next + word(at + 4) * 4;
  const count = word(at + 8);
  const size = word(at + 12);
  const ascii = (flags & ASCII) !== 0;
  const all = readTexts(lengths, count, size, ascii);
  const plans = new Decoder(bytes.subarray(lengths + count * 4 + size), ascii, undefined);
  let start = 0;
  for (const call of calls) {
    // The recipe is told with the first of several calls.
    const further = { ...call, asking: undefined };
    for (let i = 0; i < call.times; i++) {
      const outcome = word(next);
      next += 4;
      const end = start + ((outcome >>> 16) & 0xfff);
      const texts = all.slice(start, end);
      start = end;
      const shape = outcome & 0xffff;
      const told = i === 0 ? call : further;
      outcomes[call.position + i] = outcomeOf(told, values, outcome >>> 28, shape, texts, plans);
    }
  }
}

/** The table that these entities imply, as `src/table.rs` writes it. */
export function askTable(
  entities: readonly CoreEntity[],
  table: string,
  ttl: string | undefined,
): CoreValue {
  const handles = entities.map((entity) => entity.current());
  return withEncoder((encoder) => {
    encoder.value([table, ttl, ...handles]);
    checkCore(encoder);
    return valueAt(cross(() => core.table_definition(encoder.depth, encoder.length)));
  });
}

/** What an encoder of a replaced core has written must not be read: it is elsewhere. */
function checkCore(encoder: Encoder): void {
  if (broken || encoder.isForgotten) throw cutOff();
}

function withEncoder<T>(use: (encoder: Encoder) => T): T {
  const encoder = Encoder.acquire();
  try {
    return use(encoder);
  } finally {
    encoder.release();
  }
}

function readTexts(at: number, count: number, size: number, ascii: boolean): string[] {
  if (count === 0) return [];
  const start = at + count * 4;
  const all =
    ascii && latin1 !== undefined
      ? latin1(start, start + size)
      : utf8.decode(bytes.subarray(start, start + size));
  if (count === 1) return [ascii ? all : cased(all, word(at))];
  const texts: string[] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    const length = word(at + i * 4);
    const end = from + (length & LENGTH);
    texts.push(ascii ? all.substring(from, end) : cased(all.substring(from, end), length));
    from = end;
  }
  return texts;
}

/** Letters beyond ASCII are cased by JavaScript, with which ElectroDB's keys were made. */
function cased(text: string, length: number): string {
  if (length <= LENGTH) return text;
  let result = text;
  if ((length & UPPER) !== 0) result = text.toUpperCase();
  else if ((length & LOWER) !== 0) result = text.toLowerCase();
  return (length & SHIFTED) === 0 ? result : shifted(result);
}

/** The first text after all that begin with this one, whose last character is followed by the next one. */
function shifted(text: string): string {
  const last = Array.from(text).at(-1) ?? "";
  const next = (last.codePointAt(0) ?? 0) + 1;
  // Half a surrogate pair is no character, and behind the last character there is none.
  const code = next === 0xd800 ? 0xe000 : Math.min(next, 0x10ffff);
  return text.slice(0, text.length - last.length) + String.fromCodePoint(code);
}
