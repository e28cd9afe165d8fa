/** Known differences in what 3.9.3 makes of attributes that an update removes. */
import type { Case, Path, Step, Token } from "./case";
import { compositesOf, primaryComposites } from "./calls/item";
import {
  changesRequests,
  inRequests,
  requestOf,
  withCall,
  type Correction,
  type Request,
} from "./correction";
import { keysIn } from "./indexes";
import type { AttributeDefinition } from "./model";
import { run } from "./run";

const isWatcher = (definition: unknown) =>
  (definition as { watch?: unknown } | undefined)?.watch !== undefined;

/** The key fields of indexes that lose a composite, unless a watcher's hook sets it again, which both go by. */
function fieldsOfRemoved({ call, model }: Case): string[] {
  const removed = call.steps
    .flatMap(removedBy)
    .filter((name) => !isWatcher(model.definition.attributes?.[name]));
  const keys = keysIn(model);
  // What the user sets himself, ours sets and removes, too.
  const set = Object.entries(model.definition.attributes).flatMap(([name, { field = name }]) =>
    call.steps.some((step) => step.name === "set" && Object.hasOwn(step.args?.[0] ?? {}, name))
      ? [field]
      : [],
  );
  return keys.flatMap((key) =>
    key?.field !== undefined &&
    !set.includes(key.field) &&
    // An update writes the attributes of the table's key, also one in whose field the index has its own.
    !primaryComposites(model).includes(key.field) &&
    compositesOf(key).some((name) => removed.includes(name))
      ? [key.field]
      : [],
  );
}

/** The sort keys without composites of indexes that lose a composite of their other key, which 3.9.3 sets beside it; ours, too, where it is stated. */
function besideRemoved({ call, model }: Case): string[] {
  const isStated = (name: string) =>
    call.steps.some(
      (step) => step.name === "composite" && name in ((step.args?.[0] ?? {}) as object),
    );
  const removed = call.steps.flatMap(removedBy).filter((name) => !isStated(name));
  return Object.values(model.definition.indexes).flatMap(({ index, pk, sk }) =>
    index !== undefined &&
    sk?.field !== undefined &&
    compositesOf(sk).length === 0 &&
    compositesOf(pk).some((name) => removed.includes(name))
      ? [sk.field]
      : [],
  );
}

/** Takes keys that an update removes out of what it sets, and these that it sets beside them. */
function withoutSet(text: string, fields: readonly string[], beside: readonly string[]): string {
  const request = JSON.parse(text) as Request;
  const { UpdateExpression = "", ExpressionAttributeNames: names = {} } = request;
  const removed =
    / REMOVE (.*?)(?= ADD | DELETE |$)/.exec(UpdateExpression)?.[1]?.split(", ") ?? [];
  const values = request.ExpressionAttributeValues as Record<string, unknown>;
  let expression = UpdateExpression;
  for (const name of removed.filter((entry) => fields.includes(names[entry] ?? ""))) {
    const [change, value = ""] = new RegExp(`${name} = (:\\w+)(?:, )?`).exec(expression) ?? [];
    if (change === undefined) continue;
    expression = expression.replace(change, "").replace(/,? REMOVE /, " REMOVE ");
    delete values[value];
  }
  if (expression === UpdateExpression) return text;
  for (const [name, field] of Object.entries(names)) {
    const [change, value = ""] = new RegExp(`, ${name} = (:\\w+)`).exec(expression) ?? [];
    if (change === undefined || !beside.includes(field)) continue;
    expression = expression.replace(change, "");
    delete names[name];
    delete values[value];
  }
  return JSON.stringify({ ...request, UpdateExpression: expression });
}

const withoutKeysOfRemoved = (text: string, test: Case) =>
  withoutSet(text, fieldsOfRemoved(test), besideRemoved(test));

