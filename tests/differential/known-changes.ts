/** Known differences over changes of an update that are wrong, or said twice. */
import { canonical, revive } from "../models/tagged";
import type { Call, Case, Noted, Step, Token } from "./case";
import {
  changesRequests,
  inRequests,
  isNothing,
  requestOf,
  withCall,
  type Correction,
  type Request,
} from "./correction";
import { aliasedTwice, hookedInVain, statedWatcher, watcherAsKey } from "./known-hooked";
import type { AttributeDefinition } from "./model";
import { run } from "./run";

type Loose = Record<string, unknown>;

const isUpdate = ({ method }: Call) => ["update", "patch"].includes(method);

const isClause = ({ name }: Step) => name === "where" || name === "filter";

export const changeBehindCondition: Correction = {
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
    // It may want what an index needs beside a name that is used for nothing.
    if (
      (refusal !== null && refusal.code !== 2002) ||
      !test.call.steps.some(({ data }) => data?.some(isUnused))
    )
      return null;
    const steps = test.call.steps.map((step) =>
      step.data ? { ...step, data: step.data.filter((token) => !isUnused(token)) } : step,
    );
    return withCall(test, { steps });
  },
};

const FORMS = ["set", "add", "subtract", "append", "delete", "ifNotExists"];

/** One change of an update, as the only step of one. */
interface Single {
  path: string;
  given: unknown;
  step: Step;
}

/** The changes of an update that give values, each by itself, in their order. */
function singlesOf({ steps }: Call): Single[] {
  return steps.flatMap(({ name, args, data = [] }): Single[] => {
    const given = FORMS.includes(name) ? args?.[0] : undefined;
    const named = typeof given === "object" && given !== null ? Object.entries(given) : [];
    return [
      ...named.map(([path, value]) => ({
        path,
        given: value,
        step: { name, args: [{ [path]: value }] },
      })),
      ...data
        .filter(([verb]) => FORMS.includes(verb))
        .map((token) => ({
          given: token[2],
          path: token[1].join(".").replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]"),
          step: { name: "data", data: [token] },
        })),
    ];
  });
}

