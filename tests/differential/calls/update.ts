/** Generates update, patch and upsert calls with every operator, as objects and through data callbacks. */
import type { Call, Step, Token } from "../case";
import type { AttributeDefinition, Model } from "../model";
import type { Random } from "../random";
import { memberOf, valueOf, wrongValue as anyWrongValue } from "../values";
import {
  changeable,
  definitionOf,
  itemOf,
  keyOf,
  primaryComposites,
  valuesFor,
  withCompanions,
} from "./item";
import { writeOptions } from "./options";
import { pathOf, wheresOf } from "./where";

/** A wrong value that is one: an operator that is given nothing is no change. */
function wrongValue(random: Random): unknown {
  const value = anyWrongValue(random);
  return JSON.stringify(value) === '{"$undefined":true}' ? null : value;
}

const isNumber = (definition: AttributeDefinition) =>
  definition.type === "number" || definition.type === "any";
const isSet = (definition: AttributeDefinition) =>
  definition.type === "set" || definition.type === "any";
const isList = (definition: AttributeDefinition) =>
  definition.type === "list" || definition.type === "any";

function named(
  random: Random,
  model: Model,
  fits: (definition: AttributeDefinition) => boolean,
): string[] {
  const names = changeable(random, model);
  const fitting = names.filter((name) => fits(definitionOf(model, name)));
  return random.sample(random.chance(0.93) ? fitting : names, random.between(1, 2));
}

function members(random: Random, definition: AttributeDefinition): unknown {
  if (definition.type === "any") return random.pick<unknown>([["x"], 5, { $set: ["x"] }]);
  const list = Array.from({ length: random.between(1, 2) }, () =>
    memberOf(random, definition.items),
  );
  return random.chance(0.15) ? { $set: list } : list;
}

function listEntries(random: Random, definition: AttributeDefinition): unknown {
  const items = definition.items;
  const entry =
    typeof items === "object" && items !== null && !Array.isArray(items)
      ? (items as AttributeDefinition)
      : { type: items ?? "any" };
  return Array.from({ length: random.between(1, 2) }, () => valueOf(random, entry));
}

function record(
  random: Random,
  names: readonly string[],
  value: (name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [name, random.chance(0.03) ? wrongValue(random) : value(name)]),
  );
}

function setStep(random: Random, model: Model, sloppy: number): Step {
  const names = withCompanions(random, model, random.some(changeable(random, model), 0.4));
  const values = valuesFor(random, model, names, sloppy);
  if (random.chance(0.06)) {
    const { path, definition } = pathOf(random, model);
    // What is set at a position of a list is not validated by 3.9.3.
    const isValidated = JSON.stringify(definition).includes('"validate"');
    if (!isValidated) values[textOf(path)] = valueOf(random, definition);
  }
  if (random.chance(0.03)) values.stranger = "x";
  // 3.9.3 refuses an undefined value of a required attribute, which others may take for no change.
  for (const name of Object.keys(values)) {
    if (
      definitionOf(model, name)?.required &&
      JSON.stringify(values[name]) === '{"$undefined":true}'
    )
      delete values[name];
  }
  return { name: "set", args: [values] };
}

function textOf(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part,
    "",
  );
}

const amount = (random: Random) => random.pick([1, 5, -1, 0, 2.5]);

function operatorStep(random: Random, model: Model): Step {
  const name = random.pick(["add", "subtract", "append", "delete", "remove", "remove", "add"]);
  switch (name) {
    case "add": {
      const names = named(random, model, (definition) => isNumber(definition) || isSet(definition));
      const valueFor = (attribute: string) => {
        const definition = definitionOf(model, attribute);
        return definition.type === "set" ? members(random, definition) : amount(random);
      };
      return { name, args: [record(random, names, valueFor)] };
    }
    case "subtract":
      return { name, args: [record(random, named(random, model, isNumber), () => amount(random))] };
    case "append":
      return {
        name,
        args: [
          record(random, named(random, model, isList), (at) =>
            listEntries(random, definitionOf(model, at)),
          ),
        ],
      };
    case "delete":
      return {
        name,
        args: [
          record(random, named(random, model, isSet), (at) =>
            members(random, definitionOf(model, at)),
          ),
        ],
      };
    default: {
      const names = named(random, model, (definition) => !definition.required);
      if (random.chance(0.1)) names.push(textOf(pathOf(random, model).path));
      return { name: "remove", args: [random.chance(0.02) ? wrongValue(random) : names] };
    }
  }
}

