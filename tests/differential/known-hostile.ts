/** The known difference over names that 3.9.3 takes for paths or for what every object has. */
import { canonical } from "../models/tagged";
import type { Case } from "./case";
import { described, inAnswers, inRequests, type Correction } from "./correction";
import type { AttributeDefinition } from "./model";

/** Names of attributes that 3.9.3 stumbles over, and names that sort and stand as they do but are harmless. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a.b": "a0b",
  constructor: "constructoz",
  toString: "toStrinz",
  ["__proto__"]: "__protz__",
};

/** The names of attributes and of their properties. */
function attributeNames(attributes: Readonly<Record<string, AttributeDefinition | undefined>>) {
  const names = Object.keys(attributes);
  for (const definition of Object.values(attributes)) {
    const all = [definition, definition?.items] as (AttributeDefinition | null | undefined)[];
    for (const own of all) names.push(...attributeNames(own?.properties ?? {}));
  }
  return names;
}

/** Gives every name and path that is a hostile one its other name. */
function renamed(value: unknown): unknown {
  if (typeof value === "string") {
    if (Object.hasOwn(HOSTILE, value)) return HOSTILE[value];
    // A path begins with an attribute's name.
    const path = /^(a\.b|constructor|toString|__proto__)([.[].*)$/s.exec(value);
    if (path) return `${HOSTILE[path[1] as string]}${path[2]}`;
    return value.replaceAll(
      /(?<=\$\{)(a\.b|constructor|toString|__proto__)(?=\})/g,
      (name) => HOSTILE[name] ?? name,
    );
  }
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [renamed(name), renamed(entry)]),
  );
}

function hostileAgain(text: string): string {
  return (
    text
      .replaceAll("constructoz", "constructor")
      .replaceAll("CONSTRUCTOZ", "CONSTRUCTOR")
      .replaceAll("toStrinz", "toString")
      .replaceAll("__protz__", "__proto__")
      // A placeholder stands behind a space, a bracket or a quote, and a value in a key behind other letters.
      .replaceAll(/(?<=[\s"(.][#:])a0b/g, "ab")
      .replaceAll("a-0b", "a-b")
      .replaceAll("a0b", "a.b")
      .replaceAll("A0B", "A.B")
  );
}

/** The same in an answer, in which cursors stand encoded. */
function answeredAgain(text: string): string {
  return hostileAgain(text).replaceAll(/(?<=")eyJ[\w-]+(?=")/g, (cursor) => {
    const key = hostileAgain(Buffer.from(cursor, "base64url").toString());
    return Buffer.from(key).toString("base64url");
  });
}

export const hostileNames: Correction = {
  name: "an attribute or index whose name has a dot, or is that of an object's own property",
  reason: "3.9.3 takes the one for a path and crashes over the other; a declared name wins",
  ofModel: true,
  correct(test) {
    const { attributes, indexes } = test.model.definition;
    const all = [...attributeNames(attributes ?? {}), ...Object.keys(indexes ?? {})];
    const names = all.filter((name) => Object.hasOwn(HOSTILE, name));
    // What is projected may be no attribute.
    const { attributes: projected } = (test.call.options ?? {}) as { attributes?: unknown };
    const isProjected =
      Array.isArray(projected) &&
      projected.some((name: string) => Object.hasOwn(HOSTILE, name) && !name.includes("."));
    // What is stored may have such a name without being an attribute.
    const isStored =
      test.call.method === "parse" && /"constructor":/.test(JSON.stringify(test.call));
    if (names.length === 0 && !isStored && !isProjected) return null;
    const copy = renamed(test) as Case;
    for (const name of names.filter(
      (own) => own.includes(".") && Object.hasOwn(attributes ?? {}, own),
    )) {
      const other = HOSTILE[name] as string;
      const all = copy.model.definition.attributes;
      all[other] = { ...described(all[other]), field: described(attributes[name]).field ?? name };
    }
    if (names.includes("a.b")) {
      // A part whose placeholder would be the same still has a number behind it.
      for (const { clause, data = [] } of copy.call.steps)
        for (const token of [...(clause?.tokens ?? []), ...data])
          token[1] = token[1].map((part) => (part === "a-b" ? "a-0b" : part));
      // What is stored is kept under fields, and those with dots keep their names.
      copy.call.answers = test.call.answers;
      copy.call.table = test.call.table;
      if (test.call.method === "parse") {
        const stored = JSON.stringify(copy.call.args[0]).replaceAll('"a0b":', '"a.b":');
        copy.call.args[0] = JSON.parse(stored);
      }
    }
    return copy;
  },
  restore: (outcome) => ({
    // What it numbers by the field and by the name has one placeholder again.
    ...inRequests(inAnswers(outcome, answeredAgain), (text) => canonical(JSON.parse(text))),
    trace: outcome.trace.map((call) => ({
      ...call,
      place: hostileAgain(call.place.replace("attributes.a0b.", "attributes.a.b.")),
      args: call.args.map(hostileAgain),
    })),
  }),
};
