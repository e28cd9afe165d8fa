// Writes values into the core's memory as a tag stream (src/value/stream.rs reads it), and the calls that they belong to; it decides nothing.

import { CLASS, classOfObject, nameOfOther } from "./classes.js";
import { cutOff, generation, inputAddress, inputBuffer, inputWords } from "./instance.js";
import type { Place } from "./structure.js";
import { isWrappedSet } from "../tags.js";

const UNDEFINED = 0;
const NULL = 1;
const FALSE = 2;
const TRUE = 3;
const INTEGER = 4;
const DECIMAL = 5;
const BIGINT = 6;
const STRING = 7;
const LONG_STRING = 8;
const ILL_FORMED = 9;
const BYTES = 10;
const LIST = 11;
const MAP = 12;
const SET = 13;
const FUNCTION = 14;
const REGEXP = 15;
const OTHER = 16;
const SMALL_INTEGER = 17;

/** Objects within objects beyond this are refused: DynamoDB itself takes 32. */
const DEEPEST = 200;
/** The bytes before a call's values: the number of its structure, and how many bytes the values have. */
const HEADER = 8;
/** Marks the first word of a call whose structure follows its values. */
const FRESH = 1 << 31;
/** Marks the first word of a call of which the recipe is asked. */
const ASKING = 1 << 30;

/** The core gives a buffer of more than this back after its use (src/wasm/memory.rs). */
const KEEP = 1 << 20;
/** Strings up to this length are copied by a loop, which is quicker than crossing into `encodeInto`. */
const SHORT = 40;

const text = new TextEncoder();
const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

/** A value nested too deeply, or in itself, to be read. */
export class TooDeep extends Error {}

/**
 * What is about to cross. An encoder of depth n writes to the core's nth buffer, so that a user's getter may call
 * the library while an outer call is half written.
 */
export class Encoder {
  /** Functions and regular expressions, by the number under which they crossed. */
  hooks: unknown[] | undefined = undefined;
  /** Where the call begins. */
  private head = 0;
  /** The structures that cross for the first time, with their numbers. */
  private fresh: Map<Place, number> | undefined = undefined;
  /** Whether objects of a class are told from plain ones, which alone can be stored. */
  classes = false;
  private bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private words: Int32Array<ArrayBuffer> = new Int32Array(0);
  private start = 0;
  private at = 0;
  private end = 0;
  private nesting = 0;

  private static free: Encoder[] = [];
  private static made = 0;
  /** Of which instance of the core the free ones are. */
  private static generation = 0;

  private readonly generation = generation;

  private constructor(readonly depth: number) {}

  /** An encoder that is at its beginning; give it back with `release`. */
  static acquire(): Encoder {
    if (Encoder.generation !== generation) {
      Encoder.free = [];
      Encoder.made = 0;
      Encoder.generation = generation;
    }
    const encoder = Encoder.free.pop() ?? new Encoder(Encoder.made++);
    encoder.open();
    return encoder;
  }

  /** Whether its buffer was one of a core that has been replaced. */
  get isForgotten(): boolean {
    return this.generation !== generation;
  }

  /** Gives the encoder back. */
  release(): void {
    this.fresh = undefined;
    this.hooks = undefined;
    this.classes = false;
    this.letGo();
    if (!this.isForgotten) Encoder.free.push(this);
  }

  /** Begins anew when what was written has crossed. */
  rewind(): void {
    this.letGo();
    this.open();
  }

  private letGo(): void {
    if (this.end - this.start <= KEEP) return;
    this.bytes = new Uint8Array(0);
    this.start = this.at = this.end = 0;
  }

  private open(): void {
    if (this.bytes.length === 0 || this.end - this.start < 4096) this.grow(4096);
    this.at = this.start;
    this.nesting = 0;
  }

  /** How many bytes were written. */
  get length(): number {
    return this.at - this.start;
  }

  private grow(capacity: number): void {
    if (this.isForgotten) throw cutOff();
    const written = this.at - this.start;
    this.start = inputAddress(this.depth, capacity);
    this.bytes = inputBuffer();
    this.words = inputWords();
    this.at = this.start + written;
    this.end = this.start + capacity;
  }

