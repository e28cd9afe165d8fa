/** The corrections of find and match: an index that 3.9.3 stumbles over while choosing, and one that it asks wrongly. */
import type { Call, Case, Clause } from "./case";
import { compositesOf, definitionOf } from "./calls/item";
import { inRequests, requestOf, withCall, type Correction } from "./correction";
import type { IndexDefinition } from "./indexes";
import { canonical, revive } from "../models/tagged";
import { storedOf } from "./known-key-texts";
import { run, type Outcome } from "./run";

/** The attributes that find and match are given. */
function soughtOf({ call, model }: Case): string[] {
  const given = (call.args[0] ?? {}) as Record<string, unknown>;
  const isGiven = (value: unknown) =>
    value !== undefined && !(value as { $undefined?: true } | null)?.$undefined;
  return Object.keys(given).filter(
    (name) => isGiven(given[name]) && Object.hasOwn(model.definition.attributes, name),
  );
}

/** The case asked otherwise, with the filter of a match as a clause of its own. */
function asked(test: Case, how: Partial<Call>, isKept: (name: string) => boolean): Case {
  const { call, noted } = test;
  if (call.method !== "match") return withCall(test, how);
  const given = call.args[0] as Record<string, unknown>;
  const names = soughtOf(test).filter(isKept);
  if (names.length === 0) return withCall(test, how);
  const tokens = names.map((name): Clause["tokens"][number] => ["eq", [name], given[name]]);
  const text = ["", ...tokens.slice(1).map(() => " AND "), ""];
  const steps = [{ name: "where", clause: { text, tokens } }, ...call.steps];
  const matched = Object.fromEntries(names.map((name) => [name, given[name]]));
  return { ...withCall(test, { ...how, steps }), noted: { ...noted, matched } };
}

/** Gives a filter that stands in place of a match the values as they were given, and keys as they are stored. */
function withRawValues(outcome: Outcome, test: Case): Outcome {
  const matched = Object.entries(test.noted?.matched ?? {});
  return inRequests(outcome, (text) => {
    const request = JSON.parse(text) as { ExpressionAttributeValues?: Record<string, unknown> };
    for (const [name, given] of matched) {
      const placeholder = `:${name.replace(/\W/g, "")}0`;
      const values = request.ExpressionAttributeValues ?? {};
      if (placeholder in values)
        values[placeholder] = storedOf(test, name, JSON.parse(canonical(revive(given))));
    }
    return JSON.stringify(request);
  });
}

const earlierIndexWithoutComposites: Correction = {
  name: "find and match past an index without composites",
  reason: "3.9.3 throws a TypeError when it meets an index without composites while choosing one",
  async correct(test, theirs, expected) {
    const { call, model } = test;
    if (call.method !== "find" && call.method !== "match") return null;
    if (expected.refusal?.name !== "TypeError") return null;
    const { definition } = model;
    const isBare = (index: IndexDefinition) =>
      compositesOf(index.pk).length + compositesOf(index.sk).length === 0;
    const entries = Object.entries(definition.indexes ?? {});
    if (!entries.some(([, index]) => isBare(index))) return null;
    const kept = entries.filter(([, index]) => index.index === undefined || !isBare(index));
    const withIndexes = (indexes: typeof kept): Case => ({
      ...test,
      model: { ...model, definition: { ...definition, indexes: Object.fromEntries(indexes) } },
    });
    const primary = kept.find(([, index]) => index.index === undefined);
    if (!primary || !isBare(primary[1])) return withIndexes(kept);
    // The table's own key cannot be left out; what does not read it does not show what it is made of.
    const other = { ...primary[1], pk: { ...primary[1].pk, composite: ["absent"] } };
    delete other.pk.template;
    const changed = withIndexes(
      kept.map((entry) => (entry === primary ? ["primary", other] : entry)),
    );
    changed.model.definition.attributes = { ...definition.attributes, absent: { type: "string" } };
    if (requestOf(await run(changed, theirs)).includes('"IndexName"')) return changed;
    return asked(withIndexes(kept), { method: "scan", args: [] }, () => true);
  },
  restore: withRawValues,
};

const searchOfAttributes: Correction = {
  name: "find and match by an index whose keys are attributes",
  reason:
    "3.9.3 compares a key of the usual form with fields named `pk` and `sk`, which such an index has not; a query is right",
  correct(test, _theirs, expected) {
    const { call, model } = test;
    if (!["find", "match"].includes(call.method) || requestOf(expected) === "") return null;
    const entries = Object.entries(model.definition.indexes ?? {});
    const chosen = entries.find(
      ([, index]) =>
        index.type === "composite" && requestOf(expected).includes(`"IndexName":"${index.index}"`),
    );
    if (!chosen) return null;
    const given = call.args[0] as Record<string, unknown>;
    const sought = soughtOf(test);
    const names = [...compositesOf(chosen[1].pk), ...compositesOf(chosen[1].sk)];
    const end = names.findIndex((name) => !sought.includes(name));
    const known = names.slice(0, end < 0 ? names.length : end);
    // What stands beyond a gap is no part of the key, and `compare` filters by all that is given.
    const key = Object.fromEntries(sought.map((name) => [name, given[name]]));
    const how = { method: "query", index: chosen[0], args: [key] };
    return asked(test, how, (name) => !known.includes(name));
  },
  restore: withRawValues,
};

const matchOfKeys: Correction = {
  name: "a match by an attribute that is a key of the chosen index itself",
  reason: "3.9.3 filters by it beside the key condition, which DynamoDB refuses always",
  correct(test, _theirs, expected) {
    const { call, model } = test;
    const request = requestOf(expected);
    if (call.method !== "match" || !request.includes('"KeyConditionExpression"')) return null;
    const chosen = Object.values(model.definition.indexes).find((index) =>
      index.index === undefined
        ? !request.includes('"IndexName"')
        : request.includes(`"IndexName":"${index.index}"`),
    );
    const composites = [...compositesOf(chosen?.pk), ...compositesOf(chosen?.sk)];
    const fields = [chosen?.pk.field, chosen?.sk?.field];
    const isKey = (name: string) =>
      composites.includes(name) && fields.includes(definitionOf(model, name).field ?? name);
    const sought = soughtOf(test);
    if (!sought.some(isKey)) return null;
    return asked(test, { method: "find" }, (name) => !isKey(name));
  },
  restore: withRawValues,
};

/** Every correction of this kind, in the order in which they are applied. */
export const SEARCHES: Correction[] = [
  earlierIndexWithoutComposites,
  searchOfAttributes,
  matchOfKeys,
];
