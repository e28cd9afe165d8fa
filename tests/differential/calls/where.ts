/** Generates where clauses: tokens with every operator on paths of the model, and the text around them. It makes no calls. */
import type { Clause, Path, Step, Token } from "../case";
import type { AttributeDefinition, Model } from "../model";
import type { Random } from "../random";
import { memberOf, valueOf, wrongValue } from "../values";
import { definitionOf, namesOf } from "./item";

/** A path into the model with the definition at its end. */
export function pathOf(
  random: Random,
  model: Model,
  names = namesOf(model),
): { path: Path; definition: AttributeDefinition } {
  const name = random.pick(names.length > 0 ? names : ["nowhere"]);
  const path: Path = [name];
  let definition = definitionOf(model, name);
  while (random.chance(0.6)) {
    if (
      definition.type === "map" &&
      definition.properties &&
      Object.keys(definition.properties).length > 0
    ) {
      const property = random.pick(Object.keys(definition.properties));
      path.push(property);
      definition = definition.properties[property] as AttributeDefinition;
    } else if (definition.type === "list") {
      path.push(random.between(0, 3));
      const items = definition.items as AttributeDefinition | string;
      definition = typeof items === "object" ? items : { type: items };
    } else if (definition.type === "any" && random.chance(0.4)) {
      path.push(random.pick<string | number>(["deep", "er", 0, "a-b"]));
      break;
    } else break;
  }
  return { path, definition };
}

function operand(random: Random, definition: AttributeDefinition): unknown {
  if (random.chance(0.04)) return wrongValue(random);
  return valueOf(random, definition);
}

const COMPARISONS = ["eq", "ne", "gt", "gte", "lt", "lte", "begins"] as const;

function comparison(random: Random, model: Model): Token {
  const { path, definition } = pathOf(random, model);
  const operator = random.weighted<string>([
    [8, random.pick(COMPARISONS)],
    [1.5, "between"],
    [2, random.pick(["contains", "notContains"])],
    [2, random.pick(["exists", "notExists"])],
    [1, "type"],
    [0.5, "eqOrNotExists"],
  ]);
  switch (operator) {
    case "between":
      return [operator, path, operand(random, definition), operand(random, definition)];
    case "exists":
    case "notExists":
      return [operator, path];
    case "type":
      return [operator, path, random.pick(["S", "N", "M", "L", "SS", "NULL", "BOOL"])];
    case "contains":
    case "notContains": {
      const isMany = definition.type === "set" || definition.type === "list";
      return [
        operator,
        path,
        isMany ? memberOf(random, definition.items) : operand(random, definition),
      ];
    }
    default:
      return [operator, path, operand(random, definition)];
  }
}

/** Pieces in which the token itself is an operand: `size(#a) > :a0`, `#a = #b`, `#a > :value`. */
function composed(random: Random, model: Model): { text: string[]; tokens: Token[] } {
  const { path, definition } = pathOf(random, model);
  const sign = random.pick([" = ", " > ", " <= ", " <> "]);
  return random.pick<() => { text: string[]; tokens: Token[] }>([
    () => ({
      text: ["", sign, ""],
      tokens: [
        ["size", path],
        ["escape", [], random.pick<unknown>([1, 5, 0])],
      ],
    }),
    () => ({
      text: ["", sign, ""],
      tokens: [
        ["name", path],
        ["name", pathOf(random, model).path],
      ],
    }),
    () => ({
      text: ["", sign, ""],
      tokens: [
        ["name", path],
        ["value", path, operand(random, definition)],
      ],
    }),
    () => ({
      text: ["", sign, ""],
      tokens: [
        ["field", [], random.pick(["gsi1pk", "title", "x"])],
        ["escape", [], random.pick<unknown>(["abc", 7, true])],
      ],
    }),
  ])();
}

function term(random: Random, model: Model): Clause {
  if (random.chance(0.15)) return composed(random, model);
  return { text: ["", ""], tokens: [comparison(random, model)] };
}

function joined(left: Clause, between: string, right: Clause): Clause {
  const text = [
    ...left.text.slice(0, -1),
    `${left.text.at(-1)}${between}${right.text[0]}`,
    ...right.text.slice(1),
  ];
  return { text, tokens: [...left.tokens, ...right.tokens] };
}

function wrapped(before: string, clause: Clause, after: string): Clause {
  const text = [...clause.text];
  text[0] = before + text[0];
  text[text.length - 1] += after;
  return { text, tokens: clause.tokens };
}

/** One where clause: a term, terms joined by AND or OR, brackets, NOT, and now and then an odd text. */
export function clauseOf(random: Random, model: Model, depth = 2): Clause {
  if (depth > 0 && random.chance(0.35)) {
    const between = random.weighted([
      [6, " AND "],
      [4, " OR "],
      [1, " and "],
      [1, " or "],
      [0.5, "\nAND\n"],
    ] as const);
    const whole = joined(
      clauseOf(random, model, depth - 1),
      between,
      clauseOf(random, model, depth - 1),
    );
    return random.chance(0.35) ? wrapped("(", whole, ")") : whole;
  }
  const single = term(random, model);
  if (random.chance(0.12)) return wrapped("NOT ", single, "");
  if (random.chance(0.08)) return wrapped("(", single, ")");
  if (random.chance(0.01)) return { text: [random.pick(["", "banana", " "])], tokens: [] };
  if (random.chance(0.01))
    return wrapped(random.pick(["(", " ", ")"]), single, random.pick(["", " "]));
  return single;
}

/** No, one or a few where steps. */
export function wheresOf(random: Random, model: Model, probability: number): Step[] {
  const steps: Step[] = [];
  while (steps.length < 3 && random.chance(probability)) {
    steps.push({ name: "where", clause: clauseOf(random, model) });
    probability *= 0.6;
  }
  return steps;
}
