// From a chain's state to a request: hooks, one crossing, validators, params. The rules are the core's.

import {
  OPERATIONS,
  begin,
  end,
  writeActions,
  writeClause,
  writeComposite,
  writeItem,
  writeKey,
  writeOptions,
  writeSort,
} from "../border/calls.js";
import { takesNativeSets } from "../send/client.js";
import type { Outcome } from "../border/core.js";
import { Refusal, type CoreError } from "../border/instance.js";
import { VERBS, type Action } from "./data.js";
import { statedAsStored } from "./compared.js";
import { type FilledItem, fillDefaults } from "../hooks/defaults.js";
import { Draft } from "../border/draft.js";
import { translate, translated, type EntityCore } from "../entity/entity-core.js";
import { hookFailed, refuse } from "../error.js";
import { type Equality, type PreparedItem, runSetters } from "../hooks/hooks.js";
import { keySlots, writeConditions } from "../hooks/index-conditions.js";
import { buildParams, type Params } from "../border/params.js";
import { attributeAt, isFreeProperty } from "./paths.js";
import type { IndexPlan, Slot } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { State } from "./state.js";
import { define, isRecord } from "../tags.js";
import { type PreparedUpdate, prepareUpdate } from "../hooks/update-hooks.js";
import { checkItem, checkUpdate, refuseInvalidChanges } from "../hooks/validate.js";

/** A request and what it was made from. */
export interface Built {
  params: Params;
}

/** What hooks made of a chain's values. */
export interface Prepared {
  item: PreparedItem | undefined;
  update: PreparedUpdate | undefined;
  actions: readonly Action[];
}

const NOTHING: Prepared = { item: undefined, update: undefined, actions: [] };

/**
 * The request that a chain has described.
 * @throws What a method of the chain was refused for, a refusal of the core, or what a callback of the model threw.
 */
export function buildRequest(
  entity: EntityCore,
  state: State,
  options: Record<string, unknown> | null | undefined,
): Built {
  if (state.failure !== undefined) throw state.failure.error;
  const { runtime } = entity;
  checkOptionsGiven(entity, options);
  const prepared = prepare(entity, state, options);
  let draft: Draft | undefined;
  try {
    let outcome: Outcome;
    try {
      entity.core.current();
      draft = Draft.acquire();
      writeCall(entity, state, prepared, options, draft);
      outcome = entity.core.run(draft);
    } catch (error) {
      throw refused(entity, prepared, error);
    }
    runChecks(runtime, prepared);
    const table = tableOf(entity, options);
    const shaper = entity.shaper(takesNativeSets(runtime, options?.["client"]));
    const params = buildParams(outcome.shape, draft.values, 0, outcome.texts, shaper, table);
    const extra = options?.["params"];
    const isOverlaid = typeof extra === "object" && extra !== null;
    return { params: isOverlaid ? { ...params, ...extra } : params };
  } finally {
    draft?.release();
  }
}

/** What the key of a chain is refused for when it lacks composites; nothing when it is whole. */
export function incompleteKey(entity: EntityCore, state: State): unknown {
  try {
    buildRequest(entity, new State("get", state.index, state.key, undefined, undefined), undefined);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === INCOMPLETE_KEY) return error;
  }
  return undefined;
}

const INCOMPLETE_KEY = 2002;

/** In the main entry, options that are no object are refused instead of saying nothing. */
export function checkOptionsGiven({ dropIn }: EntityCore, options: unknown): void {
  if (dropIn || options === undefined || options === null) return;
  if (!isRecord(options)) {
    throw refuse(
      false,
      "InvalidOptions",
      "The options of `go`, `params` and `commit` have to be an object",
    );
  }
  try {
    for (const name in options) void options[name];
  } catch (cause) {
    throw hookFailed(false, "A getter of the options", cause);
  }
}

