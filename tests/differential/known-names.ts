/** Known differences over names that 3.9.3 mixes up. What it makes of values stands in known-corrections.ts. */
import { canonical } from "../models/tagged";
import {
  changesRequests,
  described,
  identifierFields,
  inAnswers,
  inRequests,
  withCall,
  type Correction,
} from "./correction";
import type { Case, Token } from "./case";
import { definitionOf } from "./calls/item";
import type { KeyDefinition } from "./indexes";

const HYPHENED = "my-attr";
const PLAIN = "myattr";

/** Gives the hyphened attribute its plain name wherever it is one, in templates too. */
function plainly(value: unknown): unknown {
  if (typeof value === "string")
    return value === HYPHENED
      ? PLAIN
      : value
          .replaceAll(`\${${HYPHENED}}`, `\${${PLAIN}}`)
          .replace(new RegExp(`^${HYPHENED}(?=[.[])`), PLAIN);
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [plainly(name) as string, plainly(entry)]),
  );
}

/** Its placeholders are the same under both names; all else gets the hyphen back. */
function hyphened(text: string): string {
  return text.replaceAll(/(?<![#:a-zA-Z0-9])myattr(?!\w)/g, HYPHENED);
}

export const hyphenedUpdates: Correction = {
  name: "an update of an attribute whose name has a hyphen",
  reason:
    "3.9.3 knows the values of an update by their placeholders, so that it writes lists instead of sets and undeclared members of maps below such a name",
  ofModel: true,
  correct(test) {
    const declared = test.model.definition.attributes?.[HYPHENED];
    if (!declared || !["update", "patch", "upsert"].includes(test.call.method)) return null;
    const copy = plainly(test) as Case;
    const all = copy.model.definition.attributes;
    const { field = HYPHENED, label = HYPHENED } = described(declared);
    all[PLAIN] = { ...described(all[PLAIN]), field, label };
    // A key in its field is in it still.
    for (const { pk, sk } of Object.values(copy.model.definition.indexes ?? {})) {
      for (const key of [pk, sk]) if (key?.field === PLAIN) key.field = field;
    }
    copy.call.answers = test.call.answers;
    return copy;
  },
  restore: (outcome) => ({
    ...inAnswers(outcome, hyphened),
    refusal: outcome.refusal && {
      ...outcome.refusal,
      fields: outcome.refusal.fields?.map(hyphened) ?? null,
    },
    trace: outcome.trace.map((call) => ({
      ...call,
      place: hyphened(call.place),
      args: call.args.map(hyphened),
    })),
  }),
};

/** Stands behind a field's name, and is found in no other. */
const APART = "zzz";

type Names = Record<string, string>;
type Request = Record<string, unknown> & {
  ExpressionAttributeNames?: Names;
  UpdateExpression?: string;
};

/** The texts of a request in which placeholders stand, in the order in which they are numbered. */
const EXPRESSIONS = [
  "KeyConditionExpression",
  "ConditionExpression",
  "FilterExpression",
  "UpdateExpression",
  "ProjectionExpression",
];

/**
 * The changes of an update in the order in which they are numbered: what the user names comes before the keys, wherever the
 * text has it. An upsert has its item and its keys first.
 */
function changesOf({ UpdateExpression: text = "" }: Request, { call }: Case): string {
  const [, sets = "", others = ""] = /^(SET .*?)?( (?:REMOVE|ADD|DELETE) .*)?$/.exec(text) ?? [];
  const named = others.replaceAll(new RegExp(`#\\w+${APART}(?!\\w)`, "g"), "");
  return call.method === "upsert" ? text : `${named} ${sets}${others}`;
}

/** Gives a field back its name, and a placeholder that its attribute has not taken. */
function together(text: string, test: Case): string {
  const request = JSON.parse(text) as Request;
  const names = request.ExpressionAttributeNames ?? {};
  const all = EXPRESSIONS.map((name) =>
    name === "UpdateExpression" ? changesOf(request, test) : (request[name] ?? ""),
  ).join(" ");
  let result = text;
  for (const [placeholder, field] of Object.entries(names)) {
    if (!field.endsWith(APART)) continue;
    // The keys of a query have placeholders of their own.
    if (!placeholder.endsWith(APART)) {
      result = result.replaceAll(`"${field}"`, `"${field.slice(0, -APART.length)}"`);
      continue;
    }
    const shared = placeholder.slice(0, -APART.length);
    const ofAttribute = all.search(new RegExp(`${shared}(?!\\w)`));
    const isFirst = ofAttribute < 0 || all.indexOf(placeholder) < ofAttribute;
    const own = isFirst ? shared : `${shared}_2`;
    if (isFirst) result = result.replaceAll(new RegExp(`${shared}(?!\\w)`, "g"), `${shared}_2`);
    result = result
      .replaceAll(new RegExp(`${placeholder}(?!\\w)`, "g"), own)
      .replaceAll(`"${field}"`, `"${field.slice(0, -APART.length)}"`);
  }
  return sorted(result);
}

/** Numbers the values to which two fields of one name are changed. */
function numbered(text: string, test: Case): string {
  const update = changesOf(JSON.parse(text) as Request, test);
  const values = new Set(update.match(/:\w+_u\d+/g));
  const numbers = new Map<string, string>();
  for (const [, shared = ""] of update.matchAll(new RegExp(`:(\\w+)${APART}_u\\d+`, "g"))) {
    const own = new RegExp(`^:${shared}(?:${APART})?_u\\d+$`);
    [...values]
      .filter((value) => own.test(value))
      .forEach((value, at) => numbers.set(value, `:${shared}_u${String(at)}`));
  }
  return text.replaceAll(/:\w+_u\d+/g, (value) => numbers.get(value) ?? value);
}

/** The text with its names in order again. */
function sorted(text: string): string {
  const request = JSON.parse(text) as Request;
  if (request.ExpressionAttributeNames === undefined) return text;
  const names = Object.entries(request.ExpressionAttributeNames);
  request.ExpressionAttributeNames = Object.fromEntries(
    names.sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  return JSON.stringify(request);
}

export const fieldBesideAttribute: Correction = {
  name: "a field that is named as an attribute of another field",
  reason:
    "3.9.3 gives both one placeholder, so that the condition is on the attribute that the user did not mean",
  correct(test) {
    // The callbacks of a collection see the attributes of all its members.
    const models = test.members?.map(({ model }) => model) ?? [test.model];
    const isShared = ([operator, , name]: Token) => {
      const owner = models.find(({ definition }) =>
        Object.hasOwn(definition.attributes ?? {}, name as string),
      );
      return (
        operator === "field" &&
        owner !== undefined &&
        (definitionOf(owner, name as string).field ?? name) !== name
      );
    };
    if (!test.call.steps.some((step) => step.clause?.tokens.some(isShared))) return null;
    const steps = test.call.steps.map((step) =>
      step.clause
        ? {
            ...step,
            clause: {
              ...step.clause,
              tokens: step.clause.tokens.map((token): Token =>
                isShared(token) ? ["field", [], `${String(token[2])}${APART}`] : token,
              ),
            },
          }
        : step,
    );
    return withCall(test, { steps });
  },
  restore: (outcome, test) =>
    inRequests(outcome, (text) => (text.includes(APART) ? together(text, test) : text)),
};

/** Stands for a version that is an empty text. */
const VERSION = "qq9";

/** Gives stored items that carry this empty identifier another one. */
function versioned(value: unknown, field: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => versioned(entry, field));
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]: [string, unknown]) => [
      name,
      name === field && entry === "" ? VERSION : versioned(entry, field),
    ]),
  );
}

