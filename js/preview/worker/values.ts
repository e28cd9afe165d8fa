// JavaScript values in DynamoDB's JSON, and params as JSON text. What is no value of DynamoDB is said to be none.

import type { AttributeValue, Item } from "../shared/report.js";

type Members = Record<string, unknown>;

function define(target: Members, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function bytesOf(value: object): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** The members of a set: a native one, or the one that the document client of SDK v2 wraps. */
function setMembers(value: object): readonly unknown[] | undefined {
  if (value instanceof Set) return [...value];
  const { wrapperName, values } = value as { wrapperName?: unknown; values?: unknown };
  return wrapperName === "Set" && Array.isArray(values) ? values : undefined;
}

function setValue(members: readonly unknown[]): AttributeValue {
  const [first] = members;
  if (typeof first === "number" || typeof first === "bigint") return { NS: members.map(String) };
  if (typeof first === "object" && first !== null) {
    return { BS: members.map((member) => base64(bytesOf(member as object) ?? new Uint8Array())) };
  }
  return { SS: members.map(String) };
}

/** A value in DynamoDB's JSON. */
export function attributeValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case "string":
      return { S: value };
    case "number":
    case "bigint":
      return { N: String(value) };
    case "boolean":
      return { BOOL: value };
    case "object":
      return value === null ? { NULL: true } : objectValue(value);
    default:
      throw new TypeError(`DynamoDB stores no value of type ${typeof value}`);
  }
}

function objectValue(value: object): AttributeValue {
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  const bytes = bytesOf(value);
  if (bytes !== undefined) return { B: base64(bytes) };
  const members = setMembers(value);
  if (members !== undefined) return setValue(members);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return { M: itemValue(value) };
  throw new TypeError(`DynamoDB stores no ${value.constructor.name}`);
}

/** A record of values in DynamoDB's JSON; what is `undefined` is not stored. */
export function itemValue(record: object): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined) define(item, name, attributeValue(value));
  }
  return item;
}

/** The members of params that hold values; everything else is as it is. */
const VALUES = new Set(["Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey"]);

/** Params with their values in DynamoDB's JSON, at any depth: batches and transactions hold requests. */
export function dynamoParams(params: object): Members {
  const result: Members = {};
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) define(result, name, dynamoMember(name, value));
  }
  return result;
}

function dynamoMember(name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (VALUES.has(name)) return itemValue(value);
  if (!Array.isArray(value)) return dynamoParams(value);
  return value.map((member: unknown) => {
    if (typeof member !== "object" || member === null) return member;
    return name === "Keys" ? itemValue(member) : dynamoParams(member);
  });
}

/** Params as JSON text: sets are lists of their members, bytes are base64 and big integers keep all their digits. */
export function jsonText(value: unknown, indent = ""): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (value instanceof Date) return JSON.stringify(value);
  const bytes = bytesOf(value);
  if (bytes !== undefined) return JSON.stringify(base64(bytes));
  const inner = `${indent}  `;
  const list = Array.isArray(value) ? (value as unknown[]) : setMembers(value);
  if (list !== undefined) {
    if (list.length === 0) return "[]";
    return `[\n${list.map((member) => inner + jsonText(member, inner)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined && typeof member !== "function")
    .map(([name, member]) => `${inner}${JSON.stringify(name)}: ${jsonText(member, inner)}`);
  return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n${indent}}`;
}
