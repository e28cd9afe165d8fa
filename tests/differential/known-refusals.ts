/** Known differences in which we refuse, with these codes, what 3.9.3 lets pass, drops or crashes on. */
import { revive } from "../models/tagged";
import { compositesOf } from "./calls/item";
import type { Case, Token } from "./case";
import { isNothing, isUnbalanced, outlineOf, requestOf } from "./correction";
import type { IndexDefinition } from "./indexes";
import type { AttributeDefinition } from "./model";
import type { Outcome } from "./run";

export interface KnownRefusal {
  name: string;
  reason: string;
  /** Whether it is about transactions themselves, and not about a call that may be an item of one. */
  ofTransactions?: true;
  applies(test: Case, expected: Outcome): boolean;
  /** The codes of which our refusal has one. */
  codes: number[];
  /** The case without this mistake: where it has another one too, ours may name that one. */
  without?(test: Case): Case;
}

function clausesOf(test: Case) {
  return test.call.steps.flatMap((step) => (step.clause ? [step.clause] : []));
}

/** The values given for composites of the index that a call is about: those of its first argument and its sort bounds. */
function compositesGiven(test: Case): unknown[] {
  const { call, model } = test;
  if (call.method === "conversions") {
    const indexes = Object.values(model.definition.indexes).filter(
      ({ type }) => type !== "composite",
    );
    const names = indexes.flatMap(({ pk, sk }) => [...compositesOf(pk), ...compositesOf(sk)]);
    return names.map((name) => (call.args[0] as Record<string, unknown> | null)?.[name]);
  }
  const placed = call.method === "collection" ? model.definition.indexes.placed : undefined;
  const index =
    placed ??
    model.definition.indexes[call.index ?? ""] ??
    Object.values(model.definition.indexes).find((entry) => entry.index === undefined);
  // An isolated collection is not sorted across its members.
  const isSorted = placed === undefined || /^cl|^co/.test(placed.type ?? "");
  const isSort = (name: string) => /^(between|[gl]te?|begins)$/.test(name);
  const ends = call.steps.filter((step) => isSort(step.name)).flatMap((step) => step.args ?? []);
  const [first] = call.args;
  // A batch is a list of keys or items.
  const keys = (Array.isArray(first) ? first : [first]) as (Record<string, unknown> | null)[];
  return keys.flatMap((key) => inKey(index, key ?? {}, isSorted ? ends : null));
}

/** The values in the keys of an index: of these composites, and of each end over them; without ends, of the partition alone. */
function inKey(
  index: IndexDefinition | undefined,
  key: Record<string, unknown>,
  ends: readonly unknown[] | null,
): unknown[] {
  const values = compositesOf(index?.pk).map((name) => key[name]);
  if (ends === null) return values;
  // A composite behind one that is not there is in no key.
  for (const end of ends.length > 0 ? ends : [{}]) {
    for (const name of compositesOf(index?.sk)) {
      const own = (end as Record<string, unknown> | null)?.[name];
      const value = own === undefined || isNothing(own) ? key[name] : own;
      if (value === undefined || isNothing(value)) break;
      values.push(value);
    }
  }
  return values;
}

/** Whether a token of a data callback gives a string attribute what has no text of its own. */
function isTextless({ model }: Case, [operator, path, value]: Token): boolean {
  if (operator !== "set" && operator !== "ifNotExists") return false;
  let definition: unknown = model.definition.attributes?.[path[0] as string];
  for (const step of path.slice(1)) {
    const { items, properties } = (definition ?? {}) as AttributeDefinition;
    definition = typeof step === "number" ? items : properties?.[step];
  }
  const type =
    typeof definition === "string" ? definition : (definition as AttributeDefinition)?.type;
  const isTagged = typeof value === "object" && value !== null;
  const isToken =
    isTagged &&
    ("$token" in value || "$undefined" in value || "$number" in value || "$bigint" in value);
  const isText = type === "string" || (type as { $custom?: string } | null)?.$custom === "string";
  return isText && typeof value === "object" && !isToken;
}

const isPlain = ({ refusal }: Outcome, phase: "construct" | "call") =>
  refusal !== null &&
  (refusal.phase === "go" ? "call" : refusal.phase) === phase &&
  refusal.code === null &&
  refusal.name !== "RangeError";

/** Whether 3.9.3 has made a request of the call, whatever became of it. */
const isBuilt = (expected: Outcome) => requestOf(expected) !== "";

const isBatch = ({ call }: Case) =>
  ["get", "put", "delete"].includes(call.method) && Array.isArray(call.args[0]);

