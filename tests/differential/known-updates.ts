/** Known differences in what 3.9.3 makes of updates. Names that it mixes up stand in known-names.ts. */
import { canonical } from "../models/tagged";
import type { Call, Case, Token } from "./case";
import { compositesOf, definitionOf } from "./calls/item";
import {
  changesRequests,
  inRequests,
  inAnswers,
  isNothing,
  requestOf,
  withCall,
  type Correction,
  type Request,
} from "./correction";
import type { KeyDefinition } from "./indexes";
import type { AttributeDefinition } from "./model";

/** Stands for a zero, and is found nowhere else; what hooks make of it is as near to it as their answer is to zero. */
const NOT_ZERO = 424242;

/** Stands for what is no number, which 3.9.3 takes for nothing as it does zero; a hook may have added one to it. */
const NOT_NAN = NOT_ZERO + 5;

/** What a number near to the one that stands for zero was near zero. */
const again = (near: number) => (near < NOT_NAN ? String(near - NOT_ZERO) : "NaN");

/** Numbers near to the one that stands for zero are again what they were near zero. */
function zeroAgain(text: string): string {
  return text
    .replaceAll(/(?<=[:,[])42424[78](?=[,}\]])/g, '{"$number":"NaN"}')
    .replaceAll(/42424\d/g, (near) => again(Number(near)));
}

/** Gives a key's text the numbers that were near zero, as long as they were padded to and cased as the key is. */
function keyAgain(value: string, key: KeyDefinition, test: Case): string {
  const cased = (text: string) =>
    key.casing === "upper" ? text.toUpperCase() : key.casing === "none" ? text : text.toLowerCase();
  let result = value;
  for (const name of compositesOf(key)) {
    const { length, char } = definitionOf(test.model, name)?.padding ?? {};
    if (typeof length !== "number" || typeof char !== "string") continue;
    if (!numericKeyAttributes(test).includes(name)) continue;
    for (const near of [0, 1, 2, 3, 5, 6].map((number) => NOT_ZERO + number)) {
      const right = again(near).padStart(length, char);
      result = result.replaceAll(cased(String(near).padStart(length, char)), cased(right));
    }
  }
  return result.replaceAll(/42424\d/g, (near) => cased(again(Number(near))));
}

/** Gives all keys of a request their numbers again. */
function keysAgain(text: string, test: Case): string {
  const { indexes } = test.model.definition;
  const keys = Object.values(indexes ?? {}).flatMap(({ pk, sk }) => (sk ? [pk, sk] : [pk]));
  return text.replaceAll(/"([^"]+)":"((?:[^"\\]|\\.)*)"/g, (all, name: string, value: string) => {
    const key = keys.find(
      ({ field = "" }) => name === field || name === `:${field.replaceAll(/\W/g, "")}_u0`,
    );
    return key ? `"${name}":"${keyAgain(value, key, test)}"` : all;
  });
}

/** Puts other numbers in place of these attributes' zeros, and of those from which a hook may make a zero. */
function withoutZeros(value: unknown, names: readonly string[]): unknown {
  const isNaNumber = (entry: unknown) => JSON.stringify(entry) === '{"$number":"NaN"}';
  const isNear = (entry: unknown) => entry === 0 || entry === -1 || isNaNumber(entry);
  const other = (entry: unknown) => (isNaNumber(entry) ? NOT_NAN : NOT_ZERO + (entry as number));
  if (Array.isArray(value)) {
    const [operator, path, amount, ...others] = value as unknown[];
    const isToken = typeof operator === "string" && Array.isArray(path) && path.length === 1;
    if (isToken && names.includes(String(path[0])) && isNear(amount))
      return [operator, path, other(amount), ...others];
    return value.map((entry) => withoutZeros(entry, names));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      names.includes(name) && isNear(entry) ? other(entry) : withoutZeros(entry, names),
    ]),
  );
}

/** The attributes that are by themselves a number in a key. */
function numericKeyAttributes(test: Case): string[] {
  const keys = Object.values(test.model.definition.indexes ?? {}).flatMap((index) => [
    index.pk,
    index.sk,
  ]);
  return keys.flatMap((key) => {
    const [name] = compositesOf(key);
    return key && name !== undefined && isNumeric(test, key) ? [name] : [];
  });
}