const valuesOf = (text: string): Loose =>
  ((JSON.parse(/\{.*/s.exec(text)?.[0] ?? "{}") as Loose).ExpressionAttributeValues ?? {}) as Loose;

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

/** The model without set hooks and without further indexes: what 3.9.3 writes of a change alone. */
function plainModel({ model }: Case): Case["model"] {
  const { definition } = model;
  const attributes = Object.entries(definition.attributes).map(([name, own]) => [
    name,
    withoutHooks(own),
  ]);
  const primary = Object.entries(definition.indexes).filter(([, { index }]) => index === undefined);
  return {
    ...model,
    definition: {
      ...definition,
      attributes: Object.fromEntries(attributes) as typeof definition.attributes,
      indexes: Object.fromEntries(primary),
    },
  };
}

const changedTwice: Correction = {
  name: "an attribute, or a part of one, that the user changes twice",
  reason:
    "3.9.3 writes the earlier value as it was given, with undeclared parts and as a list where a set belongs; DynamoDB refuses the two changes in any case",
  async correct(test, theirs, expected) {
    const singles = singlesOf(test.call);
    const isLast = ({ path }: Single, at: number) =>
      singles.findLastIndex((other) => other.path === path) === at;
    if (!isUpdate(test.call) || requestOf(expected) === "" || singles.every(isLast)) return null;
    const model = plainModel(test);
    const written = async (steps: Step[]) =>
      valuesOf(requestOf(await run({ ...withCall(test, { steps }), model }, theirs)));
    const always = await written([]);
    const counts = new Map<string, number>();
    const earlier: NonNullable<Noted["earlier"]> = {};
    for (const [at, single] of singles.entries()) {
      const own = await written([single.step]);
      for (const [placeholder, value] of Object.entries(own)) {
        if (placeholder in always) continue;
        const name = placeholder.replace(/\d+$/, "");
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        if (isLast(single, at)) continue;
        earlier[`${name}${count}`] = { given: canonical(revive(single.given)), written: value };
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
      for (const [name, { given, written }] of Object.entries(noted?.earlier ?? {}))
        if (JSON.stringify(values[name]) === given) values[name] = written;
      return JSON.stringify(request);
    }),
};

const emptyKeySet: Correction = {
  name: "an empty text that is a whole key of the table, in an upsert",
  reason: "3.9.3 sets the key's attribute beside the key, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    test.call.method === "upsert" && changesRequests(expected, withoutEmptyKeys) ? test : null,
  restore: (outcome) => inRequests(outcome, withoutEmptyKeys),
};

/** Takes what is set of a key that is an empty text out of an upsert. */
function withoutEmptyKeys(text: string): string {
  const request = JSON.parse(text) as Request & { Key?: Loose };
  const { Key: key = {}, ExpressionAttributeNames: names = {}, UpdateExpression = "" } = request;
  const values = (request.ExpressionAttributeValues ?? {}) as Loose;
  const empty = Object.entries(names).filter(([, field]) => key[field] === "");
  return empty.reduce((all, [name]) => {
    const value = `:${name.slice(1)}_u0`;
    const expression = UpdateExpression.replace(`, ${name} = ${value}`, "");
    if (expression === UpdateExpression) return all;
    const without = { ...request, UpdateExpression: expression };
    const { [name]: _name, ...otherNames } = names;
    const { [value]: _value, ...otherValues } = values;
    return canonical({
      ...without,
      ExpressionAttributeNames: otherNames,
      ExpressionAttributeValues: otherValues,
    });
  }, text);
}

const defaultTwice: Correction = {
  name: "nothing for `ifNotExists` of an attribute with a default, in an upsert",
  reason: "3.9.3 writes the default a second time, which DynamoDB refuses",
  correct(test, _theirs, { refusal }) {
    // A default that is refused is refused of either.
    if (refusal !== null || test.call.method !== "upsert") return null;
    const { attributes } = test.model.definition;
    let found = false;
    const steps = test.call.steps.flatMap((step) => {
      const [given] = step.args ?? [];
      if (step.name !== "ifNotExists" || typeof given !== "object" || given === null) return [step];
      const isSuch = ([name, value]: [string, unknown]) =>
        isNothing(value) && attributes[name]?.default !== undefined;
      const all = Object.entries(given) as [string, unknown][];
      const nothing = all.filter(isSuch);
      if (nothing.length === 0) return [step];
      found = true;
      const kept = all.filter((entry) => !isSuch(entry));
      // Nothing takes back what was given before.
      return [
        { ...step, args: [Object.fromEntries(kept)] },
        { name: "set", args: [Object.fromEntries(nothing)] },
      ];
    });
    return found ? withCall(test, { steps }) : null;
  },
};

/** Leaves out that a key is set where it is set again, if the item has none, as the attribute that it is. */
function withSingleKeys(text: string): string {
  const request = JSON.parse(text) as Request;
  const { UpdateExpression = "", ExpressionAttributeValues } = request;
  const twice = /(#(\w+)) = (:\2_u0), (?=.*\1 = if_not_exists\(\1, (:\2_u1)\))/;
  const [change, , , key = "", own = ""] = twice.exec(UpdateExpression) ?? [];
  if (change === undefined) return text;
  const { [own]: _own, ...values } = ExpressionAttributeValues as Loose;
  return withSingleKeys(
    canonical({
      ...request,
      UpdateExpression: UpdateExpression.replace(change, "").replace(own, key),
      ExpressionAttributeValues: values,
    }),
  );
}

const keyIfNotExists: Correction = {
  name: "`ifNotExists` of an attribute of the table's key that is an index's key itself, in an upsert",
  reason:
    "3.9.3 sets it as the key, too, so that it changes one field twice, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    test.call.method === "upsert" && changesRequests(expected, withSingleKeys) ? test : null,
  restore: (outcome) => inRequests(outcome, withSingleKeys),
};

/** Every correction of this kind, in their order. */
export const CHANGE_CORRECTIONS: Correction[] = [
  hookedInVain,
  aliasedTwice,
  operandOfNone,
  unusedName,
  changedTwice,
  emptyKeySet,
  defaultTwice,
  keyIfNotExists,
  statedWatcher,
  watcherAsKey,
];
