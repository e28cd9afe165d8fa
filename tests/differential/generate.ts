/** Makes the case with a given seed and number: a family, a model to its taste, and one call. It runs nothing. */
import type { Call, Case } from "./case";
import { batchCall } from "./calls/batch";
import { collectionCase } from "./calls/collection";
import { conversionsCall } from "./calls/conversions";
import { crudCall } from "./calls/crud";
import { cursorCall } from "./calls/cursor";
import { goCall } from "./calls/go";
import { observed } from "./calls/observed";
import { parseCall } from "./calls/parse";
import { queryCallOf, searchCallOf } from "./calls/query";
import { transactionCall } from "./calls/transaction";
import { updateCall } from "./calls/update";
import { clauseOf } from "./calls/where";
import { modelOf, type Model, type ModelTaste } from "./model";
import { Random } from "./random";
import { withWrongInput } from "./wrong/input";
import { withMistakes } from "./wrong/models";

interface Family {
  taste: ModelTaste;
  call?(random: Random, model: Model): Call;
  /** Whether its calls are sent, and may be listened to, called off and formatted. */
  isSent?: true;
  /** Makes more of a case than its call. */
  case?(random: Random, model: Model): Omit<Case, "family">;
}

/** A call of any kind that certainly carries a clause. */
function whereCall(random: Random, model: Model): Call {
  const call = random.pick([crudCall, updateCall, queryCallOf])(random, model);
  if (call.method === "get" || call.steps.some((step) => step.clause)) return call;
  call.steps.push({ name: "where", clause: clauseOf(random, model, 3) });
  return call;
}

function keysCall(random: Random, model: Model): Call {
  return random.weighted([
    [2, crudCall],
    [3, queryCallOf],
    [1, updateCall],
  ] as const)(random, model);
}

/** A right call on a model with mistakes. */
function wrongModelCase(random: Random, model: Model): Omit<Case, "family"> {
  const call = random.weighted([
    [3, crudCall],
    [2, updateCall],
    [3, queryCallOf],
    [1, parseCall],
  ] as const)(random, model);
  return { ...withMistakes(random, model), call };
}

/** A call with wrong input on a right model. */
function wrongInputCall(random: Random, model: Model): Call {
  const call = random.weighted([
    [5, crudCall],
    [5, updateCall],
    [4, queryCallOf],
    [0.5, searchCallOf],
  ] as const)(random, model);
  return withWrongInput(random, model, call);
}

export const FAMILIES: Record<string, Family> = {
  keys: { taste: { hooks: 0.05, nested: 0, richIndexes: 2.2, spoiled: 0.08 }, call: keysCall },
  crud: { taste: { hooks: 0.6, nested: 0.2, richIndexes: 0.7, spoiled: 0.03 }, call: crudCall },
  update: { taste: { hooks: 0.5, nested: 0.2, richIndexes: 0.7, spoiled: 0.02 }, call: updateCall },
  query: { taste: { hooks: 0.1, nested: 0, richIndexes: 1.3, spoiled: 0.02 }, call: queryCallOf },
  where: { taste: { hooks: 0.1, nested: 0.5, richIndexes: 0.4, spoiled: 0 }, call: whereCall },
  parse: { taste: { hooks: 1, nested: 0.35, richIndexes: 0.5, spoiled: 0 }, call: parseCall },
};

/** Families of calls beside those on one item, each tried for itself. */
const FURTHER_FAMILIES: Record<string, Family> = {
  search: {
    taste: { hooks: 0.05, nested: 0, richIndexes: 1, spoiled: 0.01 },
    call: searchCallOf,
  },
  batch: {
    taste: { hooks: 0.4, nested: 0.15, richIndexes: 0.6, spoiled: 0.01 },
    call: batchCall,
    isSent: true,
  },
  conversions: {
    taste: { hooks: 0.05, nested: 0, richIndexes: 1.5, spoiled: 0 },
    call: conversionsCall,
  },
  collection: {
    taste: { hooks: 0.15, nested: 0.3, richIndexes: 0.5, spoiled: 0.005 },
    case: collectionCase,
    isSent: true,
  },
  cursor: {
    taste: { hooks: 0.1, nested: 0, richIndexes: 1, spoiled: 0 },
    call: cursorCall,
    isSent: true,
  },
  transaction: {
    taste: { hooks: 0.4, nested: 0.15, richIndexes: 0.5, spoiled: 0 },
    call: transactionCall,
    isSent: true,
  },
  go: {
    taste: { hooks: 0.4, nested: 0.15, richIndexes: 0.5, spoiled: 0 },
    call: goCall,
    isSent: true,
  },
  models: {
    taste: { hooks: 0.2, nested: 0.3, richIndexes: 1, spoiled: 0 },
    case: wrongModelCase,
  },
  input: {
    taste: { hooks: 0.4, nested: 0.3, richIndexes: 0.8, spoiled: 0 },
    call: wrongInputCall,
  },
};

const NAMES = Object.keys(FAMILIES);

export const FURTHER_NAMES = Object.keys(FURTHER_FAMILIES);

/** The case that this seed and number always give; families take turns unless one is named. */
export function caseOf(seed: number, number: number, only: string | null = null): Case {
  const random = new Random(seed, number + 1);
  const family = only ?? (NAMES[number % NAMES.length] as string);
  const made = (FAMILIES[family] ?? FURTHER_FAMILIES[family]) as Family;
  const model = modelOf(random, made.taste);
  const test: Case =
    made.case === undefined
      ? { family, model, call: (made.call as NonNullable<Family["call"]>)(random, model) }
      : { family, ...made.case(random, model) };
  return made.isSent ? { ...test, call: observed(random, test.call) } : test;
}
