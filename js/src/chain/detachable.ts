// Methods of chains that can be taken from their chain and called by themselves, as ElectroDB's can.

/** All that users call on a chain of any kind. */
const METHODS = [
  ...["where", "filter", "commit", "params", "go"],
  ...["begins", "between", "gt", "gte", "lt", "lte"],
  ...["set", "add", "subtract", "append", "delete", "ifNotExists", "remove", "data", "composite"],
];

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Makes the methods that this class adds stay with their chain: `const { go } = User.get(key)`. */
export function detachable({ prototype }: { readonly prototype: object }): void {
  for (const name of METHODS) {
    const method = Object.getOwnPropertyDescriptor(prototype, name)?.value as Method | undefined;
    if (method === undefined) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: unknown) {
        return method.bind(this);
      },
      // A mock in the place of a method stays one of this chain.
      set(this: object, value: unknown) {
        const own = { value, configurable: true, enumerable: true, writable: true };
        Object.defineProperty(this, name, own);
      },
    });
  }
}
