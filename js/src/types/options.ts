// The options of `go()` and `params()`, one interface for each kind of operation.
import type { Conditions } from "./condition.js";
import type { DynamoClient } from "./config.js";
import type { ElectroEventListener } from "./event.js";

/** The form of results: attributes, attributes with the stored keys, or the client's answer as it is. */
export type DataForm = "attributes" | "includeKeys" | "raw";

/** What an option says: `T`, or `V` where it says nothing. Editors offer the values of a type parameter that has none by itself. */
export type Or<T, V> = [T] extends [never] ? V : T;

/** What aborts a call: an `AbortSignal`, described by its shape because not every host's types declare it. */
export interface Abort {
  /** Whether it has happened already. */
  readonly aborted: boolean;
  /** Tells of it when it happens. */
  readonly addEventListener: (...parameters: never) => unknown;
  /** Tells no more. */
  readonly removeEventListener: (...parameters: never) => unknown;
}

/** The options that every operation takes. */
export interface OperationOptions {
  /** Sends this call with another client. */
  readonly client?: DynamoClient | undefined;
  /** Sends this call to another table. */
  readonly table?: string | undefined;
  /** Properties that are laid over the request, whatever it says otherwise. */
  readonly params?: object | undefined;
  /** Lets errors of the SDK through as they are. */
  readonly originalErr?: boolean | undefined;
  /** Aborts the requests of this call. */
  readonly abortSignal?: Abort | undefined;
  /** Called with every event of this call. */
  readonly logger?: ElectroEventListener | undefined;
  /** Called with every event of this call. */
  readonly listeners?: readonly ElectroEventListener[] | undefined;
}

/** The options that shape what comes back: `D` its form, `H` whether hidden attributes are in it. */
export interface ResultOptions<D extends DataForm, H extends boolean> {
  /** The form of the result; `"attributes"` when omitted. */
  readonly data?: D | undefined;
  /** Gives back hidden attributes, too. */
  readonly includeHidden?: H | undefined;
}

/** The options of every read; `P` are the attributes to fetch. */
export interface ReadOptions<P extends PropertyKey, D extends DataForm, H extends boolean>
  extends OperationOptions, ResultOptions<D, H> {
  /** Fetches only these attributes. */
  readonly attributes?: readonly P[] | undefined;
  /** Reads what all earlier writes have left; it costs twice as much. */
  readonly consistent?: boolean | undefined;
  /** Gives back items that do not carry this entity's identifiers. */
  readonly ignoreOwnership?: boolean | undefined;
}

/** The options that a query and a scan share. */
export interface PageOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
> extends ReadOptions<P, D, H> {
  /** How many items DynamoDB looks at, per page. */
  readonly limit?: number | undefined;
  /** How many items to give back; pages are read until there are so many. */
  readonly count?: number | undefined;
  /** How many pages to read; 1 when omitted. */
  readonly pages?: number | "all" | undefined;
  /**
   * Reads the items themselves, from the table, where an index holds only a part of them; what DynamoDB left undone of that
   * is in the result's `unprocessed`.
   */
  readonly hydrate?: boolean | undefined;
  /** Where an earlier result ended. */
  readonly cursor?: string | null | undefined;
}

/** The options of a query. */
export interface QueryOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
> extends PageOptions<P, D, H> {
  /** The order of the sort key; `"asc"` when omitted. */
  readonly order?: "asc" | "desc" | undefined;
  /** What the sort key operators compare; `"keys"` when omitted. */
  readonly compare?: "keys" | "attributes" | "v2" | undefined;
}

/** Which part of a scan this call does, of how many. */
export interface Segments {
  /** Of how many. */
  readonly total: number;
  /** Which of them, from 0. */
  readonly segment: number;
}

/** The options of a scan. */
export interface ScanOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
> extends PageOptions<P, D, H> {
  /** Scans one of several segments of the table, for parallel scans. */
  readonly segments?: Segments | undefined;
}

/** How a failed condition is answered: `"all_old"` with the item that is there, `true` without it, `false` by a rejection. */
export type ConditionCheckFailure = "all_old" | boolean;

/**
 * The options of every write; `R` says what DynamoDB gives back, `A` are the attributes of the model, `F` how a failed
 * condition is answered.
 */
export interface WriteOptions<A, R extends string, D extends DataForm, H extends boolean, F = never>
  extends OperationOptions, ResultOptions<D, H> {
  /**
   * Resolves with `rejected` where the condition does not hold, instead of rejecting with 5003: with the item that is there
   * for `"all_old"`, without it for `true`.
   */
  readonly returnOnConditionCheckFailure?: F | undefined;
  /** What to give back: the item, or its changed attributes, from before or after the write. */
  readonly response?: R | undefined;
  /** Conditions as plain data, beside those of `where`; the write fails when they do not hold. */
  readonly conditions?: Conditions<A> | undefined;
}

/** The options of `parse`. */
export interface ParseOptions<P extends PropertyKey, H extends boolean> {
  /** Gives back only these attributes. */
  readonly attributes?: readonly P[] | undefined;
  /** Gives back hidden attributes, too. */
  readonly includeHidden?: H | undefined;
  /** Whether items without this entity's identifiers are parsed all the same; true when omitted. */
  readonly ignoreOwnership?: boolean | undefined;
}
