// The core's instance: loads it, replaces it after a trap, and shows its memory. It is the only importer of the wasm module, and reads no answer.

import { loadModule } from "#entry";

/** The functions of src/wasm, and its memory. */
export interface Exports {
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

const module = loadModule();

/** What the core exports. */
export let core: Exports;
/** Counts the instances. */
export let generation = 0;
/** Whether the instance is in an unknown state: the next call starts a new one. */
export let broken = false;
/** Its memory, as it was seen last. */
export let bytes: Uint8Array<ArrayBuffer>;
let words: Int32Array<ArrayBuffer>;
/** Cuts single-byte texts out of its memory, where the host has a quick way to. */
export let latin1: ((start: number, end: number) => string) | undefined;

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

/** Looks at the memory anew where it has grown: the views of before are empty then. */
export function look(): void {
  if (bytes.length === 0) view();
}

/** The core's memory as it is now. */
export function inputBuffer(): Uint8Array<ArrayBuffer> {
  look();
  return bytes;
}

/** The same memory as words. */
export function inputWords(): Int32Array<ArrayBuffer> {
  return words;
}

/** The word at this address. */
export function word(at: number): number {
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
export function cross(call: () => number): number {
  try {
    const at = call() >>> 0;
    look();
    return at;
  } catch (cause) {
    throw trapped(cause);
  }
}

/**
 * After a trap the core's memory may hold anything. The new instance is not made here: where the stack was exhausted, there
 * is no room for it.
 */
export function trapped(cause: unknown): Refusal {
  broken = true;
  return internal(
    `electroxide's core failed: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
}

function internal(message: string): Refusal {
  return new Refusal({ code: 5000, kind: "Internal", message, fields: [] });
}

/** Replaces a broken instance. What was made for the old one knows by its generation that it must not write to this one's memory. */
export function revive(): void {
  if (!broken) return;
  start();
  broken = false;
}

/** The refusal of a call that a trap in a call within it has cut off from its core. */
export function cutOff(): Refusal {
  return internal("electroxide's core was replaced during a call");
}
