// Transactions over the entities of a service, or over some without one: what is in them, and the one request they become.

import { refused, runChecks, tableOf, writeCall, type Prepared } from "./build.js";
import { COMMITTED, type OperationName } from "./calls.js";
import { recogniseClient, takesNativeSets, type Client } from "./client.js";
import type { Committed } from "./commit.js";
import { Refusal } from "./core.js";
import { coreOf, type BaseEntity } from "./entity.js";
import type { EntityCore } from "./entity-core.js";
import { positioned, refuse } from "./error.js";
import type { Params } from "./params.js";
import type { Member } from "./service-core.js";
import { isRecord, type Members } from "./tags.js";
import { Together, type Answered } from "./together.js";
import { checkKeys, checkTransactionOptions, collect } from "./transaction-items.js";
import { sendTransaction } from "./transaction-send.js";

/** The entities that a transaction or batch may be about, and what they are sent with. */
export interface Scope {
  readonly dropIn: boolean;
  readonly members: ReadonlyMap<string, Member>;
  readonly client: Client | undefined;
  readonly table: string | undefined;
  /** What error messages say of a name that is none of these. */
  suggestion(name: string, names: readonly string[]): string;
}

/** Whether a transaction reads or writes. */
export type TransactionKind = "get" | "write";

/** What users make of it: a callback over the entities, or, of gets, a list of keys by entity. */
export class Transaction {
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
    const client = clientFor(scope, items, options["client"]);
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

/** The client of a transaction: its own, the service's, or that of the first entity that has one. */
function clientFor(
  { dropIn, client, members }: Scope,
  items: readonly Committed[],
  given: unknown,
): Client | undefined {
  if (given !== undefined) return recogniseClient(given, dropIn);
  if (client !== undefined) return client;
  for (const { core } of members.values()) {
    if (core.runtime.client !== undefined) return core.runtime.client;
  }
  return items.find(({ entity }) => entity.runtime.client !== undefined)?.entity.runtime.client;
}

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
    const { entity, prepared } = items[position] as Committed;
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
  const table = tableFor(entity, own, scope, options, position);
  const native = client?.nativeSets ?? takesNativeSets(entity.runtime, undefined);
  const params = answered.params(position, entity.shaper(native), table);
  const extra = own?.["params"];
  return isRecord(extra) ? { ...params, ...extra } : params;
}

/** The table of an item: its own, in the main entry else the transaction's, else the entity's, else the service's. */
function tableFor(
  entity: EntityCore,
  own: Committed["options"],
  { dropIn, table }: Scope,
  options: Members,
  position: number,
): string {
  const given = own?.["table"] ?? (dropIn ? undefined : options["table"]);
  try {
    return tableOf(
      entity,
      given === undefined ? { table: entity.runtime.table ?? table } : { table: given },
    );
  } catch (error) {
    throw positioned(entity.dropIn, error, position);
  }
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
    suggestion: (name, names) => String(first.core.core.ask("suggestion", name, ...names)),
  };
  return new Transaction(scope, kind, source);
}
