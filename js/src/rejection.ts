// What a write resolves with when its condition did not hold and `returnOnConditionCheckFailure` asks for an answer instead of an error.

import { ElectroError, isError } from "./error.js";
import type { GoOptions } from "./options.js";
import { readReturned, type ReadOptions } from "./read.js";
import type { EntityRuntime } from "./runtime.js";
import { define, isRecord, type Members } from "./tags.js";

/** Whether a failed condition is an answer. */
export function answersRejection({ returnOnConditionCheckFailure: wanted }: GoOptions): boolean {
  return wanted === true || wanted === "all_old";
}

/** The answer to a failed condition: the item as it stands, where that is wanted; undefined for any other failure. */
export function rejectionOf(
  runtime: EntityRuntime,
  options: GoOptions,
  how: ReadOptions,
  error: unknown,
): Members | undefined {
  const cause = error instanceof ElectroError ? error.cause : error;
  if (!isError(cause) || cause.name !== "ConditionalCheckFailedException") return undefined;
  if (options.returnOnConditionCheckFailure === true) return { rejected: true };
  const { Item } = cause as { Item?: unknown };
  const stored = isRecord(Item) ? members(Item) : undefined;
  if (options.data === "raw") return { rejected: true, data: stored && { Item: stored } };
  return { rejected: true, data: readReturned(runtime, stored, how) };
}

function members(typed: Members): Members {
  const plain: Members = {};
  for (const name of Object.keys(typed)) define(plain, name, valueOf(typed[name]));
  return plain;
}

/** A value out of DynamoDB's own form: the SDK's document client takes answers out of it, but no errors. */
function valueOf(typed: unknown): unknown {
  const [type = "", value] = isRecord(typed) ? (Object.entries(typed)[0] ?? []) : [];
  switch (type) {
    case "N":
      return number(String(value));
    case "NULL":
      return null;
    case "M":
      return members(value as Members);
    case "L":
      return (value as unknown[]).map(valueOf);
    case "NS":
      return new Set((value as string[]).map(number));
    case "SS":
    case "BS":
      return new Set(value as unknown[]);
    default:
      return value;
  }
}

/** A number, or where it would lose digits a BigInt. */
function number(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text);
}
