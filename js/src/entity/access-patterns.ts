// What an entity offers by the names of its indexes: `query.name(...)` and `scan.name`. It sends nothing.

import { Chain, QueryChain } from "../chain/chain.js";
import type { DefinedCore } from "./entity-core.js";
import { asked } from "./given.js";
import { accessPatterns } from "./names.js";
import { State } from "../chain/state.js";

/** The access patterns as functions. In the main entry a name that is none is refused instead of being no function. */
export function queries(core: DefinedCore): Record<string, (composites?: unknown) => QueryChain> {
  const own = Object.create(core.dropIn ? null : accessPatterns(core)) as ReturnType<
    typeof queries
  >;
  for (const { name, number } of core.runtime.plan.indexes) {
    Object.defineProperty(own, name, {
      enumerable: true,
      configurable: true,
      writable: true,
      value: (composites?: unknown) => new QueryChain(core, asked(core, number, composites)),
    });
  }
  return own;
}

/** A scan of the table, and under the name of each index a scan of that index. */
export function scan(core: DefinedCore): Chain {
  const { indexes, primary } = core.runtime.plan;
  const chain = scanOf(core, primary);
  for (const { name, number } of indexes) {
    // A scan has to stay one: an index named `go` is left to `query`.
    if (name in chain) continue;
    Object.defineProperty(chain, name, {
      enumerable: true,
      configurable: true,
      get: () => scanOf(core, number),
    });
  }
  return chain;
}

function scanOf(core: DefinedCore, index: number): Chain {
  return new Chain(core, new State("scan", index, {}, undefined, undefined));
}