export const keyOfRemoved: Correction = {
  name: "a composite that is removed and set, or stated by `composite()` in an index with a condition",
  reason: "3.9.3 sets and removes the index's key, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withoutKeysOfRemoved(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withoutKeysOfRemoved(text, test)),
};

function holdsAnything(definition: unknown): boolean {
  const type = (definition as AttributeDefinition | undefined)?.type ?? definition;
  return type === "any" || (type as { $custom?: string } | undefined)?.$custom === "any";
}

/** Whether a path goes into an attribute that holds anything, or leads to a property that does. */
function entersAny(test: Case, name: unknown): boolean {
  const [root = "", ...steps] = String(name).match(/[^.[\]]+/g) ?? [];
  let definition: unknown = test.model.definition.attributes?.[root];
  for (const step of steps) {
    const { items, properties } = (definition ?? {}) as AttributeDefinition;
    if (holdsAnything(definition)) return true;
    definition = /^\d+$/.test(step) ? items : properties?.[step];
  }
  return steps.length > 0 && !/^\d+$/.test(steps.at(-1) ?? "") && holdsAnything(definition);
}

/** Attributes that hold anything and are required, of which a callback removes a part. */
function requiredAbove(test: Case): string[] {
  const removed = test.call.steps.flatMap(({ data = [] }) =>
    data.filter(([operator]) => operator === "remove").map(([, path]) => path),
  );
  return removed
    .filter((path) => path.length > 1 && entersAny(test, path.join(".")))
    .map(([root]) => String(root))
    .filter((root) => test.model.definition.attributes?.[root]?.required);
}

export const requiredAboveRemoved: Correction = {
  name: "a part of a required attribute that holds anything, removed in a data callback",
  reason: "3.9.3 takes the part for the attribute, which cannot be removed",
  correct(test) {
    const names = requiredAbove(test);
    if (names.length === 0) return null;
    const model = structuredClone(test.model);
    for (const name of names) delete model.definition.attributes[name]?.required;
    return { ...test, model };
  },
};

export const removedBelowAny: Correction = {
  name: "`remove` of a part of an attribute that holds anything, or of a property that does",
  reason: "3.9.3 finds no such attribute, though `set` and its callbacks do",
  correct(test) {
    const isSuch = ({ name, args }: Step) =>
      name === "remove" &&
      Array.isArray(args?.[0]) &&
      args[0].some((entry) => entersAny(test, entry));
    if (!test.call.steps.some(isSuch)) return null;
    const pathOf = (name: unknown): Path =>
      (String(name).match(/[^.[\]]+/g) ?? []).map((step) =>
        /^\d+$/.test(step) ? Number(step) : step,
      );
    const steps = test.call.steps.map((step) =>
      isSuch(step)
        ? {
            name: "data",
            data: (step.args?.[0] as unknown[]).map((name): Token => ["remove", pathOf(name)]),
          }
        : step,
    );
    return withCall(test, { steps });
  },
};

/** The attributes whose value is read in what a token gives. */
function readBy(token: Token): string[] {
  const [, , value] = token;
  const inner = (value as { $token?: Token } | undefined)?.$token;
  return inner ? [String(inner[1][0]), ...readBy(inner)] : [];
}

/** The attributes that a step removes as a whole. */
function removedBy({ name, args, data = [] }: Step): string[] {
  const names = name === "remove" && Array.isArray(args?.[0]) ? args[0].map(String) : [];
  const tokens = data.filter(([operator, path]) => operator === "remove" && path.length === 1);
  return [...names, ...tokens.map(([, path]) => String(path[0]))];
}

/** Removes again, behind a callback, what is removed by then and read in it. */
function removedAgain(steps: readonly Step[]): Step[] {
  const removed = new Set<string>();
  return steps.map((step) => {
    removedBy(step).forEach((name) => removed.add(name));
    const read = new Set(step.data?.flatMap(readBy).filter((name) => removed.has(name)));
    const again = [...read].map((name): Token => ["remove", [name]]);
    return step.data && read.size > 0 ? { ...step, data: [...step.data, ...again] } : step;
  });
}

