// The Entity class as it runs; its public types are in types/entity.ts, and the entries put the two together.

import { queries, scan } from "./access-patterns.js";
import type { BatchOperation } from "../batch/batch.js";
import type { BatchChain } from "../batch/batch-chain.js";
import type { OperationName } from "../border/calls.js";
import {
  Chain,
  CheckChain,
  type QueryChain,
  UpdateChain,
  UpsertChain,
  record,
} from "../chain/chain.js";
import { recogniseClient } from "../send/client.js";
import type { Conversions } from "./conversions.js";
import { DefinedCore, type EntityCore } from "./entity-core.js";
import { fillDefaults } from "../hooks/defaults.js";
import { refuse } from "../error.js";
import { started } from "./given.js";
import { late } from "../late/late.js";
import { readListeners } from "../send/listeners.js";
import { CONFIGURATION, checkNames } from "../send/option-names.js";
import { parse, type ReadOptions } from "../read/read.js";
import { State } from "../chain/state.js";

/** The configuration of an entity, before types narrow it. */
export interface Configuration {
  client?: unknown;
  table?: unknown;
  identifiers?: { entity?: unknown; version?: unknown };
  logger?: unknown;
  listeners?: unknown;
  ignoreOwnership?: unknown;
}

/** What an entity stands on; it is a private field, because every call asks for it. */
export let coreOf: (entity: unknown) => DefinedCore;

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
    const client = recogniseClient(config.client, dropIn);
    const listeners = readListeners(config, dropIn);
    const core = new DefinedCore(definition, config.identifiers, dropIn);
    this.#core = core;
    const { runtime } = core;
    if (!dropIn) {
      const what = `The configuration of \`${runtime.plan.entity}\``;
      checkNames(Object.keys(config), CONFIGURATION, what, core.suggestion.bind(core));
    }
    runtime.client = client;
    runtime.table = tableOf(definition, config, dropIn);
    runtime.listeners = listeners;
    core.ignoresOwnership = dropIn
      ? Boolean(config.ignoreOwnership)
      : config.ignoreOwnership === true;
    const { entity, service, version } = runtime.plan;
    this.model = Object.defineProperty({ entity, service, version }, "schema", {
      value: undefined,
    });
    this.schema = definition;
    this.query = queries(core);
  }

  static {
    isEntity = (value): value is BaseEntity => #core in value;
    coreOf = (entity) => {
      if (typeof entity === "object" && entity !== null && #core in entity) return entity.#core;
      throw refuse(false, "InvalidModel", "This object is no entity of electroxide");
    };
  }

  get(key: unknown): Chain | BatchChain {
    return Array.isArray(key) ? batched(this.#core, "get", key) : keyed(this.#core, "get", key);
  }

  delete(key: unknown): Chain | BatchChain {
    return Array.isArray(key)
      ? batched(this.#core, "delete", key)
      : keyed(this.#core, "delete", key);
  }

  remove(key: unknown): Chain {
    return keyed(this.#core, "remove", key);
  }

  check(key: unknown): CheckChain {
    return new CheckChain(this.#core, keyState(this.#core, "check", key));
  }

  put(item: unknown): Chain | BatchChain {
    return Array.isArray(item)
      ? batched(this.#core, "put", item)
      : written(this.#core, "put", item);
  }

  create(item: unknown): Chain {
    return written(this.#core, "create", item);
  }

  upsert(item: unknown): UpsertChain {
    return new UpsertChain(this.#core, keyState(this.#core, "upsert", item));
  }

  update(key: unknown): UpdateChain {
    return new UpdateChain(this.#core, keyState(this.#core, "update", key));
  }

  patch(key: unknown): UpdateChain {
    return new UpdateChain(this.#core, keyState(this.#core, "patch", key));
  }

  get scan(): Chain {
    return scan(this.#core);
  }

  find(attributes: unknown): Chain {
    return late().find(this.#core, attributes);
  }

  match(attributes: unknown): Chain {
    return late().match(this.#core, attributes);
  }

  parse(raw: unknown, options?: ReadOptions): unknown {
    return parse(this.#core.runtime, raw, options);
  }

  get conversions(): Conversions {
    return (this.#conversions ??= late().conversionsOf(this.#core));
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

/** The table that the configuration names, or else the model, which ElectroDB reads it from, too. */
function tableOf(
  { table: ofModel }: { table?: unknown },
  { table }: Configuration,
  dropIn: boolean,
): string | undefined {
  if (ofModel !== undefined && typeof ofModel !== "string")
    throw refuse(dropIn, "InvalidModel", "The model's `table` has to be a table's name");
  return typeof table === "string" && table !== "" ? table : ofModel;
}

function keyState(core: EntityCore, operation: OperationName, key: unknown): State {
  const { runtime, dropIn } = core;
  const failure =
    Array.isArray(key) && !dropIn
      ? { error: refuse(dropIn, "InvalidOptions", `\`${operation}\` takes one item at a time`) }
      : undefined;
  const { primary } = runtime.plan;
  // What is written whole has its own copy in its defaults.
  const isWhole = operation === "put" || operation === "create";
  return isWhole
    ? new State(operation, primary, record(key), undefined, failure)
    : started(core, operation, primary, key, failure);
}

function batched(
  core: EntityCore,
  operation: BatchOperation,
  given: readonly unknown[],
): BatchChain {
  return new (late().BatchChain)(core, operation, given);
}

function keyed(core: EntityCore, operation: OperationName, key: unknown): Chain {
  return new Chain(core, keyState(core, operation, key));
}

/** Defaults are made when the method is called: a chain's `params` and `go` have to agree on them. */
function written(core: EntityCore, operation: OperationName, item: unknown): Chain {
  const state = keyState(core, operation, item);
  if (state.failure !== undefined) return new Chain(core, state);
  try {
    const filled = fillDefaults(core.runtime, item);
    return new Chain(core, new State(operation, state.index, state.key, filled, undefined));
  } catch (error) {
    return new Chain(core, state.withFailure(error));
  }
}
