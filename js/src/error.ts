// The errors that users catch, in both entries' numbers. Deciding that something is wrong is the core's or the caller's work.

import type { CoreError } from "./border/instance.js";
import { named } from "./named.js";

/** Why something was refused or failed; a name that both entries share. */
export type Kind =
  | "NoClientDefined"
  | "InvalidIdentifier"
  | "InvalidAttributeDefinition"
  | "InvalidModel"
  | "InvalidOptions"
  | "InvalidWhere"
  | "InvalidJoin"
  | "InconsistentIndexDefinition"
  | "InvalidListenerProvided"
  | "InvalidLoggerProvided"
  | "InvalidClientProvided"
  | "IncompleteCompositeAttributes"
  | "MissingTable"
  | "InvalidConcurrencyOption"
  | "InvalidPagesOption"
  | "InvalidLimitOption"
  | "InvalidConversionKeysProvided"
  | "InvalidConversionCursorProvided"
  | "InvalidConversionCompositeProvided"
  | "DuplicateUpdateCompositesProvided"
  | "MissingRequiredAttribute"
  | "InvalidAttribute"
  | "ReadOnlyAttribute"
  | "UnknownAttribute"
  | "HookFailed"
  | "Internal"
  | "AWSError"
  | "OperationAborted"
  | "ConditionalCheckFailed"
  | "NoOwnerForCursor"
  | "InvalidCursor";

/** The code in the main entry, the code in the drop-in, and ElectroDB's name for the latter where it is another. */
const CODES: Readonly<Record<Kind, readonly [main: number, dropIn: number, name?: string]>> = {
  NoClientDefined: [1001, 1001],
  InvalidIdentifier: [1002, 1002],
  InvalidAttributeDefinition: [1008, 1008],
  InvalidModel: [1009, 1009],
  InvalidOptions: [1010, 1010],
  InvalidWhere: [1012, 1012],
  InvalidJoin: [1013, 1013],
  InconsistentIndexDefinition: [1024, 1024, "Inconsistent Index Definition"],
  InvalidListenerProvided: [1021, 1021],
  InvalidLoggerProvided: [1022, 1022],
  InvalidClientProvided: [1023, 1023],
  IncompleteCompositeAttributes: [2002, 2002],
  MissingTable: [2003, 2003],
  InvalidConcurrencyOption: [2004, 2004],
  InvalidPagesOption: [2005, 2005],
  InvalidLimitOption: [2006, 2006],
  InvalidConversionKeysProvided: [2007, 2007],
  InvalidConversionCursorProvided: [2008, 2008],
  InvalidConversionCompositeProvided: [2009, 2009],
  DuplicateUpdateCompositesProvided: [2010, 2010],
  MissingRequiredAttribute: [4001, 3001, "InvalidAttribute"],
  InvalidAttribute: [4002, 3001],
  ReadOnlyAttribute: [4003, 3001, "InvalidAttribute"],
  UnknownAttribute: [4004, 3001, "InvalidAttribute"],
  HookFailed: [4005, 5001, "UnknownError"],
  Internal: [5000, 5001, "UnknownError"],
  AWSError: [5001, 4001],
  OperationAborted: [5002, 4002],
  ConditionalCheckFailed: [5003, 4001, "AWSError"],
  NoOwnerForCursor: [5004, 5004],
  InvalidCursor: [5005, 5003],
};

const CONVERSION = "invalid-conversion-values-provided";

/** Where ElectroDB's documentation has another anchor than the error's name in kebab case. */
const SECTIONS: Readonly<Record<string, string>> = {
  InvalidConversionKeysProvided: CONVERSION,
  InvalidConversionCursorProvided: CONVERSION,
  InvalidConversionCompositeProvided: CONVERSION,
  NoClientDefined: "no-client-defined-on-model",
  IncompleteCompositeAttributes: "missing-composite-attributes",
  AWSError: "aws-error",
  CollectionNoSK: "collection-without-an-sk",
  DuplicateIndexField: "duplicate-index-fields",
  IncompleteIndexCompositesAttributesProvided: "invalid-index-composite-attributes-provided",
  InvalidIndexCompositeWithAttributeName: "invalid-collection-on-index-with-attribute-field-names",
  InvalidJoin: "join",
  InvalidWhere: "where",
};

