// What a chain has been told so far: plain data, which `build.ts` turns into a request.

import type { OperationName } from "./calls.js";
import type { Action } from "./data.js";
import type { FilledItem } from "./defaults.js";
import type { Clause } from "./tokens.js";

/** The sort condition of a query. */
export interface SortState {
  operator: number;
  lower: object;
  upper: object | undefined;
}

/** The state of a chain. */
export interface State {
  readonly operation: OperationName;
  /** The number of the index. */
  readonly index: number;
  /** The key attributes, or a query's composites. */
  readonly key: object;
  /** The item to write, its defaults filled in. */
  readonly filled: FilledItem | undefined;
  readonly actions: readonly Action[];
  readonly composite: object | undefined;
  readonly clauses: readonly Clause[];
  readonly sort: SortState | undefined;
  /** What a method was refused for; `params` throws it and `go` rejects with it. */
  readonly failure: { readonly error: unknown } | undefined;
}

const NO_ACTIONS: readonly Action[] = [];
const NO_CLAUSES: readonly Clause[] = [];

/** A state that knows its operation and key. */
export function initialState(
  operation: OperationName,
  index: number,
  key: object,
  filled: FilledItem | undefined,
  failure: { error: unknown } | undefined,
): State {
  return {
    operation,
    index,
    key,
    filled,
    actions: NO_ACTIONS,
    composite: undefined,
    clauses: NO_CLAUSES,
    sort: undefined,
    failure,
  };
}
