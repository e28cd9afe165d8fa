/** Known differences in what 3.9.3 makes of updates. Names that it mixes up stand in known-names.ts. */
import { canonical } from "../models/tagged";
import type { Case, Token } from "./case";
import { compositesOf } from "./calls/item";
import {
  changesRequests,
  identifierFields,
  inRequests,
  isNothing,
  requestOf,
  type Correction,
  type Request,
} from "./correction";
import { keysIn, keysOf, type KeyDefinition } from "./indexes";
import { isNumeric } from "./known-zeros";
import type { AttributeDefinition } from "./model";

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

export function primaryFields(test: Case): string[] {
  const primary = Object.values(test.model.definition.indexes).find(
    (entry) => entry.index === undefined,
  );
  // An empty name is what 3.9.3 removes as the key of an index whose keys are attributes.
  return ["", primary?.pk?.field, primary?.sk?.field].filter((field) => field !== undefined);
}

/** The fields of attributes in which keys of others are stored. */
function foreignFields({ definition }: Case["model"]): string[] {
  const keys = keysIn({ definition });
  return Object.entries(definition.attributes).flatMap(([name, { field = name }]) => {
    const isForeign = (key: KeyDefinition | undefined) =>
      key?.field === field && !compositesOf(key).includes(name);
    return keys.some(isForeign) ? [field] : [];
  });
}

