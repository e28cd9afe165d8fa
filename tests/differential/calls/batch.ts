/** Generates batches of gets, puts and deletes, their options, and what a stub client leaves of each request undone. */
import type { Call } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { wrongValue } from "../values";
import { itemOf, keyOf, namesOf, valuesFor, type Attributes } from "./item";
import { readOptions, writeOptions } from "./options";
import { storedItem } from "./parse";
import { wheresOf } from "./where";

const METHODS = [
  [4, "get"],
  [4, "put"],
  [2, "delete"],
] as const;

/** How many items: mostly few, sometimes none, sometimes more than one request takes. */
function countOf(random: Random, most: number): number {
  return random.weighted([
    [1, 0],
    [12, random.between(1, 4)],
    [1, random.between(most - 1, most + 2)],
    [0.5, random.between(2 * most, 2 * most + 3)],
  ]);
}

function entriesOf(random: Random, model: Model, method: string): unknown[] {
  const sloppy = random.chance(0.25) ? 0.06 : 0;
  const isPut = method === "put";
  const count = countOf(random, isPut ? 25 : method === "get" ? 100 : 25);
  // Many items of a rich model take long to make, and what is told by them is told by few of them.
  const few = Array.from({ length: Math.min(count, 6) }, () =>
    isPut ? itemOf(random, model, sloppy) : keyOf(random, model, sloppy),
  );
  const entries: unknown[] = Array.from({ length: count }, (_, at) => few[at % few.length]);
  // The same once more, or the same key with something else beside it.
  if (count > 0 && random.chance(0.15)) {
    const again = random.pick(few) as Attributes;
    const beside = valuesFor(random, model, random.some(namesOf(model), 0.3), 0);
    entries.push(random.chance(0.5) ? again : { ...beside, ...again });
  }
  if (count > 0 && random.chance(0.03)) entries[random.between(0, count - 1)] = wrongValue(random);
  return entries;
}

function batchOptions(
  random: Random,
  options: Attributes | undefined,
): Attributes | null | undefined {
  if (options === undefined && random.chance(0.4)) return undefined;
  if (random.chance(0.01)) return null;
  const all: Attributes = { ...options };
  if (random.chance(0.3)) {
    all.concurrent = random.weighted<unknown>([
      [8, random.between(1, 4)],
      [1, random.pick<unknown>([0, -1, "2", "2x", "x", null, 1.5, 0.5, true, { $number: "NaN" }])],
    ]);
  }
  if (random.chance(0.3))
    all.unprocessed = random.pick<unknown>([
      "raw",
      "item",
      "raw",
      "item",
      "raw",
      "item",
      "weird",
      5,
      null,
    ]);
  if (random.chance(0.35)) all.preserveBatchOrder = random.pick<unknown>([true, true, false, 1]);
  return all;
}

/** What a request is answered with: which of its items are found or left undone, by a number that picks them. */
function answer(random: Random, model: Model): unknown {
  if (random.chance(0.05)) {
    return { $failure: "ProvisionedThroughputExceededException", message: "refused" };
  }
  return {
    $batch: {
      found: random.between(0, 6),
      left: random.chance(0.4) ? random.between(1, 6) : 0,
      isBare: random.chance(0.04),
      items: Array.from({ length: 3 }, () => storedItem(random, model)),
    },
  };
}

/** One batch, which is sent most of the time. */
export function batchCall(random: Random, model: Model): Call {
  const method = random.weighted(METHODS);
  const isGet = method === "get";
  const options = batchOptions(
    random,
    isGet ? readOptions(random, model, random.chance(0.1)) : writeOptions(random),
  );
  const steps = random.chance(0.04) ? wheresOf(random, model, 1).slice(0, 1) : [];
  const call: Call = { method, args: [entriesOf(random, model, method)], steps, options };
  if (random.chance(0.6)) {
    call.answers = Array.from({ length: random.between(1, 3) }, () => answer(random, model));
  }
  return call;
}
