// Attribute nodes and tokens of `where` and `data` callbacks: what the user's callback holds in its hands. It renders nothing.

import type { AttributePlan } from "../entity/plan.js";

const PATH = Symbol("electroxide.path");

/** A path that a callback walked: an attribute and the steps below it. */
export interface PathReference {
  slot: number;
  name: string;
  steps: readonly (string | number)[];
}

/** An attribute or a part of one inside a callback. */
export interface PathNode {
  readonly [PATH]: PathReference;
}

/** The slot of a name that the model does not declare. */
export const NO_SLOT = 0xffff;

/** The path of what a callback passed to an operator; undefined for anything that is no attribute. */
export function pathOf(value: unknown): PathReference | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return undefined;
  return (value as Partial<PathNode>)[PATH];
}

/** A reference to a stored field that no attribute is declared for. */
export function fieldReference(name: string): PathNode {
  return { [PATH]: { slot: NO_SLOT, name, steps: [] } };
}

/** What to do about a name that the model, or the map at a path, does not declare; it throws, or the name is simply not there. */
export type UndeclaredName = (
  name: string,
  siblings: readonly AttributePlan[],
  parent?: PathReference,
) => never;

/** The attributes of an entity as callbacks see them. */
export function attributeNodes(
  attributes: readonly AttributePlan[],
  undeclared?: UndeclaredName,
): Record<string, PathNode> {
  const nodes = Object.create(prototypeOf(attributes, undeclared)) as Record<string, PathNode>;
  attributes.forEach((attribute, slot) => {
    const value = node(attribute, { slot, name: attribute.name, steps: [] }, undeclared);
    Object.defineProperty(nodes, attribute.name, { value, enumerable: true });
  });
  return nodes;
}

/** A prototype is asked only for names that the object itself does not have, so that declared ones cost nothing. */
function prototypeOf(
  siblings: readonly AttributePlan[],
  undeclared: UndeclaredName | undefined,
  parent?: PathReference,
): object | null {
  if (undeclared === undefined) return null;
  return new Proxy(Object.create(null) as object, {
    get(_, name) {
      if (typeof name !== "string" || name === "then" || name === "toJSON") return undefined;
      return undeclared(name, siblings, parent);
    },
  });
}

function node(
  attribute: AttributePlan,
  path: PathReference,
  undeclared: UndeclaredName | undefined,
): PathNode {
  switch (attribute.kind) {
    case "map":
      return attribute.properties === undefined || attribute.properties.length === 0
        ? anything(path)
        : map(attribute.properties, path, undeclared);
    case "list":
      return list(attribute.items, path, undeclared);
    case "any":
    case "custom":
      return anything(path);
    default:
      return Object.freeze({ [PATH]: path });
  }
}

function below(path: PathReference, step: string | number): PathReference {
  return { slot: path.slot, name: path.name, steps: [...path.steps, step] };
}

/** Properties are made when they are touched: few callbacks look at nested ones. */
function map(
  properties: readonly AttributePlan[],
  path: PathReference,
  undeclared: UndeclaredName | undefined,
): PathNode {
  const object = Object.create(prototypeOf(properties, undeclared, path)) as PathNode;
  Object.defineProperty(object, PATH, { value: path });
  for (const property of properties) {
    let made: PathNode | undefined;
    Object.defineProperty(object, property.name, {
      enumerable: true,
      get: () => (made ??= node(property, below(path, property.name), undeclared)),
    });
  }
  return Object.freeze(object);
}

const POSITION = /^(?:0|[1-9]\d{0,8})$/;

function list(
  items: AttributePlan | undefined,
  path: PathReference,
  undeclared: UndeclaredName | undefined,
): PathNode {
  return walker(path, (step) => {
    if (!POSITION.test(step)) return undefined;
    const next = below(path, Number(step));
    return items === undefined ? anything(next) : node(items, next, undeclared);
  });
}

function anything(path: PathReference): PathNode {
  return walker(path, (step) => anything(below(path, POSITION.test(step) ? Number(step) : step)));
}

function walker(path: PathReference, walk: (step: string) => PathNode | undefined): PathNode {
  const target: PathNode = { [PATH]: path };
  return new Proxy(target, {
    get: (_, step) => (step === PATH ? path : typeof step === "string" ? walk(step) : undefined),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}

/** An argument of an operator, or an operand of an update. */
export type Argument =
  | { kind: "path"; path: PathReference }
  | { kind: "value"; value: unknown }
  | { kind: "token"; number: number };

/** One use of an operator. */
export interface Token {
  operator: number;
  arguments: readonly Argument[];
}

/** A callback's text and the tokens in it, ready to cross. */
export interface Clause {
  text: string;
  tokens: readonly Token[];
}

/**
 * Tokens stand in texts as U+0001, a secret, the number of the callback, a number and U+0002. The secret keeps users' strings,
 * which may hold anything, from being taken for tokens, and the callback's number keeps one callback's tokens out of another;
 * the core sees U+0001, the token's number and U+0002. The secret is drawn when first needed, because some hosts forbid random
 * numbers while modules load.
 */
let secret = "";
let callbacks = 0;
let prefix = "";

/** Begins a callback; answers what `leaveCallback` needs to go on with the one around it. */
export function enterCallback(): string {
  const outer = prefix;
  if (secret === "") secret = `\u0001${Math.random().toString(36).slice(2, 10)}:`;
  prefix = `${secret}${++callbacks}:`;
  return outer;
}

/** Ends a callback. */
export function leaveCallback(outer: string): void {
  prefix = outer;
}

/** The text of the running callback's token of this number. */
export function tokenText(number: number): string {
  return `${prefix}${number}\u0002`;
}

/** The number of the running callback's token that this string is; undefined for any other value. */
export function tokenNumber(value: unknown): number | undefined {
  if (typeof value !== "string" || value.charCodeAt(0) !== 1 || !value.startsWith(prefix)) {
    return undefined;
  }
  const number = Number(value.slice(prefix.length, -1));
  return value === tokenText(number) ? number : undefined;
}

/** Whether tokens, of any callback, stand somewhere in this string. */
export function hasTokens(value: unknown): value is string {
  return typeof value === "string" && secret !== "" && value.includes(secret);
}

/** The text as the core reads it; undefined when it holds a U+0001 that is of no token of the running callback. */
export function crossingText(text: string): string | undefined {
  if (!text.includes("\u0001")) return text;
  const parts = text.split(prefix);
  return parts.some((part) => part.includes("\u0001")) ? undefined : parts.join("\u0001");
}
