/** Generates query, scan, find and match calls: every sort operator, partial composites, filters and options. */
import type { Call, Step } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { compositesOf, namesOf, valuesFor, type Attributes } from "./item";
import { readOptions } from "./options";
import { wheresOf } from "./where";

const SORT_OPERATORS = ["begins", "between", "gt", "gte", "lt", "lte"] as const;

function leading(random: Random, names: readonly string[]): string[] {
  const count = random.between(0, names.length);
  const result = names.slice(0, count);
  if (result.length > 1 && random.chance(0.03)) result.splice(random.below(result.length), 1);
  return result;
}

/** One sort operator with bounds over some of the composites that are left. */
export function sortStep(
  random: Random,
  model: Model,
  rest: readonly string[],
  sloppy: number,
): Step {
  const name = random.pick(SORT_OPERATORS);
  const names =
    rest.length === 0 ? [] : rest.slice(0, random.between(random.chance(0.1) ? 0 : 1, rest.length));
  const bound = (): Attributes => {
    const values = valuesFor(random, model, names, sloppy);
    const last = names.at(-1);
    const text = last === undefined ? undefined : values[last];
    if (name === "begins" && typeof text === "string" && random.chance(0.5) && last !== undefined) {
      values[last] = Array.from(text).slice(0, random.between(1, 3)).join("");
    }
    return values;
  };
  return { name, args: name === "between" ? [bound(), bound()] : [bound()] };
}

function queryCall(random: Random, model: Model, sloppy: number): Call {
  const pattern = random.pick(Object.keys(model.definition.indexes ?? { primary: 1 }));
  const index = model.definition.indexes?.[pattern];
  const pk = compositesOf(index?.pk);
  const sk = compositesOf(index?.sk).filter((name) => !pk.includes(name));
  const given = leading(random, sk);
  const composites = valuesFor(random, model, [...pk, ...given], sloppy);
  const options = readOptions(random, model, true);
  if (index?.type === "composite") {
    delete options?.compare;
    delete options?.attributes;
  }
  if (random.chance(0.05))
    Object.assign(composites, valuesFor(random, model, random.some(namesOf(model), 0.3), 0));
  if (random.chance(0.02)) composites.stranger = "x";
  const steps: Step[] = [];
  const rest = sk.slice(given.length);
  if (random.chance(0.5)) steps.push(sortStep(random, model, rest, sloppy));
  steps.push(...wheresOf(random, model, 0.3));
  return {
    method: "query",
    index: pattern,
    args: [composites],
    steps,
    options,
  };
}

function searchCall(random: Random, model: Model, method: string, sloppy: number): Call {
  const indexes = Object.values(model.definition.indexes ?? {});
  const index = indexes.length > 0 ? random.pick(indexes) : undefined;
  const names = new Set([...compositesOf(index?.pk), ...leading(random, compositesOf(index?.sk))]);
  for (const name of random.some(namesOf(model), 0.15)) names.add(name);
  const args = [
    valuesFor(
      random,
      model,
      random.chance(0.15) ? random.some(namesOf(model), 0.3) : [...names],
      sloppy,
    ),
  ];
  return {
    method,
    args,
    steps: wheresOf(random, model, 0.3),
    options: readOptions(random, model, true),
  };
}

/** One call that looks for items. */
export function queryCallOf(random: Random, model: Model): Call {
  const sloppy = random.chance(0.2) ? 0.1 : 0;
  const method = random.weighted([
    [8, "query"],
    [1.5, "scan"],
  ] as const);
  if (method === "query") return queryCall(random, model, sloppy);
  const patterns = Object.keys(model.definition.indexes ?? {});
  const index =
    patterns.length > 0 && random.chance(0.5) ? { index: random.pick(patterns) } : undefined;
  return {
    method,
    ...index,
    args: [],
    steps: wheresOf(random, model, 0.5),
    options: readOptions(random, model, true),
  };
}

/** One find or match, which choose an index by what they are given. */
export function searchCallOf(random: Random, model: Model): Call {
  return searchCall(random, model, random.pick(["find", "match"]), random.chance(0.2) ? 0.1 : 0);
}
