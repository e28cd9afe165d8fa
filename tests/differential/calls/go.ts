/** Generates calls that end with `.go()`, and what a stub client answers them. The calls themselves are those of the other families. */
import type { Call } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { crudCall } from "./crud";
import { hydratedAnswers, withPlainTable } from "./hydrate";
import { storedItem } from "./parse";
import { queryCallOf, searchCallOf } from "./query";
import { updateCall } from "./update";

/** What is hydrated here: find and match are queries and scans, too. */
const PAGED = ["query", "scan"];

const FAILURES = [
  "ConditionalCheckFailedException",
  "ValidationException",
  "ProvisionedThroughputExceededException",
];

function page(random: Random, model: Model, isLast: boolean): unknown {
  const items = Array.from({ length: random.between(0, 3) }, () => storedItem(random, model));
  const last = isLast ? {} : { LastEvaluatedKey: { pk: "$app#id_x", sk: "$user_1" } };
  // A stub, or who stands between, may say less or more than DynamoDB does.
  const odd = random.weighted<object>([
    [60, {}],
    [1, { Items: random.pick<unknown>([null, { $undefined: true }]) }],
    [1, { LastEvaluatedKey: null }],
    [1, { ScannedCount: 7 }],
  ]);
  return { Items: items, Count: items.length, ...last, ...odd };
}

/** A failure, with the stored item where the condition did not hold and the item was asked for. */
function failureOf(random: Random, model: Model, name: string): unknown {
  const item = random.weighted<unknown>([
    [3, { Item: storedItem(random, model) }],
    [1, {}],
    [0.3, { Item: {} }],
  ]);
  const told = name === "ConditionalCheckFailedException" ? (item as object) : {};
  return { $failure: name, message: "refused", ...told };
}

function answersOf(random: Random, model: Model, { method, options }: Call): unknown[] {
  const { returnOnConditionCheckFailure: asked } = (options ?? {}) as Record<string, unknown>;
  if (asked !== undefined && random.chance(0.6))
    return [failureOf(random, model, "ConditionalCheckFailedException")];
  if (random.chance(0.06)) return [failureOf(random, model, random.pick(FAILURES))];
  switch (method) {
    case "get":
      return [
        random.weighted<object>([
          [16, { Item: storedItem(random, model) }],
          [4, {}],
          [0.3, { Item: null }],
        ]),
      ];
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
  if (!PAGED.includes(call.method) || random.chance(0.85))
    return { ...call, answers: answersOf(random, model, call) };
  withPlainTable(model);
  const pattern = call.index ?? "";
  return {
    ...call,
    ...hydratedAnswers(random, [model], ({ definition }) => definition.indexes[pattern]),
    options: {
      ...(call.options as object | undefined),
      ...(random.chance(0.3) ? { count: random.between(1, 4) } : {}),
      hydrate: random.chance(0.95),
    },
  };
}
