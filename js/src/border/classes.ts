// The class of a value: what of it the structure of a call says. Objects are recognised by tag, for those of another realm have other classes.

import { isWrappedSet } from "../tags.js";

/** The classes that requests may depend on; the core tells the same ones apart (`class` in src/call/read.rs). */
export const CLASS = {
  undefined: 0,
  null: 1,
  boolean: 2,
  number: 3,
  bigint: 4,
  string: 5,
  bytes: 6,
  list: 7,
  map: 8,
  set: 9,
  function: 10,
  regexp: 11,
  other: 12,
} as const;

const tagOf = Object.prototype.toString;

/**
 * The class of a value.
 * @param classes Whether objects of a class are told from plain ones, which alone can be stored.
 */
export function classOf(value: unknown, classes: boolean): number {
  switch (typeof value) {
    case "string":
      return CLASS.string;
    case "number":
      return CLASS.number;
    case "boolean":
      return CLASS.boolean;
    case "undefined":
      return CLASS.undefined;
    case "bigint":
      return CLASS.bigint;
    case "function":
      return CLASS.function;
    case "symbol":
      return CLASS.other;
    default:
      return value === null ? CLASS.null : classOfObject(value as object, classes);
  }
}

/** The class of an object. */
export function classOfObject(value: object, classes: boolean): number {
  if (Array.isArray(value)) return CLASS.list;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return CLASS.map;
  const tag = tagOf.call(value);
  if (tag === "[object Set]") return CLASS.set;
  if (tag === "[object RegExp]") return CLASS.regexp;
  if (isBinary(value, tag)) {
    // The SDK stores other views and buffers as no bytes at all, or fails at them.
    return classes && tag !== "[object Uint8Array]" ? CLASS.other : CLASS.bytes;
  }
  if (isNamed(tag)) return CLASS.other;
  if (isWrappedSet(value)) return CLASS.set;
  return classes && isOfClass(value) ? CLASS.other : CLASS.map;
}

/** What messages call an object of the class `other`. */
export function nameOfOther(value: object): string {
  const tag = tagOf.call(value);
  return isNamed(tag) || isBinary(value, tag) ? tag.slice(8, -1) : "Object";
}

function isBinary(value: object, tag: string): boolean {
  return ArrayBuffer.isView(value) || tag === "[object ArrayBuffer]";
}

function isNamed(tag: string): boolean {
  return tag === "[object Date]" || tag === "[object Map]" || tag === "[object Promise]";
}

/** Whether an object has a class of its own; plain objects of another realm have none. */
function isOfClass(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}