/** Whether this is a date, a function or a regular expression. */
const isTextOnly = (value: unknown) =>
  /\{"\$(date|function|regexp)"/.test(JSON.stringify(value) ?? "");

/** Whether such a value is in a key of an index whose partition is given. */
function isInWholeKey({ call, model }: Case): boolean {
  const given = (call.args[0] ?? {}) as Record<string, unknown>;
  const whole = Object.values(model.definition.indexes).filter(({ pk }) =>
    compositesOf(pk).every((name) => given[name] !== undefined && !isNothing(given[name])),
  );
  return whole.flatMap((index) => inKey(index, given, [])).some(isTextOnly);
}

/** Whether such a value is in one of the keys that a call makes. */
function holdsDate(test: Case, expected: Outcome): boolean {
  const { method, conversion } = test.call;
  // What is sought is in a key of the index that was chosen, or in a filter; what is stated, in those that an update writes.
  const isSearch = ["find", "match"].includes(method);
  const stated = test.call.steps.filter(({ name }) => name === "composite");
  const sources = isSearch ? [test.call.args[0]] : stated.map(({ args }) => args?.[0]);
  const texts = sources
    .flatMap((source) => Object.values((source ?? {}) as object))
    .filter(isTextOnly)
    .map((value) => String(revive(value)).toLowerCase());
  const written = isSearch ? /":(pk|sk\d)":"[^"]*"/g : /":\w+_u0":"[^"]*"/g;
  const keys = requestOf(expected).match(written)?.join().toLowerCase() ?? "";
  const isWritten = texts.some((text) => keys.includes(text));
  if (isSearch || isWritten) return isWritten;
  // Keys that are converted are made of all that is given, whatever is asked of them.
  if (method === "conversions" && conversion?.from !== "composite") return isInWholeKey(test);
  // Which keys are made of composites, only they tell, and what is made of them.
  const made: unknown = JSON.parse(expected.result ?? "null");
  if (method === "conversions") {
    const cursor = typeof made === "string" ? Buffer.from(made, "base64url") : expected.result;
    return /gmt[+-]\d{4}/i.test(String(cursor));
  }
  return compositesGiven(test).some(isTextOnly);
}

/** The index that a query names; of a collection, that of its first member. */
function indexOf({ call, model }: Pick<Case, "call" | "model">): IndexDefinition | undefined {
  const { indexes } = model.definition;
  return indexes[call.method === "collection" ? "placed" : (call.index ?? "")];
}

function withoutData(test: Case): Case {
  const steps = test.call.steps.filter(({ data }) => data === undefined);
  return { ...test, call: { ...test.call, steps } };
}

function withoutPager(test: Case): Case {
  const { pager: _taken, ...options } = test.call.options as Record<string, unknown>;
  return { ...test, call: { ...test.call, options } };
}

/** Every known difference of this kind. */
export const REFUSALS: KnownRefusal[] = [
  {
    name: "the pager `item`",
    reason:
      "3.9.3 takes it for a known one and fails with a TypeError, coded as the client's error",
    applies: (test, { refusal }) =>
      (refusal?.code === 4001 || (refusal?.phase === "go" && refusal.name === "TypeError")) &&
      (test.call.options as { pager?: unknown } | undefined)?.pager === "item" &&
      ["query", "scan", "find", "match"].includes(test.call.method),
    codes: [1010],
    without: withoutPager,
  },
  {
    name: '`pager: "item"` in a collection',
    reason: "3.9.3 sends the request and then crashes over its own options",
    applies: ({ call }, { refusal }) =>
      call.method === "collection" &&
      (refusal?.code === 4001 || (refusal?.phase === "go" && refusal.name === "TypeError")) &&
      (call.options as { pager?: unknown } | undefined)?.pager === "item",
    codes: [1010],
    without: withoutPager,
  },
  {
    name: "a clause with unbalanced brackets, or without any operator",
    reason:
      "3.9.3 sends the one to DynamoDB, where it changes what the other clauses mean, and drops the other: an unconditional write",
    applies: (test, expected) =>
      isBuilt(expected) &&
      !isBatch(test) &&
      clausesOf(test).some(
        (clause) => clause.tokens.length === 0 || isUnbalanced(outlineOf(clause)),
      ),
    codes: [1012],
  },
  {
    name: "a model that makes 3.9.3 throw a plain Error",
    reason:
      "a model that is not even of the right shape is refused by 3.9.3 with a crash that has no code",
    applies: (_test, expected) => isPlain(expected, "construct"),
    codes: [...Array.from({ length: 26 }, (_, at) => 1001 + at), 5001],
  },
  {
    name: "an operator of a data callback on an attribute of another type",
    reason:
      "3.9.3 throws a plain Error without a code, where the object form of the same operator gives 3001",
    applies: (_test, expected) =>
      isPlain(expected, "call") &&
      /^Invalid Update Attribute Operation/.test(expected.refusal?.message ?? ""),
    codes: [3001],
    without: withoutData,
  },
  {
    name: "a read-only part of a list or of what holds anything, in the object form of an update",
    reason: "3.9.3 throws a plain Error without a code, where its callbacks give 3001",
    applies: (_test, expected) =>
      isPlain(expected, "call") &&
      /is Read-Only and cannot be updated/.test(expected.refusal?.message ?? ""),
    codes: [3001],
  },
  {
    name: "`remove` of something that is no name",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: (test, expected) =>
      isPlain(expected, "call") &&
      test.call.steps.some(
        ({ name, args }) =>
          name === "remove" &&
          Array.isArray(args?.[0]) &&
          args[0].some((entry) => typeof entry !== "string"),
      ),
    codes: [3001, 1010],
  },
  {
    name: "a condition of batch writes",
    reason: "3.9.3 drops it without a word: an unconditional write",
    applies: (test, { refusal }) =>
      // Ours refuses it before it looks at the items.
      refusal?.phase !== "construct" &&
      isBatch(test) &&
      ["put", "delete"].includes(test.call.method) &&
      test.call.steps.some(({ clause, callback }) => clause ?? callback),
    codes: [1010],
    without: ({ call, ...test }) => ({ ...test, call: { ...call, steps: [] } }),
  },
  {
    name: "a batch with `null` where a key belongs",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: (test, expected) =>
      isPlain(expected, "call") && isBatch(test) && (test.call.args[0] as unknown[]).includes(null),
    codes: [2002, 3001],
  },
  {
    name: "`null` in place of the composites of a query",
    reason: "3.9.3 crashes with a bare TypeError",
    applies: (test, expected) =>
      isPlain(expected, "call") &&
      ["query", "collection"].includes(test.call.method) &&
      test.call.args[0] === null,
    codes: [2002],
  },
  {
    name: "`remove` with something else than a list",
    reason: "3.9.3 throws a plain Error without a code",
    applies: (_test, expected) =>
      isPlain(expected, "call") &&
      /^Update method 'remove' expects/.test(expected.refusal?.message ?? ""),
    codes: [1010],
  },
  {
    name: "an object or `null` for a string, in a data callback",
    reason:
      "3.9.3 stores what JavaScript makes of it, such as `[object Object]`, where the object form gives 3001",
    applies: (test, expected) =>
      isBuilt(expected) &&
      test.call.steps.some(({ data }) => data?.some((token) => isTextless(test, token))),
    codes: [3001],
  },
  {
    name: "such an object beside an index whose condition cannot be asked",
    reason: "the one is a mistake to us alone, and either may be named first",
    applies: (test, { refusal }) =>
      refusal?.code === 2012 &&
      test.call.steps.some(({ data }) => data?.some((token) => isTextless(test, token))),
    codes: [2012, 3001],
  },
  {
    name: "a conversion of nothing",
    reason:
      "3.9.3 crashes with a bare TypeError, though it names the mistake where it is not strict",
    applies: (test, expected) =>
      test.call.method === "conversions" && isPlain(expected, "call") && test.call.args[0] === null,
    codes: [2009],
  },
  {
    name: "a bigint in a cursor",
    reason: "3.9.3 crashes with a bare TypeError of JSON",
    applies: (test, expected) =>
      test.call.method === "conversions" &&
      isPlain(expected, "call") &&
      /BigInt/.test(expected.refusal?.message ?? ""),
    codes: [2007, 2009],
  },
  {
    name: "a date, a function or a regular expression as a part of a key",
    reason: "3.9.3 makes a key of its text, which of a date differs from one time zone to the next",
    applies: (test, expected) =>
      isBuilt(expected) &&
      // A scan makes keys of nothing that it is given.
      test.call.method !== "scan" &&
      (test.call.method === "conversions" || indexOf(test)?.type !== "composite") &&
      holdsDate(test, expected),
    codes: [3001],
  },
  {
    name: "a sort operator on an index whose keys are attributes and that has no sort key",
    reason: "3.9.3 drops the operator, and with it what the caller meant to narrow",
    applies({ call, model }, expected) {
      const index = model.definition.indexes[call.index ?? ""];
      const { type, sk } = index ?? {};
      // Facets as a text are a sort key, if one that such an index does not look at.
      const isEmpty = compositesOf(sk).length === 0 && typeof sk?.facets !== "string";
      if (!isBuilt(expected) || type !== "composite" || !isEmpty) return false;
      return call.steps.some(
        ({ name, args }) =>
          /^(between|[gl]te?)$/.test(name) &&
          // Over no composites at all, nothing is narrowed by nothing.
          (sk === undefined ||
            args?.some((given) => Object.keys((given ?? {}) as object).length > 0)),
      );
    },
    codes: [1012],
  },
  {
    name: "a sort operator without a sort key, or without a value for it",
    reason:
      "3.9.3 sends a condition on a placeholder that stands for nothing, which DynamoDB refuses always",
    applies: (_test, { result, sent }) =>
      [result ?? "", ...sent].some((text) =>
        [":sk1", ":sk2"].some(
          (name) => new RegExp(`${name}\\b`).test(text) && !text.includes(`"${name}":`),
        ),
      ),
    codes: [1012, 2002],
  },
];
