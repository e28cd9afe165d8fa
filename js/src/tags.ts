// What kind of object a value is, told by its tag, since Sets and typed arrays of another realm (jest, vm) are no instances.

const tagOf = Object.prototype.toString;

/** A plain object or anything else with members of its own. */
export type Members = Record<string, unknown>;

/** Whether this is a JavaScript Set of any realm. */
export function isSet(value: unknown): value is ReadonlySet<unknown> {
  if (value instanceof Set) return true;
  return typeof value === "object" && value !== null && tagOf.call(value) === "[object Set]";
}

/** Whether this is a regular expression of any realm. */
export function isRegExp(value: unknown): value is RegExp {
  return typeof value === "object" && value !== null && tagOf.call(value) === "[object RegExp]";
}

/** Whether this is the set of a DocumentClient: an object that says so and carries its values. */
export function isWrappedSet(value: unknown): value is { readonly values: readonly unknown[] } {
  if (typeof value !== "object" || value === null) return false;
  const { wrapperName, values } = value as Members;
  return wrapperName === "Set" && Array.isArray(values);
}

/** Whether this is an object that is read by its members: no array, no Set, no date, no binary data. */
export function isRecord(value: unknown): value is Members {
  if (typeof value !== "object" || value === null) return false;
  return (
    Object.getPrototypeOf(value) === Object.prototype || tagOf.call(value) === "[object Object]"
  );
}

/** A member of an object's own; `undefined` where it only inherits one, as `constructor`. */
export function ownMember(value: object, name: string): unknown {
  const member = (value as Members)[name];
  // Plain objects inherit functions and, under `__proto__`, an object; nothing else has to be asked twice.
  if (typeof member !== "function" && member !== Object.prototype) return member;
  return Object.hasOwn(value, name) ? member : undefined;
}

/** Gives an object a member, whose name may be `__proto__`. */
export function define(target: Members, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    target[name] = value;
  }
}
