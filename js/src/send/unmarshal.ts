// Turns items in DynamoDB's own notation, as errors of the SDK carry them, into plain values. Answers come decoded already.

import { define, isRecord, type Members } from "../tags.js";

/**
 * The item with plain values, by the rules of the SDK's document client; an item that is in no such notation stays as it is.
 */
export function unmarshal(item: unknown): unknown {
  if (!isRecord(item)) return item;
  const plain: Members = {};
  for (const name of Object.keys(item)) {
    const tagged = item[name];
    if (!isTagged(tagged)) return item;
    define(plain, name, valueOf(tagged));
  }
  return plain;
}

const TAGS = new Set(["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"]);

/** A value of one member, which is named by its type. */
function isTagged(value: unknown): value is Members {
  if (!isRecord(value)) return false;
  const [tag, ...others] = Object.keys(value);
  return tag !== undefined && others.length === 0 && TAGS.has(tag);
}

function valueOf(tagged: unknown): unknown {
  if (!isTagged(tagged)) return tagged;
  const [[tag, value]] = Object.entries(tagged) as [[string, unknown]];
  switch (tag) {
    case "N":
      return numberOf(value);
    case "NULL":
      return null;
    case "L":
      return (value as unknown[]).map(valueOf);
    case "M":
      return unmarshal(value);
    case "SS":
    case "BS":
      return new Set(value as unknown[]);
    case "NS":
      return new Set((value as unknown[]).map(numberOf));
    default:
      return value;
  }
}

/** A number, or a bigint for an integer that no number holds. */
function numberOf(text: unknown): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(String(text))
    ? number
    : BigInt(String(text));
}
