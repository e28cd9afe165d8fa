/** The named, deterministic user callbacks of test models, and the trace of their calls. They are no part of the library. */
import { canonical, revive, type Resolver } from "./tagged";

type Callback = (...args: never[]) => unknown;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function itemKeys(item: unknown): string {
  return typeof item === "object" && item !== null ? Object.keys(item).sort().join(",") : String(item);
}

function itemValue(item: unknown, name: string): unknown {
  return typeof item === "object" && item !== null ? (item as Record<string, unknown>)[name] : undefined;
}

/** Every fixture by its name. A fixture is pure: what it gives depends on its arguments only. */
export const HOOKS: Record<string, Callback> = {
  // set and get hooks
  same: (value: unknown) => value,
  upper: (value: unknown) => (typeof value === "string" ? value.toUpperCase() : value),
  trim: (value: unknown) => (typeof value === "string" ? value.trim() : value),
  suffix: (value: unknown) => (typeof value === "string" ? `${value}!` : value),
  plusOne: (value: unknown) => (typeof value === "number" ? value + 1 : value),
  isoNow: () => "2025-01-15T10:00:00.000Z",
  epochNow: () => 1736935200,
  nothing: () => undefined,
  keysOfItem: (_value: unknown, item: unknown) => itemKeys(item),
  titleOfItem: (_value: unknown, item: unknown) => `title:${text(itemValue(item, "title"))}`,
  countUp: (_value: unknown, item: unknown) => Number(itemValue(item, "version") ?? 0) + 1,
  fullName: (_value: unknown, item: unknown) =>
    `${text(itemValue(item, "firstName"))} ${text(itemValue(item, "lastName"))}`,
  mapWithSeen: (value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, seen: "yes" } : value,
  firstOnly: (value: unknown) => (Array.isArray(value) ? value.slice(0, 1) : value),
  wrongType: () => ({ not: "expected" }),
  fails: () => {
    throw new RangeError("fixture failed");
  },
  // defaults
  draft: () => "draft",
  one: () => 1,
  zero: () => 0,
  no: () => false,
  emptyList: () => [],
  emptyMap: () => ({}),
  // validators
  accept: () => true,
  refuse: () => false,
  returnsReason: () => "not good",
  returnsNothing: () => undefined,
  notEmpty: (value: unknown) => value !== "" && value !== undefined,
  short: (value: unknown) => typeof value !== "string" || value.length < 12,
  // index conditions
  whenPublished: (item: unknown) => itemValue(item, "published") === true,
  whenTitled: (item: unknown) => text(itemValue(item, "title")) !== "",
  always: () => true,
  never: () => false,
};

/** One call of a fixture: where it stood in the model, and what it was given and gave. */
export interface HookCall {
  place: string;
  hook: string;
  args: string[];
}

/** Collects the calls of all fixtures of one model in their order. */
export class Trace {
  readonly calls: HookCall[] = [];

  resolver(library: { CustomAttributeType(type: string): unknown }): Resolver {
    return {
      custom: (type) => library.CustomAttributeType(type),
      hook: (name, place) => this.hook(name, place),
    };
  }

  hook(name: string, place: string): Callback {
    const callback = Object.hasOwn(HOOKS, name) ? HOOKS[name] : undefined;
    if (!callback) throw new Error(`no fixture is named ${name}`);
    return (...args: never[]) => {
      this.calls.push({ place, hook: name, args: args.map((argument) => canonical(argument)) });
      return callback(...args);
    };
  }
}

/** Reads a model file for one library. */
export function reviveModel(
  model: unknown,
  library: { CustomAttributeType(type: string): unknown },
  trace: Trace = new Trace(),
): unknown {
  return revive(model, trace.resolver(library));
}
