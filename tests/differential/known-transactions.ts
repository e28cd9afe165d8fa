/** What differs of transactions on purpose, and how what is known of single calls is asked of the call among a transaction's items. */
import { canonical } from "../models/tagged";
import type { Call, Case, TransactionItem } from "./case";
import { inAnswers, inRequests, withCall, type Correction } from "./correction";
import type { KnownRefusal } from "./known-refusals";
import { run, type Library, type Outcome } from "./run";
import { itemsOf } from "./transact";

type Loose = Record<string, unknown>;

/** The call of a transaction as if it stood alone; a check is rendered like a delete. Sets are as the client has them. */
function alone(test: Case): Case {
  const { method, answers } = test.call;
  const call: Partial<Call> = { transaction: undefined, answers: undefined };
  const model = answers === undefined ? test.model : { ...test.model, client: true };
  return withCall({ ...test, model }, { ...call, method: method === "check" ? "delete" : method });
}

interface Alone {
  plain: Case;
  expected: Promise<Outcome>;
}

const asked = new WeakMap<Case, Alone>();

/** The call alone with what 3.9.3 makes of it, which every entry wants to know. */
function askedAlone(test: Case, theirs: Library): Alone {
  const known = asked.get(test);
  if (known) return known;
  const plain = alone(test);
  const found = { plain, expected: run(plain, theirs) };
  asked.set(test, found);
  return found;
}

/** What a correction makes of a case; one that knows nothing of transactions is asked about the call alone. */
export async function corrected(
  entry: Correction,
  test: Case,
  theirs: Library,
  expected: Outcome,
): Promise<Case | null> {
  const { method, transaction, answers } = test.call;
  if (!transaction || entry.ofTransactions || entry.ofModel) {
    return entry.correct(test, theirs, expected);
  }
  if (hasNoItems(test)) return null;
  const { plain, expected: own } = askedAlone(test, theirs);
  // The hooks of all items are called.
  const next = await entry.correct(plain, theirs, { ...(await own), trace: expected.trace });
  return next && withCall(next, { method, transaction, answers });
}

/** Whether the case's own call is no part of its transaction. */
const hasNoItems = ({ call }: Case) => call.transaction?.form === "none";

/** The request with the part of the case's own call changed, or with all of its parts. */
function withPart(text: string, at: number | null, change: (part: string) => string): string {
  const request = JSON.parse(text) as { TransactItems?: unknown } | null;
  const items = request?.TransactItems;
  if (!Array.isArray(items)) return text;
  const changed = (items as Loose[]).map((item, position) => {
    if (at !== null && position !== at) return item;
    return Object.fromEntries(
      Object.entries(item).map(([action, part]) => [
        action,
        JSON.parse(change(JSON.stringify(part))) as unknown,
      ]),
    );
  });
  return canonical({ ...request, TransactItems: changed });
}

/** Undoes a correction in the answer; in a transaction, in the part of the case's own call. */
export function restored(entry: Correction, outcome: Outcome, test: Case): Outcome {
  const { transaction } = test.call;
  const { restore } = entry;
  if (!restore) return outcome;
  if (!transaction || entry.ofTransactions || entry.ofModel) return restore(outcome, test);
  const plain = alone(test);
  const { trace } = restore({ ...outcome, result: null, sent: [] }, plain);
  const answered = inRequests(outcome, (text) =>
    withPart(
      text,
      entry.ofAllItems ? null : transaction.before.length,
      (part) => restore({ ...outcome, result: part, sent: [] }, plain).result ?? part,
    ),
  );
  return { ...answered, trace };
}

/** Whether a refusal applies; one that knows nothing of transactions is asked about the call alone. */
export async function isRefused(
  entry: KnownRefusal,
  test: Case,
  theirs: Library,
  expected: Outcome,
): Promise<boolean> {
  if (!test.call.transaction || entry.ofTransactions) return entry.applies(test, expected);
  if (hasNoItems(test)) return false;
  const { plain, expected: own } = askedAlone(test, theirs);
  return entry.applies(plain, await own);
}

const isCancelled = ({ call }: Case) =>
  (call.answers ?? []).some((answer) => (answer as Loose).$reasons !== undefined);

function optionsOf({ call }: Case): Loose {
  return (call.transaction?.options ?? {}) as Loose;
}