export const emptyVersion: Correction = {
  name: "an entity whose version is an empty text, read",
  reason: "3.9.3 takes none of its items for its own, so that they cannot be read again",
  correct(test) {
    const { call, model } = test;
    const { definition } = model;
    if (definition.model.version !== "" || call.answers === undefined) return null;
    const own = { ...definition.model, version: VERSION };
    const field = model.identifiers?.version ?? "__edb_v__";
    return {
      ...withCall(test, { answers: versioned(call.answers, field) as unknown[] }),
      model: { ...model, definition: { ...definition, model: own } },
    };
  },
  restore: (outcome) => inAnswers(outcome, (text) => text.replaceAll(/qq9/gi, "")),
};

/** The key fields that are named as an attribute of another field. */
function sharedKeyFields({ model }: Case): string[] {
  const { attributes, indexes } = model.definition;
  const fields = Object.values(indexes ?? {}).flatMap(({ pk, sk }) => [pk.field, sk?.field]);
  return fields.filter(
    (field): field is string =>
      field !== undefined &&
      attributes?.[field] !== undefined &&
      (attributes[field].field ?? field) !== field,
  );
}

export const keyBesideAttribute: Correction = {
  name: "a key field that is named as an attribute of another field",
  reason:
    "3.9.3 gives both one placeholder, so that the condition that an item exists is on another attribute than its key",
  correct(test) {
    const shared = sharedKeyFields(test);
    if (shared.length === 0 || test.call.method === "parse" || test.call.answers) return null;
    const apart = (key: KeyDefinition | undefined) =>
      key && shared.includes(key.field ?? "") ? { ...key, field: `${key.field}${APART}` } : key;
    const indexes = Object.entries(test.model.definition.indexes).map(([name, index]) => [
      name,
      { ...index, pk: apart(index.pk), ...(index.sk ? { sk: apart(index.sk) } : {}) },
    ]);
    const definition = { ...test.model.definition, indexes: Object.fromEntries(indexes) as never };
    return { ...test, model: { ...test.model, definition } };
  },
  restore: (outcome, test) =>
    // The requests of a batch number nothing.
    inAnswers(
      inRequests(outcome, (text) =>
        text.includes(APART) ? canonicalOf(together(numbered(text, test), test)) : text,
      ),
      (text) => (text.includes(APART) ? canonicalOf(text.replaceAll(APART, "")) : text),
    ),
};

