/** Known differences over input that is wrong. */
import type { Case } from "./case";
import { requestOf, withCall, type Correction } from "./correction";
import type { KnownRefusal } from "./known-refusals";

type Loose = Record<string, unknown>;

const optionsOf = ({ call }: Case) => (call.options ?? {}) as Loose;

const WRITES = ["put", "create", "upsert", "update", "patch", "delete", "remove"];

export const readOptionsOfWrites: Correction = {
  name: "options of reads in a write",
  reason:
    "3.9.3 writes `Limit`, `ScanIndexForward` and `ConsistentRead` into it, which no write has",
  correct(test, _theirs, { refusal }) {
    if (refusal !== null || !WRITES.includes(test.call.method)) return null;
    const { limit, order, consistent, ...options } = optionsOf(test);
    if (![limit, order, consistent].some((value) => value !== undefined)) return null;
    return withCall(test, { options });
  },
};

export const textAsParams: Correction = {
  name: "`params` that is a text or a list",
  reason: "3.9.3 puts its letters or members into the request by their positions",
  correct(test) {
    const { params, ...options } = optionsOf(test);
    if (typeof params !== "string" && !Array.isArray(params)) return null;
    return withCall(test, { options });
  },
};

/** Every known difference of this kind in which we refuse. */
export const INPUT_REFUSALS: KnownRefusal[] = [
  {
    name: "wrong input over which 3.9.3 crashes",
    reason: "a bare TypeError says neither what was wrong nor where",
    applies: ({ family }, { refusal }) =>
      family === "input" && refusal?.name === "TypeError" && refusal.phase !== "construct",
    codes: [1010, 1012, 1023, 2002, 3001],
  },
  {
    name: "a callback that uses no operator",
    reason: "3.9.3 drops it: a write without its condition",
    applies: ({ call }, expected) =>
      requestOf(expected) !== "" &&
      call.steps.some(({ name, callback }) => name === "where" && callback !== undefined),
    codes: [1012],
  },
  {
    name: "`attributes` that are no names",
    reason: "3.9.3 sends placeholders that stand for no name",
    applies: (test, expected) =>
      requestOf(expected) !== "" &&
      Array.isArray(optionsOf(test).attributes) &&
      (optionsOf(test).attributes as unknown[]).some((name) => typeof name !== "string"),
    codes: [1010],
  },
];
