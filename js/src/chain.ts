// The chains that users build calls with. A method says one thing more; nothing crosses before `params` or `go`.

import { buildRequest } from "./build.js";
import { SORTS } from "./calls.js";
import { VERBS, type Action, dataActions } from "./data.js";
import type { EntityCore } from "./entity-core.js";
import { hookFailed, refuse } from "./error.js";
import type { Params } from "./params.js";
import { send } from "./send.js";
import type { State } from "./state.js";
import { pathTarget } from "./targets.js";
import { whereClause } from "./where.js";

/** Options of `go`, `params` and `commit`, before types narrow them. */
export type Options = Record<string, unknown>;

/**
 * One call under construction. In the main entry every method answers a new chain; in the drop-in a chain changes itself
 * and answers itself, because ElectroDB's users may rely on `query.where(...)` without taking its answer.
 */
export class Chain {
  /** @internal */
  constructor(
    protected readonly entity: EntityCore,
    protected state: State,
  ) {}

  /** The chain that also says this. */
  protected with(change: Partial<State>): this {
    const state = { ...this.state, ...change };
    if (this.entity.runtime.dropIn) {
      this.state = state;
      return this;
    }
    return new (this.constructor as new (entity: EntityCore, state: State) => this)(
      this.entity,
      state,
    );
  }

  /** The chain after `change`, or, when that throws, the chain that will fail with what it threw. */
  protected attempt(change: () => Partial<State>): this {
    if (this.state.failure !== undefined) return this;
    try {
      return this.with(change());
    } catch (error) {
      return this.with({ failure: { error } });
    }
  }

  where(callback: unknown): this {
    return this.attempt(() => ({
      clauses: [
        ...this.state.clauses,
        this.guarded("where", () => whereClause(this.entity, callback)),
      ],
    }));
  }

  filter(callback: unknown): this {
    return this.where(callback);
  }

  /** Runs a user's callback; what it throws is 4005 in the main entry. */
  protected guarded<T>(name: string, run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw hookFailed(this.entity.runtime.dropIn, `The \`${name}\` callback`, error);
    }
  }

  params(options?: Options): Params {
    return buildRequest(this.entity, this.state, options).params;
  }

  async go(options?: Options): Promise<unknown> {
    const { entity, state } = this;
    const { params } = buildRequest(entity, state, options);
    return send(entity.runtime, {
      operation: state.operation,
      params,
      options: options ?? {},
      index: state.index,
      key: state.key as Record<string, unknown>,
    });
  }
}

/** A query: the sort condition can be said once. */
export class QueryChain extends Chain {
  private sorted(operator: number, lower: unknown, upper?: unknown): this {
    return this.attempt(() => ({
      sort: {
        operator,
        lower: record(lower),
        upper: upper === undefined ? undefined : record(upper),
      },
    }));
  }

  begins(composites: unknown): this {
    return this.sorted(SORTS.begins, composites);
  }

  between(lower: unknown, upper: unknown): this {
    return this.sorted(SORTS.between, lower, upper ?? {});
  }

  gt(composites: unknown): this {
    return this.sorted(SORTS.gt, composites);
  }

  gte(composites: unknown): this {
    return this.sorted(SORTS.gte, composites);
  }

  lt(composites: unknown): this {
    return this.sorted(SORTS.lt, composites);
  }

  lte(composites: unknown): this {
    return this.sorted(SORTS.lte, composites);
  }
}

/** An update, patch or upsert: what it does can be said in many steps. */
export class UpdateChain extends Chain {
  private act(verb: number, values: unknown): this {
    return this.attempt(() => {
      const added: Action[] = [];
      const source = record(values);
      for (const name of Object.keys(source)) {
        const value = (source as Record<string, unknown>)[name];
        if (value === undefined) continue;
        added.push(this.action(verb, name, { value }));
      }
      return { actions: [...this.state.actions, ...added] };
    });
  }

  private action(verb: number, name: string, operand: Action["operand"]): Action {
    const target = pathTarget(this.entity.runtime, name);
    return { verb, target, operand, start: undefined, fromData: false };
  }

  set(values: unknown): this {
    return this.act(VERBS.set, values);
  }

  add(values: unknown): this {
    return this.act(VERBS.add, values);
  }

  subtract(values: unknown): this {
    return this.act(VERBS.subtract, values);
  }

  append(values: unknown): this {
    return this.act(VERBS.append, values);
  }

  delete(values: unknown): this {
    return this.act(VERBS.delete, values);
  }

  ifNotExists(values: unknown): this {
    return this.act(VERBS.ifNotExists, values);
  }

  remove(names: unknown): this {
    return this.attempt(() => {
      if (!Array.isArray(names)) {
        const { dropIn } = this.entity.runtime;
        throw refuse(dropIn, "InvalidOptions", "`remove` needs a list of attribute names");
      }
      const added = names.map((name) => this.action(VERBS.remove, String(name), undefined));
      return { actions: [...this.state.actions, ...added] };
    });
  }

  data(callback: unknown): this {
    return this.attempt(() => {
      const added = this.guarded("data", () => dataActions(this.entity, callback));
      return { actions: [...this.state.actions, ...added] };
    });
  }

  composite(values: unknown): this {
    return this.attempt(() => ({ composite: { ...this.state.composite, ...record(values) } }));
  }
}

/** What a user passed where an object of attributes belongs; anything else says nothing. */
export function record(values: unknown): object {
  return typeof values === "object" && values !== null ? values : {};
}
