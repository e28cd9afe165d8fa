/** Makes mistakes in right calls: one or two wrong inputs at any position of an argument, a callback or an option. */
import { namesOf, primaryComposites } from "../calls/item";
import type { Call, Step } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { define, oddValue } from "./odd";

type Loose = Record<string, unknown>;

/** One mistake, made in a call that is the case's own. */
type Mistake = (random: Random, call: Call, model: Model) => void;

const isUpdate = ({ method }: Call) => ["update", "patch", "upsert"].includes(method);

const isRecord = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every place in a value: in what list or record, under what name. */
function placesIn(value: unknown): { record: Loose; name: string }[] {
  if (typeof value !== "object" || value === null) return [];
  // What stands for one value is no record.
  if (Object.keys(value)[0]?.startsWith("$")) return [];
  const record = value as Loose;
  return Object.keys(record).flatMap((name) => [{ record, name }, ...placesIn(record[name])]);
}

/** The operands of all callbacks: the parts of their tokens behind the path. */
function operandsOf({ steps }: Call): { record: Loose; name: string }[] {
  const tokens = steps.flatMap(({ data, clause }) => [...(data ?? []), ...(clause?.tokens ?? [])]);
  return tokens.flatMap((token) =>
    Object.keys(token)
      .slice(2)
      .map((name) => ({ record: token as unknown as Loose, name })),
  );
}

/** The record of attributes that a call is given first. */
function firstOf(call: Call): Loose {
  if (!isRecord(call.args[0])) call.args[0] = {};
  return call.args[0] as Loose;
}

const VALUE_MISTAKES: Mistake[] = [
  // A composite of the table's key.
  (random, call, model) => {
    const names = primaryComposites(model);
    if (names.length > 0) define(firstOf(call), random.pick(names), oddValue(random));
  },
  (random, call, model) => {
    const names = primaryComposites(model);
    if (names.length > 0) delete firstOf(call)[random.pick(names)];
  },
  // Any value, at any depth.
  (random, call) => {
    const places = [...placesIn(call.args), ...call.steps.flatMap(({ args }) => placesIn(args))];
    if (places.length === 0) return;
    const { record, name } = random.pick(places);
    record[name] = oddValue(random);
  },
  (random, call) => {
    const operands = operandsOf(call);
    if (operands.length === 0) return;
    const { record, name } = random.pick(operands);
    record[name] = oddValue(random);
  },
  // Attributes that the model does not have, or has under another name.
  (random, call) => {
    define(firstOf(call), random.pick(["stranger", "__proto__", "pk", "__edb_e__", ""]), "x");
  },
  (random, call, model) => {
    define(firstOf(call), random.pick(namesOf(model)), oddValue(random));
  },
];

const CHANGES = [
  "set",
  "add",
  "subtract",
  "append",
  "delete",
  "remove",
  "composite",
  "ifNotExists",
];

/** The operators of a callback for changes. */
const OPERATORS = ["set", "add", "subtract", "append", "delete", "remove", "ifNotExists", "name"];

/** Adds a change before all clauses, behind which 3.9.3 has no changes. */
function change(call: Call, step: Step): void {
  const at = call.steps.findIndex(({ clause, name }) => clause !== undefined || name === "where");
  call.steps.splice(at < 0 ? call.steps.length : at, 0, step);
}

const CHANGE_MISTAKES: Mistake[] = [
  // An operator on an attribute of any type, with any operand.
  (random, call, model) => {
    // An upsert has few of them.
    const name = random.pick(call.method === "upsert" ? ["set", "ifNotExists"] : CHANGES);
    const attribute = random.pick(namesOf(model));
    const given = name === "remove" ? [attribute] : { [attribute]: oddValue(random) };
    change(call, { name, args: [random.chance(0.8) ? given : oddValue(random)] });
  },
  (random, call, model) => {
    const attribute = random.pick(namesOf(model));
    change(call, {
      name: "data",
      data: [[random.pick(OPERATORS), [attribute], oddValue(random)]],
    });
  },
  // One attribute twice.
  (random, call) => {
    const sets = call.steps.filter(({ name, args }) => name === "set" && isRecord(args?.[0]));
    if (sets.length > 0) change(call, structuredClone(random.pick(sets)));
  },
  (random, call, model) => {
    const path = random.pick([
      `${random.pick(namesOf(model))}.x`,
      "stranger.x",
      "stranger[0]",
      ".",
    ]);
    change(call, { name: "set", args: [{ [path]: oddValue(random) }] });
  },
];

