/** Generates calls that end with `.go()`, and what a stub client answers them. The calls themselves are those of the other families. */
import type { Call } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { crudCall } from "./crud";
import { storedItem } from "./parse";
import { queryCallOf, searchCallOf } from "./query";
import { updateCall } from "./update";

const FAILURES = [
  "ConditionalCheckFailedException",
  "ValidationException",
  "ProvisionedThroughputExceededException",
];

function page(random: Random, model: Model, isLast: boolean): unknown {
  const items = Array.from({ length: random.between(0, 3) }, () => storedItem(random, model));
  const last = isLast ? {} : { LastEvaluatedKey: { pk: "$app#id_x", sk: "$user_1" } };
  return { Items: items, Count: items.length, ...last };
}

function answersOf(random: Random, model: Model, method: string): unknown[] {
  if (random.chance(0.06)) return [{ $failure: random.pick(FAILURES), message: "refused" }];
  switch (method) {
    case "get":
      return [random.chance(0.8) ? { Item: storedItem(random, model) } : {}];
    case "query":
    case "scan":
    case "find":
    case "match": {
      const pages = random.between(1, 3);
      return Array.from({ length: pages }, (_, at) => page(random, model, at === pages - 1));
    }
    default:
      return [random.chance(0.6) ? { Attributes: storedItem(random, model) } : {}];
  }
}

/** One call that is sent. */
export function goCall(random: Random, model: Model): Call {
  const call = random.pick([
    crudCall,
    updateCall,
    queryCallOf,
    crudCall,
    updateCall,
    queryCallOf,
    searchCallOf,
  ])(random, model);
  return { ...call, answers: answersOf(random, model, call.method) };
}
