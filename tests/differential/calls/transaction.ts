/** Generates transactions: one rich item among plain ones of two entities, their options, and every way in which they end. */
import type { Call, Transaction, TransactionItem } from "../case";
import type { Model } from "../model";
import type { Random } from "../random";
import { crudCall } from "./crud";
import { itemOf, keyOf, type Attributes } from "./item";
import { readOptions, writeOptions } from "./options";
import { storedItem } from "./parse";
import { updateCall } from "./update";
import { wheresOf } from "./where";

/** The name of the twin: the same model as another entity. */
export const twinOf = (entity: string) => `${entity}twin`;

function twinModel(model: Model): Model {
  const { definition } = model;
  const entity = twinOf(definition.model.entity);
  return { ...model, definition: { ...definition, model: { ...definition.model, entity } } };
}

function getCall(random: Random, model: Model): Call {
  const sloppy = random.chance(0.1) ? 0.1 : 0;
  return {
    ...{ method: "get", args: [keyOf(random, model, sloppy)], steps: [] },
    options: readOptions(random, model, false),
  };
}

function checkCall(random: Random, model: Model): Call {
  return {
    ...{ method: "check", args: [keyOf(random, model, 0)], steps: wheresOf(random, model, 0.9) },
    options: writeOptions(random),
  };
}

function writeCall(random: Random, model: Model): Call {
  const call = random.pick([crudCall, crudCall, updateCall, updateCall, checkCall])(random, model);
  return call.method === "get" ? checkCall(random, model) : call;
}

/** An item of which nothing but its kind and its key is told. */
function plainItem(random: Random, model: Model, kind: Transaction["kind"]): TransactionItem {
  const method = kind === "get" ? "get" : random.pick(["delete", "remove", "put", "delete"]);
  const isPut = method === "put";
  const args = [isPut ? itemOf(random, model, 0) : keyOf(random, model, 0)];
  const options = random.chance(0.3) && kind === "write" ? { response: "all_old" } : undefined;
  return { isTwins: random.chance(0.5), call: { method, args, steps: [], options } };
}

function transactionOptions(random: Random, kind: Transaction["kind"]): unknown {
  if (random.chance(0.5)) return undefined;
  if (random.chance(0.02)) return null;
  const options: Attributes = {};
  if (random.chance(0.4)) options.token = random.pick<unknown>(["token", "", 5, null]);
  if (random.chance(0.3)) options.data = random.pick(["raw", "includeKeys", "attributes"]);
  if (random.chance(0.1)) options.table = "other";
  if (random.chance(0.1)) options.params = { ReturnConsumedCapacity: "TOTAL" };
  if (random.chance(0.1)) options.unknownOption = true;
  if (random.chance(0.1)) options.originalErr = true;
  if (random.chance(0.1)) options.response = random.pick(["none", "all_old"]);
  if (random.chance(0.1) && kind === "get") options.ignoreOwnership = true;
  return options;
}

const CODES = [
  ...["ConditionalCheckFailed", "ItemCollectionSizeLimitExceeded", "TransactionConflict"],
  ...["ProvisionedThroughputExceeded", "ThrottlingError", "ValidationError", "Unheard"],
];

/** Why an item was rejected, or that it was not; with the item as it is stored, which the stub puts in DynamoDB's notation. */
function reason(random: Random, stored: () => unknown): unknown {
  if (random.chance(0.45)) return random.pick<unknown>([{ Code: "None" }, { Code: "None" }, {}]);
  const told: Attributes = { Code: random.pick(CODES) };
  if (random.chance(0.8)) told.Message = random.pick<unknown>(["told", "", null]);
  if (random.chance(0.5)) told.Item = random.chance(0.9) ? stored() : {};
  return told;
}

function answerOf(random: Random, model: Model, transaction: Transaction): unknown {
  const failure = (name: string) => ({ $failure: name, message: "refused" });
  if (random.chance(0.05)) return failure("TransactionInProgressException");
  const { before, after, kind } = transaction;
  const models = [...before, { isTwins: false }, ...after].map(({ isTwins }) =>
    isTwins ? twinModel(model) : model,
  );
  if (random.chance(kind === "get" ? 0.2 : 0.6)) {
    const isOther = random.chance(0.1);
    const name = isOther ? "IdempotentParameterMismatchException" : "TransactionCanceledException";
    const reasons = models.map((own) => reason(random, () => storedItem(random, own)));
    // Who stands between may tell of less than DynamoDB does.
    if (random.chance(0.03)) reasons.splice(random.below(reasons.length));
    return random.chance(0.02) ? failure(name) : { ...failure(name), $reasons: reasons };
  }
  if (kind === "write") return random.pick([{}, { ConsumedCapacity: [] }]);
  const responses = models.map((own) =>
    random.chance(0.8) ? { Item: storedItem(random, own) } : {},
  );
  return { Responses: responses };
}

const FORMS = [
  ...(["first", "promise", "nested", "open", "none"] as const),
  ...(["hole", "mixed", "absent", "text", "uncallable"] as const),
];

/** One transaction, which is sent most of the time. */
export function transactionCall(random: Random, model: Model): Call {
  const kind = random.chance(0.3) ? "get" : "write";
  const plain = (most: number): TransactionItem[] =>
    Array.from({ length: random.between(0, most) }, () => plainItem(random, model, kind));
  const transaction: Transaction = {
    ...{ kind, via: random.chance(0.25) ? "service" : "function" },
    ...{ before: plain(2), after: plain(2), options: transactionOptions(random, kind) },
  };
  if (random.chance(0.004)) {
    transaction.after = Array.from({ length: 100 }, () => plainItem(random, model, kind));
  }
  if (random.chance(0.04)) transaction.form = random.pick(FORMS);
  if (transaction.form === "mixed")
    transaction.after.push(plainItem(random, model, kind === "get" ? "write" : "get"));
  const call = kind === "get" ? getCall(random, model) : writeCall(random, model);
  const answers = random.chance(0.65) ? [answerOf(random, model, transaction)] : undefined;
  return { ...call, transaction, answers };
}
