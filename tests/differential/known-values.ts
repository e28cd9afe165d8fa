/** Known differences in values that 3.9.3 looks at less closely, in items it reads and in paths of updates. */
import type { HookCall } from "../models/fixtures";
import { compositesOf, definitionOf } from "./calls/item";
import type { Call, Case, Step, Token } from "./case";
import {
  changesRequests,
  described,
  inAnswers,
  inRequests,
  withCall,
  type Correction,
} from "./correction";
import { keysOf } from "./indexes";
import { itemsOf } from "./transact";
import { run } from "./run";

type Stored = Record<string, unknown>;

/** The table's key fields that hold numbers. */
function numericFields({ model }: Case): string[] {
  const primary = Object.values(model.definition.indexes ?? {}).find(
    (index) => index.index === undefined,
  );
  return [primary?.pk, primary?.sk].flatMap((key) => {
    const [name, ...others] = compositesOf(key);
    if (key?.field === undefined || name === undefined || others.length > 0) return [];
    const { type, field = name } = definitionOf(model, name);
    const isBare =
      key.template === undefined ? field === key.field : key.template === `\${${name}}`;
    const isNumber =
      key.cast === "number"
        ? !Array.isArray(type)
        : key.cast === undefined && isBare && type === "number";
    return isNumber ? [key.field] : [];
  });
}

export const textInNumericKey: Correction = {
  name: "an item of another version with a text where the key is a number",
  reason:
    "3.9.3 looks for the entity in the text and takes the item for its own; no item of the table has a text there",
  correct(test) {
    const fields = numericFields(test);
    if (test.call.method !== "parse" || fields.length === 0) return null;
    const { model } = test;
    const [entity, version] = [
      model.identifiers?.entity ?? "__edb_e__",
      model.identifiers?.version ?? "__edb_v__",
    ];
    let found = false;
    const without = (item: unknown): unknown => {
      if (typeof item !== "object" || item === null) return item;
      const stored = item as Stored;
      const isOwn =
        stored[entity] === model.definition.model.entity &&
        stored[version] === model.definition.model.version;
      const odd = fields.filter((field) => typeof stored[field] === "string");
      if (isOwn || odd.length === 0) return item;
      found = true;
      return Object.fromEntries(Object.entries(stored).filter(([name]) => !odd.includes(name)));
    };
    const [answer, ...others] = test.call.args as [Stored | null, ...unknown[]];
    const args = Object.entries(answer ?? {}).map(([name, value]) => [
      name,
      // Of what a write returns, nobody asks whose it is.
      name === "Attributes" ? value : Array.isArray(value) ? value.map(without) : without(value),
    ]);
    return found ? withCall(test, { args: [Object.fromEntries(args), ...others] }) : null;
  },
};

const VERBS = ["set", "add", "subtract", "append", "delete", "ifNotExists"];

/** What the object forms of an update say of positions of lists, as a callback says it. */
function tokensAtPositions(call: Call): Token[] {
  return call.steps.flatMap(({ name, args }: Step) => {
    const given = args?.[0];
    if (!VERBS.includes(name) || typeof given !== "object" || given === null) return [];
    return Object.entries(given)
      .filter(([path]) => /\[\d+\]/.test(path))
      .map(([path, value]): Token => {
        const steps = path.match(/[^.[\]]+/g) ?? [];
        return [name, steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)), value];
      });
  });
}

const validators = new WeakMap<Case, HookCall[]>();

export const listPositions: Correction = {
  name: "a position of a list in the object form of an update",
  reason: "3.9.3 checks nothing there, where its callbacks do",
  async correct(test, theirs, expected) {
    const isUpdate = ["update", "patch"].includes(test.call.method);
    const data = isUpdate ? tokensAtPositions(test.call) : [];
    if (data.length === 0 || expected.refusal !== null) return null;
    const asked = withCall(test, { steps: [{ name: "data", data }], answers: undefined });
    const { trace, refusal } = await run(asked, theirs);
    if (refusal?.code === 3001) return asked;
    const corrected = { ...test };
    validators.set(
      corrected,
      trace.filter(({ place }) => place.endsWith(".validate")),
    );
    return corrected;
  },
  restore: (outcome, test) => ({
    ...outcome,
    trace: [...outcome.trace, ...(validators.get(test) ?? [])],
  }),
};

