// Loggers and listeners: who is told of requests and results, and how. It knows nothing of what they contain.

import { refuse } from "../error.js";

/** An event of one request, as ElectroDB's documentation describes it. */
export type ElectroEvent =
  | {
      readonly type: "query";
      readonly method: string;
      readonly params: unknown;
      readonly config: unknown;
    }
  | {
      readonly type: "results";
      readonly method: string;
      readonly config: unknown;
      readonly success: boolean;
      readonly results: unknown;
    };

/** A function that is told of events. */
export type Listener = (event: ElectroEvent) => void;

/**
 * The listeners that a configuration or `go`'s options name. In both, ElectroDB passes over a listener that is undefined; in options,
 * over a logger that is as good as none and over `listeners` that is no array; in a configuration it takes an array of loggers.
 * @throws 1021 or 1022 where one of them is no function.
 */
export function readListeners(
  config: { readonly logger?: unknown; readonly listeners?: unknown },
  dropIn: boolean,
  perCall = false,
): readonly Listener[] {
  const { listeners, logger } = config;
  if (listeners === undefined && logger === undefined) return NONE;
  const found: Listener[] = [];
  const add = (listener: unknown, isLogger: boolean): void => {
    if (dropIn && (listener === undefined || (isLogger && !listener))) return;
    found.push(functionOf(listener, dropIn, isLogger));
  };
  if (Array.isArray(listeners)) {
    for (const listener of listeners) add(listener, false);
  } else if (listeners !== undefined && !(perCall && dropIn)) {
    throw refuse(dropIn, "InvalidListenerProvided", "`listeners` has to be an array of functions");
  }
  if (dropIn && !perCall && Array.isArray(logger)) {
    for (const listener of logger) add(listener, false);
  } else if (logger !== undefined) {
    add(logger, perCall);
  }
  return found;
}

const NONE: readonly Listener[] = [];

function functionOf(listener: unknown, dropIn: boolean, isLogger: boolean): Listener {
  if (typeof listener === "function") return listener as Listener;
  const kind = isLogger ? "InvalidLoggerProvided" : "InvalidListenerProvided";
  throw refuse(dropIn, kind, "a logger or listener has to be a function");
}

/** Tells all listeners; one that throws disturbs neither the others nor the operation. */
export function notify(listeners: readonly Listener[], event: ElectroEvent): void {
  for (const listener of listeners) {
    try {
      listener(event);
    } catch (error) {
      report(error);
    }
  }
}

function report(error: unknown): void {
  const { console } = globalThis as { console?: { error(...parts: unknown[]): void } };
  console?.error("A listener given to electroxide threw:", error);
}
