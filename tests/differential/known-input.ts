/** Known differences over input that is wrong. Those over the changes of an update stand in known-changes.ts. */
import { canonical, revive } from "../models/tagged";
import type { Call, Case, Step, Token } from "./case";
import { inRequests, isNothing, requestOf, withCall, type Correction } from "./correction";
import type { KnownRefusal } from "./known-refusals";
import { run, type Outcome } from "./run";

type Loose = Record<string, unknown>;

/** The options of a call, where they are a record and no other value. */
function optionsOf({ call }: Case): Loose {
  const options = (call.options ?? {}) as Loose;
  return Object.keys(options)[0]?.startsWith("$") ? {} : options;
}

/** Whether 3.9.3 has crashed with such a message. */
const crashes = (refusal: Outcome["refusal"], message: RegExp) =>
  refusal?.name === "TypeError" && refusal.phase !== "construct" && message.test(refusal.message);

const SORTS = ["begins", "between", "gt", "gte", "lt", "lte"];
const KEYED = ["get", "query", "update", "patch", "upsert", "delete", "remove"];
const CHANGES = ["set", "add", "subtract", "append", "delete", "ifNotExists"];

const isAbsent = (value: unknown) =>
  value === undefined || value === null || Object.hasOwn(value, "$undefined");

const changesNothing = ({ name, args }: Step) => CHANGES.includes(name) && isAbsent(args?.[0]);

const isNoCallback = ({ name, args }: Step) =>
  name === "data" && args !== undefined && !isFunction(args[0]);

