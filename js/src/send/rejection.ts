// What a write resolves with when its condition did not hold and `returnOnConditionCheckFailure` asks for an answer instead of an error.

import { isError, isOurs, nameOf } from "../error.js";
import type { GoOptions } from "./options.js";
import { owns, readReturned, type ReadOptions } from "../read/read.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { isRecord, type Members } from "../tags.js";
import { unmarshal } from "./unmarshal.js";

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
  const cause = isOurs(error) ? error.cause : error;
  if (!isError(cause) || nameOf(cause) !== "ConditionalCheckFailedException") return undefined;
  if (options.returnOnConditionCheckFailure === true) return { rejected: true };
  const { Item } = cause as { Item?: unknown };
  const stored = isRecord(Item) ? unmarshal(Item) : undefined;
  if (options.data === "raw")
    return { rejected: true, data: isRecord(stored) ? { Item: stored } : null };
  // Another entity's item may stand in the way: it is shown to nobody, as in ElectroDB.
  const isShown = !isRecord(stored) || owns(runtime, stored, how);
  return { rejected: true, data: isShown ? readReturned(runtime, stored, how) : null };
}
