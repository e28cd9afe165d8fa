/** Known differences in what is read: the requests that only `go` makes of a call, and the cursors of what they answer. */
import { canonical, revive } from "../models/tagged";
import type { Case } from "./case";
import {
  changesRequests,
  inRequests,
  requestOf,
  withCall,
  type Correction,
  type Request,
} from "./correction";
import type { KeyDefinition } from "./indexes";
import { compositesOf, definitionOf } from "./calls/item";
import type { AttributeDefinition, Model } from "./model";
import { cursorOf } from "./convert";
import { FORMATS } from "./observe";
import { run, type Library, type Outcome } from "./run";

type Loose = Record<string, unknown>;

const sorted = (names: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).sort(([one], [other]) => (one < other ? -1 : 1)));

const isPaged = ({ call }: Case) => ["query", "scan", "find", "match"].includes(call.method);

/** The request with identifiers projected by placeholders that DynamoDB takes; that of a batch, with those of its tables. */
function withPlainIdentifiers(text: string): string {
  const request = JSON.parse(text) as Request;
  const tables = request.RequestItems as Record<string, unknown> | undefined;
  for (const [table, part] of Object.entries(tables ?? {})) {
    if (tables) tables[table] = JSON.parse(withPlainIdentifiers(JSON.stringify(part)));
  }
  if (tables) return JSON.stringify(request);
  const { ProjectionExpression, ExpressionAttributeNames: names } = request;
  if (ProjectionExpression === undefined || names === undefined) return text;
  const all = ProjectionExpression.split(", ").map((name) => {
    if (/^#\w+$/.test(name)) return name;
    const field = names[name] as string;
    const plain = `#${field.replace(/\W/g, "")}`;
    let free = plain;
    for (let n = 2; free in names && names[free] !== field; n++) free = `${plain}_${n}`;
    delete names[name];
    names[free] = field;
    return free;
  });
  request.ProjectionExpression = all.join(", ");
  request.ExpressionAttributeNames = sorted(names);
  return JSON.stringify(request);
}

export const oddIdentifiers: Correction = {
  name: "identifiers of odd names beside `attributes`",
  reason:
    "3.9.3 projects them by their raw fields, and `#type-e` is no valid placeholder, so that DynamoDB refuses the request",
  correct: (test, _theirs, expected) =>
    changesRequests({ ...expected, result: null }, withPlainIdentifiers) ? test : null,
  restore: (outcome) => ({ ...outcome, sent: inRequests(outcome, withPlainIdentifiers).sent }),
};

/** The fields of the index that a call reads and of the table, as a cursor names them. */
function keyFieldsOf({ model, call }: Case, request: string): string[] {
  const indexes = Object.values(model.definition.indexes);
  const [, name] = /"IndexName":"([^"]*)"/.exec(request) ?? [];
  const read = indexes.filter((index) => index.index === name);
  const table = indexes.filter((index) => index.index === undefined);
  const chosen = model.definition.indexes[call.index ?? ""] ?? read[0];
  const fieldsOf = (
    key: KeyDefinition | undefined,
    isComposite: boolean,
  ): (string | undefined)[] =>
    isComposite
      ? compositesOf(key).map((attribute) => definitionOf(model, attribute).field ?? attribute)
      : [key?.field];
  const all = [...(chosen ? [chosen] : []), ...table].flatMap(({ pk, sk, type }) => [
    ...fieldsOf(pk, type === "composite"),
    ...fieldsOf(sk, type === "composite"),
  ]);
  return [...new Set(all.filter((field) => field !== undefined))];
}

/** The model with nothing between what is stored and what is shown. */
function bareModel(model: Model): Model {
  const { attributes } = model.definition;
  const isPlain = (type: unknown) => !["map", "list", "set"].includes(type as string);
  const bare = Object.entries(attributes).map(
    ([name, { type, field, label, padding }]): [string, AttributeDefinition] => [
      name,
      {
        type: isPlain(type) ? type : "any",
        // The items of a case's table have keys of this very model.
        ...(field === undefined ? {} : { field }),
        ...(label === undefined ? {} : { label }),
        ...(padding === undefined ? {} : { padding }),
      },
    ],
  );
  return { ...model, definition: { ...model.definition, attributes: Object.fromEntries(bare) } };
}

