/** The known difference over attributes that are keys themselves with text around the value, which 3.9.3 writes, compares and reads in several ways. */
import { canonical, revive } from "../models/tagged";
import { attributeKeys, changeOperands, isCased, type AttributeKey } from "./attribute-keys";
import type { Case } from "./case";
import { compositesOf } from "./calls/item";
import { changesRequests, inRequests, type Correction, type Request } from "./correction";
import { keysIn, keysOf, writtenText, type KeyDefinition } from "./indexes";

/** Ends the names of keys that are kept apart from the attributes in their fields. */
const APART = "yyy";

/** What JavaScript makes of a value as a text. */
const textOf = (value: unknown) => String(revive(value));

const isApart = (field: string | undefined) => field?.endsWith(APART) === true;

const fieldOf = (apart: string) => apart.slice(0, -APART.length);

/** The field that a key stands for, wherever it is kept. */
export const plainField = (field = "") => (isApart(field) ? fieldOf(field) : field);

/** The keys that are one attribute in its own field with text around it. */
function textKeys({ model }: Case): AttributeKey[] {
  const indexes = Object.values(model.definition.indexes ?? {});
  const keys = keysOf(indexes.filter(({ type }) => type !== "composite"));
  const all = attributeKeys(model, keys, (key) => plainField(key?.field)).filter(
    ({ name, key }) => ![undefined, `\${${name}}`].includes(writtenText(key)),
  );
  // Local indexes have the table's partition key again.
  return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at);
}

/** The keys with text of their own that are stored in the fields of attributes that they are not made of. */
function foreignKeys({ model }: Case): AttributeKey[] {
  const keys = keysIn(model);
  return Object.entries(model.definition.attributes ?? {}).flatMap(([name, { field = name }]) => {
    const key = keys.find(
      (one) => plainField(one?.field) === field && !compositesOf(one).includes(name),
    );
    return key && writtenText(key) ? [{ name, field, key }] : [];
  });
}

/** Whether the keys of the model are kept apart from its attributes. */
function isApartIn({ model }: Case): boolean {
  return keysIn(model).some((key) => isApart(key?.field));
}

function isChange({ call }: Case): boolean {
  return ["update", "patch", "upsert"].includes(call.method);
}

function isSearch({ call }: Case): boolean {
  return ["match", "find"].includes(call.method);
}

/** The attributes that the clauses of the call name. */
function namedInClauses({ call }: Case): string[] {
  return call.steps.flatMap(({ clause }) =>
    (clause?.tokens ?? []).map(([, path]) => String(path[0])),
  );
}

/** The model whose keys of these fields have fields of their own. */
function keptApart(test: Case, fields: readonly string[]): Case {
  const apart = (key: KeyDefinition): KeyDefinition =>
    fields.includes(key?.field ?? "") ? { ...key, field: `${key.field}${APART}` } : key;
  const { definition } = test.model;
  const indexes = Object.entries(definition.indexes).map(([name, { pk, sk, ...index }]) => [
    name,
    { ...index, pk: apart(pk), ...(sk ? { sk: apart(sk) } : {}) },
  ]);
  const joined = { ...definition, indexes: Object.fromEntries(indexes) as never };
  return { ...test, model: { ...test.model, definition: joined } };
}

/** The text of a key with this value. */
function keyText({ key, name }: AttributeKey, value: string): string {
  const text = writtenText(key)?.replace(`\${${name}}`, () => value) ?? value;
  if (key.casing === "none") return text;
  return key.casing === "upper" ? text.toUpperCase() : text.toLowerCase();
}

