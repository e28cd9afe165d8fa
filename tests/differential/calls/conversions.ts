/** Generates conversions between composites, keys and cursors: whole and partial composites, own keys and keys that were tampered with. */
import type { Call, Conversion, Edit } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { wrongValue } from "../values";
import { compositesOf, valuesFor } from "./item";

const TARGETS = {
  composite: ["keys", "cursor"],
  keys: ["composite", "cursor"],
  cursor: ["composite", "keys"],
} as const;

/** The composites of all keys of a model. */
function allComposites(model: Model): string[] {
  const indexes = Object.values(model.definition.indexes ?? {});
  return [...new Set(indexes.flatMap(({ pk, sk }) => [...compositesOf(pk), ...compositesOf(sk)]))];
}

const TEXTS = ["", "$", "$app", "x", "#", "#x_", "_1", "ZZ"];

/** What is changed in keys before they are converted: fields by their position, so that it needs no knowledge of them. */
export function editsOf(random: Random, model: Model): Edit[] {
  if (random.chance(0.6)) return [];
  // Where a boolean stands in a key of upper case, 3.9.3 cannot tell what was appended to it.
  const hasUpper = JSON.stringify(model.definition.indexes).includes('"casing":"upper"');
  const kind = random.weighted([
    [4, "drop"],
    [hasUpper ? 0 : 2, "append"],
    [1, "replace"],
    [1, "upper"],
    [0.5, "number"],
    [0.5, "add"],
  ] as const);
  return Array.from({ length: random.between(1, 2) }, () => ({
    kind,
    field: random.below(6),
    text: random.pick(TEXTS),
  }));
}

/** What is neither keys nor a cursor. */
function forgedOf(random: Random, from: "keys" | "cursor"): unknown {
  if (from === "keys") return random.pick<unknown>([null, {}, { x: "y" }, { $undefined: true }]);
  const texts = ["", "x", "e30", "bnVsbA", "eyJ4IjoieSJ9", "NQ", "W10", "InRleHQi"];
  return random.pick<unknown>([...texts, "****", "ü", null, 5, {}, { $undefined: true }]);
}

/** One conversion. */
export function conversionsCall(random: Random, model: Model): Call {
  const from = random.pick(["composite", "keys", "cursor"] as const);
  const conversion: Conversion = { from, to: random.pick(TARGETS[from]) };
  const names = allComposites(model);
  const isPartial = random.chance(from === "composite" ? 0.5 : 0.15);
  const kept = isPartial ? random.some(names, 0.6) : names;
  const composite = valuesFor(random, model, kept, 0.01);
  if (random.chance(0.1)) composite.stranger = "x";
  const patterns = Object.keys(model.definition.indexes ?? {});
  const strict = random.pick<unknown>(["all", "pk", "none", undefined, "none", "weird"]);
  const wrong = random.chance(0.01) ? wrongValue(random) : "";
  return {
    method: "conversions",
    // A text has letters as its members to 3.9.3, which is nothing that anybody means.
    args: [typeof wrong === "string" ? composite : wrong],
    steps: [],
    conversion,
    edits: from === "composite" ? [] : editsOf(random, model),
    ...(from !== "composite" && random.chance(0.05) ? { forged: forgedOf(random, from) } : {}),
    ...(from !== "composite" && random.chance(0.1) ? { isForeign: true } : {}),
    ...(random.chance(0.6) ? { index: random.pick(patterns) } : {}),
    ...(strict === undefined ? {} : { options: { strict } }),
  };
}