const SYMBOL = Symbol("error-code");

/** What the drop-in entry's errors carry beside their code, as ElectroDB's do. */
export interface ErrorReference {
  readonly code: number;
  readonly section: string;
  readonly name: string;
  readonly sym: symbol;
}

/** One attribute that was refused. */
export interface ErrorField {
  /** The attribute's path, such as `address.street` or `tags[*]`. */
  readonly field: string;
  /** What was wrong. */
  readonly reason: string;
  /** The position in a list, where the refused value is a member of one. */
  readonly index: number | undefined;
  /** What a callback of the user threw. */
  readonly cause: unknown;
  /** As in ElectroDB: always the same word. */
  readonly type: "validation";
}

/** The parts of an error; functions of this module fill them in. */
export interface ErrorParts {
  readonly kind: string;
  readonly code: number;
  readonly message: string;
  readonly cause?: unknown;
  readonly ref?: ErrorReference;
}

/** Everything that this library throws or rejects with. */
export class ElectroError extends Error {
  static {
    named(this, "ElectroError");
  }

  override name = "ElectroError";
  /** The number by which programs tell errors apart; each entry has its own table. */
  readonly code: number;
  /** The name of the reason. */
  readonly kind: string;
  /** When it was made, in milliseconds. */
  readonly date: number;
  /** Tells an error of this library from others across realms and copies. */
  readonly isElectroError = true as const;
  /** ElectroDB's reference, in the drop-in entry. */
  declare readonly ref?: ErrorReference;

  constructor(parts: ErrorParts) {
    super(parts.message, "cause" in parts ? { cause: parts.cause } : undefined);
    this.code = parts.code;
    this.kind = parts.kind;
    this.date = Date.now();
    if (parts.ref !== undefined) this.ref = parts.ref;
  }

  /** The request that had been built when this happened, or `null`. */
  params<T = Record<string, unknown>>(): T | null {
    return (requests.get(this) as T | undefined) ?? null;
  }
}

/** An error of one or several attributes. */
export class ElectroValidationError extends ElectroError {
  static {
    named(this, "ElectroValidationError");
  }

  override name = "ElectroValidationError";
  /** The refused attributes, in the order of the definition. */
  readonly fields: readonly ErrorField[];

  constructor(parts: ErrorParts, fields: readonly ErrorField[]) {
    super(parts);
    this.fields = fields;
  }
}

// Requests hold users' values, so they are no property that a logger would print.
const requests = new WeakMap<ElectroError, object>();

/** Leaves out of the error's stack what this function has called, which tells users nothing: of its ten lines, one has to be theirs. */
export function shortenStack(error: ElectroError, below: (...parts: never[]) => unknown): void {
  const { captureStackTrace } = Error as {
    captureStackTrace?(error: object, below: unknown): void;
  };
  captureStackTrace?.(error, below);
}

/** Lets `error.params()` answer this request. */
export function attachParams(error: ElectroError, params: object): void {
  requests.set(error, params);
}

function kebab(name: string): string {
  return name.replace(/(?!^)([A-Z])/g, "-$1").toLowerCase();
}

function reference(code: number, name: string): ErrorReference {
  return { code, section: SECTIONS[name] ?? kebab(name), name, sym: SYMBOL };
}

function partsOf(kind: Kind, dropIn: boolean, message: string): ErrorParts {
  const [main, electrodb, name] = CODES[kind];
  if (!dropIn) return { kind, code: main, message };
  return { kind, code: electrodb, message, ref: reference(electrodb, name ?? kind) };
}

/** A refusal or failure that the wrapper itself notices. */
export function refuse(dropIn: boolean, kind: Kind, message: string): ElectroError {
  return new ElectroError(partsOf(kind, dropIn, message));
}

/** The same with the object that was thrown. */
export function failed(dropIn: boolean, kind: Kind, message: string, cause: unknown): ElectroError {
  return new ElectroError({ ...partsOf(kind, dropIn, message), cause });
}

/** A refusal of attributes; its kind is the first field's. */
export function refuseFields(dropIn: boolean, fields: readonly RefusedField[]): ElectroError {
  const first = fields[0] as RefusedField;
  const message = fields.map((field) => field.message ?? field.reason).join("; ");
  return new ElectroValidationError(
    partsOf(first.kind, dropIn, message),
    fields.map(({ field, reason, index, cause }) => {
      return { field, reason, index, cause, type: "validation" };
    }),
  );
}

