// What reading needs to know of a model, sorted once: fields, hooks, and how to tell whose an item is. It reads nothing itself.

import { isBare, type KeyForm } from "../entity/key-forms.js";
import type { AttributePlan, IndexPlan, KeyPlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";

/** One top-level attribute as stored. */
export interface FieldPlan {
  readonly field: string;
  readonly name: string;
  readonly slot: number;
  readonly attribute: AttributePlan;
  /** Whether the stored value is the attribute's value, with nothing to convert, hide or run. */
  readonly verbatim: boolean;
}

/** How stored items become attributes. */
export interface ReadPlan {
  /** All top-level attributes in the order of the definition. */
  readonly fields: readonly FieldPlan[];
  /** Those that results show, in the order of the definition. */
  readonly shown: readonly FieldPlan[];
  readonly byField: ReadonlyMap<string, FieldPlan>;
  /** Whether any get hook runs, at any depth. */
  readonly hasGet: boolean;
  /** Attributes with get hooks that watch nothing, and those that watch. */
  readonly plain: readonly FieldPlan[];
  readonly watchers: readonly FieldPlan[];
  /** For each slot, the attributes with get hooks that watch it. */
  readonly watchersOf: readonly (readonly FieldPlan[])[];
  readonly watchersOfAll: readonly FieldPlan[];
  /** The attributes that are stored as keys with text around the value, by slot. */
  readonly texts: ReadonlyMap<number, KeyForm>;
}

/** Sorts what reading needs. */
export function compileReads(runtime: EntityRuntime): ReadPlan {
  const texts = new Map([...runtime.keyForms].filter(([, form]) => !isBare(form)));
  const fields = runtime.plan.attributes.map((attribute, slot): FieldPlan => {
    const { field, name } = attribute;
    const verbatim =
      !attribute.shaped && !attribute.hasGet && !attribute.hasHidden && !texts.has(slot);
    return { field, name, slot, attribute, verbatim };
  });
  const watchersOf: FieldPlan[][] = fields.map(() => []);
  const watchersOfAll: FieldPlan[] = [];
  const getters = fields.filter(({ attribute }) => attribute.hasGet);
  for (const getter of getters) {
    const { watch } = getter.attribute;
    if (watch === "*") watchersOfAll.push(getter);
    else watch?.forEach((watched) => watchersOf[watched]?.push(getter));
  }
  return {
    fields,
    shown: fields.filter(({ attribute }) => !attribute.hidden),
    byField: new Map(fields.map((plan) => [plan.field, plan])),
    hasGet: getters.length > 0,
    plain: getters.filter(({ attribute }) => attribute.watch === undefined),
    watchers: getters.filter(({ attribute }) => attribute.watch !== undefined),
    watchersOf,
    watchersOfAll,
    texts,
  };
}

/** Whether an item belongs to the entity by the identifiers that it carries. */
export function hasIdentifiers(
  runtime: EntityRuntime,
  raw: Readonly<Record<string, unknown>>,
): boolean {
  const { identifiers, entity, version } = runtime.plan;
  return raw[identifiers.entity] === entity && raw[identifiers.version] === version;
}

/** Whether an item carries neither identifier, as in an index that does not hold them. */
export function lacksIdentifiers(
  runtime: EntityRuntime,
  raw: Readonly<Record<string, unknown>>,
): boolean {
  const { identifiers } = runtime.plan;
  return raw[identifiers.entity] === undefined && raw[identifiers.version] === undefined;
}

type Stored = Readonly<Record<string, unknown>>;

/**
 * Whether both keys of this index on an item are of this entity's form, composites and all.
 * @param lenient Whether an item that lacks one of them is taken without a look at the other, as ElectroDB does.
 */
export function hasOwnKeys(
  { dropIn }: EntityRuntime,
  index: IndexPlan,
  raw: Stored,
  lenient = false,
): boolean {
  if (index.kind === "composite") return false;
  const { partition, sort } = index;
  const halves = sort === undefined ? [partition] : [partition, sort];
  if (lenient && halves.some(({ field }) => raw[field] === undefined)) return true;
  // ElectroDB takes an item with an empty composite for another entity's.
  return halves.every((half) => isOwnKey(half, raw, dropIn ? 1 : 0));
}

/** Whether the partition key of this index on an item is of this entity's form. */
export function hasOwnPartition(index: IndexPlan, raw: Stored): boolean {
  return index.kind === "composite" || isOwnKey(index.partition, raw, 0);
}

/**
 * Whether the sort key of this index on an item begins as this entity's do; it may lack composites.
 * @param lenient Whether a key that is an attribute may lack, because it was not asked for.
 */
export function beginsAsOwn(index: IndexPlan, raw: Stored, lenient = false): boolean {
  const { kind, sort } = index;
  if (kind === "composite" || sort === undefined) return true;
  const value = raw[sort.field];
  if (sort.head === undefined) return value === undefined ? lenient : isKeyValue(sort, value);
  return typeof value === "string" && value.startsWith(textsOf(sort).head);
}

/** Whether a value is one that this key, which is an attribute alone, may have. */
function isKeyValue({ numeric }: KeyPlan, value: unknown): boolean {
  if (numeric) return typeof value === "number" || typeof value === "bigint";
  return typeof value === "string" && value !== "";
}

function isOwnKey(key: KeyPlan, raw: Stored, shortest: number): boolean {
  const value = raw[key.field];
  if (key.head === undefined) return isKeyValue(key, value);
  return typeof value === "string" && isOwnText(textsOf(key), value, shortest);
}

/** Whether a key can be taken apart into composites' values of so many characters at least. */
function isOwnText({ head, labels, tail, exact }: Texts, text: string, shortest: number): boolean {
  const value = exact ? text : text.toLowerCase();
  if (!value.startsWith(head)) return false;
  let at = head.length;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as string;
    const found =
      i === 0 ? (value.startsWith(label, at) ? at : -1) : value.indexOf(label, at + shortest);
    if (found < 0) return false;
    at = found + label.length;
  }
  if (labels.length > 0) at += shortest;
  return labels.length > 0
    ? value.endsWith(tail) && value.length - tail.length >= at
    : value === head + tail;
}

interface Texts {
  readonly head: string;
  readonly labels: readonly string[];
  readonly tail: string;
  /** Whether letters have to be cased as they are stored; in a template of the user's own, ElectroDB takes any case. */
  readonly exact: boolean;
}

const cased = new WeakMap<KeyPlan, Texts>();

function textsOf(key: KeyPlan): Texts {
  let texts = cased.get(key);
  if (texts === undefined) cased.set(key, (texts = caseTexts(key)));
  return texts;
}

function caseTexts({ head = "", labels = [], tail = "", casing }: KeyPlan): Texts {
  const exact = head !== "";
  const change = (text: string): string => {
    if (!exact || casing === "lower") return text.toLowerCase();
    return casing === "upper" ? text.toUpperCase() : text;
  };
  return { head: change(head), labels: labels.map(change), tail: change(tail), exact };
}
