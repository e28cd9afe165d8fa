/** Gives calls listeners, signals that call them off, and formats of cursors, right ones and wrong ones. The calls are those of the other families. */
import type { Call } from "../case";
import type { Random } from "../random";

type Options = Record<string, unknown>;

const hook = (name: string) => ({ $hook: name });

const LISTENER = hook("listener");

function listened(random: Random): Options {
  return random.weighted<Options>([
    [4, { logger: LISTENER }],
    [3, { listeners: [LISTENER, LISTENER] }],
    [2, { listeners: [LISTENER], logger: LISTENER }],
    [0.3, { listeners: [] }],
    [0.3, { listeners: random.pick<unknown>([null, 5, {}, "x", LISTENER, false]) }],
    [0.3, { logger: random.pick<unknown>([null, 0, "", 5, {}, "x", [LISTENER], false]) }],
    [0.3, { listeners: [random.pick<unknown>([null, 5, "x", { $undefined: true }]), LISTENER] }],
  ]);
}

function calledOff(random: Random): unknown {
  return random.weighted<unknown>([
    [10, hook(random.pick(["called", "calledAfterOne", "calledAfterTwo"]))],
    [1, random.pick<unknown>([null, 5, {}, { aborted: true }, false, { $undefined: true }])],
  ]);
}

function formatted(random: Random): unknown {
  const [serialize, deserialize] = [hook("keyText"), hook("textKey")];
  return random.weighted<unknown>([
    [10, { serialize, deserialize }],
    [
      1,
      random.pick<unknown>([
        { serialize },
        { deserialize },
        { serialize, deserialize: "x" },
        {},
        null,
        5,
        "x",
      ]),
    ],
  ]);
}

/** These options, now and then with what is told of the call, calls it off or writes its cursors. */
export function observedOptions(random: Random, options: unknown): unknown {
  if (options === null || random.chance(0.75)) return options;
  const all: Options = { ...(options as Options | undefined) };
  if (random.chance(0.6)) Object.assign(all, listened(random));
  if (random.chance(0.25)) all.abortSignal = calledOff(random);
  if (random.chance(0.25)) all.formatCursor = formatted(random);
  return all;
}

/** The call, now and then with what is told of it, calls it off or writes its cursors, where it is sent. */
export function observed(random: Random, call: Call): Call {
  if (call.answers === undefined) return call;
  const configured = random.chance(0.06) ? listened(random) : undefined;
  const watched: Call = { ...call, ...(configured === undefined ? {} : { configured }) };
  if (call.transaction === undefined)
    return { ...watched, options: observedOptions(random, call.options) };
  const options = observedOptions(random, call.transaction.options);
  return { ...watched, transaction: { ...call.transaction, options } };
}