/** Whether an object form of a change has the path of a part in it. */
export const changesPart = ({ name, args }: Step) =>
  CHANGES.includes(name) &&
  Object.keys((args?.[0] ?? {}) as object).some((path) => /^[^.[]+[.[]/.test(path));

const isFunction = (value: unknown) => Object.keys((value ?? {}) as object)[0] === "$function";

const WRITES = ["put", "create", "upsert", "update", "patch", "delete", "remove"];

const readOptionsOfWrites: Correction = {
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

const nullClientGiven: Correction = {
  name: "`null` in place of a call's client",
  reason: "3.9.3 crashes with a bare TypeError over it; where nothing is given it goes on",
  correct(test) {
    const { client, ...options } = optionsOf(test);
    return client === null ? withCall(test, { options }) : null;
  },
};

const textAsParams: Correction = {
  name: "`params` that is a text",
  reason: "3.9.3 puts its letters into the request by their positions",
  correct(test) {
    const { params, ...options } = optionsOf(test);
    if (typeof params !== "string") return null;
    return withCall(test, { options });
  },
};

const nullKey: Correction = {
  name: "nothing in place of a key",
  reason: "3.9.3 crashes with a bare TypeError, where it names what an empty key lacks",
  correct: (test, _theirs, { refusal }) =>
    crashes(refusal, /null/) && KEYED.includes(test.call.method) && isAbsent(test.call.args[0])
      ? withCall(test, { args: [{}] })
      : null,
};

/** The steps of a call whose clauses have other tokens. */
function inClauses({ steps }: Call, change: (token: Token) => Token): Step[] {
  return steps.map((step) =>
    step.clause
      ? { ...step, clause: { ...step.clause, tokens: step.clause.tokens.map(change) } }
      : step,
  );
}

/** What has a text that is code, depends on the time zone, or is of any length. */
const ESCAPED: (string | undefined)[] = ["$date", "$function", "$regexp", "$bytes"];

/** A text whose placeholder has no name of its own, like those of a list's elements. */
const NAMELESS = "*";

const escapedObject: Correction = {
  name: "`escape` of a date, a function, a regular expression or bytes",
  reason:
    "3.9.3 names the placeholder after its text, which differs from one time zone to the next, is code, or has all of the bytes in it",
  correct(test, _theirs, { refusal }) {
    const escaped: string[] = [];
    const steps = inClauses(test.call, (token) => {
      const [operator, path, operand] = token;
      const isSuch =
        operator === "escape" && ESCAPED.includes(Object.keys((operand ?? {}) as object)[0]);
      if (!isSuch) return token;
      escaped.push(canonical(revive(operand)));
      return [operator, path, NAMELESS];
    });
    if (refusal !== null || escaped.length === 0) return null;
    return { ...withCall(test, { steps }), noted: { ...test.noted, escaped } };
  },
  restore: (outcome, { noted }) =>
    inRequests(outcome, (text) => {
      const escaped = [...(noted?.escaped ?? [])];
      return text.replaceAll(/(?<=":p\d":)"\*"/g, () => escaped.shift() ?? "");
    }),
};

/** The text by which `escape` could name such an operand: one that 3.9.3 cannot name. */
function unnameable(operand: unknown): string | null {
  if (operand === null) return "null";
  const { $bigint } = (operand ?? {}) as { $bigint?: string };
  return $bigint ?? null;
}

const escapedUnnameable: Correction = {
  name: "`escape` of `null` or of a bigint",
  reason: "3.9.3 crashes over making a placeholder's name of it",
  correct(test, _theirs, { refusal }) {
    if (!crashes(refusal, /BigInt value|null \(reading 'Symbol/)) return null;
    const steps = inClauses(test.call, (token) => {
      const [operator, path, operand] = token;
      const text = operator === "escape" ? unnameable(operand) : null;
      return text === null ? token : [operator, path, text];
    });
    return withCall(test, { steps });
  },
  restore: (outcome) =>
    inRequests(outcome, (text) =>
      text
        .replaceAll(/":null(\d)":"null"/g, '":null$1":null')
        .replaceAll(/":(-?\d+)(\d)":"\1"/g, '":$1$2":{"$bigint":"$1"}'),
    ),
};

/** How many operands an operator of conditions takes; any others take one. */
const OPERANDS: Record<string, number> = {
  in: Infinity,
  between: 2,
  exists: 0,
  notExists: 0,
  size: 0,
  name: 0,
};

const surplusOperand: Correction = {
  name: "an operand beyond those that an operator takes",
  reason: "3.9.3 sends it as a value that no expression uses, which DynamoDB refuses always",
  correct(test) {
    let found = false;
    const steps = inClauses(test.call, (token) => {
      const [operator, path, ...operands] = token;
      const there = operands.filter((operand) => !isNothing(operand));
      const taken = there.slice(0, OPERANDS[operator] ?? 1);
      if (taken.length === there.length) return token;
      found = true;
      return [operator, path, ...taken];
    });
    return found ? withCall(test, { steps }) : null;
  },
};

const hydratedGet: Correction = {
  name: "`hydrate` of a get that asks for attributes",
  reason: "3.9.3 reads whole items then, though a get has nothing to complete",
  correct(test, _theirs, { refusal }) {
    const { hydrate, ...options } = optionsOf(test);
    const isSuch = Array.isArray(options.attributes) && hydrate !== undefined;
    return refusal === null && test.call.method === "get" && isSuch
      ? withCall(test, { options })
      : null;
  },
};

const prototypeSought: Correction = {
  name: "`__proto__` among what is sought",
  reason: "3.9.3 finds every object's own property by that name, and crashes over it",
  correct(test, _theirs, { refusal }) {
    const [sought] = test.call.args as [Loose | undefined];
    const isSearch = ["find", "match"].includes(test.call.method);
    if (!isSearch || refusal?.name !== "TypeError" || !Object.hasOwn(sought ?? {}, "__proto__"))
      return null;
    const entries = Object.entries(sought ?? {}).filter(([name]) => name !== "__proto__");
    return withCall(test, { args: [Object.fromEntries(entries)] });
  },
};

/** Stands for a symbol. */
const SYMBOL = "§";

const symbolAsKey: Correction = {
  name: "a symbol for an attribute that is a key of an index itself, in a query or a search",
  reason: "3.9.3 crashes over making a text of it; ours leaves it to the SDK, which refuses it",
  async correct(test, theirs, { refusal }) {
    const { method, index, args } = test.call;
    const isQuery = method === "query" && crashes(refusal, /convert a Symbol value/);
    if (!isQuery && !["find", "match"].includes(method)) return null;
    const symbols = JSON.stringify(args);
    const given = symbols.replaceAll('{"$symbol":"s"}', `"${SYMBOL}"`);
    if (given === symbols) return null;
    const asked = withCall(test, { args: JSON.parse(given) as unknown[] });
    const request = requestOf(await run(asked, theirs));
    const isAsked = Object.entries(test.model.definition.indexes).some(
      ([name, own]) =>
        own.type === "composite" &&
        (method === "query" ? name === index : request.includes(`"IndexName":"${own.index}"`)),
    );
    return isAsked ? asked : null;
  },
  restore: (outcome) =>
    inRequests(outcome, (text) => text.replaceAll(`"${SYMBOL}"`, '{"$symbol":"s"}')),
};

/** Every correction of this kind, in their order. */
export const INPUT_CORRECTIONS: Correction[] = [
  readOptionsOfWrites,
  nullClientGiven,
  textAsParams,
  escapedObject,
  escapedUnnameable,
  surplusOperand,
  hydratedGet,
  nullKey,
  symbolAsKey,
  prototypeSought,
];

/** Whether a clause names a field by something that is no name. */
const namesNoField = ({ clause }: Step) =>
  clause?.tokens.some(
    ([operator, , name]) => operator === "field" && (typeof name !== "string" || name === ""),
  ) === true;

/** The case with a text for every symbol. */
function withoutSymbols(test: Case): Case {
  const call = JSON.stringify(test.call).replaceAll(/\{"\$symbol":("\w+")\}/g, "$1");
  return withCall(test, JSON.parse(call) as Call);
}

/** Every known difference of this kind in which we refuse. */
export const INPUT_REFUSALS: KnownRefusal[] = [
  {
    name: "a client that is none",
    reason: "3.9.3 crashes over what is no object",
    applies: (test, { refusal }) =>
      crashes(refusal, /^Cannot use 'in' operator/) && optionsOf(test).client !== undefined,
    codes: [1023],
    without: (test) => withCall(test, { options: { ...optionsOf(test), client: undefined } }),
  },
  {
    name: "a second sort operator of a query",
    reason: "3.9.3's chains have no more of them then, so that calling one is a bare TypeError",
    applies: ({ call }, { refusal }) =>
      crashes(refusal, /reading '(apply|call)'/) &&
      call.method === "query" &&
      call.steps.filter(({ name }) => SORTS.includes(name)).length > 1,
    codes: [1010],
  },
  {
    name: "`null` in place of what is sought",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: ({ call }, { refusal }) =>
      crashes(refusal, /null/) && ["find", "match"].includes(call.method) && call.args[0] === null,
    codes: [1010],
  },
  {
    name: "a symbol where a text belongs",
    reason: "3.9.3 crashes over making a text of it",
    applies: ({ call }, { refusal }) =>
      crashes(refusal, /convert a Symbol value/) && JSON.stringify(call).includes('{"$symbol"'),
    codes: [3001, 1012],
    without: withoutSymbols,
  },
  {
    name: "a symbol in a condition",
    reason: "3.9.3 sends it, which the SDK cannot write",
    // A match sends its filter as it is given, also where it stands as a clause here.
    applies: ({ call, noted }, expected) =>
      requestOf(expected) !== "" &&
      call.steps
        .slice(noted?.matched === undefined ? 0 : 1)
        .some(({ clause }) => JSON.stringify(clause ?? null).includes('{"$symbol"')),
    codes: [1012],
  },
  {
    name: "nothing in place of changes",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: ({ call }, { refusal }) =>
      crashes(refusal, /^Cannot convert undefined or null to object/) &&
      call.steps.some(changesNothing),
    codes: [1010],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter((step) => !changesNothing(step)) }),
  },
  {
    name: "`data` with something else than a callback",
    reason: "3.9.3 crashes over calling it",
    applies: ({ call }, { refusal }) =>
      crashes(refusal, /^op is not a function/) && call.steps.some(isNoCallback),
    codes: [1012],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter((step) => !isNoCallback(step)) }),
  },
  {
    name: "a change of a part that an attribute does not declare",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: ({ call }, { refusal }) =>
      crashes(refusal, /reading 'type'/) && call.steps.some(changesPart),
    codes: [3001],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter((step) => !changesPart(step)) }),
  },
  {
    name: "a callback that uses no operator",
    reason: "3.9.3 drops it: a write without its condition",
    applies: ({ call }, expected) =>
      requestOf(expected) !== "" &&
      call.steps.some(
        ({ name, args, callback }) =>
          name === "where" && (callback !== undefined || isFunction(args?.[0])),
      ),
    codes: [1012],
  },
  {
    name: "`field` with something else than a name",
    reason: "3.9.3 gives a placeholder no name that a field can have, which DynamoDB refuses",
    applies: ({ call }, expected) =>
      (requestOf(expected) !== "" || crashes(expected.refusal, /BigInt|Symbol/)) &&
      call.steps.some(namesNoField),
    codes: [1012],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter((step) => !namesNoField(step)) }),
  },
  {
    name: "`data`, which upserts do not have",
    reason: "3.9.3 has no such method, so that calling it is a bare TypeError",
    applies: ({ call }, { refusal }) =>
      refusal?.name === "TypeError" &&
      refusal.phase === "call" &&
      call.method === "upsert" &&
      call.steps.some(({ name }) => name === "data"),
    codes: [1010],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter(({ name }) => name !== "data") }),
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