const cancelledRaw: Correction = {
  name: "a cancelled transaction, raw",
  reason: "3.9.3 says that it was not cancelled",
  ofTransactions: true,
  correct: (test) =>
    test.call.transaction && isCancelled(test) && optionsOf(test).data === "raw" ? test : null,
  restore: (outcome) =>
    outcome.sent.length === 0
      ? outcome
      : inAnswers(outcome, (text) => text.replace('{"canceled":false,', '{"canceled":true,')),
};

const openItems: Correction = {
  name: "items without `commit`",
  reason: "3.9.3 sends their methods in place of what they say, which writes nothing",
  ofTransactions: true,
  isUnordered: true,
  correct(test) {
    const { transaction } = test.call;
    if (transaction?.form !== "open") return null;
    // Without `commit` there are no options, either.
    const bare = (item: TransactionItem) => ({
      ...item,
      call: { ...item.call, options: undefined },
    });
    const before = transaction.before.map(bare);
    const after = transaction.after.map(bare);
    return withCall(test, {
      options: undefined,
      transaction: { ...transaction, form: undefined, before, after },
    });
  },
};

/** A get's part with the identifiers projected, in which 3.9.3 would look for them. */
function identified(part: string, { model }: Case): string {
  const get = JSON.parse(part) as Loose;
  if (typeof get.ProjectionExpression !== "string") return part;
  const names = get.ExpressionAttributeNames as Record<string, string>;
  const projected = get.ProjectionExpression.split(", ").map((name) => names[name]);
  const { entity = "__edb_e__", version = "__edb_v__" } = model.identifiers ?? {};
  for (const field of [entity, version]) {
    if (projected.includes(field)) continue;
    const plain = `#${field.replace(/\W/g, "")}`;
    let name = plain;
    for (let n = 2; name in names && names[name] !== field; n++) name = `${plain}_${n}`;
    names[name] = field;
    get.ProjectionExpression = `${String(get.ProjectionExpression)}, ${name}`;
  }
  return canonical(get);
}

const projection: Correction = {
  name: "a projection in a transaction",
  reason:
    "3.9.3 does not ask for the identifiers and takes every item that comes without them for another entity's",
  ofTransactions: true,
  correct(test) {
    const { data, ignoreOwnership } = optionsOf(test);
    if (test.call.transaction?.kind !== "get" || data === "raw" || ignoreOwnership) return null;
    const { attributes } = (test.call.options ?? {}) as Loose;
    return Array.isArray(attributes) && attributes.length > 0 ? test : null;
  },
  restore: (outcome, test) => ({
    ...outcome,
    sent: inRequests(outcome, (text) =>
      withPart(text, test.call.transaction?.before.length ?? 0, (part) => identified(part, test)),
    ).sent,
  }),
};

const nothingAround: Correction = {
  name: "`null` in place of a transaction's options",
  reason: "3.9.3 crashes with a bare TypeError over it in `params`",
  ofTransactions: true,
  correct({ call, ...test }) {
    const { transaction } = call;
    if (transaction?.options !== null) return null;
    return { ...test, call: { ...call, transaction: { ...transaction, options: undefined } } };
  },
};

export const TRANSACTION_CORRECTIONS: Correction[] = [
  nothingAround,
  cancelledRaw,
  openItems,
  projection,
];

const MOST = 100;

export const TRANSACTION_REFUSALS: KnownRefusal[] = [
  {
    name: "a callback that returns no list of operations",
    reason: "3.9.3 sends nothing or nonsense, and says that all was written",
    ofTransactions: true,
    applies: ({ call }, { refusal }) =>
      refusal?.phase !== "construct" &&
      ["first", "promise", "nested", "hole", "absent", "text"].includes(
        call.transaction?.form ?? "",
      ),
    codes: [1010],
  },
  {
    name: "a callback that is none",
    reason: "3.9.3 crashes with a bare TypeError",
    ofTransactions: true,
    applies: ({ call }, { refusal }) =>
      refusal?.phase !== "construct" && call.transaction?.form === "uncallable",
    codes: [1010],
  },
  {
    name: "a get among writes, or a write among gets",
    reason: "3.9.3 sends it, and DynamoDB refuses such a transaction always",
    ofTransactions: true,
    applies: ({ call }, { refusal }) =>
      refusal?.phase !== "construct" && call.transaction?.form === "mixed",
    codes: [1010],
  },
  {
    name: "more than 100 items",
    reason: "3.9.3 sends them, and DynamoDB refuses them always",
    ofTransactions: true,
    applies: ({ call }) =>
      call.transaction !== undefined &&
      call.transaction.form !== "none" &&
      itemsOf(call.transaction, call).length > MOST,
    codes: [1010],
  },
];