/** One attribute that was refused, with the kind that the whole error has if it comes first. */
export interface RefusedField {
  readonly kind: Kind;
  readonly field: string;
  readonly reason: string;
  readonly index: number | undefined;
  readonly cause: unknown;
  /** What the whole error's message says of it, where the reason is the user's own and names no attribute. */
  readonly message?: string;
}

/** The fields of the core's refusal. */
export function fieldsOfCore(error: CoreError): RefusedField[] {
  return error.fields.map(({ kind, path, reason, index }) => {
    return { kind: kind as Kind, field: path, reason, index, cause: undefined };
  });
}

/** The core's refusal as the error that the user sees; the core has chosen the code by the entry. */
export function fromCore(error: CoreError, dropIn: boolean): ElectroError {
  const fields = fieldsOfCore(error);
  if (fields.length > 0 && error.kind in CODES) return refuseFields(dropIn, fields);
  const { code, kind, message } = error;
  const name = CODES[kind as Kind]?.[2] ?? kind;
  return new ElectroError({ code, kind, message, ...(dropIn && { ref: reference(code, name) }) });
}

/**
 * What to throw when a callback of the model threw: in the main entry 4005 with that very object as its cause; in the
 * drop-in the object itself, which ElectroDB lets through untouched.
 */
export function hookFailed(dropIn: boolean, what: string, cause: unknown): unknown {
  if (dropIn || isOurs(cause)) return cause;
  return failed(dropIn, "HookFailed", `${what} threw: ${describeThrown(cause)}`, cause);
}

/**
 * The error with the position of the item at fault among several. What is not ours, as an object that a hook of the drop-in
 * has thrown, stays as it is.
 */
export function positioned(dropIn: boolean, error: unknown, position: number): unknown {
  if (!isOurs(error)) return error;
  const { kind, code, ref } = error;
  const parts: ErrorParts = {
    ...{ kind, code, message: `At position ${position}: ${error.message}` },
    ...("cause" in error && { cause: error.cause }),
    ...(ref !== undefined && { ref }),
  };
  if (!(error instanceof ElectroValidationError)) return new ElectroError(parts);
  // The drop-in keeps ElectroDB's meaning of `index`: the position within a list attribute.
  if (dropIn) return new ElectroValidationError(parts, error.fields);
  const fields = error.fields.map((field) => {
    const place = field.index === undefined ? field.field : placed(field.field, field.index);
    return { ...field, field: place, index: position };
  });
  return new ElectroValidationError(parts, fields);
}

/** The path with the position of the refused member, as `tags[2]` for `tags[*]`. */
function placed(path: string, index: number): string {
  const at = path.lastIndexOf("[*]");
  return at < 0 ? path : `${path.slice(0, at)}[${index}]${path.slice(at + 3)}`;
}

const LONGEST = 100;

/** What was thrown, in a few words: a message is the thrower's to show, any other value may be private. */
export function describeThrown(thrown: unknown): string {
  if (isError(thrown)) return clip(messageOf(thrown) || nameOf(thrown));
  return thrown === null ? "null" : `a value of type ${typeof thrown}`;
}

/** Whether this is an error, of any realm. What was thrown may be a proxy, which may refuse to be looked at. */
export function isError(value: unknown): value is Error {
  try {
    if (value instanceof Error) return true;
    return Object.prototype.toString.call(value) === "[object Error]";
  } catch {
    return false;
  }
}

/** Whether this is an error of this library; the same holds of looking at it. */
export function isOurs(value: unknown): value is ElectroError {
  return isError(value) && value instanceof ElectroError;
}

/** What the thrown says of itself, which need not be a text, nor be there for everybody. */
export function messageOf(thrown: unknown): string {
  return told(() => (isError(thrown) ? thrown.message : thrown));
}

/** The name of an error. */
export function nameOf(error: Error): string {
  return told(() => error.name);
}

function told(read: () => unknown): string {
  try {
    return String(read());
  } catch {
    return "it does not say why";
  }
}

/** A text of at most a hundred characters. */
export function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
