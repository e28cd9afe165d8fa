/** Generates put, create, get, delete, remove and plain upsert calls with their conditions and options. */
import type { Call } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { wrongValue } from "../values";
import { itemOf, keyOf } from "./item";
import { readOptions, writeOptions } from "./options";
import { wheresOf } from "./where";

const METHODS = [
  [5, "put"],
  [5, "create"],
  [3, "get"],
  [2, "delete"],
  [2, "remove"],
  [3, "upsert"],
] as const;

/** One call on one item. */
export function crudCall(random: Random, model: Model): Call {
  const method = random.weighted(METHODS);
  const sloppy = random.chance(0.25) ? 0.12 : 0;
  const isWhole = method === "put" || method === "create" || method === "upsert";
  const record = isWhole ? itemOf(random, model, sloppy) : keyOf(random, model, sloppy);
  const wrong = random.chance(0.01) ? wrongValue(random) : null;
  // A list is a batch, which is another operation.
  const args: unknown[] = [wrong === null || Array.isArray(wrong) ? record : wrong];
  const steps = method === "get" ? [] : wheresOf(random, model, 0.25);
  const options = method === "get" ? readOptions(random, model, false) : writeOptions(random);
  return { method, args, steps, options };
}
