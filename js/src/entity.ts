// The Entity class as it runs; its public types are in types/entity.ts, and the entries put the two together.

import type { BatchOperation } from "./batch.js";
import { BatchChain } from "./batch-chain.js";
import { Chain, CheckChain, QueryChain, UpdateChain, record } from "./chain.js";
import type { OperationName } from "./calls.js";
import { recogniseClient } from "./client.js";
import { conversionsOf, type Conversions } from "./conversions.js";
import { DefinedCore } from "./entity-core.js";
import { fillDefaults } from "./defaults.js";
import { refuse } from "./error.js";
import { keySlots } from "./index-conditions.js";
import { readListeners } from "./listeners.js";
import { accessPatterns } from "./names.js";
import { parse, type ReadOptions } from "./read.js";
import type { EntityRuntime } from "./runtime.js";
import { State } from "./state.js";
import { define, ownMember } from "./tags.js";

/** The configuration of an entity, before types narrow it. */
export interface Configuration {
  client?: unknown;
  table?: unknown;
  identifiers?: { entity?: unknown; version?: unknown };
  logger?: unknown;
  listeners?: unknown;
}

/** What an entity stands on; it is a private field, because every call asks for it. */
export let coreOf: (entity: object) => DefinedCore;

/** Whether this is an entity of either entry. */
export let isEntity: (value: object) => value is BaseEntity;

/** One kind of item in a table. */
export abstract class BaseEntity {
  #core: DefinedCore;
  #conversions: Conversions | undefined;
  readonly model: object;
  readonly schema: object;
  readonly query: Record<string, (composites?: unknown) => QueryChain>;

  constructor(definition: object, configuration: Configuration | undefined, dropIn: boolean) {
    const config = configuration ?? {};
    const core = new DefinedCore(definition, config.identifiers, dropIn);
    this.#core = core;
    const { runtime } = core;
    runtime.client = recogniseClient(config.client, dropIn);
    runtime.table = typeof config.table === "string" ? config.table : undefined;
    runtime.listeners = readListeners(config, dropIn);
    const { entity, service, version } = runtime.plan;
    this.model = Object.defineProperty({ entity, service, version }, "schema", {
      value: undefined,
    });
    this.schema = definition;
    this.query = queries(this, core);
  }

