// Lays the caller's own values and the core's texts into a request's parameters, by the plan of the request's shape.

import type { CoreValue } from "./decode.js";
import { define } from "../tags.js";

/** Shapes a value on its way to DynamoDB by the attribute node of this number. */
export type Shaper = (value: unknown, node: number) => unknown;

/** The parameters of one DynamoDB operation, as the SDK's document client takes them. */
export type Params = Record<string, unknown>;

const VALUE = 0;
const SHAPED = 1;
const VALUE_TEXT = 2;
const PART = 4;
const TEXT = 5;
const TEXT_NUMBER = 6;
const LITERAL = 7;
const EMPTY_LIST = 8;
const TABLE = 9;

interface Source {
  kind: number;
  /** The number of the value or text. */
  at: number;
  /** The attribute node of a shaped value. */
  node: number;
  /** The way to a part of a value. */
  path: readonly string[];
  literal: unknown;
}

interface Parameter {
  name: string;
  /** The single source of a leaf; absent for an object of members. */
  leaf: Source | undefined;
  fields: readonly string[];
  sources: readonly Source[];
  /** Whether a field is named `__proto__`, which a plain assignment would lose. */
  special: boolean;
  /** The whole object where every call has the same: copying it takes a fraction of making it. */
  constant: Readonly<Record<string, unknown>> | undefined;
}

/** A request's plan, compiled once for each shape of call. */
export interface Shape {
  parameters: readonly Parameter[];
}

/** Compiles what `src/request/write.rs` writes. */
export function compileShape(plan: CoreValue): Shape {
  return { parameters: (plan as [string, number, CoreValue[]][]).map(compileParameter) };
}

function compileParameter([name, isObject, body]: [string, number, CoreValue[]]): Parameter {
  if (isObject === 0) {
    return {
      name,
      leaf: compileSource(body),
      fields: [],
      sources: [],
      special: false,
      constant: undefined,
    };
  }
  const fields: string[] = [];
  const sources: Source[] = [];
  for (let i = 0; i < body.length; i += 2) {
    fields.push(body[i] as string);
    sources.push(compileSource(body[i + 1] as CoreValue[]));
  }
  const special = fields.includes("__proto__");
  const isConstant = !special && sources.every(({ kind }) => kind === LITERAL);
  const constant = isConstant
    ? Object.fromEntries(sources.map(({ literal }, i) => [fields[i], literal]))
    : undefined;
  return { name, leaf: undefined, fields, sources, special, constant };
}

function compileSource(plan: CoreValue[]): Source {
  const kind = plan[0] as number;
  return {
    kind,
    at: kind === LITERAL ? 0 : ((plan[1] ?? 0) as number),
    node: kind === SHAPED ? (plan[2] as number) : 0,
    path: kind === PART ? (plan.slice(2) as string[]) : [],
    literal: kind === LITERAL ? plan[1] : undefined,
  };
}

/** The request of this shape over these texts and the values from `start` on. */
export function buildParams(
  shape: Shape,
  values: readonly unknown[],
  start: number,
  texts: readonly string[],
  shaper: Shaper,
  table: string,
): Params {
  const params: Params = {};
  const { parameters } = shape;
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Parameter;
    params[parameter.name] =
      parameter.leaf === undefined
        ? members(parameter, values, start, texts, shaper)
        : parameter.leaf.kind === TABLE
          ? table
          : resolve(parameter.leaf, values, start, texts, shaper);
  }
  return params;
}

/** Only the first of the request's parameters: the key of a get or delete, the item of a put. */
export function buildFirst(
  shape: Shape,
  values: readonly unknown[],
  start: number,
  texts: readonly string[],
  shaper: Shaper,
): Record<string, unknown> {
  return members(shape.parameters[0] as Parameter, values, start, texts, shaper);
}

function members(
  { fields, sources, special, constant }: Parameter,
  values: readonly unknown[],
  start: number,
  texts: readonly string[],
  shaper: Shaper,
): Record<string, unknown> {
  if (constant !== undefined) return { ...constant };
  const object: Record<string, unknown> = {};
  for (let i = 0; i < fields.length; i++) {
    const value = resolve(sources[i] as Source, values, start, texts, shaper);
    if (special) define(object, fields[i] as string, value);
    else object[fields[i] as string] = value;
  }
  return object;
}

function resolve(
  source: Source,
  values: readonly unknown[],
  start: number,
  texts: readonly string[],
  shaper: Shaper,
): unknown {
  switch (source.kind) {
    case VALUE:
      return values[start + source.at];
    case TEXT:
      return texts[source.at];
    case LITERAL:
      return source.literal;
    case SHAPED:
      return shaper(values[start + source.at], source.node);
    case PART:
      return source.path.reduce<unknown>(step, values[start + source.at]);
    case VALUE_TEXT:
      return String(values[start + source.at]);
    case TEXT_NUMBER:
      return Number(texts[source.at]);
    case EMPTY_LIST:
      return [];
    default:
      throw new Error("the core planned an unknown source");
  }
}

function step(value: unknown, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}