/** All that 3.9.3 can show of an item: its attributes and the fields of its keys. */
function shownNames({ definition: { attributes, indexes } }: Model): string[] {
  const fields = Object.values(indexes).flatMap(({ pk, sk }) => [pk.field, sk?.field]);
  return [...Object.keys(attributes), ...fields.filter((field) => field !== undefined)];
}

/** The items of a result, as 3.9.3 shows them when it is asked for keys and attributes of any kind, and the request. */
async function shownItems(
  test: Case,
  theirs: Library,
  more: Loose = {},
): Promise<{ items: Loose[]; request: string }> {
  const options: Loose = { ...(test.call.options as Loose), data: "includeKeys", ...more };
  // With any, 3.9.3 takes items for its own whose keys were not asked for.
  if (Array.isArray(options.attributes) && options.attributes.length > 0)
    options.attributes = shownNames(test.model);
  const shown = await run({ ...withCall(test, { options }), model: bareModel(test.model) }, theirs);
  const { data } = JSON.parse(shown.result ?? "{}") as { data?: Loose[] };
  return { items: data ?? [], request: requestOf(shown) };
}

/** The key of an item that is shown. */
function keyOfShown(test: Case, item: Loose, request: string): Loose {
  const nameOf = new Map(
    Object.entries(test.model.definition.attributes).map(([name, { field }]) => [
      field ?? name,
      name,
    ]),
  );
  const key: Loose = {};
  for (const field of keyFieldsOf(test, request)) {
    const value = item[nameOf.get(field) ?? field];
    if (value !== undefined) key[field] = value;
  }
  return key;
}

/** The key of the last item of a counted result. */
async function lastKey(test: Case, theirs: Library): Promise<Loose | null> {
  const { count, hydrate } = test.call.options as { count: number; hydrate?: unknown };
  const { items, request } = await shownItems(test, theirs);
  // What the index holds is counted, whether or not the table has it.
  const counted = hydrate ? (await shownItems(test, theirs, { hydrate: false })).items : items;
  const last = items.at(-1) ?? counted.at(-1);
  // A page that ends by itself tells where.
  if (last === undefined || counted.length < Math.floor(count)) return null;
  return keyOfShown(test, last, request);
}

/** The outcome with this key's cursor. */
function endingAt(outcome: Outcome, { call }: Case, key: Loose): Outcome {
  const { pager, formatCursor } = (call.options ?? {}) as Loose;
  const plain = revive(key);
  const written = formatCursor ? FORMATS.keyText(plain) : cursorOf(plain);
  const cursor: unknown = pager === "raw" ? JSON.parse(canonical(plain)) : written;
  const result = JSON.stringify({ ...(JSON.parse(outcome.result ?? "{}") as Loose), cursor });
  return { ...outcome, result };
}

export const uncastCursor: Correction = {
  name: "a counted result that ends at an item with another type in its keys than the model has",
  reason:
    "3.9.3 makes the cursor of the item's attributes, and refuses all that was read over what cannot be cast; where reading ended is told by the item's keys",
  async correct(test, theirs, { refusal, sent }) {
    const { count, ...options } = (test.call.options ?? {}) as Loose;
    if (!isPaged(test) || typeof count !== "number" || options.hydrate) return null;
    const pages = sent.filter((line) => /^\w+Command /.test(line)).length;
    if (refusal?.code !== 3001 || pages === 0) return null;
    const corrected = withCall(test, { options: { ...options, pages } });
    const { items, request } = await shownItems(corrected, theirs);
    const counted = Math.floor(count);
    const last = items[counted - 1];
    if (last === undefined) return null;
    const ends = keyOfShown(test, last, request);
    return { ...corrected, noted: { ...test.noted, ends, counted } };
  },
  restore(outcome, test) {
    const { ends, counted } = test.noted ?? {};
    if (outcome.result === null || ends === undefined || counted === undefined) return outcome;
    const ended = endingAt(outcome, test, ends);
    const result = JSON.parse(ended.result ?? "{}") as { data?: unknown[] };
    return {
      ...ended,
      result: JSON.stringify({ ...result, data: result.data?.slice(0, counted) }),
    };
  },
};

