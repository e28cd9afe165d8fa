// Checks that two libraries answer a measured call alike, so that a fast wrong answer cannot win; it measures nothing.
import { isDeepStrictEqual } from "node:util";

const TIME_STAMP = /\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d\.\d{3}[Zz]/g;

/** Time stamps of "now" differ from call to call; everything else has to be equal. */
function withoutTime(value) {
  if (typeof value === "string") return value.replace(TIME_STAMP, "<now>");
  if (Array.isArray(value)) return value.map(withoutTime);
  if (value instanceof Set) return { set: [...value].map(withoutTime) };
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withoutTime(v)]));
  }
  return value;
}

export function agree(left, right) {
  return isDeepStrictEqual(withoutTime(left), withoutTime(right));
}