/** Leaves the first of several removals of one attribute. */
function withSingleRemovals(text: string): string {
  return text.replace(/(?<= REMOVE )#\w+(?:, #\w+)*/, (names) =>
    [...new Set(names.split(", "))].join(", "),
  );
}

export const removedBeforeRead: Correction = {
  name: "an attribute that is removed, and then read in a data callback",
  reason:
    "3.9.3 forgets that it is removed: it removes what is required, and leaves the item in indexes that lack a composite then",
  correct(test) {
    const steps = removedAgain(test.call.steps);
    return JSON.stringify(steps) === JSON.stringify(test.call.steps)
      ? null
      : withCall(test, { steps });
  },
  restore: (outcome) => inRequests(outcome, withSingleRemovals),
};

/** The composites of indexes that watch others and are removed. */
function removedWatchers({ call, model }: Case): string[] {
  const { attributes } = model.definition;
  const composites = keysIn(model).flatMap(compositesOf);
  return call.steps
    .flatMap(removedBy)
    .filter((name) => isWatcher(attributes[name]) && composites.includes(name));
}

/** The call without the removals of some attributes. */
function withoutRemovals(test: Case, names: readonly string[]): Case {
  const steps = test.call.steps.map((step): Step => {
    const [given] = step.args ?? [];
    const isKept = ([operator, path]: Token) =>
      operator !== "remove" || path.length > 1 || !names.includes(String(path[0]));
    const args = Array.isArray(given)
      ? { args: [given.filter((name) => !names.includes(String(name)))] }
      : {};
    return {
      ...step,
      ...(step.name === "remove" ? args : {}),
      ...(step.data ? { data: step.data.filter(isKept) } : {}),
    };
  });
  return withCall(test, { steps });
}

/** Removes the fields beside what else is removed, in the order in which the call names them, before the keys of indexes. */
function removing(text: string, fields: readonly string[]): string {
  const request = JSON.parse(text) as Request;
  const { UpdateExpression = "", ExpressionAttributeNames: names = {} } = request;
  const [, set = "", removed = "", others = ""] =
    /^(SET .*?)(?: REMOVE (.*?))?((?: ADD | DELETE ).*)?$/.exec(UpdateExpression) ?? [];
  const all = removed === "" ? [] : removed.split(", ");
  const isNamed = (name: string) => fields.includes(names[name] ?? "");
  const placeholders = fields.flatMap((field) =>
    Object.keys(names).filter((name) => names[name] === field),
  );
  const gone = [...placeholders, ...all.filter((name) => !isNamed(name))];
  return JSON.stringify({
    ...request,
    UpdateExpression: `${set} REMOVE ${gone.join(", ")}${others}`,
  });
}

export const removedWatcher: Correction = {
  name: "a composite that watches others, removed beside a change that has its hook set it again",
  reason:
    "3.9.3 wants the key's other composites removed as well; ours says what both say of one composite, that it is set and removed, and DynamoDB refuses it",
  async correct(test, theirs, { refusal }) {
    const names = removedWatchers(test);
    if (names.length === 0 || refusal?.code !== 2002) return null;
    const { attributes } = test.model.definition;
    const fieldOf = (name: string) => attributes[name]?.field ?? name;
    const kept = withoutRemovals(test, names);
    const told = requestOf(await run(kept, theirs));
    const isSet = (name: string) => told.includes(`":${fieldOf(name).replaceAll(/\W/g, "")}_u0"`);
    if (!names.every(isSet)) return null;
    const removed = test.call.steps.flatMap(removedBy).map(fieldOf);
    return { ...kept, noted: { ...test.noted, removed } };
  },
  restore: (outcome, { noted }) =>
    inRequests(outcome, (text) => removing(text, noted?.removed ?? [])),
};