/** Whether a key is by itself one composite that is a number. */
function isNumeric(test: Case, key: KeyDefinition): boolean {
  const [name, ...others] = compositesOf(key);
  if (name === undefined || others.length > 0 || typeOf(test, name) !== "number") return false;
  const isAttribute = (definitionOf(test.model, name)?.field ?? name) === key.field;
  const isBare = key.template === undefined ? isAttribute : key.template === `\${${name}}`;
  return key.cast === "number" || (isBare && key.cast === undefined);
}

function typeOf(test: Case, name: string): unknown {
  return definitionOf(test.model, name)?.type;
}

export const numericZero: Correction = {
  name: "the number 0 in a numeric key",
  reason:
    "an update of 3.9.3 leaves the index key as it was when the number becomes 0; zero is a value, and NaN is left to DynamoDB's refusal",
  correct(test) {
    if (!["update", "patch", "upsert"].includes(test.call.method)) return null;
    const given = [test.call.args, test.call.steps];
    const [args, steps] = withoutZeros(given, numericKeyAttributes(test)) as [
      unknown[],
      Call["steps"],
    ];
    const isSame = JSON.stringify([args, steps]) === JSON.stringify(given);
    return isSame ? null : withCall(test, { args, steps });
  },
  restore: (outcome, test) => ({
    ...inAnswers(outcome, (text) => zeroAgain(keysAgain(text, test))),
    trace: outcome.trace.map((call) => ({ ...call, args: call.args.map(zeroAgain) })),
  }),
};

/** Gives the table's key field the empty text where a request has nothing in it. */
function withEmptyKey(text: string, test: Case): string {
  const primary = Object.values(test.model.definition.indexes).find(
    (entry) => entry.index === undefined,
  );
  const request = JSON.parse(text) as Record<"Key" | "Item", Record<string, unknown> | undefined>;
  const keyed = request?.Key ?? request?.Item;
  if (!keyed) return text;
  for (const key of [primary?.pk, primary?.sk]) {
    if (key?.field === undefined) continue;
    const nothing = key.cast === "number" || isNumeric(test, key) ? 0 : "";
    const value = keyed[key.field];
    if (value === undefined || isNothing(value)) keyed[key.field] = nothing;
  }
  return canonical(request);
}

export const emptyKey: Correction = {
  name: "an empty text, or `false` as a number, as a whole key of the table",
  reason:
    "3.9.3 sends a key without a value, or an item without a key; DynamoDB refuses both, and names what is wrong with an empty text",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withEmptyKey(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withEmptyKey(text, test)),
};

function primaryFields(test: Case): string[] {
  const primary = Object.values(test.model.definition.indexes).find(
    (entry) => entry.index === undefined,
  );
  // An empty name is what 3.9.3 removes as the key of an index whose keys are attributes.
  return ["", primary?.pk?.field, primary?.sk?.field].filter((field) => field !== undefined);
}

