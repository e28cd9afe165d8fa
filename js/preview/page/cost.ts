// What items weigh and requests consume, by the rules that DynamoDB publishes. Where only the database knows, it says "at least".

import type { AttributeValue, Item } from "../shared/report.js";

const utf8 = new TextEncoder();
const bytes = (text: string): number => utf8.encode(text).length;

/** A base64 text's bytes. */
function binary(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/** About one byte for two significant digits, and one more. */
function number(text: string): number {
  const digits = text
    .replace(/[eE].*$/, "")
    .replace(/[-+.]/g, "")
    .replace(/^0+|0+$/g, "");
  return Math.ceil(digits.length / 2) + 1;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The bytes of a value. */
export function valueSize(value: AttributeValue): number {
  if ("S" in value) return bytes(value.S);
  if ("N" in value) return number(value.N);
  if ("B" in value) return binary(value.B);
  if ("SS" in value) return sum(value.SS.map(bytes));
  if ("NS" in value) return sum(value.NS.map(number));
  if ("BS" in value) return sum(value.BS.map(binary));
  // A list and a map have three bytes of their own, and one for each element.
  if ("L" in value) return 3 + sum(value.L.map((member) => 1 + valueSize(member)));
  if ("M" in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
}

/** The bytes of an item: those of its names and of its values. */
export function itemSize(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => bytes(name) + valueSize(value)));
}

/** The write units of an item: one for each kilobyte begun, two in a transaction. */
export function writeUnits(size: number, isTransaction = false): number {
  return Math.max(1, Math.ceil(size / 1024)) * (isTransaction ? 2 : 1);
}

/** How a read is paid: half a unit for 4 kB, a whole one when it is consistent, two in a transaction. */
export type Reading = "eventual" | "consistent" | "transaction";

const FACTORS: Readonly<Record<Reading, number>> = { eventual: 0.5, consistent: 1, transaction: 2 };

/** The read units of so many bytes. */
export function readUnits(size: number, reading: Reading): number {
  return Math.max(1, Math.ceil(size / 4096)) * FACTORS[reading];
}
