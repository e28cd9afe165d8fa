// The chains that users build calls with. A method says one thing more; nothing crosses before `params` or `go`.

import { buildRequest, incompleteKey } from "./build.js";
import { SORTS } from "../border/calls.js";
import { VERBS, type Action, dataActions } from "./data.js";
import { Committed } from "../transaction/commit.js";
import type { EntityCore } from "../entity/entity-core.js";
import { hookFailed, refuse } from "../error.js";
import { late } from "../late/late.js";
import { checkOptions } from "../send/options.js";
import { detachable } from "./detachable.js";
import { named } from "../named.js";
import type { Params } from "../border/params.js";
import { PAGED, send, type SentOperation } from "../send/send.js";
import { attributeAt } from "./paths.js";
import type { State } from "./state.js";
import { statedClauses } from "./stated.js";
import { isRecord } from "../tags.js";
import { isNowhere, rootOfName } from "./targets.js";
import { whereClause } from "./where.js";

/** Options of `go`, `params` and `commit`, before types narrow them. */
export type Options = Record<string, unknown>;

/**
 * One call under construction. A method changes the chain and answers it, as in ElectroDB: a condition has to hold also for
 * those who call `chain.where(...)` without taking its answer. Each state itself never changes.
 */
export class Chain {
  static {
    named(this, "Chain");
    detachable(this);
  }

  /** @internal */
  constructor(
    readonly entity: EntityCore,
    /** What has been said so far; only the chain itself puts another state in its place. */
    public state: State,
  ) {}

  /** The chain, which now says this. */
  protected with(state: State): this {
    this.state = state;
    return this;
  }

  /** The chain that fails with what a method threw; the first failure stays. */
  protected failing(error: unknown): this {
    return this.state.failure === undefined ? this.with(this.state.withFailure(error)) : this;
  }

  where(callback: unknown): this {
    const { dropIn } = this.entity;
    if (!dropIn && this.state.operation === "get") {
      const message = "A `get` takes no `where`: DynamoDB filters queries and scans only";
      return this.failing(refuse(dropIn, "InvalidOptions", message));
    }
    try {
      return this.with(this.state.withClause(whereClause(this.entity, callback)));
    } catch (error) {
      return this.failing(hookFailed(dropIn, "The `where` callback", error));
    }
  }

  filter(callback: unknown): this {
    return this.where(callback);
  }

  /** Ends the chain as an item of a transaction. */
  commit(options?: Options | null): Committed {
    return new Committed(this.entity, this.state, options);
  }

  params(given?: Options): Params {
    const { entity, state } = this;
    const options = withOwnership(entity, state, given);
    if (isRecord(options)) checkOptions(entity, options);
    return buildRequest(entity, state, options).params;
  }

  async go(given?: Options): Promise<unknown> {
    const { entity, state } = this;
    const options = withOwnership(entity, state, given);
    const { params } = buildRequest(entity, state, options);
    const operation = state.operation as SentOperation;
    const isHydrated = options?.["hydrate"] !== undefined && PAGED.includes(operation);
    // Awaited, or the stack of an error that comes within a tick, from a mock, would not name the caller's line.
    return await send(entity.runtime, {
      operation,
      params,
      options: options ?? {},
      index: state.index,
      key: state.key as Record<string, unknown>,
      hydration: isHydrated ? late().hydrationOf(entity, state.index, options) : undefined,
    });
  }
}

const READS = ["get", "query", "search", "scan"];

/** The options of a call, with what the entity's configuration says of ownership where a read says nothing. */
export function withOwnership(
  { dropIn, ignoresOwnership, runtime }: EntityCore,
  { operation, index }: { readonly operation: string; readonly index?: number },
  options: Options | undefined,
): Options | undefined {
  if (!ignoresOwnership || !READS.includes(operation)) return options;
  // In ElectroDB the projection of a secondary index decides this, whatever the configuration says.
  if (dropIn && index !== undefined && index !== runtime.plan.primary) return options;
  return options?.["ignoreOwnership"] === undefined
    ? { ...options, ignoreOwnership: true }
    : options;
}

/** A check, which only transactions can send. */
export class CheckChain extends Chain {
  static {
    named(this, "CheckChain");
    detachable(this);
  }

  override params(): Params {
    const message =
      "A `check` is sent by a transaction: give it to `transaction.write`, with or without `commit`";
    throw refuse(this.entity.dropIn, "InvalidOptions", message);
  }

  override async go(): Promise<unknown> {
    return this.params();
  }
}

/** A query: the sort condition can be said once. */
export class QueryChain extends Chain {
  static {
    named(this, "QueryChain");
    detachable(this);
  }