/** Leaves the first of several changes of one field in the SET of an update; what the user says twice has one name. */
function withSingleSets(text: string, { model }: Case): string {
  const request = JSON.parse(text) as Request;
  const { UpdateExpression, ExpressionAttributeNames: names, ...rest } = request;
  const found = /^SET (.*?)( (?:REMOVE|ADD|DELETE) .*)?$/.exec(UpdateExpression ?? "");
  if (!found || names === undefined) return text;
  // What is removed may well be set before: a watcher's hook sets what the user removes.
  const counted = found[2]?.replace(/ REMOVE .*?(?= ADD | DELETE |$)/, "");
  const changed = counted?.match(/#\w+(?=[ ,]|$)/g) ?? [];
  const seen = new Map(changed.map((name) => [names[name], name]));
  const all = (found[1] as string).split(/, (?=#)/);
  const identifiers = identifierFields(model);
  const foreign = foreignFields(model);
  const values = request.ExpressionAttributeValues as Record<string, unknown>;
  const valueOf = (change: string) => /:\w+(?=\)?$)/.exec(change)?.[0] ?? "";
  const kept = all.filter((change) => {
    const [, name = ""] = /^(#\w+) = /.exec(change) ?? [];
    const field = names[name];
    // An attribute in an identifier's field is set twice by ours, too: no order of the two would be right.
    if (field === undefined || identifiers.includes(field)) return true;
    if (!seen.has(field)) seen.set(field, name);
    const first = seen.get(field);
    // A key that is not made of the attribute in its field stands there, as in a put.
    const earlier = all.find((other) => other.startsWith(`${first} = `));
    if (first !== name && earlier !== undefined && foreign.includes(field))
      values[valueOf(earlier)] = values[valueOf(change)];
    return first === name;
  });
  if (kept.length === all.length) return text;
  request.UpdateExpression = `SET ${kept.join(", ")}${found[2] ?? ""}`;
  const used =
    JSON.stringify([request.UpdateExpression, rest.ConditionExpression]).match(/[#:]\w+/g) ?? [];
  for (const name of Object.keys(names)) if (!used.includes(name as never)) delete names[name];
  for (const name of Object.keys(values)) if (!used.includes(name as never)) delete values[name];
  return JSON.stringify(request);
}

export const setTwice: Correction = {
  name: "an aliased attribute that is an index key itself, in an update",
  reason: "3.9.3 changes its field twice, as the attribute and as the key, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withSingleSets(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withSingleSets(text, test)),
};

/** Takes fields out of what an update removes. */
function withoutRemoved(text: string, test: Case): string {
  const kept = removedByName(test);
  const fields = [...primaryFields(test), ...borrowedFields(test)];
  // A key in an identifier's field is set and removed by ours, too: no item could keep both.
  const identifiers = identifierFields(test.model);
  if (!text.includes(" REMOVE ")) return text;
  const request = JSON.parse(text) as Request & { UpdateExpression: string };
  const names = request.ExpressionAttributeNames ?? {};
  const [, before = "", removed = "", after = ""] =
    /^(.*) REMOVE (.*?)( (?:ADD|DELETE) .*)?$/.exec(request.UpdateExpression) ?? [];
  const all = removed.split(", ");
  const changes = [...before.matchAll(/#\w+(?= = )/g), ...after.matchAll(/#\w+(?= :)/g)];
  const changed = changes.map(([name]) => names[name]);
  const isChanged = (name: string) =>
    changed.includes(names[name]) && !identifiers.includes(names[name]);
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

/** The fields of keys in which an attribute is stored that they are not made of, or that is only stated by `composite()`. */
function borrowedFields({ call, model }: Case): string[] {
  const { attributes, indexes } = model.definition;
  const keys = keysOf(Object.values(indexes));
  const stated = call.steps.flatMap(({ name, args }) =>
    name === "composite" ? Object.keys((args?.[0] ?? {}) as object) : [],
  );
  return Object.entries(attributes).flatMap(([name, own]) => {
    const field = own.field ?? name;
    const isSuch = keys.some(
      (key) => key?.field === field && (!compositesOf(key).includes(name) || stated.includes(name)),
    );
    return isSuch ? [field] : [];
  });
}

export const removedTableKey: Correction = {
  name: "a condition of an index whose key is the table's, or an attribute that is set",
  reason:
    "3.9.3 removes the table's own key with the index's, or another attribute that is stored there, or sets and removes one attribute, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withoutRemoved(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withoutRemoved(text, test)),
};

/** A key that is one attribute alone, stored as a text though the attribute is no string. */
interface TextOfOther {
  name: string;
  casing: string | undefined;
  /** Whether only `ifNotExists` stores the text: what an upsert leaves out of an index stays in the item as it is, as in a put. */
  isLeft: boolean;
}

function textsOfOthers({ call, model }: Case): TextOfOther[] {
  const { attributes, indexes } = model.definition;
  return Object.values(indexes ?? {}).flatMap(({ pk, sk, condition }) =>
    (sk ? [pk, sk] : [pk]).flatMap((key): TextOfOther[] => {
      const [name = "", ...others] = compositesOf(key);
      const { type, field = name } = attributes?.[name] ?? {};
      const isOther = type === "boolean" || (type === "number" && key.cast === "string");
      const isAlone = others.length === 0 && field === key.field;
      const isLeft = condition !== undefined && call.method === "upsert";
      return isOther && isAlone ? [{ name, casing: key.casing, isLeft }] : [];
    }),
  );
}

/** The text of a boolean or a number, cased as a key. */
function textOf(value: unknown, casing: string | undefined): string | null {
  const { $number = value } = (value ?? {}) as { $number?: unknown };
  if (typeof value !== "boolean" && typeof value !== "number" && $number === value) return null;
  const text = String($number);
  if (casing === "none") return text;
  return casing === "upper" ? text.toUpperCase() : text.toLowerCase();
}

/** Stores the texts of such attributes. */
function withTextsOfOthers(text: string, test: Case): string {
  const request = JSON.parse(text) as Request;
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  for (const { name, casing, isLeft } of textsOfOthers(test)) {
    // What is written with the table's key is numbered by its field.
    for (const own of new Set([name, test.model.definition.attributes[name]?.field ?? name])) {
      const plain = own.replaceAll(/\W/g, "");
      const stored = `#${plain} = (if_not_exists\\(#${plain}, )?(:${plain}_u\\d+)`;
      const changes = request.UpdateExpression?.matchAll(new RegExp(stored, "g")) ?? [];
      for (const [, once, placeholder = ""] of changes) {
        const key = isLeft && once === undefined ? null : textOf(values[placeholder], casing);
        if (key !== null) values[placeholder] = key;
      }
    }
  }
  return JSON.stringify(request);
}

export const textOfOther: Correction = {
  name: "a boolean or a number whose text is a key, in an update",
  reason: "3.9.3 stores it as it is, which DynamoDB refuses as a key; its puts store the text",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withTextsOfOthers(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withTextsOfOthers(text, test)),
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
