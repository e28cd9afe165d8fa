/** Known differences over cursors: those at which no page of what is read can have ended are refused before they are sent. */
import { twinOf } from "./calls/transaction";
import { compositesOf, definitionOf } from "./calls/item";
import { isNumeric } from "./calls/parse";
import type { Case, Edit } from "./case";
import { inRequests, isNothing, type Correction } from "./correction";
import type { KnownRefusal } from "./known-refusals";
import type { Model } from "./model";
import type { Outcome } from "./run";

type Key = Record<string, unknown>;

const hasEdit = ({ call }: Case, kind: Edit["kind"]) =>
  (call.startAt?.edits ?? []).some((edit) => edit.kind === kind);

/** The key at which 3.9.3 starts, where it starts anywhere. */
function startOf({ sent }: Outcome): Key | undefined {
  const [, request = "{}"] = /^\w+ (\{.*)$/s.exec(sent[0] ?? "") ?? [];
  const { ExclusiveStartKey: key } = JSON.parse(request) as { ExclusiveStartKey?: Key };
  return key === undefined || isNothing(key) ? undefined : key;
}

/** Whether a field is a key that is a text. */
function isText(model: Model, field: string): boolean {
  return Object.values(model.definition.indexes).some(({ type, pk, sk }) => {
    const keys = [pk, ...(sk ? [sk] : [])];
    if (type !== "composite")
      return keys.some((key) => key.field === field && !isNumeric(key, model));
    const names = keys.flatMap(compositesOf);
    return names.some((name) => {
      const definition = definitionOf(model, name);
      return (definition.field ?? name) === field && definition.type !== "number";
    });
  });
}

/** Whether the keys of the index that is queried say that an item is the twin's. */
function isOfTwin({ call, model }: Case, key: Key): boolean {
  const { pk, sk, type } = model.definition.indexes[call.startAt?.index ?? ""] ?? {};
  if (call.method !== "query" || type === "composite") return false;
  const name = twinOf(model.definition.model.entity).toLowerCase();
  // The pages of a clustered index end at items of its other entities, too.
  return [pk?.field, type === "clustered" ? undefined : sk?.field].some((field) =>
    String(key[field ?? ""] ?? "")
      .toLowerCase()
      .includes(name),
  );
}

/** Whether a format of the user's own makes the key of a cursor, which is the user's affair. */
function isFormatted({ call }: Case): boolean {
  const { formatCursor, pager } = (call.options ?? {}) as Key;
  return Boolean(formatCursor) && pager !== "raw";
}

export const addedField: Correction = {
  name: "a field that is no key in a cursor of the user's own format, of an index whose keys are attributes",
  reason: "3.9.3 leaves such a field out for all other indexes; DynamoDB refuses a key with it",
  correct(test) {
    const index = test.model.definition.indexes[test.call.startAt?.index ?? ""];
    const isSuch = index?.type === "composite" && hasEdit(test, "add") && isFormatted(test);
    return isSuch ? { ...test } : null;
  },
  restore(outcome, { call }) {
    const added = (call.startAt?.edits ?? []).map(({ text }) => text || "added");
    return inRequests(outcome, (text) => {
      const request = JSON.parse(text) as { ExclusiveStartKey?: Key };
      for (const field of added) delete request.ExclusiveStartKey?.[field];
      return JSON.stringify(request);
    });
  },
};

export const CURSOR_REFUSALS: KnownRefusal[] = [
  {
    name: "a cursor that lacks a field of its keys",
    reason: "3.9.3 sends it, and DynamoDB refuses the request or starts elsewhere",
    applies: (test, expected) => expected.sent.length > 0 && hasEdit(test, "drop"),
    codes: [5003],
  },
  {
    name: "a cursor with a field that is no key of the index",
    reason: "3.9.3 leaves the field out, though the cursor is one of another index",
    applies: (test, expected) =>
      expected.sent.length > 0 && hasEdit(test, "add") && !isFormatted(test),
    codes: [5003],
  },
  {
    name: "a cursor with a number where a key is a text",
    reason: "3.9.3 sends it, and DynamoDB refuses the request always",
    applies: (test, expected) => {
      const entries = Object.entries(startOf(expected) ?? {});
      const isWrong = ([field, value]: [string, unknown]) =>
        value === 7 && isText(test.model, field);
      return hasEdit(test, "number") && entries.some(isWrong);
    },
    codes: [5003],
  },
  {
    name: "a cursor of another entity",
    reason: "3.9.3 sends it, and DynamoDB refuses the request or starts elsewhere",
    applies: (test, expected) => {
      const key = test.call.isForeign ? startOf(expected) : undefined;
      return key !== undefined && isOfTwin(test, key);
    },
    codes: [5003],
  },
];