/** The table of a call: the call's own, else the entity's. */
export function tableOf(
  entity: EntityCore,
  options: Record<string, unknown> | null | undefined,
): string {
  const given = options?.["table"];
  const isName = typeof given === "string" && given !== "";
  // ElectroDB takes whatever is no name for none at all.
  const table = given === undefined || (entity.dropIn && !isName) ? entity.runtime.table : given;
  if (typeof table === "string" && table !== "") return table;
  throw refuse(
    entity.dropIn,
    "MissingTable",
    `The ${entity.runtime.title} has no table: give \`table\` to its constructor, to \`setTableName\` or to this call`,
  );
}

/** Runs default, set and watch hooks. */
export function prepare(
  entity: EntityCore,
  state: State,
  options: Record<string, unknown> | null | undefined,
): Prepared {
  const { runtime } = entity;
  const { filled, actions } = state;
  const { operation } = state;
  const isUpdate = operation === "update" || operation === "patch";
  if (filled === undefined && operation !== "upsert" && !isUpdate) return NOTHING;
  const equality = equalityOf(entity, options?.["conditions"]);
  if (filled !== undefined) return { ...NOTHING, item: runSetters(runtime, filled, equality) };
  if (!isUpdate) return prepareUpsert(entity, state, equality);
  return { item: undefined, update: prepareUpdate(runtime, actions, equality), actions };
}

const filledUpserts = new WeakMap<State, FilledItem>();

/** An upsert's item with what its methods give, so that no default is made for what `set` gives; made once for a chain. */
function fillUpsert({ runtime }: EntityCore, state: State): FilledItem {
  const known = filledUpserts.get(state);
  if (known !== undefined) return known;
  const payload = { ...state.key };
  for (const action of state.actions) {
    const { slot, name, steps, plain, silent, value } = action;
    if (slot === -1 || steps !== undefined) continue;
    if (plain || silent === true) define(payload, name, value);
  }
  const filled = fillDefaults(runtime, payload);
  filledUpserts.set(state, filled);
  return filled;
}

/**
 * An upsert's actions are part of the item for its hooks; what `set` gives is then written with the item, what the other
 * verbs give by themselves.
 */
function prepareUpsert(entity: EntityCore, state: State, equality: Equality | undefined): Prepared {
  const { runtime, dropIn } = entity;
  const actions = dropIn && state.actions.length > 0 ? lookedAt(entity, state) : state.actions;
  const prepared = runSetters(runtime, fillUpsert(entity, state), equality);
  if (state.actions.length === 0) return { ...NOTHING, item: prepared };
  const values = prepared.values.slice();
  const applied: Action[] = [];
  for (const action of actions) {
    const { slot, steps, plain, verb } = action;
    if (slot === -1 || steps !== undefined || !plain) {
      if (action.silent !== true) applied.push(action);
    } else if (verb !== VERBS.set) {
      applied.push({ ...action, value: prepared.values[slot] });
      values[slot] = undefined;
    }
  }
  return { ...NOTHING, item: { ...prepared, values }, actions: applied };
}

/**
 * What ElectroDB makes of an upsert's actions. It looks at all that the methods give before it looks at the item, then drops
 * what is said of parts of attributes; what is said last of an attribute stands where it was named first.
 */
function lookedAt({ runtime }: EntityCore, { key, actions }: State): Action[] {
  const given = actions.filter(
    (action) => !isPart(action) || action.steps?.some((step) => typeof step === "number") !== true,
  );
  const seen = refuseInvalidChanges(runtime, given);
  const all = new Map<unknown, Action | undefined>(
    Object.keys(key).map((name) => [runtime.slot(name), undefined]),
  );
  given.forEach((action, i) => {
    const { slot, steps, plain } = action;
    if (isPart(action)) {
      const value = seen === undefined ? action.value : seen[i];
      const attribute = attributeAt(runtime, slot, steps);
      const isDeclared = attribute !== undefined && !isFreeProperty(attribute, steps);
      if (isDeclared && (value !== undefined || attribute.required))
        all.set(action, { ...action, value, plain: false, silent: false });
      return;
    }
    const place = slot !== -1 && steps === undefined && plain ? slot : action;
    const earlier = all.get(place);
    if (earlier !== undefined) all.set(earlier, { ...earlier, plain: false });
    all.set(place, action);
  });
  return [...all.values()].filter((action) => action !== undefined);
}

