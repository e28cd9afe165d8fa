/** Known differences over attributes that are keys themselves and cased by name, in updates. */
import type { Case, Token } from "./case";
import { attributeKeys, isCased } from "./attribute-keys";
import { compositesOf, primaryComposites } from "./calls/item";
import {
  bodyOf,
  changesRequests,
  inRequests,
  withCall,
  type Correction,
  type Request,
} from "./correction";
import { keysIn, keysOf, type KeyDefinition } from "./indexes";
import { withStored } from "./known-key-texts";
import { primaryFields } from "./known-updates";
import { run, type Library, type Outcome } from "./run";

/** What refuses a value that is none of an attribute's. */
const INVALID_ATTRIBUTE = 3001;

/** Cases what a hook made of an attribute that is a key itself, and what is written with the table's key. */
function casedAfterHooks(text: string, { call, model }: Case): string {
  if (!text.startsWith("{")) return text;
  const isKept = ["update", "patch"].includes(call.method);
  const table = isKept ? primaryComposites(model) : [];
  const request = JSON.parse(text) as Request;
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  for (const { name, field, key } of attributeKeys(model, keysIn(model))) {
    const isTables = table.includes(name);
    if (model.definition.attributes[name]?.set === undefined && !isTables) continue;
    const { casing = "default", cast } = key;
    // A number has no casing, nor has what is none.
    if (cast === "number") continue;
    const isLower = casing === "lower" || (casing === "default" && isTables);
    // What is written with the table's key is numbered by its field.
    const stored = [name, field].map((all) => `:${all.replaceAll(/\W/g, "")}_u0`);
    for (const placeholder of new Set(stored)) {
      // The text of `null` is a key like any other.
      const value = values[placeholder] === null ? "null" : values[placeholder];
      if (typeof value !== "string") continue;
      if (isLower) values[placeholder] = value.toLowerCase();
      if (casing === "upper") values[placeholder] = value.toUpperCase();
    }
  }
  return JSON.stringify(request);
}

export const casedAfterHook: Correction = {
  name: "what a set hook made of an attribute that is a cased key itself, in an update",
  reason:
    "3.9.3 cases the value before the hook, and stores what its puts and queries never ask for",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => casedAfterHooks(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => casedAfterHooks(text, test)),
};

/** The attributes that are keys of indexes by themselves, cased by name, and are composed otherwise in other keys. */
function casedComposites(test: Case): string[] {
  const { attributes, indexes } = test.model.definition;
  const texts = Object.values(indexes ?? {}).filter(({ type }) => type !== "composite");
  const keys = keysOf(texts);
  const secondary = keysOf(texts.filter(({ index }) => index !== undefined));
  const cased = attributeKeys(test.model, secondary).filter(({ name, key, field }) => {
    // What is the table's key, too, is cased there, and in no other.
    const isTables = primaryFields(test).includes(field);
    const isText = !["boolean", "number"].includes(String(attributes?.[name]?.type));
    const isElsewhere = keys.some(
      (other) => compositesOf(other).includes(name) && other.casing !== key.casing,
    );
    return !isTables && isText && isCased(key) && isElsewhere;
  });
  return cased.map(({ name }) => name);
}

/** The values of an update that are stored in such attributes or compared with them. */
function valuesOf(names: readonly string[], text: string): Record<string, unknown> {
  const request = (text.startsWith("{") ? JSON.parse(text) : {}) as Request;
  const values = Object.entries(request.ExpressionAttributeValues ?? {});
  const isOf = (key: string) =>
    names.some((name) => new RegExp(`^:${name.replaceAll(/\W/g, "")}(_u)?\\d+$`).test(key));
  return Object.fromEntries(values.filter(([key]) => isOf(key)));
}

/** Gives an update these values where it has such, and the items beside it in a transaction the casings of their fields. */
function withValues(
  text: string,
  own: Record<string, unknown>,
  casings: Record<string, string>,
): string {
  const request = JSON.parse(text) as Request & { Item?: Record<string, unknown> };
  for (const [field, value] of Object.entries(request.Item ?? {})) {
    const casing = Object.hasOwn(casings, field) ? casings[field] : undefined;
    if (request.Item === undefined || typeof value !== "string" || !casing) continue;
    request.Item[field] = casing === "upper" ? value.toUpperCase() : value.toLowerCase();
  }
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(values)) if (Object.hasOwn(own, key)) values[key] = own[key];
  return JSON.stringify(request);
}

/** What 3.9.3 says of the case, or where it finds the cased value in no list of values, what it says without such lists. */
async function toldOf(test: Case, theirs: Library, expected: Outcome): Promise<Outcome> {
  if (expected.refusal?.code !== INVALID_ATTRIBUTE) return expected;
  const model = structuredClone(test.model);
  for (const own of Object.values(model.definition.attributes))
    if (Array.isArray(own.type)) own.type = "string";
  return run({ ...test, model }, theirs);
}

