// The options of `go()` and `params()`, one interface for each kind of operation.
import type { Conditions } from "./condition.js";
import type { DynamoClient } from "./config.js";
import type { ElectroEventListener } from "./event.js";

/** The form of results: attributes, attributes with the stored keys, or the client's answer as it is. */
export type DataForm = "attributes" | "includeKeys" | "raw";

/** What aborts a call: an `AbortSignal`, described by its shape because not every host's types declare it. */
export interface Abort {
  readonly aborted: boolean;
  readonly addEventListener: (...parameters: never) => unknown;
  readonly removeEventListener: (...parameters: never) => unknown;
}

/** The options that every operation takes. */
export interface OperationOptions {
  /** Sends this call with another client. */
  readonly client?: DynamoClient;
  /** Sends this call to another table. */
  readonly table?: string;
  /** Properties that are laid over the request, whatever it says otherwise. */
  readonly params?: object;
  /** Lets errors of the SDK through as they are. */
  readonly originalErr?: boolean;
  /** Aborts the requests of this call. */
  readonly abortSignal?: Abort;
  /** Called with every event of this call. */
  readonly logger?: ElectroEventListener;
  /** Called with every event of this call. */
  readonly listeners?: readonly ElectroEventListener[];
}

/** The options that shape what comes back: `D` its form, `H` whether hidden attributes are in it. */
export interface ResultOptions<D extends DataForm, H extends boolean> {
  /** The form of the result; `"attributes"` when omitted. */
  readonly data?: D;
  /** Gives back hidden attributes, too. */
  readonly includeHidden?: H;
}

/** The options of every read; `P` are the attributes to fetch. */
export interface ReadOptions<P extends PropertyKey, D extends DataForm, H extends boolean>
  extends OperationOptions, ResultOptions<D, H> {
  /** Fetches only these attributes. */
  readonly attributes?: readonly P[];
  /** Reads what all earlier writes have left; it costs twice as much. */
  readonly consistent?: boolean;
  /** Gives back items that do not carry this entity's identifiers. */
  readonly ignoreOwnership?: boolean;
}

/** The options that a query and a scan share. */
export interface PageOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
> extends ReadOptions<P, D, H> {
  /** How many items DynamoDB looks at, per page. */
  readonly limit?: number;
  /** How many items to give back; pages are read until there are so many. */
  readonly count?: number;
  /** How many pages to read; 1 when omitted. */
  readonly pages?: number | "all";
  /** Where an earlier result ended. */
  readonly cursor?: string | null;
}

/** The options of a query. */
export interface QueryOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
> extends PageOptions<P, D, H> {
  /** The order of the sort key; `"asc"` when omitted. */
  readonly order?: "asc" | "desc";
  /** What the sort key operators compare; `"keys"` when omitted. */
  readonly compare?: "keys" | "attributes" | "v2";
}

/** Which part of a scan this call does, of how many. */
export interface Segments {
  readonly total: number;
  readonly segment: number;
}

/** The options of a scan. */
export interface ScanOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
> extends PageOptions<P, D, H> {
  /** Scans one of several segments of the table, for parallel scans. */
  readonly segments?: Segments;
}

/** The options of every write; `R` says what DynamoDB gives back, `A` are the attributes of the model. */
export interface WriteOptions<A, R extends string, D extends DataForm, H extends boolean>
  extends OperationOptions, ResultOptions<D, H> {
  /** What to give back: the item, or its changed attributes, from before or after the write. */
  readonly response?: R;
  /** Conditions as plain data, beside those of `where`; the write fails when they do not hold. */
  readonly conditions?: Conditions<A>;
}

/** The options of `parse`. */
export interface ParseOptions<P extends PropertyKey, H extends boolean> {
  /** Gives back only these attributes. */
  readonly attributes?: readonly P[];
  /** Gives back hidden attributes, too. */
  readonly includeHidden?: H;
  /** Whether items without this entity's identifiers are parsed all the same; true when omitted. */
  readonly ignoreOwnership?: boolean;
}
