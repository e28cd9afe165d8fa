/** Known differences over changes of an update that are wrong, or said twice. */
import type { AttributeDefinition } from "./model";
import type { Call, Case, Step, Token } from "./case";
import { inRequests, isNothing, requestOf, withCall, type Correction } from "./correction";
import { run } from "./run";

type Loose = Record<string, unknown>;

const isUpdate = ({ method }: Call) => ["update", "patch"].includes(method);

const isClause = ({ name }: Step) => name === "where" || name === "filter";

const changeBehindCondition: Correction = {
  name: "a change behind a condition",
  reason: "3.9.3's chains have no more changes then, so that calling one is a bare TypeError",
  correct(test, _theirs, { refusal }) {
    const { steps } = test.call;
    const first = steps.findIndex(isClause);
    const isSuch = first >= 0 && steps.slice(first).some((step) => !isClause(step));
    if (!isSuch || refusal?.name !== "TypeError" || !isUpdate(test.call)) return null;
    const changes = steps.filter((step) => !isClause(step));
    return withCall(test, { steps: [...changes, ...steps.filter(isClause)] });
  },
};

const operandOfNone: Correction = {
  name: "an operand of `name` or `remove` in a data callback",
  reason:
    "3.9.3 sends it as a value that the expression does not use or cannot have, which DynamoDB refuses always",
  correct(test) {
    if (!isUpdate(test.call)) return null;
    let found = false;
    const steps = test.call.steps.map((step) => ({
      ...step,
      ...(step.data && {
        data: step.data.map((token) => {
          const [operator, path, ...rest] = token;
          if (!["name", "remove"].includes(operator) || rest.length === 0) return token;
          found = true;
          return [operator, path] as typeof token;
        }),
      }),
    }));
    return found ? withCall(test, { steps }) : null;
  },
};

const unusedName: Correction = {
  name: "a name in a data callback that no change uses",
  reason: "3.9.3 sends it all the same, which DynamoDB refuses always",
  correct(test, _theirs, { refusal }) {
    const isUnused = (token: Token) => token[0] === "name";
    if (refusal !== null || !test.call.steps.some(({ data }) => data?.some(isUnused))) return null;
    const steps = test.call.steps.map((step) =>
      step.data ? { ...step, data: step.data.filter((token) => !isUnused(token)) } : step,
    );
    return withCall(test, { steps });
  },
};

/** The definition of an attribute without its hooks. */
function withoutHooks(definition: AttributeDefinition): AttributeDefinition {
  const { set: _set, watch: _watch, ...rest } = definition as AttributeDefinition & Loose;
  const { items, properties } = rest as AttributeDefinition;
  if (typeof items === "object" && !Array.isArray(items))
    rest.items = withoutHooks(items as AttributeDefinition);
  if (properties !== undefined)
    rest.properties = Object.fromEntries(
      Object.entries(properties).map(([name, own]) => [name, withoutHooks(own)]),
    );
  return rest as AttributeDefinition;
}

/** The values that `set` is given of each attribute, where it is given several. */
function givenTwice({ steps }: Call): Map<string, unknown[]> {
  const given = new Map<string, unknown[]>();
  for (const { name, args } of steps) {
    if (name !== "set" || typeof args?.[0] !== "object" || args[0] === null) continue;
    for (const [attribute, value] of Object.entries(args[0]))
      if (!isNothing(value)) given.set(attribute, [...(given.get(attribute) ?? []), value]);
  }
  return new Map([...given].filter(([, values]) => values.length > 1));
}

const valuesOf = (text: string): Loose =>
  ((JSON.parse(/\{.*/s.exec(text)?.[0] ?? "{}") as Loose).ExpressionAttributeValues ?? {}) as Loose;

const setTwiceByUser: Correction = {
  name: "an attribute that the user sets twice",
  reason:
    "3.9.3 writes the earlier value as it was given, with undeclared parts and as a list where a set belongs; DynamoDB refuses the two changes in any case",
  async correct(test, theirs, expected) {
    if (!isUpdate(test.call) || requestOf(expected) === "") return null;
    const earlier: Loose = {};
    for (const [name, values] of givenTwice(test.call)) {
      const own = test.model.definition.attributes[name];
      if (own === undefined) continue;
      const attributes = { ...test.model.definition.attributes, [name]: withoutHooks(own) };
      const primary = Object.entries(test.model.definition.indexes).filter(
        ([, { index }]) => index === undefined,
      );
      const definition = {
        ...test.model.definition,
        attributes,
        indexes: Object.fromEntries(primary),
      };
      for (const [at, value] of values.slice(0, -1).entries()) {
        const alone: Case = {
          ...withCall(test, { steps: [{ name: "set", args: [{ [name]: value }] }] }),
          model: { ...test.model, definition },
        };
        const placeholder = `:${name.replace(/\W/g, "")}_u`;
        const written = valuesOf(requestOf(await run(alone, theirs)));
        if (`${placeholder}0` in written)
          earlier[`${placeholder}${at}`] = written[`${placeholder}0`];
      }
    }
    return Object.keys(earlier).length === 0
      ? null
      : { ...test, noted: { ...test.noted, earlier } };
  },
  restore: (outcome, { noted }) =>
    inRequests(outcome, (text) => {
      const request = JSON.parse(text) as Loose;
      const values = (request.ExpressionAttributeValues ?? {}) as Loose;
      for (const [name, value] of Object.entries(noted?.earlier ?? {}))
        if (name in values) values[name] = value;
      return JSON.stringify(request);
    }),
};

/** Every correction of this kind, in their order. */
export const CHANGE_CORRECTIONS: Correction[] = [
  changeBehindCondition,
  operandOfNone,
  unusedName,
  setTwiceByUser,
];
