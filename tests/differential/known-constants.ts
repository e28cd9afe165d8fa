/** Known differences over the texts of keys that are always the same, in updates. */
import { canonical } from "../models/tagged";
import type { HookCall } from "../models/fixtures";
import type { Case } from "./case";
import { compositesOf } from "./calls/item";
import { changesRequests, inRequests, type Correction } from "./correction";
import { keysIn, writtenText, type KeyDefinition } from "./indexes";

/** The text of a key that is a template without composites. */
function constantText(key: KeyDefinition): string {
  const { casing = "" } = key;
  const template = writtenText(key) ?? "";
  const cased = { upper: template.toUpperCase(), none: template }[casing];
  return cased ?? template.toLowerCase();
}

const isConstant = (key: KeyDefinition | undefined): key is KeyDefinition & { field: string } =>
  key?.field !== undefined && writtenText(key) !== undefined && compositesOf(key).length === 0;

/** The texts of sort keys that are a template without composites, by field. */
function constantTexts(test: Case): Map<string, string> {
  const keys = Object.values(test.model.definition.indexes).map(({ sk }) => sk);
  return new Map(keys.filter(isConstant).map((sk) => [sk.field, constantText(sk)]));
}

/** The fields of several keys that have no composites. */
function sharedConstants({ model }: Case): string[] {
  const keys = keysIn(model);
  const fields = keys.flatMap((key) =>
    key?.field !== undefined && compositesOf(key).length === 0 ? [key.field] : [],
  );
  return fields.filter((field, at) => fields.indexOf(field) < at);
}

function withConstants(text: string, test: Case): string {
  const whole = [...constantTexts(test)].reduce(
    (all, [field, right]) =>
      all.replace(`":${field}_u0":"undefined"`, `":${field}_u0":${JSON.stringify(right)}`),
    text,
  );
  return sharedConstants(test).reduce(
    (all, field) => all.replace(new RegExp(`(?<=":${field}_u0":"[^"]+)undefined(?=")`), ""),
    whole,
  );
}

export const constantSortKey: Correction = {
  name: "a sort key that is a constant template, in an update",
  reason: "3.9.3 writes the text `undefined` into it",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, (text) => withConstants(text, test)) ? test : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withConstants(text, test)),
};

/** The attributes that are stored in the fields of keys that are not made of them, each with the texts of the key. */
function besideKeys({ model }: Case): [string, string[]][] {
  return keysIn(model).flatMap((key) =>
    Object.entries(model.definition.attributes).flatMap(([name, { field = name }]) => {
      const isBeside = field === key.field && !compositesOf(key).includes(name);
      const texts = (key.template ?? "").split(/\$\{[^}]*\}/).filter((text) => text !== "");
      return isBeside ? [[name, texts] as [string, string[]]] : [];
    }),
  );
}

/** A value without the text of a key behind it. */
function withoutEnd<T>(value: T, texts: readonly string[]): T | string {
  if (typeof value !== "string") return value;
  const end = texts.find((text) => value.endsWith(text)) ?? "";
  return value.length === end.length ? value : value.slice(0, value.length - end.length);
}

/** Takes the text that a key begins with away from behind the attributes that are stored in its field. */
function withoutConstants(text: string, test: Case): string {
  return besideKeys(test).reduce((some, [name, texts]) => {
    const [value = ""] = new RegExp(`(?<=":${name}_u0":")[^"]*(?=")`).exec(some) ?? [];
    const own = withoutEnd(value, texts);
    if (own === value) return some;
    // It goes into other keys, too, and is cased there.
    return some.replaceAll(value, own).replaceAll(value.toLowerCase(), own.toLowerCase());
  }, text);
}

/** The same in what hooks are shown: their own attribute's value, and the item. */
function hooksWithoutConstants(trace: HookCall[], test: Case): HookCall[] {
  return besideKeys(test).reduce(
    (calls, [name, texts]) =>
      calls.map((call) => {
        const [value, ...others] = call.args.map((text) => JSON.parse(text) as unknown);
        if (value === undefined) return call;
        const own = call.place === `attributes.${name}.set` ? withoutEnd(value, texts) : value;
        const seen = others.map((one) => {
          const item = one as Record<string, unknown> | null;
          const isIn = typeof item === "object" && item !== null && Object.hasOwn(item, name);
          return isIn ? { ...item, [name]: withoutEnd(item[name], texts) } : one;
        });
        return { ...call, args: [own, ...seen].map(canonical) };
      }),
    trace,
  );
}

export const constantBehindAttribute: Correction = {
  name: "an attribute that is stored in the field of a key of others, in an update",
  reason: "3.9.3 writes its value with the key's text behind it, which is neither",
  correct: (test, _theirs, expected) =>
    ["upsert", "update", "patch"].includes(test.call.method) &&
    changesRequests(expected, (text) => withoutConstants(text, test))
      ? test
      : null,
  restore: (outcome, test) => ({
    ...inRequests(outcome, (text) => withoutConstants(text, test)),
    trace: hooksWithoutConstants(outcome.trace, test),
  }),
};