  static {
    isEntity = (value): value is BaseEntity => #core in value;
    coreOf = (entity) => {
      if (#core in entity) return entity.#core;
      throw refuse(false, "InvalidModel", "This object is no entity of electroxide");
    };
  }

  get(key: unknown): Chain | BatchChain {
    return Array.isArray(key) ? batched(this, "get", key) : keyed(this, "get", key);
  }

  delete(key: unknown): Chain | BatchChain {
    return Array.isArray(key) ? batched(this, "delete", key) : keyed(this, "delete", key);
  }

  remove(key: unknown): Chain {
    return keyed(this, "remove", key);
  }

  check(key: unknown): CheckChain {
    return new CheckChain(coreOf(this), keyState(this, "check", key));
  }

  put(item: unknown): Chain | BatchChain {
    return Array.isArray(item) ? batched(this, "put", item) : written(this, "put", item);
  }

  create(item: unknown): Chain {
    return written(this, "create", item);
  }

  upsert(item: unknown): UpdateChain {
    return new UpdateChain(this.#core, keyState(this, "upsert", item));
  }

  update(key: unknown): UpdateChain {
    return new UpdateChain(this.#core, keyState(this, "update", key));
  }

  patch(key: unknown): UpdateChain {
    return new UpdateChain(this.#core, keyState(this, "patch", key));
  }

  get scan(): Chain {
    return new Chain(this.#core, keyState(this, "scan", {}));
  }

  parse(raw: unknown, options?: ReadOptions): unknown {
    return parse(this.#core.runtime, raw, options);
  }

  get conversions(): Conversions {
    return (this.#conversions ??= conversionsOf(this.#core));
  }

  setClient(client: unknown): void {
    const { runtime, dropIn } = this.#core;
    const recognised = recogniseClient(client, dropIn);
    if (recognised !== undefined) runtime.client = recognised;
  }

  setTableName(table: unknown): void {
    this.#core.runtime.table = typeof table === "string" ? table : undefined;
  }

  getTableName(): string | undefined {
    return this.#core.runtime.table;
  }

  setIdentifier(identifier: unknown, field: unknown): void {
    const core = this.#core;
    if (identifier !== "entity" && identifier !== "version") {
      const message = "An identifier is either `entity` or `version`";
      throw refuse(core.dropIn, "InvalidIdentifier", message);
    }
    core.setIdentifier(identifier, field);
  }
}

function keyState(entity: BaseEntity, operation: OperationName, key: unknown): State {
  const { runtime, dropIn } = coreOf(entity);
  const failure =
    Array.isArray(key) && !dropIn
      ? { error: refuse(dropIn, "InvalidOptions", `\`${operation}\` takes one item at a time`) }
      : undefined;
  const { primary } = runtime.plan;
  // What is written whole has its own copy in its defaults.
  const isWhole = operation === "put" || operation === "create";
  return isWhole
    ? new State(operation, primary, record(key), undefined, failure)
    : started(runtime, operation, primary, key, failure);
}

/** The state of a call on what these values name; a getter that throws is the call's failure. */
export function started(
  runtime: EntityRuntime,
  operation: OperationName,
  index: number,
  given: unknown,
  failure: State["failure"],
): State {
  try {
    return new State(operation, index, snapshot(runtime, index, given), undefined, failure);
  } catch (error) {
    return new State(operation, index, {}, undefined, { error });
  }
}

/** A chain's own copy of what names its item: a caller's object may name another one by the time of `go`. */
function snapshot({ plan }: EntityRuntime, number: number, given: unknown): object {
  const values = record(given) as Record<string, unknown>;
  const copy = { ...values };
  const index = plan.indexes[number];
  if (Object.getPrototypeOf(values) === Object.prototype || index === undefined) return copy;
  // Getters of a class are no members of the object itself.
  for (const slot of keySlots(index)) {
    const name = plan.attributes[slot]?.name ?? "";
    if (!Object.hasOwn(copy, name)) define(copy, name, ownMember(values, name));
  }
  return copy;
}

function batched(
  entity: BaseEntity,
  operation: BatchOperation,
  given: readonly unknown[],
): BatchChain {
  return new BatchChain(coreOf(entity), operation, given);
}

function keyed(entity: BaseEntity, operation: OperationName, key: unknown): Chain {
  return new Chain(coreOf(entity), keyState(entity, operation, key));
}

/** Defaults are made when the method is called: a chain's `params` and `go` have to agree on them. */
function written(entity: BaseEntity, operation: OperationName, item: unknown): Chain {
  const core = coreOf(entity);
  const state = keyState(entity, operation, item);
  if (state.failure !== undefined) return new Chain(core, state);
  try {
    const filled = fillDefaults(core.runtime, item);
    return new Chain(core, new State(operation, state.index, state.key, filled, undefined));
  } catch (error) {
    return new Chain(core, state.withFailure(error));
  }
}

/** The access patterns. In the main entry a name that is none is refused instead of being no function. */
function queries(entity: BaseEntity, core: DefinedCore): BaseEntity["query"] {
  const { indexes } = core.runtime.plan;
  const own = Object.create(core.dropIn ? null : accessPatterns(core)) as BaseEntity["query"];
  for (const { name, number } of indexes) {
    Object.defineProperty(own, name, {
      enumerable: true,
      configurable: true,
      writable: true,
      value: (composites?: unknown) =>
        new QueryChain(
          coreOf(entity),
          started(core.runtime, "query", number, composites, undefined),
        ),
    });
  }
  return own;
}
