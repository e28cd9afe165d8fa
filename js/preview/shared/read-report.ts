// Checks that a text is a report before the page uses any of it: the program that it tells of may have written it itself.

import type { Report } from "./report.js";

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const number: Check = (value) => Number.isSafeInteger(value);
const boolean: Check = (value) => typeof value === "boolean";
const anything: Check = () => true;

const list =
  (member: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(member);

const oneOf =
  (...members: readonly string[]): Check =>
  (value) =>
    members.includes(value as string);

const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A record with these members; those of `optional` may be absent. */
const record =
  (members: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  (value) =>
    isRecord(value) &&
    Object.entries(members).every(([name, check]) => check(own(value, name))) &&
    Object.entries(optional).every(([name, check]) => {
      const member = own(value, name);
      return member === undefined || check(member);
    });

const dictionary =
  (member: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(member);

const kinds = ["service", "collection", "entity", "version", "scope", "label", "value", "text"];
const part = record({ kind: oneOf(...kinds), text }, { attribute: text });

const key = record({
  field: text,
  type: oneOf("S", "N"),
  parts: list(part),
  casing: oneOf("none", "lower", "upper"),
  isFields: boolean,
});

const index = record(
  {
    name: text,
    local: boolean,
    partition: key,
    collections: list(text),
    kind: oneOf("isolated", "clustered", "composite"),
    conditional: boolean,
    projection: either(oneOf("all", "keys_only"), list(text)),
  },
  { index: text, sort: key },
);

const entity = record(
  {
    entity: text,
    service: text,
    version: text,
    identifiers: record({ entity: text, version: text }),
    line: number,
    attributes: list(record({ name: text, field: text, kind: text })),
    indexes: list(index),
  },
  { table: text },
);

const problem = record({ line: number, name: text, message: text }, { code: number, kind: text });

const keyText = record({
  path: list(text),
  field: text,
  entity: number,
  index: text,
  half: oneOf("partition", "sort"),
  parts: list(part),
  isAmbiguous: boolean,
});

const call = record(
  {
    line: number,
    method: text,
    owner: text,
    via: oneOf("params", "go"),
    requests: list(
      record({ operation: text, json: text, dynamo: dictionary(anything), keys: list(keyText) }),
    ),
  },
  { target: text, entity: number, problem },
);

const report = record({
  entities: list(entity),
  calls: list(call),
  problems: list(problem),
  prints: list(record({ line: number, text })),
});

/** The report that a text is; undefined where it is none. */
export function readReport(json: string): Report | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return report(value) ? (value as Report) : undefined;
}
