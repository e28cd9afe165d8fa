// What loggers and listeners are told about requests and their results. What these hold depends on the method, and listeners written for
// ElectroDB read it without asking: so it is unchecked, unless a type parameter says more.
import type { Unchecked } from "./dialect.js";

/** The operations that listeners hear of. */
export type ElectroEventMethod =
  | "put"
  | "get"
  | "query"
  | "scan"
  | "update"
  | "upsert"
  | "delete"
  | "remove"
  | "patch"
  | "create"
  | "batchGet"
  | "batchWrite";

/** A request that was sent to DynamoDB. */
export interface ElectroQueryEvent<P = Unchecked> {
  /** Tells it from results. */
  readonly type: "query";
  /** The operation. */
  readonly method: ElectroEventMethod;
  /** The options of the call. */
  readonly config: Unchecked;
  /** The parameters of the request. */
  readonly params: P;
}

/** What DynamoDB answered, or the error that it or the SDK threw. */
export interface ElectroResultsEvent<R = Unchecked> {
  /** Tells it from requests. */
  readonly type: "results";
  /** The operation. */
  readonly method: ElectroEventMethod;
  /** The options of the call. */
  readonly config: Unchecked;
  /** The answer, or the error when `success` is false. */
  readonly results: R;
  /** Whether DynamoDB answered. */
  readonly success: boolean;
}

/** What a logger or a listener is called with. */
export type ElectroEvent = ElectroQueryEvent | ElectroResultsEvent;

/** The values of `type` of an event. */
export type ElectroEventType = ElectroEvent["type"];

/**
 * A logger or listener. It is not awaited, and what it throws does not disturb the call.
 *
 * @example
 * const logger: ElectroEventListener = (event) => console.log(event.type, event.method);
 */
export type ElectroEventListener = (event: ElectroEvent) => void;