export const identifierBesideAttribute: Correction = {
  name: "an identifier that is named as an attribute of another field",
  reason: "3.9.3 gives both one placeholder, so that one of them is read or written as the other",
  correct(test) {
    const { attributes } = test.model.definition;
    if (test.call.method === "parse" || test.call.answers) return null;
    const isShared = (name: unknown): name is string =>
      typeof name === "string" && (attributes?.[name]?.field ?? name) !== name;
    const apart = (names: unknown) => {
      const all = Object.entries((names ?? {}) as object) as [string, unknown][];
      if (!all.some(([, name]) => isShared(name))) return names;
      return Object.fromEntries(
        all.map(([kind, name]) => [kind, isShared(name) ? `${name}${APART}` : name]),
      ) as unknown;
    };
    const { config, identifiers } = test.model;
    const given = apart(config?.identifiers);
    const set = apart(identifiers) as typeof identifiers;
    if (given === config?.identifiers && set === identifiers) return null;
    return {
      ...test,
      model: { ...test.model, config: { ...config, identifiers: given }, identifiers: set },
    };
  },
  restore: keyBesideAttribute.restore as NonNullable<Correction["restore"]>,
};

export const keyInIdentifier: Correction = {
  name: "an index's key in an identifier's field, in an update",
  reason:
    "3.9.3 writes the key over the identifier, so that the item is nobody's, or the identifier in place of the key; ours changes both, which DynamoDB refuses",
  correct(test) {
    const { definition } = test.model;
    const { method, answers } = test.call;
    if (answers || !["update", "patch", "upsert"].includes(method)) return null;
    const fields = identifierFields(test.model);
    const all = Object.entries(definition.indexes ?? {});
    const tables = all.flatMap(([, { index, pk, sk }]) =>
      index === undefined ? [pk.field, sk?.field] : [],
    );
    const isSuch = (key: KeyDefinition | undefined) =>
      key?.field !== undefined && fields.includes(key.field) && !tables.includes(key.field);
    if (!all.some(([, { pk, sk }]) => isSuch(pk) || isSuch(sk))) return null;
    const apart = (key: KeyDefinition) =>
      isSuch(key) ? { ...key, field: `${String(key.field)}${APART}` } : key;
    const indexes = all.map(([name, own]) => [
      name,
      { ...own, pk: apart(own.pk), ...(own.sk ? { sk: apart(own.sk) } : {}) },
    ]);
    return {
      ...test,
      model: {
        ...test.model,
        definition: { ...definition, indexes: Object.fromEntries(indexes) as never },
      },
    };
  },
  restore: (outcome, test) =>
    inRequests(outcome, (text) =>
      text.includes(APART) ? canonicalOf(numbered(text, test).replaceAll(APART, "")) : text,
    ),
};

