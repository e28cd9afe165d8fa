/** Wrong libraries made from electrodb, one fault each: the differential test must find every one of them. */
import type { Library } from "./run";

type Loose = Record<string, unknown>;
type Method = (...args: unknown[]) => unknown;

/** Wraps every object on the way from an entity to its params, so that the end result can be spoiled. */
function intercept(target: unknown, spoil: (result: unknown) => unknown): unknown {
  if (typeof target !== "object" || target === null) return target;
  return new Proxy(target as Loose, {
    get(object, name) {
      const value = object[name as string];
      if (name === "query") return intercept(value, spoil);
      if (typeof value !== "function") return name === "scan" ? intercept(value, spoil) : value;
      return (...args: unknown[]) => {
        const result = (value as Method).apply(object, args);
        if (name === "params" || name === "parse") return spoil(result);
        return intercept(result, spoil);
      };
    },
  });
}

function spoiled(library: Library, spoil: (result: unknown) => unknown): Library {
  const Entity = function (definition: never, config: never): unknown {
    return intercept(new library.Entity(definition, config), spoil);
  };
  return { ...library, Entity: Entity as never };
}

function deepText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((entry) => deepText(entry, change));
  if (typeof value !== "object" || value === null || value instanceof Set) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, deepText(entry, change)]),
  );
}

/** What each wrong library does wrong. */
export function mutations(library: Library): Record<string, Library> {
  return {
    "a key prefix is wrong": spoiled(library, (result) =>
      deepText(result, (text) => text.replace(/^\$MyApp|^\$myapp/, "$my")),
    ),
    "numbering of values starts at one": spoiled(library, (result) =>
      deepText(result, (text) => text.replace(/(:\w+)0\b/g, "$11")),
    ),
    "an undefined property appears": spoiled(library, (result) => ({
      ...(result as Loose),
      Extra: undefined,
    })),
    "the filter is lost": spoiled(library, (result) => {
      const { FilterExpression: _lost, ...rest } = (result ?? {}) as Loose;
      return rest;
    }),
    "refusals lose their code": {
      ...library,
      Entity: class {
        constructor(definition: never, config: never) {
          try {
            return new library.Entity(definition, config) as object;
          } catch {
            throw new Error("refused");
          }
        }
      } as never,
    },
    "hooks run twice": {
      ...library,
      Entity: function (definition: never, config: never) {
        const attributes = (definition as { attributes?: Record<string, Loose> }).attributes ?? {};
        for (const attribute of Object.values(attributes)) {
          const set = attribute?.set as Method | undefined;
          if (set) attribute.set = (...args: unknown[]) => [set(...args), set(...args)][0];
        }
        return new library.Entity(definition, config) as object;
      } as never,
    },
  };
}
