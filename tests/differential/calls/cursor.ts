/** Generates paged reads that go on at a cursor: an item's own, in every form, one that was tampered with, or another entity's. A stub client answers. */
import type { Call, Edit } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { compositesOf, definitionOf, type Attributes } from "./item";
import { valueOf } from "../values";
import { storedItem } from "./parse";

function pageOf(random: Random, model: Model, isLast: boolean): unknown {
  const items = Array.from({ length: random.between(0, 4) }, () => storedItem(random, model, true));
  const key = random.pick<unknown>([
    { pk: "$app#id_x", sk: "$user_1" },
    { pk: "$app#id_ü", sk: "$user_1#n_5", gsi1pk: 7, gsi1sk: "😀" },
  ]);
  return { Items: items, Count: items.length, ...(isLast ? {} : { LastEvaluatedKey: key }) };
}

/** One query or scan with a cursor. */
export function cursorCall(random: Random, model: Model): Call {
  const patterns = Object.entries(model.definition.indexes ?? {});
  const isScan = random.chance(0.2);
  const [pattern, index] = isScan
    ? (patterns.find(([, { index: name }]) => name === undefined) ?? random.pick(patterns))
    : random.pick(patterns);
  const composites: Attributes = {};
  for (const { pk, sk } of Object.values(model.definition.indexes ?? {})) {
    for (const name of [...compositesOf(pk), ...compositesOf(sk)]) {
      // A name may be that of an object's own property.
      if (!Object.hasOwn(composites, name))
        composites[name] = valueOf(random, definitionOf(model, name));
    }
  }
  const given: Attributes = {};
  for (const name of compositesOf(index.pk)) given[name] = composites[name];
  const options: Record<string, unknown> = {};
  if (random.chance(0.35)) options.pager = random.pick(["raw", "cursor", "named"]);
  if (random.chance(0.3)) options.pages = random.pick<unknown>([1, 2, "all"]);
  if (random.chance(0.3)) options.limit = random.pick([1, 2, 25]);
  if (random.chance(0.3)) options.order = random.pick(["asc", "desc"]);
  // Which texts of a query's keys are its entity's own is for the family of conversions.
  const kind = random.pick<Edit["kind"]>(["drop", "add", "number", isScan ? "replace" : "drop"]);
  const field = kind === "drop" ? 0 : random.below(4);
  const edits: Edit[] = random.chance(0.15) ? [{ kind, field, text: "x" }] : [];
  const pages = random.between(1, 3);
  return {
    method: isScan ? "scan" : "query",
    ...(isScan ? {} : { index: pattern }),
    args: isScan ? [] : [given],
    steps: [],
    options,
    ...(random.chance(0.1) ? { isForeign: true } : {}),
    startAt: {
      index: pattern,
      composites,
      edits,
    },
    answers: Array.from({ length: pages }, (_, at) => pageOf(random, model, at === pages - 1)),
  };
}
