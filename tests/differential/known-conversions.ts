/** Known differences in what 3.9.3 reads out of the text of a key: in conversions, and where a batch hands keys back. */
import { attributeKeys } from "./attribute-keys";
import type { Case } from "./case";
import { compositesOf } from "./calls/item";
import { inAnswers, withCall, type Correction } from "./correction";
import { keysIn, keysOf } from "./indexes";
import type { KnownRefusal } from "./known-refusals";

/** The composites that are booleans and part of a key of upper case, in the model or after an edit. */
function upperBooleans({ call, model }: Case): string[] {
  const isEdited = (call.edits ?? []).some(({ kind }) => kind === "upper");
  const keys = keysIn(model);
  const names = keys.flatMap((key) =>
    isEdited || key?.casing === "upper" ? compositesOf(key) : [],
  );
  return [...new Set(names)].filter(
    (name) => model.definition.attributes[name]?.type === "boolean",
  );
}

/** What is given, with these booleans as strings. */
function spelled(given: unknown, names: readonly string[]): unknown {
  if (typeof given !== "object" || given === null) return given;
  if (Array.isArray(given)) return given.map((entry) => spelled(entry, names));
  const entries = Object.entries(given).map(([name, value]: [string, unknown]) => {
    return [name, names.includes(name) && typeof value === "boolean" ? String(value) : value];
  });
  return Object.fromEntries(entries);
}

/** Turns what was read as strings into booleans again. */
function unspelled(read: unknown, names: readonly string[]): unknown {
  if (typeof read !== "object" || read === null) return read;
  const entries = Object.entries(read).map(([name, value]: [string, unknown]) => {
    const isRead = names.includes(name) && typeof value === "string";
    return [name, isRead ? value.toLowerCase() === "true" : value];
  });
  return Object.fromEntries(entries);
}

/** Whether keys are read: by a conversion, or of what a batch of keys left undone. */
function readsKeys({ call }: Case): boolean {
  if (call.method === "conversions") return call.conversion?.to === "composite";
  return Array.isArray(call.args[0]) && ["get", "delete"].includes(call.method);
}

export const upperCasedBoolean: Correction = {
  name: "a boolean in a key of upper case",
  reason: "3.9.3 reads every such one as `false`",
  correct(test) {
    const { call, model } = test;
    const names = readsKeys(test) ? upperBooleans(test) : [];
    if (names.length === 0) return null;
    // As strings they are read as they stand.
    const attributes = { ...model.definition.attributes };
    for (const name of names) attributes[name] = { ...attributes[name], type: "string" };
    return {
      ...withCall(test, { args: call.args.map((given) => spelled(given, names)) }),
      model: { ...model, definition: { ...model.definition, attributes } },
      noted: { ...test.noted, booleans: names },
    };
  },
  restore(outcome, { call, noted }) {
    const names = noted?.booleans ?? [];
    const result = JSON.parse(outcome.result ?? "null") as { unprocessed?: unknown } | null;
    if (call.method === "conversions" && result !== null) {
      return { ...outcome, result: JSON.stringify(unspelled(result, names)) };
    }
    // What is given back raw is the stored key, which is a text.
    const isRaw = (call.options as { unprocessed?: unknown } | undefined)?.unprocessed === "raw";
    if (isRaw || !Array.isArray(result?.unprocessed)) return outcome;
    result.unprocessed = result.unprocessed.map((key) => unspelled(key, names));
    return { ...outcome, result: JSON.stringify(result) };
  },
};

export const keyBesideOwnIndex: Correction = {
  name: "keys of an attribute that is no text and a key by itself, and is in an index of attributes, too",
  reason:
    "3.9.3 takes the attribute's value for the key's text, which it is not, and refuses its own keys",
  correct(test, _theirs, { refusal }) {
    const { call, model } = test;
    if (call.method !== "conversions" || refusal?.code !== 2007) return null;
    const indexes = Object.values(model.definition.indexes);
    const own = attributeKeys(model, keysOf(indexes.filter(({ type }) => type !== "composite")));
    const names = own
      .map(({ name }) => name)
      .filter((name) =>
        ["boolean", "number"].includes(String(model.definition.attributes[name]?.type)),
      );
    const copy = structuredClone(test);
    let found = false;
    for (const { type, pk, sk } of Object.values(copy.model.definition.indexes)) {
      for (const key of type === "composite" ? [pk, sk] : []) {
        const all = compositesOf(key);
        if (key === undefined || !all.some((name) => names.includes(name))) continue;
        found = true;
        key.composite = all.filter((name) => !names.includes(name));
      }
    }
    return found ? copy : null;
  },
};

const PAIRED = "😀";

/** A character that is one unit long and has one case, as the longer one has. */
const SINGLE = "\ue000";

export const pairsTornApart: Correction = {
  name: "composites side by side in a template, of which one ends with a character of two units",
  reason: "3.9.3 reads half of it into each, so that neither is a text that can be stored",
  correct(test, _theirs, { result }) {
    const { call, model } = test;
    if (call.method !== "conversions" || call.conversion?.to !== "composite") return null;
    if (!JSON.stringify(model.definition.indexes).includes("}${")) return null;
    // Half a pair stands escaped in JSON.
    if (!/\\ud[89a-f]/.test(result ?? "")) return null;
    const args = JSON.stringify(call.args);
    if (!args.includes(PAIRED)) return null;
    const single = JSON.parse(args.replaceAll(PAIRED, SINGLE)) as unknown[];
    return { ...test, call: { ...call, args: single } };
  },
  restore: (outcome) => inAnswers(outcome, (text) => text.replaceAll(SINGLE, PAIRED)),
};

const isRecord = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a text holds that is taken for a cursor; undefined where it is none. */
function heldBy(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}

const fromForged = ({ call }: Case, from: "keys" | "cursor") =>
  call.method === "conversions" && call.conversion?.from === from && "forged" in call;

export const CONVERSION_REFUSALS: KnownRefusal[] = [
  {
    name: "a conversion of a text that is no cursor, or the cursor of no keys",
    reason:
      "3.9.3 throws a plain Error, crashes with a bare TypeError or hands back what the text holds",
    applies: (test, { refusal }) =>
      refusal?.phase !== "construct" &&
      fromForged(test, "cursor") &&
      typeof test.call.forged === "string" &&
      !isRecord(heldBy(test.call.forged)),
    codes: [2008],
  },
  {
    name: "a conversion of no keys",
    reason:
      "3.9.3 crashes with a bare TypeError, and hands back nothing where attributes themselves are the keys",
    applies: (test, { refusal, result }) =>
      fromForged(test, "keys") &&
      (result === "{}" || (refusal?.phase === "call" && refusal.name === "TypeError")) &&
      !Object.hasOwn(Object(test.call.forged), "x"),
    codes: [2007],
  },
];
