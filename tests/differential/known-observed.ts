/** Known differences over what options name beside data: listeners and formats of cursors that are none. */
import type { Call, Case } from "./case";
import { isNothing, withCall, type Correction } from "./correction";
import type { KnownRefusal } from "./known-refusals";

type Loose = Record<string, unknown>;

/** The options of a call; of a transaction, its own. */
function optionsOf({ options, transaction }: Call): Loose {
  return ((transaction ? transaction.options : options) ?? {}) as Loose;
}

function withOptions(test: Case, options: Loose): Case {
  const { transaction } = test.call;
  return withCall(test, transaction ? { transaction: { ...transaction, options } } : { options });
}

const isHook = (value: unknown) => typeof value === "object" && value !== null && "$hook" in value;

const isListener = (value: unknown) => isHook(value) || isNothing(value);

const isOddList = (listeners: unknown) => Array.isArray(listeners) && !listeners.every(isListener);

/** Whether a listener of the call is no function; the logger of a transaction is one of its listeners to 3.9.3. */
function hasOddListener(call: Call): boolean {
  const { listeners, logger } = optionsOf(call);
  return isOddList(listeners) || Boolean(call.transaction && logger && !isHook(logger));
}

export const noListeners: Correction = {
  name: "`listeners` of a transaction that are no list",
  reason:
    "3.9.3 crashes with a bare TypeError, or takes a text's letters for listeners; with every other call it passes over them",
  ofTransactions: true,
  correct(test) {
    const { listeners, ...options } = optionsOf(test.call);
    if (!test.call.transaction || !listeners || Array.isArray(listeners)) return null;
    return withOptions(test, options);
  },
};

export const lateListeners: Correction = {
  name: "a listener that is no function",
  reason:
    "3.9.3 sends the request before it refuses the listener, so that a write is rejected that was carried out",
  ofTransactions: true,
  correct: (test, _theirs, { refusal }) =>
    hasOddListener(test.call) && refusal?.phase !== "construct" && refusal?.code === 1021
      ? test
      : null,
  restore(outcome, { call }) {
    const code = isOddList(optionsOf(call).listeners) ? 1021 : 1022;
    return { ...outcome, sent: [], refusal: outcome.refusal && { ...outcome.refusal, code } };
  },
};

export const OBSERVED_REFUSALS: KnownRefusal[] = [
  {
    name: "a listener that is no function, of a call that sends nothing",
    reason: "3.9.3 looks at listeners when it tells them",
    applies: ({ call }, { refusal, sent, result }) =>
      call.answers !== undefined &&
      hasOddListener(call) &&
      sent.length === 0 &&
      (result !== null || refusal?.code === 4002),
    codes: [1021, 1022],
  },
  {
    name: "a format of cursors that is no object",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: ({ call }, { refusal }) => {
      const { formatCursor } = optionsOf(call);
      return (
        refusal?.name === "TypeError" &&
        !call.transaction &&
        Boolean(formatCursor) &&
        typeof formatCursor !== "object"
      );
    },
    codes: [1010],
    without(test) {
      const { formatCursor: _taken, ...options } = optionsOf(test.call);
      return withOptions(test, options);
    },
  },
];