  protected sorted(operator: number, lower: unknown, upper?: unknown): this {
    const { entity, state } = this;
    if (state.sort !== undefined) {
      const message = "A query has one sort condition: `between` takes both ends";
      return this.failing(refuse(entity.dropIn, "InvalidOptions", message));
    }
    const from = copyOf(lower);
    const to = upper === undefined ? undefined : copyOf(upper);
    const error = entity.undeclared(from) ?? (to && entity.undeclared(to));
    if (error !== undefined) return this.failing(error);
    return this.with(state.withSort({ operator, lower: from, upper: to }));
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

const VERB_NAMES = Object.keys(VERBS);
const TAKING_NOTHING = ["append", "ifNotExists"];

/** An update, patch or upsert: what it does can be said in many steps. */
export class UpdateChain extends Chain {
  static {
    named(this, "UpdateChain");
    detachable(this);
  }

  /** What is no record is refused instead of changing nothing; in the drop-in only what ElectroDB crashes over. */
  private refuseOther(name: string, values: unknown): this | undefined {
    const { dropIn } = this.entity;
    if (dropIn ? !this.crashesOver(name, values) : isRecord(values)) return undefined;
    const message = `\`${name}\` needs an object of attributes`;
    return this.failingAfterKey(refuse(dropIn, "InvalidOptions", message));
  }

  /** Whether ElectroDB does: some of its methods take nothing for no changes. */
  private crashesOver(name: string, values: unknown): boolean {
    if (name === "composite") return false;
    const takesNothing = this.state.operation === "upsert" || TAKING_NOTHING.includes(name);
    return values === null || (values === undefined && !takesNothing);
  }

  /** ElectroDB looks at the key before it looks at what changes. */
  private failingAfterKey(error: unknown): this {
    const { entity, state } = this;
    const ofKey = entity.dropIn ? incompleteKey(entity, state) : undefined;
    return this.failing(ofKey ?? error);
  }

  private act(verb: number, values: unknown): this {
    const refused = this.refuseOther(VERB_NAMES[verb] as string, values);
    if (refused !== undefined) return refused;
    const source = record(values) as Record<string, unknown>;
    const names = Object.keys(source);
    const added = new Array<Action>(names.length);
    let count = 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      let value: unknown;
      try {
        value = source[name];
      } catch (cause) {
        return this.failing(hookFailed(this.entity.dropIn, `A getter of \`${name}\``, cause));
      }
      const isSilent = value === undefined;
      if (isSilent && !this.entity.dropIn) continue;
      const action = this.action(verb, name, value, !isSilent, isSilent);
      // ElectroDB refuses nothing where something is required; the core tells whether it is.
      if (isSilent && attributeAt(this.entity.runtime, action.slot, action.steps) === undefined)
        continue;
      if (this.entity.dropIn && action.slot === -1 && isNowhere(name)) {
        if (this.state.operation === "upsert") continue;
        const message = `\`${name}\` is the path of no attribute`;
        return this.failingAfterKey(refuse(true, "InvalidWhere", message));
      }
      added[count++] = action;
    }
    if (count < names.length) added.length = count;
    return this.with(this.state.withActions(added));
  }

  private action(
    verb: number,
    written: string,
    value: unknown,
    plain: boolean,
    silent = false,
  ): Action {
    const { slot, name, steps } = rootOfName(this.entity.runtime, written);
    const nothing = undefined;
    return {
      slot,
      name,
      steps,
      value,
      plain,
      silent,
      verb,
      path: nothing,
      clause: nothing,
      start: nothing,
      amount: nothing,
    };
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
    if (!Array.isArray(names)) {
      const message = "`remove` needs a list of attribute names";
      return this.failingAfterKey(refuse(this.entity.dropIn, "InvalidOptions", message));
    }
    try {
      const added = names.map((name) => this.action(VERBS.remove, String(name), undefined, false));
      return this.with(this.state.withActions(added));
    } catch (cause) {
      return this.failing(hookFailed(this.entity.dropIn, "A name given to `remove`", cause));
    }
  }

  data(callback: unknown): this {
    try {
      return this.with(this.state.withActions(dataActions(this.entity, callback)));
    } catch (error) {
      return this.failingAfterKey(hookFailed(this.entity.dropIn, "The `data` callback", error));
    }
  }

  composite(values: unknown): this {
    const refused = this.refuseOther("composite", values);
    if (refused !== undefined) return refused;
    const { entity, state } = this;
    try {
      const stated = { ...record(values) };
      const clauses = statedClauses(entity, state.composite, stated);
      return this.with(
        clauses.reduce((all, clause) => all.withClause(clause), state.withComposite(stated)),
      );
    } catch (error) {
      return this.failing(hookFailed(entity.dropIn, "A getter of what `composite` states", error));
    }
  }
}

/** An upsert, which writes a whole item: what it does not know it cannot take away. */
export class UpsertChain extends UpdateChain {
  static {
    named(this, "UpsertChain");
    detachable(this);
  }

  private lacks(name: string): this {
    const message = `An \`upsert\` has no \`${name}\`: it takes \`set\`, \`ifNotExists\`, \`add\`, \`subtract\` and \`append\``;
    return this.failing(refuse(this.entity.dropIn, "InvalidOptions", message));
  }

  override data(): this {
    return this.lacks("data");
  }

  override delete(): this {
    return this.lacks("delete");
  }

  override remove(): this {
    return this.lacks("remove");
  }
}

/** A copy of a plain record, which its owner may change before the chain is used. */
function copyOf(values: unknown): object {
  const given = record(values);
  return Object.getPrototypeOf(given) === Object.prototype ? { ...given } : given;
}

/** What a user passed where an object of attributes belongs; anything else says nothing. */
export function record(values: unknown): object {
  return typeof values === "object" && values !== null ? values : {};
}
