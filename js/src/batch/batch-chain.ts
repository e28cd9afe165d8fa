// What `get`, `put` and `delete` give for an array: a batch that can be looked at and sent. It has no conditions, because DynamoDB has none for batches.

import { buildBatch, readBatch, type Batch, type BatchOperation } from "./batch.js";
import { sendBatch } from "./batch-send.js";
import { withOwnership, type Options } from "../chain/chain.js";
import type { EntityCore } from "../entity/entity-core.js";
import { hookFailed, refuse } from "../error.js";
import { checkOptions } from "../send/options.js";
import { detachable } from "../chain/detachable.js";
import { named } from "../named.js";
import type { Params } from "../border/params.js";
import { isRecord } from "../tags.js";
import { whereClause } from "../chain/where.js";

/** One batch under construction. */
export class BatchChain {
  static {
    named(this, "BatchChain");
    detachable(this);
  }

  /** @internal */
  batch: Batch;

  /** @internal */
  constructor(
    readonly entity: EntityCore,
    operation: BatchOperation,
    given: readonly unknown[],
  ) {
    this.batch = readBatch(entity, operation, given);
  }

  /** A condition would be lost, and with it what it guards; only the drop-in's gets pass over it, as ElectroDB does. */
  where(callback: unknown): this {
    const { entity, batch } = this;
    try {
      if (!entity.dropIn || batch.operation !== "get") {
        throw refuse(
          entity.dropIn,
          "InvalidOptions",
          `A batch ${batch.operation} takes no \`where\`: DynamoDB has no conditions and no filters in batches`,
        );
      }
      whereClause(entity, callback);
    } catch (error) {
      const failure = { error: hookFailed(entity.dropIn, "The `where` callback", error) };
      if (batch.failure === undefined) this.batch = { ...batch, failure };
    }
    return this;
  }

  filter(callback: unknown): this {
    return this.where(callback);
  }

  params(given?: Options): readonly Params[] {
    const options = withOwnership(this.entity, this.batch, given);
    if (isRecord(options)) checkOptions(this.entity, options);
    return buildBatch(this.entity, this.batch, options, (head) => head).requests;
  }

  async go(given?: Options): Promise<unknown> {
    const options = withOwnership(this.entity, this.batch, given) ?? {};
    return await sendBatch(this.entity, this.batch, options);
  }
}
