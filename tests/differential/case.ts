/** What a case is: a model and one call as plain tagged JSON, so that it can be printed, shrunk and replayed. No code runs here. */
import type { HookCall } from "../models/fixtures";
import type { Model } from "./model";

/** A path to an attribute: names for properties and numbers for list positions. */
export type Path = (string | number)[];

/** One operator within a where or data callback: its name, the path of its attribute, and its other arguments. */
export type Token = [operator: string, path: Path, ...args: unknown[]];

/** A where clause: the text pieces around its tokens, always one more than there are tokens. */
export interface Clause {
  text: string[];
  tokens: Token[];
}

/** One method called on the chain. */
export interface Step {
  name: string;
  args?: unknown[];
  clause?: Clause;
  data?: Token[];
  /** What a callback does that has no operators. */
  callback?: "throws" | "nothing" | "number" | "object" | "empty";
}

/** From what to what a conversion goes. */
export interface Conversion {
  from: "composite" | "keys" | "cursor";
  to: "composite" | "keys" | "cursor";
}

/** A change of a key: of the field at this position, or a field that is added. */
export interface Edit {
  kind: "drop" | "append" | "replace" | "upper" | "number" | "add";
  field: number;
  text: string;
}

/** One item of a transaction, of the case's entity or of its twin: the same model under another name. */
export interface TransactionItem {
  isTwins: boolean;
  call: Call;
}

/** A transaction that the call is an item of; what would be the call's options are those of its `commit`. */
export interface Transaction {
  kind: "get" | "write";
  /** Whether a service has it or a function makes it. */
  via: "service" | "function";
  before: TransactionItem[];
  after: TransactionItem[];
  options?: unknown;
  /** What the callback returns in place of the list of its items, or that it is none. */
  form?:
    | "first"
    | "promise"
    | "nested"
    | "open"
    | "none"
    | "hole"
    | "mixed"
    | "absent"
    | "text"
    | "uncallable";
}

/** An item of a table: of which member it is, what its keys are made of, and its other fields. */
export interface StoredItem {
  member: number;
  composites: Record<string, unknown>;
  fields: Record<string, unknown>;
}

/** What a hydrated read finds in the table beside what its index says. */
export interface Table {
  items: StoredItem[];
  /** The fields of the table's own key: no two items have the same. */
  key: string[];
  /** Every nth key is of an item that is gone; 0 for none. */
  lost: number;
  /** Every nth key is left undone; 0 for none. */
  left: number;
  isShuffled: boolean;
}

/** One call on an entity, from its first method to `.params(options)`, or to the result of `parse`. */
export interface Call {
  method: string;
  index?: string;
  args: unknown[];
  steps: Step[];
  options?: unknown;
  /** What a stub client answers, in order; with it the call ends with `.go()` and not with `.params()`. */
  answers?: unknown[];
  /** What the entity, or the service, is configured with beside its table and its client. */
  configured?: unknown;
  /** The table from which a hydrated read completes what it was answered. */
  table?: Table;
  /** Which conversion is asked for, where the method is `conversions`. */
  conversion?: Conversion;
  /** How the keys that are converted were changed before. */
  edits?: Edit[];
  /** What is converted in place of keys, or of a cursor of them. */
  forged?: unknown;
  /** Whether the keys that are converted, or at which a read starts, are of the case's twin: the same model under another name. */
  isForeign?: boolean;
  /** The transaction that it is an item of. */
  transaction?: Transaction;
  /** The item at whose cursor a read starts: in which index, by which composites, and what was changed in its keys. */
  startAt?: { index: string; composites: Record<string, unknown>; edits: Edit[] };
}

/** One entity of a service, under the service's name for it. */
export interface Member {
  name: string;
  model: Model;
}

/** What corrections have found out and need again when they undo themselves. */
export interface Noted {
  /** Enums of numbers whose members are written as texts in the question. */
  numbers?: string[];
  /** The key where a counted result ends. */
  ends?: Record<string, unknown>;
  /** How many items a counted result has, where all of its pages are asked for. */
  counted?: number;
  /** The values of a filter that stands in place of a match. */
  matched?: Record<string, unknown>;
  /** The fields that an update removes. */
  removed?: string[];
  /** The booleans that have become strings. */
  booleans?: string[];
  /** What 3.9.3 makes of attributes that are keys by themselves and cased, and what hooks see of them. */
  cased?: {
    values: Record<string, unknown>;
    trace: HookCall[];
    casings: Record<string, string>;
  };
  /** What is given of attributes that are changed twice, and what is written of it, by the placeholders of the earlier changes. */
  earlier?: Record<string, { given: string; written: unknown }>;
  /** What is given to `escape` that texts stand for. */
  escaped?: string[];
  /** What hooks see where they are left out of the question. */
  trace?: HookCall[];
  /** The fields of parts that are stored under their own names in the question, by name. */
  aliases?: Record<string, string>;
  /** The attributes that the first of a collection's members has been given. */
  lent?: string[];
}

export interface Case {
  family: string;
  model: Model;
  /** The entities of a service, the model's own first; a call on a service is on one of its collections. */
  members?: Member[];
  /** What the service is given beside its entities. */
  service?: { table?: string };
  call: Call;
  noted?: Noted;
  /** The model with each of its mistakes alone, where it has several. */
  alone?: Model[];
}

const isRecord = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a case still has the parts that every case has, so that making it smaller has not made it another kind of thing. */
export function isWhole(test: Case): boolean {
  const { definition } = test.model ?? {};
  if (typeof test.family !== "string" || typeof test.call?.method !== "string") return false;
  if (!Array.isArray(test.call.args) || !Array.isArray(test.call.steps)) return false;
  if (![definition, definition?.model, definition?.attributes, definition?.indexes].every(isRecord))
    return false;
  const isMember = ({ name, model }: Member) =>
    typeof name === "string" &&
    [model?.definition?.model, model?.definition?.attributes].every(isRecord) &&
    Object.values(model.definition.indexes ?? {}).every((index) => isRecord(index?.pk));
  if (test.members !== undefined && !(Array.isArray(test.members) && test.members.every(isMember)))
    return false;
  if (!Object.values(definition.indexes).every((index) => isRecord(index) && isRecord(index.pk)))
    return false;
  return test.call.steps.every(
    (step) =>
      typeof step.name === "string" &&
      (!step.clause || step.clause.text?.length === (step.clause.tokens?.length ?? -2) + 1) &&
      [...(step.clause?.tokens ?? []), ...(step.data ?? [])].every(
        (token) => token.length >= 2 && Array.isArray(token[1]),
      ),
  );
}