const CALLBACK_MISTAKES: Mistake[] = [
  (random, call) => {
    const name = isUpdate(call) && random.chance(0.5) ? "data" : "where";
    const callback = random.pick(["throws", "nothing", "number", "object", "empty"] as const);
    call.steps.push(random.chance(0.6) ? { name, callback } : { name, args: [oddValue(random)] });
  },
  // No attribute, or that of another entity, or a part of one that has none.
  (random, call, model) => {
    const path = random.pick([["stranger"], ["stranger", "x"], [random.pick(namesOf(model)), "x"]]);
    const step: Step =
      isUpdate(call) && random.chance(0.5)
        ? { name: "data", data: [[random.pick(OPERATORS), path, "x"]] }
        : {
            name: "where",
            clause: {
              text: ["", ""],
              tokens: [[random.pick(["eq", "exists", "size"]), path, "x"]],
            },
          };
    call.steps.push(step);
  },
];

const SORTS = ["begins", "between", "gt", "gte", "lt", "lte"];

const ARGUMENT_MISTAKES: Mistake[] = [
  (random, call) => {
    call.args[0] = oddValue(random);
  },
  (random, call) => {
    if (call.method === "query")
      call.steps.unshift({ name: random.pick(SORTS), args: [oddValue(random), oddValue(random)] });
  },
];

const OPTIONS: readonly [name: string, ...values: unknown[]][] = [
  ["table", 5],
  ["limit", -1, 0, "x", 1.5],
  ["pages", "x", 0, -1],
  ["count", 0, -1, "x"],
  ["order", "up", 5],
  ["cursor", 5, "x", "e30"],
  ["data", "nope", 5],
  ["response", "nope", 5],
  ["concurrent", 0, -1, "x"],
  ["attributes", "a", [5], ["nowhere"], []],
  ["compare", "nope", 5],
  ["consistent", "x", 0],
  ["pager", "nope", 5],
  ["hydrate", "x", 0],
  ["ignoreOwnership", "x", 0],
  ["returnOnConditionCheckFailure", "nope", 5],
  ["unprocessed", "nope"],
  ["preserveBatchOrder", "x"],
  ["originalErr", 5],
  ["params", 5, "x", { TableName: 5 }],
  ["logger", 5],
  ["listeners", 5, [5]],
  ["abortSignal", 5],
  ["client", 5],
  ["stranger", 5],
];

const OPTION_MISTAKES: Mistake[] = [
  (random, call) => {
    const [name, ...values] = random.pick(OPTIONS);
    const value = random.chance(0.6) ? random.pick(values) : oddValue(random);
    call.options = { ...(isRecord(call.options) ? call.options : {}), [name]: value };
  },
  (random, call) => {
    if (random.chance(0.3)) call.options = oddValue(random);
  },
];

/** The call with a mistake, or two at once. */
export function withWrongInput(random: Random, model: Model, right: Call): Call {
  const call = structuredClone(right);
  const count = random.chance(0.2) ? 2 : 1;
  for (let number = 0; number < count; number += 1) {
    const kind = random.weighted<readonly Mistake[]>([
      [5, VALUE_MISTAKES],
      [isUpdate(call) ? 6 : 0, CHANGE_MISTAKES],
      [1.5, CALLBACK_MISTAKES],
      [1.5, ARGUMENT_MISTAKES],
      [4, OPTION_MISTAKES],
    ]);
    random.pick(kind)(random, call, model);
  }
  return structuredClone(call);
}
