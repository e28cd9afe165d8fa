// One item of a transaction: what a chain says, with its own options. It is written and sent with the others, by transaction.ts.

import { checkOptionsGiven, prepare, type Prepared } from "../chain/build.js";
import type { EntityCore } from "../entity/entity-core.js";
import { named } from "../named.js";
import type { State } from "../chain/state.js";
import type { Members } from "../tags.js";

/** One operation that waits for the others of its transaction. */
export class Committed {
  static {
    named(this, "Committed");
  }

  /** What hooks made of its values. */
  readonly prepared: Prepared | undefined;
  /** What it is refused for, when its turn comes. */
  readonly failure: { readonly error: unknown } | undefined;

  /** Hooks run here, in the order in which the items are committed. */
  constructor(
    readonly entity: EntityCore,
    readonly state: State,
    readonly options: Members | null | undefined,
  ) {
    this.failure = state.failure;
    if (this.failure !== undefined) return;
    try {
      this.prepared = prepared(entity, state, options);
    } catch (error) {
      this.failure = { error };
    }
  }
}

function prepared(entity: EntityCore, state: State, options: Members | null | undefined): Prepared {
  checkOptionsGiven(entity, options);
  return prepare(entity, state, options);
}
