// What a chain has been told so far: plain data, which `build.ts` turns into a request.

import type { OperationName } from "../border/calls.js";
import type { Action } from "./data.js";
import type { FilledItem } from "../hooks/defaults.js";
import type { Clause } from "./tokens.js";

/** The sort condition of a query. */
export interface SortState {
  operator: number;
  lower: object;
  upper: object | undefined;
}

const NO_ACTIONS: readonly Action[] = [];
const NO_CLAUSES: readonly Clause[] = [];

/**
 * The state of a chain, which never changes. Every copy is made by the constructor, so that all states have one hidden
 * class: chains are the hot path, and copying by spread takes several times as long.
 */
export class State {
  constructor(
    readonly operation: OperationName,
    /** The number of the index. */
    readonly index: number,
    /** The key attributes, or a query's composites. */
    readonly key: object,
    /** The item to write, its defaults filled in. */
    readonly filled: FilledItem | undefined,
    /** What a method was refused for; `params` throws it and `go` rejects with it. */
    readonly failure: { readonly error: unknown } | undefined,
    readonly actions: readonly Action[] = NO_ACTIONS,
    readonly composite: object | undefined = undefined,
    readonly clauses: readonly Clause[] = NO_CLAUSES,
    readonly sort: SortState | undefined = undefined,
  ) {}

  withFailure(error: unknown): State {
    return this.copy({ error }, this.actions, this.composite, this.clauses, this.sort);
  }

  withActions(added: readonly Action[]): State {
    const { actions } = this;
    const all = actions.length === 0 ? added : actions.concat(added);
    return this.copy(this.failure, all, this.composite, this.clauses, this.sort);
  }

  withComposite(composite: object): State {
    const all = { ...this.composite, ...composite };
    return this.copy(this.failure, this.actions, all, this.clauses, this.sort);
  }

  withClause(clause: Clause): State {
    const { clauses } = this;
    const all = clauses.length === 0 ? [clause] : clauses.concat(clause);
    return this.copy(this.failure, this.actions, this.composite, all, this.sort);
  }

  withSort(sort: SortState): State {
    return this.copy(this.failure, this.actions, this.composite, this.clauses, sort);
  }

  private copy(
    failure: State["failure"],
    actions: readonly Action[],
    composite: object | undefined,
    clauses: readonly Clause[],
    sort: SortState | undefined,
  ): State {
    const { operation, index, key, filled } = this;
    return new State(operation, index, key, filled, failure, actions, composite, clauses, sort);
  }
}