  private reserve(count: number): void {
    if (this.bytes.length === 0) this.grow(this.end - this.start);
    if (this.at + count > this.end) this.grow((this.at - this.start + count) * 2);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  /** Begins a call; its values follow. */
  begin(): void {
    this.reserve(HEADER);
    this.head = this.length;
    this.at += HEADER;
  }

  /**
   * Ends the call: puts the number of its structure before its values and, where the core does not know it yet, the
   * structure behind them.
   * @param asking Whether the core is to tell the structure's recipe.
   */
  finish(place: Place, asking: boolean): void {
    const { head } = this;
    const size = this.length - head - HEADER;
    const { structure } = place;
    const number = structure < 0 ? this.introduce(place) : structure;
    this.reserve(0);
    const at = this.start + head;
    const first = asking ? number | ASKING : number;
    if ((at & 3) === 0) {
      // The core reads words, and waits for what was stored in smaller parts.
      this.words[at >> 2] = first;
      this.words[(at >> 2) + 1] = size;
    } else {
      this.put(at, first);
      this.put(at + 4, size);
    }
  }

  private introduce(place: Place): number {
    const known = this.fresh?.get(place);
    if (known !== undefined) return known;
    const number = place.tree.number();
    (this.fresh ??= new Map<Place, number>()).set(place, number);
    const mark = this.length;
    this.word(0);
    for (const said of place.marks()) {
      if (typeof said === "number") this.word(said);
      else this.text(said);
    }
    this.put(this.start + mark, this.length - mark - 4);
    return number | FRESH;
  }

  /** The core has taken what was written, and knows its structures from now on. */
  crossed(): void {
    if (this.fresh === undefined) return;
    for (const [place, number] of this.fresh) place.structure = number;
    this.fresh = undefined;
  }

  word(value: number): void {
    this.reserve(4);
    this.put(this.at, value);
    this.at += 4;
  }

  private put(at: number, value: number): void {
    const bytes = this.bytes;
    bytes[at] = value;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value >> 16;
    bytes[at + 3] = value >> 24;
  }

  /** A text that is part of the call's structure. */
  text(value: string): void {
    const length = value.length;
    if (length <= SHORT) {
      this.reserve(length + 1);
      if (this.copy(value, length, this.at + 1)) {
        this.bytes[this.at] = length;
        this.at += length + 1;
        return;
      }
    }
    this.reserve(length * 3 + 5);
    const { written } = text.encodeInto(value, this.bytes.subarray(this.at + 5));
    if (written < 255) {
      this.bytes.copyWithin(this.at + 1, this.at + 5, this.at + 5 + written);
      this.bytes[this.at] = written;
      this.at += written + 1;
    } else {
      this.bytes[this.at] = 255;
      this.put(this.at + 1, written);
      this.at += written + 5;
    }
  }

  private copy(value: string, length: number, at: number): boolean {
    const bytes = this.bytes;
    for (let i = 0; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 127) return false;
      bytes[at + i] = unit;
    }
    return true;
  }

  /** A value's bytes, each as a character; they are not kept. */
  spelled(value: unknown): string {
    const before = this.length;
    this.value(value);
    let name = "";
    for (let at = this.start + before; at < this.at; at++) {
      name += String.fromCharCode(this.bytes[at] as number);
    }
    this.at = this.start + before;
    return name;
  }

  /** Any value. */
  value(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.string(value);
      case "number":
        return this.number(value);
      case "boolean":
        return this.byte(value ? TRUE : FALSE);
      case "undefined":
        return this.byte(UNDEFINED);
      case "bigint":
        this.byte(BIGINT);
        return this.text(String(value));
      case "function":
        return this.hook(FUNCTION, value);
      case "symbol":
        this.byte(OTHER);
        return this.text("Symbol");
      default:
        return value === null ? this.byte(NULL) : this.object(value as object);
    }
  }

  private string(value: string): void {
    const length = value.length;
    if (length <= SHORT) {
      this.reserve(length + 2);
      if (this.copy(value, length, this.at + 2)) {
        this.bytes[this.at] = STRING;
        this.bytes[this.at + 1] = length;
        this.at += length + 2;
        return;
      }
    }
    this.reserve(length * 3 + 6);
    const { written } = text.encodeInto(value, this.bytes.subarray(this.at + 5));
    if (written !== length && !value.isWellFormed()) {
      this.bytes[this.at++] = ILL_FORMED;
      return this.text(value);
    }
    this.bytes[this.at] = LONG_STRING;
    this.put(this.at + 1, written);
    this.at += written + 5;
  }

  private number(value: number): void {
    if ((value | 0) === value) {
      this.reserve(5);
      this.bytes[this.at] = SMALL_INTEGER;
      this.put(this.at + 1, value);
      this.at += 5;
    } else if (Number.isSafeInteger(value)) {
      this.reserve(9);
      this.bytes[this.at] = INTEGER;
      float[0] = value;
      this.bytes.set(floatBytes, this.at + 1);
      this.at += 9;
    } else {
      this.byte(DECIMAL);
      this.text(String(value));
    }
  }

  private hook(tag: number, value: object): void {
    this.byte(tag);
    this.word(this.hooks === undefined ? 0 : this.hooks.push(value) - 1);
  }

  private object(value: object): void {
    if (++this.nesting > DEEPEST) throw new TooDeep();
    switch (classOfObject(value, this.classes)) {
      case CLASS.list:
        this.list(LIST, value as readonly unknown[]);
        break;
      case CLASS.map:
        this.map(value);
        break;
      case CLASS.set:
        this.list(SET, isWrappedSet(value) ? value.values : [...(value as Set<unknown>)]);
        break;
      case CLASS.regexp:
        this.hook(REGEXP, value);
        break;
      case CLASS.bytes:
        this.binary(
          ArrayBuffer.isView(value)
            ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
            : new Uint8Array(value as ArrayBuffer),
        );
        break;
      default:
        this.byte(OTHER);
        this.text(nameOfOther(value));
    }
    this.nesting--;
  }

  private binary(value: Uint8Array): void {
    this.reserve(value.length + 5);
    this.bytes[this.at] = BYTES;
    this.put(this.at + 1, value.length);
    this.bytes.set(value, this.at + 5);
    this.at += value.length + 5;
  }

  private container(tag: number): number {
    this.reserve(9);
    this.bytes[this.at] = tag;
    this.at += 9;
    return this.at - this.start;
  }

  private close(mark: number, count: number): void {
    this.reserve(0);
    const at = this.start + mark;
    this.put(at - 8, this.at - at);
    this.put(at - 4, count);
  }

  private list(tag: number, values: readonly unknown[]): void {
    const mark = this.container(tag);
    const count = values.length;
    for (let i = 0; i < count; i++) this.value(values[i]);
    this.close(mark, count);
  }

  private map(value: object): void {
    const mark = this.container(MAP);
    const names = Object.keys(value);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      this.text(name);
      this.value((value as Record<string, unknown>)[name]);
    }
    this.close(mark, names.length);
  }
}