function dataToken(random: Random, model: Model): Token {
  const names = changeable(random, model);
  const { path, definition } = pathOf(random, model, names);
  const operator = random.weighted<string>([
    [4, "set"],
    [1.5, "remove"],
    [isList(definition) ? 4 : 0.1, "append"],
    [isNumber(definition) || isSet(definition) ? 4 : 0.1, "add"],
    [isNumber(definition) ? 3 : 0.1, "subtract"],
    [isSet(definition) ? 3 : 0.1, random.pick(["delete", "del"])],
    [0.7, "ifNotExists"],
  ]);
  switch (operator) {
    case "remove":
      return [operator, path];
    case "append":
      return [operator, path, listEntries(random, definition)];
    case "add":
    case "subtract": {
      if (isSet(definition) && definition.type === "set")
        return [operator, path, members(random, definition)];
      const token: Token = [operator, path, amount(random)];
      if (definition.type === "number" && random.chance(0.2)) token.push(random.pick([3, 10]));
      return token;
    }
    case "delete":
    case "del":
      return [operator, path, members(random, definition)];
    default: {
      const other = pathOf(random, model, names);
      if (operator === "set" && random.chance(0.08))
        return [operator, path, { $token: ["name", other.path] }];
      if (operator === "set" && random.chance(0.08)) {
        return [operator, path, { $token: ["value", path, valueOf(random, definition)] }];
      }
      return [
        operator,
        path,
        random.chance(0.03) ? wrongValue(random) : valueOf(random, definition),
      ];
    }
  }
}

function dataStep(random: Random, model: Model): Step {
  return {
    name: "data",
    data: Array.from({ length: random.between(1, 4) }, () => dataToken(random, model)),
  };
}

function compositeStep(random: Random, model: Model): Step {
  const names = random
    .some(Object.keys(model.definition.attributes ?? {}), 0.3)
    .filter((name) => !primaryComposites(model).includes(name) || random.chance(0.05));
  const inAnyOrder = random.sample(names, names.length);
  return { name: "composite", args: [valuesFor(random, model, inAnyOrder, 0.03)] };
}

/** Whether one path leads to the other or into it. */
const overlap = (one: readonly unknown[], other: readonly unknown[]) =>
  one.slice(0, other.length).join() === other.slice(0, one.length).join();

/** Whether a step is about what an earlier one changes: DynamoDB refuses such an update, whoever builds it. */
function overlaps(step: Step, taken: (readonly unknown[])[]): boolean {
  const given = step.args?.[0];
  const names = Array.isArray(given) ? given.map(String) : Object.keys((given ?? {}) as object);
  const paths = step.data
    ? step.data.map((token) => token[1])
    : names.map((name) => name.match(/[^.[\]]+/g) ?? []);
  const isTaken = paths.some((path, at) =>
    [...taken, ...paths.slice(0, at)].some((other) => overlap(path, other)),
  );
  if (!isTaken) taken.push(...paths);
  return isTaken;
}

function withoutOverlaps(steps: readonly Step[], item: unknown): Step[] {
  const taken = Object.keys((item ?? {}) as object).map((name) => [name]);
  return steps.filter((step) => step.name === "composite" || !overlaps(step, taken));
}

/** One call that changes one item. */
export function updateCall(random: Random, model: Model): Call {
  const sloppy = random.chance(0.2) ? 0.1 : 0;
  const method = random.weighted([
    [6, "update"],
    [3, "patch"],
    [1.5, "upsert"],
  ] as const);
  const isUpsert = method === "upsert";
  const args = [
    isUpsert && random.chance(0.9) ? itemOf(random, model, sloppy) : keyOf(random, model, sloppy),
  ];
  const steps: Step[] = [];
  if (random.chance(0.75)) steps.push(setStep(random, model, sloppy));
  if (random.chance(0.45)) steps.push(operatorStep(random, model));
  if (random.chance(0.2)) steps.push(operatorStep(random, model));
  if (random.chance(isUpsert ? 0.02 : 0.25)) steps.push(dataStep(random, model));
  if (random.chance(isUpsert ? 0.02 : 0.12)) {
    const stated = compositeStep(random, model);
    steps.push(stated);
    if (random.chance(0.1)) steps.push(random.chance(0.5) ? stated : compositeStep(random, model));
  }
  if (random.chance(0.08) || (isUpsert && random.chance(0.3))) {
    const names = random.sample(changeable(random, model), 1);
    steps.push({ name: "ifNotExists", args: [valuesFor(random, model, names, sloppy)] });
  }
  if (random.chance(0.05)) steps.push(setStep(random, model, sloppy));
  const allowed = isUpsert ? ["set", "add", "subtract", "append", "ifNotExists"] : undefined;
  const usable = allowed ? steps.filter((step) => allowed.includes(step.name)) : steps;
  // Of what an upsert says twice of an attribute the last counts. What it says of its key is no change.
  const ofKey = primaryComposites(model);
  const mayRepeat =
    isUpsert &&
    !usable.some((step) =>
      overlaps(
        step,
        ofKey.map((name) => [name]),
      ),
    );
  const said =
    mayRepeat && random.chance(0.4) ? usable : withoutOverlaps(usable, isUpsert ? args[0] : {});
  return {
    method,
    args,
    steps: [...said, ...wheresOf(random, model, 0.2)],
    options: writeOptions(random),
  };
}
