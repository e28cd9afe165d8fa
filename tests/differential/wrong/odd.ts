/** Values that are wrong where they stand, as tagged JSON. It knows neither models nor calls. */
import type { Random } from "../random";

const ODD: readonly unknown[] = [
  null,
  { $undefined: true },
  "",
  "text",
  0,
  1,
  -1,
  1.5,
  { $number: "NaN" },
  { $number: "Infinity" },
  true,
  false,
  [],
  ["text"],
  [5],
  [null],
  {},
  { a: 1 },
  { $bigint: "7" },
  { $symbol: "s" },
  { $function: "f" },
  { $date: "2024-01-01T00:00:00.000Z" },
  { $regexp: "^a", flags: "" },
  { $set: ["x"] },
  { $bytes: "AAEC" },
];

/** Any of them, the case's own: a second mistake may be made in it. */
export function oddValue(random: Random): unknown {
  return structuredClone(random.pick(ODD));
}

/** Gives a record a member of any name. */
export function define(record: object, name: string, value: unknown): void {
  Object.defineProperty(record, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