export const countedCursor: Correction = {
  name: "the cursor of a counted result",
  reason:
    "3.9.3 makes it of the last item's attributes, which `attributes` may have left out, and of none where the table lacks all that was counted, as though nothing came after it; where reading ended is told by the item's keys",
  async correct(test, theirs, { result }) {
    const { count, data, hydrate } = (test.call.options ?? {}) as Loose;
    if (test.call.answers === undefined || !isPaged(test) || data === "raw") return null;
    if (typeof count !== "number" || result === null) return null;
    if (!hydrate && ((JSON.parse(result) as Loose | null)?.cursor ?? null) === null) return null;
    const key = await lastKey(test, theirs);
    return key && { ...test, noted: { ...test.noted, ends: key } };
  },
  restore(outcome, test) {
    const { ends, counted } = test.noted ?? {};
    const isEnded = outcome.result !== null && ends !== undefined && counted === undefined;
    return isEnded ? endingAt(outcome, test, ends) : outcome;
  },
};

/** The request with these fields in its projection, by the placeholders that ours gives them. */
function withKeys(text: string, test: Case): string {
  const request = JSON.parse(text) as Request;
  const { ProjectionExpression, ExpressionAttributeNames: names } = request;
  if (ProjectionExpression === undefined || names === undefined) return text;
  const projected = ProjectionExpression.split(", ").map((name) => names[name]);
  for (const field of keyFieldsOf(test, text)) {
    if (projected.includes(field)) continue;
    const name = `#__key_${Object.keys(names).length}`;
    names[name] = field;
    request.ProjectionExpression += `, ${name}`;
  }
  request.ExpressionAttributeNames = sorted(names);
  return JSON.stringify(request);
}

export const countedKeys: Correction = {
  name: "keys that `attributes` leave out of a counted result",
  reason: "3.9.3 does not ask for all of them, so that its cursor is one that DynamoDB refuses",
  correct(test, _theirs, expected) {
    const { count } = (test.call.options ?? {}) as { count?: unknown };
    if (typeof count !== "number" || !isPaged(test)) return null;
    const sent = { ...expected, result: null };
    return changesRequests(sent, (text) => withKeys(text, test)) ? test : null;
  },
  restore: (outcome, test) => ({
    ...outcome,
    sent: inRequests(outcome, (text) => withKeys(text, test)).sent,
  }),
};

/** Whether the index that a call reads says that it does not hold all attributes. */
function isPartial({ model, call }: Case, request: string): boolean {
  const [, name] = /"IndexName":"([^"]*)"/.exec(request) ?? [];
  const indexes = Object.values(model.definition.indexes);
  const placed = call.method === "collection" ? model.definition.indexes.placed : undefined;
  const { projection = "all" } = placed ?? indexes.find(({ index }) => index === name) ?? {};
  return name !== undefined && projection !== "all";
}

export const heldOwnership: Correction = {
  name: "`ignoreOwnership: false` on an index that does not hold the identifiers",
  reason:
    "3.9.3 asks the index for them, which DynamoDB refuses, and takes every item that comes without them for another entity's",
  correct(test, _theirs, expected) {
    const { ignoreOwnership, ...options } = (test.call.options ?? {}) as Loose;
    if (ignoreOwnership !== false || !isPartial(test, requestOf(expected))) return null;
    return withCall(test, { options });
  },
};
