// The core's instance: loads it, carries calls across and reads its answers. It is the only importer of the wasm module.

import { loadModule } from "#entry";
import { Decoder, type CoreValue } from "./decode.js";
import { Encoder } from "./encode.js";
import { compileShape, type Shape } from "./params.js";
import { Structures } from "./structure.js";

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

/** What the core made of several calls. */
export interface Outcomes {
  /** The shape of each call's request. */
  readonly shapes: Shape[];
  /** The texts of each call. */
  readonly texts: (readonly string[])[];
}

const FAILED = 1;
const FRESH = 2;
const ASCII = 4;
const CLEARED = 8;
const HEADER = 16;
const UPPER = 2 << 30;
const LENGTH = (1 << 30) - 1;

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
  const value = new Decoder(bytes.subarray(at + HEADER, at + HEADER + word(at + 12))).value();
  if ((word(at) & FAILED) !== 0) throw new Refusal(value as unknown as CoreError, word(at + 4));
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

  /** Carries out the call that the encoder holds. */
  run(encoder: Encoder): Outcome {
    checkCore(encoder);
    if (this.generation !== generation) throw cutOff();
    try {
      const at = core.run(this.handle, encoder.depth, encoder.length) >>> 0;
      encoder.crossed();
      return this.outcome(at);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // Beside traps: an exhausted stack, after which the core and this entity may know different shapes.
      broken = true;
      throw trapped(error);
    }
  }

  private outcome(at: number): Outcome {
    if (bytes.length === 0) view();
    const flags = word(at);
    if ((flags & FAILED) !== 0) valueAt(at);
    const count = word(at + 8);
    const size = word(at + 12);
    const texts = readTexts(at + HEADER, count, size, (flags & ASCII) !== 0);
    const number = word(at + 4);
    const plans = at + HEADER + count * 4 + size;
    const fresh = (flags & FRESH) === 0 ? undefined : new Decoder(bytes.subarray(plans));
    return { shape: this.shape(number, (flags & CLEARED) !== 0, fresh), texts };
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

/**
 * Carries out the calls that the encoder holds, each behind its entity's handle, and adds what came of them.
 * @param entities The entities of all calls, those of earlier crossings too.
 */
export function runAll(
  encoder: Encoder,
  entities: readonly CoreEntity[],
  outcomes: Outcomes,
): void {
  checkCore(encoder);
  if (!entities.every((entity) => entity.isCurrent)) throw cutOff();
  try {
    addOutcomes(core.run_all(encoder.depth, encoder.length) >>> 0, entities, outcomes);
    encoder.crossed();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    broken = true;
    throw trapped(error);
  }
}

function addOutcomes(
  at: number,
  entities: readonly CoreEntity[],
  { shapes, texts }: Outcomes,
): void {
  if (bytes.length === 0) view();
  const flags = word(at);
  if ((flags & FAILED) !== 0) valueAt(at);
  const before = shapes.length;
  const words = at + HEADER;
  const lengths = words + word(at + 4) * 4;
  const count = word(at + 8);
  const size = word(at + 12);
  const all = readTexts(lengths, count, size, (flags & ASCII) !== 0);
  const plans = new Decoder(bytes.subarray(lengths + count * 4 + size));
  let start = 0;
  for (let i = 0; words + i * 4 < lengths; i++) {
    const outcome = word(words + i * 4);
    const own = outcome >>> 28;
    const fresh = (own & FRESH) === 0 ? undefined : plans;
    const entity = entities[before + i] as CoreEntity;
    shapes.push(entity.shape(outcome & 0xffff, (own & CLEARED) !== 0, fresh));
    const end = start + ((outcome >>> 16) & 0xfff);
    texts.push(all.slice(start, end));
    start = end;
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
  return length >= UPPER >>> 0 ? text.toUpperCase() : text.toLowerCase();
}
