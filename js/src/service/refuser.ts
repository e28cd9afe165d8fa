// A prototype that refuses the names which an object does not have, and leaves alone what JavaScript and its printers ask of any object.

/** Promises, JSON, Node's inspection and test runners ask for these; a member of such a name is found before its object's prototype is asked. */
const ASKED = new Set([
  ...["then", "toJSON", "constructor", "toString", "valueOf", "inspect", "href", "length", "size"],
  ...[
    "nodeType",
    "tagName",
    "asymmetricMatch",
    "$$typeof",
    "hasAttribute",
    "@@__IMMUTABLE_ITERABLE__@@",
  ],
]);

/** A prototype that is asked only for names that its object does not have; `refuse` throws. */
export function refuser(refuse: (name: string) => never): object {
  return new Proxy(Object.create(null) as object, {
    get: (_, name) => (typeof name !== "string" || ASKED.has(name) ? undefined : refuse(name)),
  });
}