export const castOfAttributes: Correction = {
  name: "a `cast` of an index whose keys are attributes, read",
  reason:
    "3.9.3 refuses what cannot be cast, though it never casts there: attributes are stored as they are",
  correct(test, _theirs, { refusal }) {
    if (refusal?.code !== 3001 || !["query", "find", "match"].includes(test.call.method))
      return null;
    const model = structuredClone(test.model);
    const keys = Object.values(model.definition.indexes).flatMap(({ type, pk, sk }) =>
      type === "composite" ? [pk, sk] : [],
    );
    if (!keys.some((key) => key?.cast !== undefined)) return null;
    for (const key of keys) delete key?.cast;
    return { ...test, model };
  },
};

/** The names below an attribute in the paths of an update that have a hyphen. */
function hyphenedSteps({ call }: Case): string[] {
  const paths = call.steps.flatMap(({ args, data = [] }) => [
    ...(typeof args?.[0] === "object" && args[0] !== null ? Object.keys(args[0]) : []),
    ...data.map(([, path]) => path.join(".").replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]")),
  ]);
  return paths.filter((path) => /\.[^"]*-/.test(path));
}

export const hyphenedParts: Correction = {
  name: "a part with a hyphen in its name, in an update",
  reason: "3.9.3 shows set hooks a name that no part has: that of its placeholder",
  correct: (test) => (hyphenedSteps(test).length > 0 ? { ...test } : null),
  restore: (outcome, test) => ({
    ...outcome,
    trace: outcome.trace.map((call) => ({
      ...call,
      args: hyphenedSteps(test).reduce(
        (args, path) =>
          args.map((text) => text.replaceAll(`"${path.replaceAll("-", "")}":`, `"${path}":`)),
        call.args,
      ),
    })),
  }),
};

/** Names of attributes that are also names of types, and names that sort as they do but are of no type. */
const TYPE_NAMES: Record<string, string> = { list: "lisz", map: "maz" };

/** Gives attributes that are named as a type their other name; what says of which type something is keeps it. */
function namedApart(value: unknown): unknown {
  const other = (text: string) =>
    text.replace(/^(list|map)(?=[.[]|$)/, (name) => TYPE_NAMES[name] ?? name);
  if (typeof value === "string") return other(value);
  if (Array.isArray(value)) return value.map(namedApart);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      other(name),
      typeof entry === "string" && ["type", "items"].includes(name) ? entry : namedApart(entry),
    ]),
  );
}

/** Whether an update goes below an attribute that is named as its type. */
function entersTypeName({ call, model }: Case): boolean {
  const items = call.transaction === undefined ? [{ call }] : itemsOf(call.transaction, call);
  const steps = items.flatMap((item) => item.call.steps);
  const paths = steps.flatMap(({ args, data = [] }) => {
    const given = args?.[0] ?? {};
    const names = Array.isArray(given) ? given.map(String) : Object.keys(given as object);
    return [...names, ...data.map(([, path]) => path.join("."))];
  });
  return paths.some((path) => {
    const [, name] = /^(list|map)[.[]/.exec(path) ?? [];
    return name !== undefined && model.definition.attributes?.[name]?.type === name;
  });
}

const namedAgain = (text: string) =>
  text.replaceAll(/lisz|maz(?![a-z])/g, (name) => (name === "maz" ? "map" : "list"));

export const namedAsType: Correction = {
  name: "a part of an attribute that is named as its type, in an update",
  reason:
    "3.9.3 keeps parts by the type around them, so that it takes another attribute's part for it, with its hooks and checks",
  // It names attributes of the model otherwise, for all items of a transaction.
  ofTransactions: true,
  correct: (test) => (entersTypeName(test) ? (namedApart(test) as Case) : null),
  restore: (outcome) => ({
    ...inAnswers(outcome, namedAgain),
    trace: outcome.trace.map((call) => ({
      ...call,
      place: namedAgain(call.place),
      args: call.args.map(namedAgain),
    })),
  }),
};

/** Gives a key that is one number its number where an attribute for texts has its field. */
function withNumbers(text: string, { model }: Case): string {
  const { attributes, indexes } = model.definition;
  const keys = keysOf(Object.values(indexes));
  return keys.reduce((all, key) => {
    const [name = ""] = compositesOf(key);
    const { field = "", template } = key ?? {};
    const isNumber = template === `\${${name}}` && attributes[name]?.type === "number";
    if (!isNumber) return all;
    const texts = Object.entries(attributes).filter(
      ([owner, own]) => owner !== name && own.type === "string" && (own.field ?? owner) === field,
    );
    return texts.reduce(
      (some, [owner]) => some.replace(new RegExp(`(":${owner}_u0":)"(-?[\\d.e+-]+)"`), "$1$2"),
      all,
    );
  }, text);
}

export const numberOverText: Correction = {
  name: "a key of one number in the field of an attribute for texts, in an upsert",
  reason: "3.9.3 writes the key as a text there, and as a number where the item is put",
  correct: (test, _theirs, expected) =>
    test.call.method === "upsert" && changesRequests(expected, (text) => withNumbers(text, test))
      ? test
      : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withNumbers(text, test)),
};

