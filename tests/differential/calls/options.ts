/** Generates the options of calls, those that are known and some that are not. It makes no calls. */
import type { Model } from "../model";
import type { Random } from "../random";
import { namesOf } from "./item";

type Options = Record<string, unknown>;

function common(random: Random, options: Options): void {
  if (random.chance(0.1)) options.table = random.pick(["other", "table", ""]);
  if (random.chance(0.1)) {
    options.params = random.pick<unknown>([
      { ReturnConsumedCapacity: "TOTAL" },
      { TableName: "mine" },
      { Limit: 9 },
      {},
    ]);
  }
  if (random.chance(0.05)) options.unknownOption = true;
  if (random.chance(0.05)) options.originalErr = true;
}

/** Options of get, query, scan, find and match. */
export function readOptions(random: Random, model: Model, many: boolean): Options | undefined {
  if (random.chance(0.5)) return undefined;
  const options: Options = {};
  common(random, options);
  if (random.chance(0.25)) {
    options.attributes = random.some(namesOf(model), 0.4);
    if (random.chance(0.05)) (options.attributes as unknown[]).push("stranger");
  }
  if (random.chance(0.15)) options.consistent = random.pick<unknown>([true, false, 1]);
  if (random.chance(0.06)) options.data = random.pick(["raw", "includeKeys", "attributes"]);
  if (random.chance(0.05)) options.ignoreOwnership = random.chance(0.5);
  if (many) {
    if (random.chance(0.25)) options.limit = random.pick<unknown>([1, 10, 100, "5", 0]);
    if (random.chance(0.2))
      options.order = random.pick(["asc", "desc", "asc", "desc", "asc", "desc", "up"]);
    if (random.chance(0.12)) options.pages = random.pick<unknown>([1, 5, "all"]);
    if (random.chance(0.1)) options.count = random.pick([1, 20]);
    if (random.chance(0.15))
      options.compare = random.pick([
        "keys",
        "attributes",
        "v2",
        "keys",
        "attributes",
        "v2",
        "weird",
      ]);
    if (random.chance(0.05)) options.pager = random.pick(["raw", "cursor", "item"]);
    if (random.chance(0.05)) options.cursor = null;
  }
  return options;
}

const RESPONSES = ["default", "none", "all_old", "all_new", "updated_old", "updated_new"] as const;

/** Options of put, create, upsert, update, patch, delete and remove. */
export function writeOptions(random: Random): Options | undefined {
  if (random.chance(0.65)) return undefined;
  const options: Options = {};
  common(random, options);
  if (random.chance(0.5))
    options.response = random.weighted<unknown>([
      [30, random.pick(RESPONSES)],
      [1, "weird"],
      [1, 5],
    ]);
  if (random.chance(0.12))
    options.returnOnConditionCheckFailure = random.pick<unknown>([true, false, "all_old"]);
  if (random.chance(0.05)) options.data = random.pick(["raw", "includeKeys", "attributes"]);
  return options;
}