/** Whether it is about a part of an attribute, named in an object form. */
function isPart({ steps, path, verb }: Action): boolean {
  return steps !== undefined && path === undefined && verb !== VERBS.remove;
}

/** The values that the conditions say the item has: hooks count up from them (the lock rule). */
function equalityOf(entity: EntityCore, conditions: unknown): Equality | undefined {
  if (conditions === undefined) return undefined;
  const answer = translated(entity.dropIn, () => entity.core.ask("equalities", conditions));
  const parts = answer as [string, string[]][];
  if (parts.length === 0) return undefined;
  return new Map(
    parts.map(([name, path]) => [
      name,
      path.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], conditions),
    ]),
  );
}

/**
 * Writes a chain's call, which hooks have prepared.
 * @param mark Stands beside the operation's number (`COMMITTED`).
 */
export function writeCall(
  entity: EntityCore,
  state: State,
  prepared: Prepared,
  options: Record<string, unknown> | null | undefined,
  draft: Draft,
  mark = 0,
): void {
  const { runtime } = entity;
  const { plan } = runtime;
  draft.classes = !entity.dropIn;
  begin(draft, entity.core.structures, OPERATIONS[state.operation] | mark, state.index);
  if (prepared.item !== undefined) {
    writeItem(draft, prepared.item);
  } else if (state.operation !== "scan") {
    const slots = namedSlots(runtime, state, options);
    writeKey(draft, runtime, state.key, slots);
  }
  if (state.sort !== undefined) {
    writeSort(draft, runtime, state.sort, plan.indexes[state.index]?.sort);
  }
  if (prepared.actions.length > 0 || (prepared.update?.extra.length ?? 0) > 0) {
    writeActions(draft, prepared.actions, prepared.update);
  }
  if (state.composite !== undefined) writeComposite(draft, runtime, state.composite);
  const { item, update, actions } = prepared;
  if (entity.conditional.length > 0 && (item !== undefined || update !== undefined)) {
    writeConditions(entity, state, item, actions, prepared.update, draft);
  }
  if (options !== undefined && options !== null) {
    writeOptions(draft, statedAsStored(runtime, options));
  }
  // Last: the core reads clauses only where it has to write a request that it does not know yet.
  for (let i = 0; i < state.clauses.length; i++) {
    writeClause(draft, state.clauses[i] as State["clauses"][number]);
  }
  end(draft);
}

/** The attributes that name what is read or written; `compare` filters by whatever else a query is given, in that order. */
function namedSlots(
  { plan, names }: EntityRuntime,
  { index, key }: State,
  options: Record<string, unknown> | null | undefined,
): readonly Slot[] {
  const slots = keySlots(plan.indexes[index] as IndexPlan);
  if (options?.["compare"] === undefined) return slots;
  const all = new Set(Object.keys(key).map((name) => names.get(name)));
  slots.forEach((slot) => all.add(slot));
  return [...all].filter((slot) => slot !== undefined);
}

/** The error that the user sees: where the core has refused attributes, validators may have more to say. */
export function refused(entity: EntityCore, prepared: Prepared, error: unknown): unknown {
  if (!(error instanceof Refusal) || error.error.fields.length === 0) {
    return translate(entity.dropIn, error);
  }
  try {
    runChecks(entity.runtime, prepared, error.error);
  } catch (combined) {
    return combined;
  }
  return translate(entity.dropIn, error);
}

/** Asks validators about the values, with what the core has refused of them. */
export function runChecks(runtime: EntityRuntime, prepared: Prepared, refusal?: CoreError): void {
  if (prepared.item !== undefined) checkItem(runtime, prepared.item, refusal);
  else if (prepared.update !== undefined) {
    checkUpdate(runtime, prepared.actions, prepared.update, refusal);
  }
}
