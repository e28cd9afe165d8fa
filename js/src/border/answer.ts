// Reads what the core has answered: the words at its head, its values and its texts. What they mean is known where they were asked for.

import { Decoder, decoded, type CoreValue } from "./decode.js";
import { Refusal, bytes, latin1, word, type CoreError } from "./instance.js";

// The flags at an answer's head, as src/wasm/memory.rs has them.
export const FAILED = 1;
export const FRESH = 2;
export const RECIPE = 4;
export const CLEARED = 8;
export const ASCII = 16;
/** The bytes of an answer's head. */
export const HEADER = 16;

// What is said beside a text's length.
const UPPER = 2 << 30;
const LOWER = 1 << 30;
const SHIFTED = 1 << 29;
const LENGTH = SHIFTED - 1;

/**
 * The value that the core has answered.
 * @throws What it has refused.
 */
export function valueAt(at: number): CoreValue {
  const flags = word(at);
  const start = at + HEADER;
  const end = start + word(at + 12);
  const ascii = (flags & ASCII) !== 0;
  const all = ascii ? latin1?.(start, end) : undefined;
  const value = new Decoder(bytes.subarray(start, end), ascii, all).value();
  if ((flags & FAILED) !== 0) throw new Refusal(value as unknown as CoreError, word(at + 4));
  return value;
}

/** The texts of an answer: so many, of so many bytes, behind the words of their lengths. */
export function readTexts(at: number, count: number, size: number, ascii: boolean): string[] {
  if (count === 0) return [];
  const start = at + count * 4;
  const all =
    ascii && latin1 !== undefined
      ? latin1(start, start + size)
      : decoded(bytes.subarray(start, start + size));
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