/** The request as the corrections before this one leave it, which go by the casings that it takes out of the model. */
function storedText(outcome: Outcome, test: Case): string {
  const text = casedAfterHooks(bodyOf(outcome), test);
  return text.startsWith("{") ? withStored(text, test) : text;
}

export const casedInOthers: Correction = {
  name: "an attribute that is a key itself, cased by name, in a key of another casing, in an update",
  reason: "3.9.3 cases its value in the other key too, where its puts do not and no query finds it",
  ofAllItems: true,
  async correct(test, theirs, expected) {
    const names = casedComposites(test);
    const isUpdate = ["update", "patch", "upsert"].includes(test.call.method);
    if (!isUpdate || names.length === 0) return null;
    const model = structuredClone(test.model);
    const casings: Record<string, string> = {};
    for (const { pk, sk } of Object.values(model.definition.indexes)) {
      for (const key of sk ? [pk, sk] : [pk]) {
        const [name = ""] = compositesOf(key);
        const field = model.definition.attributes[name]?.field ?? name;
        if (!names.includes(name) || key.field !== field) continue;
        casings[field] = key.casing ?? "";
        key.casing = "none";
      }
    }
    const { attributes } = test.model.definition;
    const fields = names.map((name) => attributes[name]?.field ?? name);
    const told = await toldOf(test, theirs, expected);
    const cased = {
      values: valuesOf([...names, ...fields], storedText(told, test)),
      trace: told.trace,
      casings,
    };
    return { ...test, model, noted: { ...test.noted, cased } };
  },
  restore: (outcome, { noted }) => ({
    ...inRequests(outcome, (text) =>
      withValues(text, noted?.cased?.values ?? {}, noted?.cased?.casings ?? {}),
    ),
    trace: noted?.cased?.trace ?? outcome.trace,
  }),
};

/** The model in which attributes that are cased keys themselves are not cased, where an upsert takes them out of an index. */
function uncasedOutOfIndexes(test: Case, text: string): Case["model"] | null {
  const { model } = test;
  const { attributes, indexes } = model.definition;
  const request = (text.startsWith("{") ? JSON.parse(text) : {}) as Request;
  const names = request.ExpressionAttributeNames ?? {};
  const [, removed = ""] =
    / REMOVE (.*?)(?= ADD | DELETE |$)/.exec(request.UpdateExpression ?? "") ?? [];
  const gone = removed.split(", ").map((name) => names[name]);
  let found = false;
  const uncased = (key: KeyDefinition): KeyDefinition => {
    const [name = "", ...others] = compositesOf(key);
    const isOwn = others.length === 0 && (attributes?.[name]?.field ?? name) === key.field;
    const isTables = primaryFields(test).includes(key.field ?? "");
    if (!isOwn || !isCased(key) || isTables || !gone.includes(key.field ?? "")) return key;
    found = true;
    return { ...key, casing: "none" };
  };
  const all = Object.entries(indexes ?? {}).map(([name, { pk, sk, ...index }]) => [
    name,
    index.condition === undefined
      ? { ...index, pk, ...(sk ? { sk } : {}) }
      : { ...index, pk: uncased(pk), ...(sk ? { sk: uncased(sk) } : {}) },
  ]);
  const definition = { ...model.definition, indexes: Object.fromEntries(all) as typeof indexes };
  return found ? { ...model, definition } : null;
}

export const casedOutOfIndex: Correction = {
  name: "an attribute that is a cased key itself, which an upsert takes out of its index by a condition",
  reason:
    "3.9.3 cases it and removes it at once, which DynamoDB refuses; its puts leave it as it is",
  correct(test, _theirs, expected) {
    if (test.call.method !== "upsert") return null;
    const model = uncasedOutOfIndexes(test, bodyOf(expected));
    return model && { ...test, model };
  },
};

export const valueOfCasedKey: Correction = {
  name: "`value` of an attribute that is a cased key itself, set in a data callback",
  reason: "3.9.3 cases the placeholder in place of the value",
  correct(test) {
    const keys = attributeKeys(test.model, keysIn(test.model)).filter(({ key }) => isCased(key));
    let found = false;
    const plain = (token: Token): Token => {
      const [operator, path, operand, ...others] = token;
      const [inner, , value] = ((operand as { $token?: Token } | null | undefined)?.$token ??
        []) as unknown[];
      if (path.length !== 1 || inner !== "value") return token;
      if (!keys.some(({ name }) => name === path[0])) return token;
      found = true;
      return [operator, path, value, ...others];
    };
    const steps = test.call.steps.map((step) =>
      step.data ? { ...step, data: step.data.map(plain) } : step,
    );
    return found ? withCall(test, { steps }) : null;
  },
};