/** Leaves the first of several changes of one field in the SET of an update. */
function withSingleSets(text: string): string {
  const request = JSON.parse(text) as Request;
  const { UpdateExpression, ExpressionAttributeNames: names, ...rest } = request;
  const found = /^SET (.*?)( (?:REMOVE|ADD|DELETE) .*)?$/.exec(UpdateExpression ?? "");
  if (!found || names === undefined) return text;
  // What is removed may well be set before: a watcher's hook sets what the user removes.
  const counted = found[2]?.replace(/ REMOVE .*?(?= ADD | DELETE |$)/, "");
  const changed = counted?.match(/#\w+(?=[ ,]|$)/g) ?? [];
  const seen = new Set(changed.map((name) => names[name] ?? name));
  const all = (found[1] as string).split(/, (?=#)/);
  const fieldOf = (change: string) => /^(#\w+) = /.exec(change)?.[1] ?? change;
  const kept = all.filter((change) => {
    const field = names[fieldOf(change)] ?? change;
    return seen.has(field) ? false : seen.add(field);
  });
  if (kept.length === all.length) return text;
  request.UpdateExpression = `SET ${kept.join(", ")}${found[2] ?? ""}`;
  const used =
    JSON.stringify([request.UpdateExpression, rest.ConditionExpression]).match(/[#:]\w+/g) ?? [];
  const values = request.ExpressionAttributeValues as Record<string, unknown>;
  for (const name of Object.keys(names)) if (!used.includes(name as never)) delete names[name];
  for (const name of Object.keys(values)) if (!used.includes(name as never)) delete values[name];
  return JSON.stringify(request);
}

export const setTwice: Correction = {
  name: "an aliased attribute that is an index key itself, in an update",
  reason: "3.9.3 changes its field twice, as the attribute and as the key, which DynamoDB refuses",
  correct: (test, _theirs, expected) => (changesRequests(expected, withSingleSets) ? test : null),
  restore: (outcome) => inRequests(outcome, withSingleSets),
};

/** Takes fields out of what an update removes. */
function withoutRemoved(text: string, fields: readonly string[], kept: readonly string[]): string {
  if (!text.includes(" REMOVE ")) return text;
  const request = JSON.parse(text) as Request & { UpdateExpression: string };
  const names = request.ExpressionAttributeNames ?? {};
  const [, before = "", removed = "", after = ""] =
    /^(.*) REMOVE (.*?)( (?:ADD|DELETE) .*)?$/.exec(request.UpdateExpression) ?? [];
  const all = removed.split(", ");
  const changes = [...before.matchAll(/#\w+(?= = )/g), ...after.matchAll(/#\w+(?= :)/g)];
  const changed = changes.map(([name]) => names[name]);
  const isChanged = (name: string) => changed.includes(names[name]);
  const seen = new Set<string>();
  const left = all.filter((name) => {
    const field = names[name];
    if (field === undefined) return true;
    if (kept.includes(name)) return !seen.has(field) && seen.add(field);
    if (fields.includes(field) || isChanged(name) || seen.has(field)) return false;
    return seen.add(field);
  });
  if (left.length === all.length) return text;
  request.UpdateExpression = `${before}${left.length > 0 ? ` REMOVE ${left.join(", ")}` : ""}${after}`;
  const { ExpressionAttributeNames: _names, ...rest } = request;
  const elsewhere: string[] = JSON.stringify(rest).match(/#\w+/g) ?? [];
  for (const name of all) if (!elsewhere.includes(name)) delete names[name];
  return JSON.stringify(request);
}

/** The placeholders of the attributes that the user removes by their names. */
function removedByName({ call }: Case): string[] {
  const names = call.steps.flatMap(({ name, args, data = [] }) => [
    ...(name === "remove" && Array.isArray(args?.[0]) ? (args[0] as unknown[]) : []),
    ...data.filter(([operator]) => operator === "remove").map(([, path]) => path[0]),
  ]);
  return names.map((name) => `#${String(name).replace(/\W/g, "")}`);
}

function withoutOwnKeys(test: Case): (text: string) => string {
  const kept = removedByName(test);
  return (text) => withoutRemoved(text, primaryFields(test), kept);
}

export const removedTableKey: Correction = {
  name: "a condition of an index whose key is the table's, or an attribute that is set",
  reason:
    "3.9.3 removes the table's own key with the index's, or sets and removes one attribute, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, withoutOwnKeys(test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, withoutOwnKeys(test)),
};

/** The text of a key that is a template without composites. */
function constantText({ template = "", casing = "" }: KeyDefinition): string {
  const cased = { upper: template.toUpperCase(), none: template }[casing];
  return cased ?? template.toLowerCase();
}

const isConstant = (key: KeyDefinition | undefined): key is KeyDefinition & { field: string } =>
  key?.field !== undefined && key.template !== undefined && compositesOf(key).length === 0;

/** The texts of sort keys that are a template without composites, by field. */
function constantTexts(test: Case): Map<string, string> {
  const keys = Object.values(test.model.definition.indexes).map(({ sk }) => sk);
  return new Map(keys.filter(isConstant).map((sk) => [sk.field, constantText(sk)]));
}

function withConstants(text: string, texts: Map<string, string>): string {
  return [...texts].reduce(
    (all, [field, right]) =>
      all.replace(`":${field}_u0":"undefined"`, `":${field}_u0":${JSON.stringify(right)}`),
    text,
  );
}

export const constantSortKey: Correction = {
  name: "a sort key that is a constant template, in an update",
  reason: "3.9.3 writes the text `undefined` into it",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withConstants(text, constantTexts(test))) ? test : null,
  restore: (outcome, test) =>
    inRequests(outcome, (text) => withConstants(text, constantTexts(test))),
};

/** Takes the text that a key begins with away from behind the attributes that are stored in its field. */
function withoutConstants(text: string, { model }: Case): string {
  const { attributes, indexes } = model.definition;
  const keys = Object.values(indexes).flatMap(({ pk, sk }) => [pk, sk]);
  return keys.reduce((all, key) => {
    const own = Object.entries(attributes).filter(
      ([name, { field }]) =>
        key?.field !== undefined && field === key.field && !compositesOf(key).includes(name),
    );
    return own.reduce((some, [name]) => {
      const [value] = new RegExp(`(?<=":${name}_u0":")[^"]*(?=")`).exec(some) ?? [];
      const [end = ""] = (key?.template ?? "").split("${");
      if (!value?.endsWith(end) || value.length === end.length) return some;
      const own = value.slice(0, value.length - end.length);
      return some.replace(`":${name}_u0":"${value}"`, `":${name}_u0":"${own}"`);
    }, all);
  }, text);
}

export const constantBehindAttribute: Correction = {
  name: "an attribute that is stored in the field of a key of others, in an upsert",
  reason: "3.9.3 writes its value with the key's text behind it, which is neither",
  correct: (test, _theirs, expected) =>
    test.call.method === "upsert" &&
    changesRequests(expected, (text) => withoutConstants(text, test))
      ? test
      : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withoutConstants(text, test)),
};

const RAW_SET = /(":p_u\d+":)(\[[^\]]*\])/g;

export const setInList: Correction = {
  name: "a set at a position of a list, beside another list",
  reason:
    "3.9.3 knows the values of an update by their placeholders, so that it writes a list where a set belongs",
  correct(test, _theirs, expected) {
    const { definition } = test.model;
    const isSetList = (name: string) => {
      const { type, items } = definition.attributes?.[name] ?? { type: "any" };
      return type === "list" && (items as AttributeDefinition | undefined)?.type === "set";
    };
    const isSuch = ([, path]: Token) =>
      path.length === 2 && typeof path[1] === "number" && isSetList(String(path[0]));
    const found = test.call.steps.some((step) => step.data?.some(isSuch));
    return found && requestOf(expected).search(RAW_SET) >= 0 ? test : null;
  },
  restore: (outcome, { model, call }) =>
    inRequests(outcome, (text) =>
      text.replaceAll(RAW_SET, (_all, name: string, list: string) => {
        const values = [...new Set(JSON.parse(list) as unknown[])];
        const type = typeof values[0] === "number" ? "Number" : "String";
        const set =
          model.client || call.answers ? { $set: values } : { type, values, wrapperName: "Set" };
        return `${name}${JSON.stringify(set)}`;
      }),
    ),
};

/** What a callback gives a position of a list whose elements are lists of sets. */
function listsOfSets({ call, model }: Case): unknown[] {
  const isSuch = ([, path, value]: Token) => {
    const { type, items } = model.definition.attributes?.[String(path[0])] ?? { type: "any" };
    const inner = (items as AttributeDefinition | undefined)?.items as AttributeDefinition;
    const isAtPosition = path.length === 2 && typeof path[1] === "number";
    return isAtPosition && type === "list" && inner?.type === "set" && Array.isArray(value);
  };
  return call.steps.flatMap(({ data = [] }) => data.filter(isSuch).map(([, , value]) => value));
}

/** Writes the list in the place of the set that 3.9.3 makes of it. */
function withListOfSets(text: string, test: Case): string {
  const [list] = listsOfSets(test) as unknown[][];
  const request = JSON.parse(text) as Request;
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  const isSet = (value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  for (const [name, value] of Object.entries(values)) {
    if (!/^:p_u\d+$/.test(name) || !isSet(value)) continue;
    values[name] = (list ?? []).map((members) => {
      const type = typeof (members as unknown[])[0] === "number" ? "Number" : "String";
      return test.model.client || test.call.answers
        ? { $set: members }
        : { type, values: members, wrapperName: "Set" };
    });
  }
  return JSON.stringify(request);
}

export const listOfSetsInList: Correction = {
  name: "a list of sets at a position of a list",
  reason: "3.9.3 makes one set of the list, with lists as its members, which DynamoDB cannot hold",
  correct: (test, _theirs, expected) =>
    listsOfSets(test).length === 1 &&
    changesRequests(expected, (text) => withListOfSets(text, test))
      ? test
      : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withListOfSets(text, test)),
};