/** What is written with the table's key is numbered by its field. */
function apartNumbered(text: string, test: Case): string {
  return text.includes(`${APART} = `) ? together(numbered(text, test), test) : text;
}

export const fieldOfAnother: Correction = {
  name: "a field that is named as an attribute of another field, in what is written or a key",
  reason:
    "3.9.3 runs the set hook of the one on the value of the other and writes what comes of it, pads the other in keys as the one, and checks changes of the other as those of the one",
  correct(test) {
    const { attributes } = test.model.definition;
    const { method, answers } = test.call;
    const changes = ["update", "patch"].includes(method);
    if (answers) return null;
    const writes = changes || ["put", "create", "upsert"].includes(method);
    const shared = Object.entries(attributes ?? {}).filter(
      ([name, { field, set, type, padding }]) =>
        (padding !== undefined ||
          (writes && (set !== undefined || changes || /^(map|list|set)$/.test(String(type))))) &&
        field !== undefined &&
        field !== name &&
        attributes[field],
    );
    if (shared.length === 0) return null;
    const apart = shared.map(([name, own]) => [name, { ...own, field: `${own.field}${APART}` }]);
    const definition = {
      ...test.model.definition,
      attributes: { ...attributes, ...(Object.fromEntries(apart) as typeof attributes) },
    };
    return { ...test, model: { ...test.model, definition } };
  },
  restore: (outcome, test) =>
    inRequests(outcome, (text) =>
      text.includes(APART) ? canonicalOf(apartNumbered(text, test).replaceAll(APART, "")) : text,
    ),
};

const canonicalOf = (text: string) => canonical(JSON.parse(text));

/** Writes the types that attributes which are keys themselves are compared with as they are given. */
function withTypes(text: string, { call, model, members = [] }: Case): string {
  const tokens = call.steps.flatMap(({ clause }) => clause?.tokens ?? []);
  const given = tokens.filter(([operator]) => operator === "type");
  const tested = [...text.matchAll(/attribute_type\((#\w+)[^,]*, (:\w+)\)/g)];
  if (tested.length === 0 || tested.length !== given.length) return text;
  const models = [model, ...members.map((member) => member.model)];
  const keys = models
    .flatMap(({ definition }) => Object.values(definition.indexes ?? {}))
    .flatMap(({ pk, sk }) => [pk?.field, sk?.field]);
  const request = JSON.parse(text) as Request;
  const values = request.ExpressionAttributeValues as Record<string, unknown>;
  for (const [at, [, attribute = "", value = ""]] of tested.entries()) {
    const operand = given[at]?.[2];
    const isText = typeof operand === "string" || operand === null;
    if (
      isText &&
      typeof values[value] === "string" &&
      keys.includes(request.ExpressionAttributeNames?.[attribute])
    )
      values[value] = String(operand);
  }
  return JSON.stringify(request);
}

export const typeOfKey: Correction = {
  name: "the type of an attribute that is a key in lower or upper case",
  reason: "3.9.3 cases the type as it does values of the key; DynamoDB knows none in lower case",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withTypes(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withTypes(text, test)),
};
