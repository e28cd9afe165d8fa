// Transactions over the entities of a service, or over some without one: what is in them, and the one request they become.

import { refused, runChecks, writeCall, type Prepared } from "../chain/build.js";
import { COMMITTED, type OperationName } from "../border/calls.js";
import { takesNativeSets, type Client } from "../send/client.js";
import type { Committed } from "./commit.js";
import { Refusal } from "../border/instance.js";
import { coreOf, type BaseEntity } from "../entity/entity.js";
import { positioned, refuse } from "../error.js";
import { detachable } from "../chain/detachable.js";
import { named } from "../named.js";
import type { Params } from "../border/params.js";
import { clientFor, tableFor, type Scope } from "../service/scope.js";
import type { Member } from "../service/service-core.js";
import { isRecord, type Members } from "../tags.js";
import { Together, type Answered } from "../border/together.js";
import { checkKeys, checkTransactionOptions, collect } from "./transaction-items.js";
import { sendTransaction } from "./transaction-send.js";

/** Whether a transaction reads or writes. */
export type TransactionKind = "get" | "write";

/** What users make of it: a callback over the entities, or, of gets, a list of keys by entity. */
export class Transaction {
  static {
    named(this, "Transaction");
    detachable(this);
  }

  constructor(
    private readonly scope: Scope,
    private readonly kind: TransactionKind,
    private readonly source: unknown,
  ) {}

  params(options?: Members | null): Params {
    return this.build(options ?? {}).params;
  }

  async go(options?: Members | null): Promise<unknown> {
    const given = options ?? {};
    const { items, params, client } = this.build(given);
    const { scope, kind } = this;
    return await sendTransaction({ scope, kind, items, params, client, options: given });
  }

  private build(options: Members): BuiltTransaction {
    const { scope, kind } = this;
    checkTransactionOptions(scope, kind, options);
    const items = collect(scope, kind, this.source);
    const entities = items.map(({ entity }) => entity);
    const client = clientFor(scope, entities, options["client"]);
    const requests = buildItems(items, { scope, client, options });
    if (!scope.dropIn) checkKeys(items, requests);
    const actions = items.map(({ state }, at) => ({ [ACTIONS[state.operation]]: requests[at] }));
    const params: Params = { TransactItems: actions };
    const { token } = options;
    if (typeof token === "string" && token !== "") params["ClientRequestToken"] = token;
    // ElectroDB lays nothing over the request of a transaction.
    const extra = scope.dropIn ? undefined : options["params"];
    return { items, params: isRecord(extra) ? { ...params, ...extra } : params, client };
  }
}

interface BuiltTransaction {
  readonly items: readonly Committed[];
  readonly params: Params;
  readonly client: Client | undefined;
}

/** DynamoDB's names for the operations within a transaction. */
const ACTIONS: Readonly<Record<OperationName, string>> = {
  ...{ get: "Get", query: "Query", search: "Query", scan: "Scan" },
  ...{ put: "Put", create: "Put", upsert: "Update", update: "Update", patch: "Update" },
  ...{ delete: "Delete", remove: "Delete", check: "ConditionCheck" },
};

interface Surroundings {
  readonly scope: Scope;
  readonly client: Client | undefined;
  readonly options: Members;
}

/**
 * The requests of all items, in one crossing.
 * @throws What the first item at fault is refused for, with its position.
 */
export function buildItems(items: readonly Committed[], around: Surroundings): Params[] {
  const unprepared = items.findIndex(({ prepared }) => prepared === undefined);
  const count = unprepared < 0 ? items.length : unprepared;
  const answered = cross(items, count);
  items.slice(0, count).forEach(checkValues);
  const failing = items[count];
  if (failing !== undefined) {
    throw positioned(failing.entity.dropIn, failing.failure?.error, count);
  }
  return items.map((item, at) => requestOf(item, at, answered, around));
}

function cross(items: readonly Committed[], count: number): Answered {
  const together = Together.open();
  let at = 0;
  try {
    for (; at < count; at++) {
      const { entity, state, options, prepared } = items[at] as Committed;
      writeCall(entity, state, prepared as Prepared, options, together.begin(entity), COMMITTED);
    }
    return together.run();
  } catch (error) {
    const position = error instanceof Refusal ? error.position : at;
    items.slice(0, position).forEach(checkValues);
    const failed = items[position];
    // All were written when the stack was exhausted: it is no item's fault.
    if (failed === undefined) throw error;
    const { entity, prepared } = failed;
    throw positioned(entity.dropIn, refused(entity, prepared as Prepared, error), position);
  } finally {
    together.close();
  }
}

/** Asks the validators of an item. */
function checkValues({ entity, prepared }: Committed, position: number): void {
  try {
    runChecks(entity.runtime, prepared as Prepared);
  } catch (error) {
    throw positioned(entity.dropIn, error, position);
  }
}

function requestOf(
  { entity, options: own }: Committed,
  position: number,
  answered: Answered,
  { scope, client, options }: Surroundings,
): Params {
  // An item's own table comes before that of the transaction, which ElectroDB has none for.
  const given = own?.["table"] ?? (scope.dropIn ? undefined : options["table"]);
  let table: string;
  try {
    table = tableFor(entity, scope, given);
  } catch (error) {
    throw positioned(entity.dropIn, error, position);
  }
  const native = client?.nativeSets ?? takesNativeSets(entity.runtime, undefined);
  const params = answered.params(position, entity.shaper(native), table);
  const extra = own?.["params"];
  return isRecord(extra) ? { ...params, ...extra } : params;
}

/** The two kinds of transactions, as a service has them. */
export interface Transactions {
  get(source: unknown): Transaction;
  write(source: unknown): Transaction;
}

/** `service.transaction`. */
export function transactionsOf(scope: Scope): Transactions {
  return {
    get: (source) => new Transaction(scope, "get", source),
    write: (source) => new Transaction(scope, "write", source),
  };
}

/** `createWriteTransaction` and `createGetTransaction`: a transaction over entities that need no service. */
export function createTransaction(
  kind: TransactionKind,
  entities: unknown,
  source: unknown,
): Transaction {
  const given = isRecord(entities) ? (entities as Record<string, BaseEntity>) : {};
  const members = new Map<string, Member>();
  for (const [name, entity] of Object.entries(given)) {
    members.set(name, { name, entity, core: coreOf(entity) });
  }
  const [first, ...others] = [...members.values()];
  if (first === undefined) {
    throw refuse(false, "InvalidModel", "A transaction needs entities: `{ user: User }`");
  }
  const { dropIn } = first.core;
  const other = others.find(({ core }) => core.dropIn !== dropIn);
  if (other !== undefined) {
    const message = `The entity \`${other.name}\` comes from the other entry of this package than \`${first.name}\``;
    throw refuse(dropIn, "InvalidModel", message);
  }
  const scope: Scope = {
    ...{ dropIn, members, client: undefined, table: undefined },
    suggestion: (name, names) => first.core.suggestion(name, names),
  };
  return new Transaction(scope, kind, source);
}