/** The fields of keys in which a read-only attribute is stored that they are not made of. */
function readOnlyKeys({ model }: Case): string[] {
  const { attributes, indexes } = model.definition;
  const keys = keysOf(Object.values(indexes));
  return Object.entries(attributes).flatMap(([name, own]) => {
    const field = own.field ?? name;
    const isSuch = keys.some((key) => key?.field === field && !compositesOf(key).includes(name));
    return own.readOnly === true && isSuch ? [field] : [];
  });
}

/** Writes these keys whether the item has them or not. */
function withKeysWritten(text: string, fields: readonly string[]): string {
  return fields.reduce(
    (all, field) =>
      all.replace(new RegExp(`(#${field}) = if_not_exists\\(\\1, (:${field}_u0)\\)`), "$1 = $2"),
    text,
  );
}

export const readOnlyKey: Correction = {
  name: "a key of others in the field of a read-only attribute, in an upsert",
  reason:
    "3.9.3 writes it only where the item has none, so that it stays what it was when its composites change",
  correct: (test, _theirs, expected) =>
    test.call.method === "upsert" &&
    changesRequests(expected, (text) => withKeysWritten(text, readOnlyKeys(test)))
      ? test
      : null,
  restore: (outcome, test) =>
    inRequests(outcome, (text) => withKeysWritten(text, readOnlyKeys(test))),
};

/** The attributes that are an enum of numbers alone, of which the call gives numbers alone. */
function numericEnums({ call, model }: Case): string[] {
  const given = [...call.args, ...call.steps.flatMap(({ args = [] }) => args)];
  const operands = call.steps.flatMap(({ data = [] }) => data);
  return Object.entries(model.definition.attributes ?? {}).flatMap(([name, own]) => {
    const { type } = described(own);
    const isNumeric = Array.isArray(type) && type.every((member) => typeof member === "number");
    const values = [
      ...given.map((item) => (item as Record<string, unknown> | null)?.[name]),
      ...operands.flatMap(([, path, value]) => (path.join() === name ? [value] : [])),
    ].filter((value) => value !== undefined);
    const areNumbers = values.length > 0 && values.every((value) => typeof value === "number");
    return isNumeric && areNumbers ? [name] : [];
  });
}

export const numbersOfEnum: Correction = {
  name: "a member of an enum that is a number, in an update",
  reason:
    "3.9.3 writes its text, which is no member, where its puts write the number; in a callback it refuses it",
  correct(test) {
    const names = numericEnums(test);
    if (names.length === 0 || !["update", "patch", "upsert"].includes(test.call.method))
      return null;
    const copy = structuredClone(test);
    const { attributes } = copy.model.definition;
    const { call } = copy;
    for (const name of names) {
      const own = described(attributes[name]);
      attributes[name] = { ...own, type: (own.type as number[]).map(String) };
      for (const item of [...call.args, ...call.steps.flatMap(({ args = [] }) => args)]) {
        const values = item as Record<string, unknown> | null;
        if (values?.[name] !== undefined) values[name] = String(values[name]);
      }
      for (const token of call.steps.flatMap(({ data = [] }) => data))
        if (token[1].join() === name && token[2] !== undefined) token[2] = String(token[2]);
    }
    return { ...copy, noted: { ...test.noted, numbers: names } };
  },
  restore: (outcome, { model, noted }) =>
    inRequests(outcome, (text) =>
      (noted?.numbers ?? []).reduce((all, name) => {
        const { field = name } = described(model.definition.attributes[name]);
        return all.replace(
          new RegExp(`(":(?:${name}|${field})_u\\d+":)"(-?[\\d.]+)"`, "g"),
          "$1$2",
        );
      }, text),
    ),
};

export const setOfBooleans: Correction = {
  name: "a set of booleans without a client",
  reason:
    "3.9.3 throws a bare error over it before it looks at the values; with a client it makes the set, which DynamoDB refuses",
  correct: ({ model, ...test }, _theirs, { refusal }) =>
    refusal?.name === "Error" && refusal.message === "Invalid Set type: boolean"
      ? { ...test, model: { ...model, client: true } }
      : null,
  restore: (outcome) =>
    inRequests(outcome, (text) =>
      text.replaceAll(/\{"\$set":(\[[^\]]*\])\}/g, (_all, list: string) => {
        const values = JSON.parse(list) as unknown[];
        const type = typeof values[0] === "number" ? "Number" : "String";
        return JSON.stringify({ type, values, wrapperName: "Set" });
      }),
    ),
};
