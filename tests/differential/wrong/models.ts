/** Makes mistakes in right models: of each kind that ElectroDB has a code for, and values of wrong types. It makes no calls. */
import { revive, type Resolver } from "../../models/tagged";
import { compositesOf } from "../calls/item";
import type { AttributeDefinition, Model } from "../model";
import { Random } from "../random";
import { ATTRIBUTE_MISTAKES } from "./attributes";
import { INDEX_MISTAKES } from "./indexes";
import { define, oddValue } from "./odd";

type Loose = Record<string, unknown>;

/** One mistake, made in a model that is the case's own. */
export type Mistake = (random: Random, model: Model) => void;

const PART_MISTAKES: Mistake[] = [
  (random, { definition }) => {
    const names = definition.model as Loose;
    names[random.pick(["entity", "version", "service"])] = random.weighted<unknown>([
      [2, oddValue(random)],
      [1, random.pick(["a b", "x#y", "$", "1", "Ä", "__edb_e__"])],
    ]);
  },
  (random, { definition }) => {
    delete (definition.model as Loose)[random.pick(["entity", "version", "service"])];
  },
  (random, { definition }) => {
    (definition as Loose)[random.pick(["attributes", "indexes"])] = oddValue(random);
  },
  (random, { definition }) => {
    delete (definition as Loose)[random.pick(["attributes", "indexes"])];
  },
  (random, { definition }) => {
    (definition as Loose)[random.pick(["table", "filters", "stranger"])] = oddValue(random);
  },
];

const CONFIGURATION_MISTAKES: Mistake[] = [
  (random, model) => {
    const name = random.pick(["client", "logger", "listeners", "identifiers", "table", "stranger"]);
    model.config = { [name]: oddValue(random) };
  },
  (random, model) => {
    const member = random.pick(["entity", "version"]);
    const odd = random.weighted<unknown>([
      [2, oddValue(random)],
      [1, random.pick(["pk", "sk", "title", "a b"])],
    ]);
    model.config = { identifiers: { [member]: odd } };
  },
  (random, model) => {
    model.config = { logger: [oddValue(random), { $function: "f" }] };
  },
  (random, model) => {
    model.config = { listeners: [{ $function: "f" }, oddValue(random)] };
  },
];

const ODD_NAMES = ["", "0", "7", "__proto__", "constructor", "toString", "a.b", "my-attr", "a b"];

/** Takes one of the names of a record for an odd one, and leaves the others in their order. */
function rename(record: object, name: string, other: string): void {
  const entries = Object.entries(record);
  for (const [key] of entries) delete (record as Loose)[key];
  for (const [key, value] of entries) define(record, key === name ? other : key, value);
}

const NAME_MISTAKES: Mistake[] = [
  (random, { definition }) => {
    const all: AttributeDefinition = { type: random.pick(["string", "number"]) };
    define(definition.attributes, random.pick(ODD_NAMES), all);
  },
  (random, { definition }) => {
    const keys = Object.values(definition.indexes).flatMap(({ pk, sk }) => [
      ...compositesOf(pk),
      ...compositesOf(sk),
    ]);
    const free = Object.keys(definition.attributes).filter((name) => !keys.includes(name));
    if (free.length > 0) rename(definition.attributes, random.pick(free), random.pick(ODD_NAMES));
  },
  (random, { definition }) => {
    const names = Object.keys(definition.indexes);
    rename(definition.indexes, random.pick(names), random.pick(ODD_NAMES));
  },
  (random, { definition }) => {
    const maps = Object.values(definition.attributes).filter(({ type }) => type === "map");
    if (maps.length === 0) return;
    const { properties = {} } = random.pick(maps);
    define(properties, random.pick(ODD_NAMES), { type: "string" });
  },
];

function mistake(random: Random, model: Model): void {
  const kind = random.weighted<readonly Mistake[]>([
    [2, PART_MISTAKES],
    [1, CONFIGURATION_MISTAKES],
    [1.5, NAME_MISTAKES],
    [6, ATTRIBUTE_MISTAKES],
    [9, INDEX_MISTAKES],
  ]);
  random.pick(kind)(random, model);
}

const NO_CODE: Resolver = { hook: () => null, custom: () => null };

/** A model with these mistakes: the same numbers make the same ones in the same model. */
function spoiled(model: Model, numbers: readonly number[]): Model {
  let copy = model;
  for (const number of numbers) {
    // A mistake may have put in what all models share.
    const before = copy;
    copy = structuredClone(copy);
    try {
      mistake(new Random(number, 1), copy);
      revive(copy.definition, NO_CODE);
    } catch (error) {
      // What the first mistake has taken away or replaced, the second one cannot spoil: it may spoil what stands for a value.
      const isSpoiled = error instanceof TypeError || error instanceof SyntaxError;
      if (!isSpoiled || before === model) throw error;
      copy = before;
    }
  }
  return copy;
}

/** The model with a mistake, or two at once; `alone` is it with each of them alone. */
export function withMistakes(random: Random, model: Model): { model: Model; alone?: Model[] } {
  const numbers = [random.below(2 ** 31)];
  if (random.chance(0.2)) numbers.push(random.below(2 ** 31));
  if (numbers.length === 1) return { model: spoiled(model, numbers) };
  return {
    model: spoiled(model, numbers),
    // What is wrong with it already counts, too.
    alone: [model, ...numbers.map((number) => spoiled(model, [number]))],
  };
}