/** Puts each key in the place of the attribute that is stored in its field. */
function changesTogether(
  request: Request,
  keyFields: readonly string[],
  keys: readonly AttributeKey[],
  isUpsert: boolean,
): void {
  const names = request.ExpressionAttributeNames ?? {};
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  const [, set = "", removed = "", rest = ""] =
    /^(?:SET (.*?))?(?:(?:^| )REMOVE (.*?))?((?: |^)(?:ADD|DELETE) .*)?$/.exec(
      request.UpdateExpression ?? "",
    ) ?? [];
  const parts = set === "" ? [] : set.split(/, (?=#)/);
  const fieldIn = (part: string) => names[/^#\w+/.exec(part)?.[0] ?? ""];
  const valueIn = (part: string) => /:\w+(?=\)?$)/.exec(part)?.[0] ?? "";
  const kept = parts.filter((part) => {
    const field = fieldIn(part);
    // What is the table's key cannot be changed.
    if (field === undefined) return true;
    if (keyFields.includes(field) && keys.some((key) => key.field === field)) return false;
    if (!isApart(field)) {
      const partner = parts.some((other) => fieldIn(other) === `${field}${APART}`);
      const key = partner || isUpsert ? undefined : keys.find((other) => other.field === field);
      const value = values[valueIn(part)];
      // An attribute of the table's key is written with it.
      if (key !== undefined && value !== undefined)
        values[valueIn(part)] = keyText(key, textOf(value));
      return true;
    }
    // The user may have set it twice.
    const own = parts.filter((other) => fieldIn(other) === fieldOf(field));
    for (const other of own) values[valueIn(other)] = values[valueIn(part)];
    return own.length === 0;
  });
  const gone = removed.split(", ").filter((name) => name !== "" && !isApart(names[name]));
  const sections = [
    kept.length > 0 ? `SET ${kept.join(", ")}` : "",
    gone.length > 0 ? `REMOVE ${gone.join(", ")}` : "",
    rest.trim(),
  ];
  request.UpdateExpression = sections.filter((section) => section !== "").join(" ");
}

/** Takes out the names and values that no expression uses any more. */
function withoutUnused({ ...request }: Request): Request {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues, ...rest } = request;
  const used: string[] = JSON.stringify(rest).match(/[#:]\w+/g) ?? [];
  for (const all of [names ?? {}, (ExpressionAttributeValues ?? {}) as Record<string, unknown>])
    for (const name of Object.keys(all)) if (!used.includes(name)) delete all[name];
  return request;
}

/** Compares with what is stored. */
function comparedWithKeys(request: Request, keys: readonly AttributeKey[]): void {
  const types = JSON.stringify(request).matchAll(/attribute_type\([^,]*, (:\w+)\)/g);
  const ofTypes = [...types].map(([, name = ""]) => name);
  for (const key of keys) {
    // What `composite()` states is numbered by the field.
    changeOperands(request, [key.name, key.field], (value, placeholder) =>
      ofTypes.includes(placeholder) ? value : keyText(key, value),
    );
  }
}

function together(text: string, test: Case): string {
  const request = JSON.parse(text) as Request & Record<"Key" | "Item", Record<string, unknown>>;
  const keys = textKeys(test);
  if (request.UpdateExpression !== undefined)
    changesTogether(
      request,
      Object.keys(request.Key ?? {}).map(plainField),
      keys,
      test.call.method === "upsert",
    );
  for (const record of [request.Key, request.Item]) {
    for (const field of Object.keys(record ?? {}).filter(isApart)) {
      record[fieldOf(field)] = record[field];
      delete record[field];
    }
  }
  const names = request.ExpressionAttributeNames ?? {};
  const projected = request.ProjectionExpression?.split(", ") ?? [];
  if (projected.length > 0) {
    const fields = projected.map((name) => names[name]);
    // What is projected as the attribute is not projected as the key again.
    request.ProjectionExpression = projected
      .filter((name) => !isApart(names[name]) || !fields.includes(plainField(names[name])))
      .join(", ");
    const { ExpressionAttributeNames: _names, ...rest } = request;
    const used: string[] = JSON.stringify(rest).match(/#\w+/g) ?? [];
    for (const name of Object.keys(names).filter((one) => isApart(names[one])))
      if (!used.includes(name)) delete names[name];
  }
  comparedWithKeys(request, keys);
  // The attribute and its key are asked for as one field.
  const asked = request.ProjectionExpression?.replaceAll(APART, "").split(", ");
  if (asked !== undefined) request.ProjectionExpression = [...new Set(asked)].join(", ");
  const left = request.UpdateExpression === undefined ? request : withoutUnused(request);
  return canonical(JSON.parse(JSON.stringify(left).replaceAll(APART, "")));
}

export const textAroundAttribute: Correction = {
  name: "an attribute whose field is a key with text around the value, in an update or a clause",
  reason:
    "3.9.3's upserts write the text twice, its updates leave out the casing of the key and show hooks and other keys the text, and with an alias it takes the text before the value for that behind it",
  ofAllItems: true,
  correct(test, _theirs, { trace }) {
    if (test.members || isSearch(test)) return null;
    const named = namedInClauses(test);
    const own = textKeys(test).some(({ name }) => isChange(test) || named.includes(name))
      ? textKeys(test)
      : [];
    // In an update, the key of others is not written with the attribute.
    const others = isChange(test)
      ? []
      : foreignKeys(test).filter(({ name }) => named.includes(name));
    const fields = [...own, ...others].map(({ field }) => field);
    if (fields.length === 0) return null;
    const apart = keptApart(test, fields);
    // Get hooks see the item with the text, which is not apart from the value for them; with an alias it is another matter.
    const isSeen = !isChange(test) && own.every(({ name, field }) => name === field);
    return isSeen ? { ...apart, noted: { ...test.noted, trace } } : apart;
  },
  restore: (outcome, test) => ({
    ...inRequests(outcome, (text) => (isApartIn(test) ? together(text, test) : text)),
    trace: test.noted?.trace ?? outcome.trace,
  }),
};

/** Compares with the values themselves. */
function withoutConstants(text: string, test: Case): string {
  const request = JSON.parse(text) as Request;
  for (const { name, key } of foreignKeys(test)) {
    const texts = (writtenText(key) ?? "").split(/\$\{[^}]*\}/).filter((part) => part !== "");
    const behind = texts.at(-1) ?? "";
    changeOperands(request, [name], (value) =>
      value.endsWith(behind) ? value.slice(0, value.length - behind.length) : value,
    );
  }
  return JSON.stringify(request);
}

export const constantOverAttribute: Correction = {
  name: "a clause of an update on an attribute in whose field a key of others is",
  reason: "3.9.3 compares with the value and the key's text behind it, which is neither",
  correct: (test, _theirs, expected) =>
    isChange(test) &&
    namedInClauses(test).some((named) => foreignKeys(test).some(({ name }) => name === named)) &&
    changesRequests(expected, (text) => withoutConstants(text, test))
      ? test
      : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withoutConstants(text, test)),
};

/** The keys that are one attribute alone in its own field, cased by name. */
function casedKeys({ model }: Case): AttributeKey[] {
  return attributeKeys(model, keysIn(model)).filter(
    ({ name, key }) => isCased(key) && [undefined, `\${${name}}`].includes(writtenText(key)),
  );
}

/** What is stored of a value that is sought. */
export function storedOf(test: Case, name: string, value: unknown): unknown {
  const key = [...textKeys(test), ...casedKeys(test)].find((one) => one.name === name);
  return key && typeof value === "string" ? keyText(key, value) : value;
}

/** Whether a query compares attributes themselves with its composites: by `compare`, or as the keys of its index. */
function comparesAttributes({ call, model }: Case): boolean {
  const isAsked = (call.options as { compare?: unknown } | undefined)?.compare !== undefined;
  const index = call.method === "collection" ? "placed" : (call.index ?? "");
  return isAsked || model.definition.indexes[index]?.type === "composite";
}

/** The values that a search, `composite()` or such a query is given of attributes that are keys. */
function givenOfKeys(test: Case): [AttributeKey, string][] {
  const { method, args, steps } = test.call;
  const isQuery = ["query", "collection"].includes(method) && comparesAttributes(test);
  const isGiven = ({ name }: Case["call"]["steps"][number]) => name === "composite" || isQuery;
  const given = [
    ...(["match", "find"].includes(method) || isQuery ? [args[0]] : []),
    ...steps.filter(isGiven).flatMap((step) => step.args ?? []),
  ];
  // Where keys are kept apart, all of these are written at once.
  const texts = isQuery && !isApartIn(test) ? textKeys(test) : [];
  return [...casedKeys(test), ...texts].flatMap((key) =>
    given.flatMap((values) => {
      const value = (values as Record<string, unknown> | undefined | null)?.[key.name];
      return typeof value === "string" ? [[key, value] as [AttributeKey, string]] : [];
    }),
  );
}

/** Compares what was given with what is stored. */
export function withStored(text: string, test: Case): string {
  const request = JSON.parse(text) as Request;
  const begun = /begins_with\(#\w+, (:\w+)\)/.exec(String(request.KeyConditionExpression))?.[1];
  const seen = new Set<string>();
  for (const [key, given] of givenOfKeys(test)) {
    changeOperands(request, [key.name, key.field], (value, placeholder) => {
      if (value !== given || seen.has(placeholder)) return value;
      seen.add(placeholder);
      const isBeginning = placeholder === begun && writtenText(key.key) !== undefined;
      return keyText(isBeginning ? withoutEnd(key) : key, value);
    });
  }
  return JSON.stringify(request);
}

/** The key as it is where it is only begun. */
function withoutEnd({ name, key, ...rest }: AttributeKey): AttributeKey {
  const [before = ""] = (writtenText(key) ?? "").split("${");
  return { ...rest, name, key: { ...key, template: `${before}\${${name}}` } };
}

export const soughtAsStored: Correction = {
  name: "a search for, `composite()` with, or a query that compares an attribute that is a key itself, cased by name or with text",
  reason: "3.9.3 compares with the value as it is given, which is not how it is stored",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withStored(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withStored(text, test)),
};

/** The value in what 3.9.3 compares with: the text before it stands behind it where the attribute has an alias. */
function valueIn({ key, name, field }: AttributeKey, text: string): string {
  const [before = "", after = ""] = (writtenText(key) ?? "").split(`\${${name}}`);
  const behind = name === field ? after : after || before;
  const lower = text.toLowerCase();
  const from = name === field && lower.startsWith(before.toLowerCase()) ? before.length : 0;
  const isThere = lower.endsWith(behind.toLowerCase());
  return text.slice(from, isThere ? text.length - behind.length : text.length);
}

/** Whether it is a query in place of a search: of others with such clauses, the keys are kept apart. */
const isFormerSearch = (test: Case) => test.call.method === "query" && !isApartIn(test);

/** The text keys that a search or a collection compares with, each as the first member has it that declares it. */
function memberKeys({ members = [], ...test }: Case): AttributeKey[] {
  if (members.length === 0) return isSearch(test) || isFormerSearch(test) ? textKeys(test) : [];
  const seen = new Set<string>();
  return members.flatMap(({ model }) => {
    const keys = textKeys({ ...test, model }).filter(({ name }) => !seen.has(name));
    Object.keys(model.definition.attributes ?? {}).forEach((name) => seen.add(name));
    return keys;
  });
}

/** Compares what is found with what is stored. */
function collectionWithStored(text: string, test: Case): string {
  const request = JSON.parse(text) as Request;
  for (const key of memberKeys(test))
    changeOperands(request, [key.name], (value, placeholder) =>
      /k_\d+$/.test(placeholder) ? value : keyText(key, valueIn(key, value)),
    );
  return JSON.stringify(request);
}

export const textInCollection: Correction = {
  name: "a clause of a collection, or a search, on an attribute whose field is a key with text around the value",
  reason: "3.9.3 leaves out the casing of the key, and with an alias the text before the value",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => collectionWithStored(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => collectionWithStored(text, test)),
};

/** Takes the text before the value away from what was read. */
function valuesRead(read: unknown, keys: readonly AttributeKey[]): unknown {
  if (typeof read !== "object" || read === null) return read;
  if (Array.isArray(read)) return read.map((entry) => valuesRead(entry, keys));
  return Object.fromEntries(
    Object.entries(read).map(([name, value]: [string, unknown]) => {
      const key = keys.find((one) => one.name === name);
      if (key === undefined || typeof value !== "string") return [name, valuesRead(value, keys)];
      const [before = ""] = (writtenText(key.key) ?? "").split("${");
      const isThere = value.toLowerCase().startsWith(before.toLowerCase());
      return [name, isThere ? value.slice(before.length) : value];
    }),
  );
}

export const textReadWithAlias: Correction = {
  name: "an attribute with an alias whose field is a key with text before the value, read",
  reason:
    "3.9.3 takes the text for that behind the value, and gives it back as a part of the value",
  correct(test) {
    const keys = textKeys(test).filter(({ name, field }) => name !== field);
    return keys.length > 0 && (test.call.method === "parse" || test.call.answers) ? test : null;
  },
  restore(outcome, test) {
    const keys = textKeys(test).filter(({ name, field }) => name !== field);
    const read = valuesRead(JSON.parse(outcome.result ?? "null"), keys);
    // Get hooks see it, too: their own attribute's value, and the item.
    const trace = outcome.trace.map((call) => {
      const [, name = ""] = /^attributes\.(\w+)\.get$/.exec(call.place) ?? [];
      const [value = "null", ...others] = call.args.map((text) => JSON.parse(text) as unknown);
      const seen = [
        (valuesRead({ [name]: value }, keys) as Record<string, unknown>)[name],
        ...others,
      ];
      const args = seen.map((one) => canonical(valuesRead(one, keys)));
      return name === "" ? call : { ...call, args };
    });
    return { ...outcome, trace, result: outcome.result && canonical(read) };
  },
};
