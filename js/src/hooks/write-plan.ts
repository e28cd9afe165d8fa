// Which defaults and set hooks a model has, sorted once by what writes need of them. Running them is hooks.ts's work.

import type { AttributePlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";

/** A function of the model; what it is given and gives is between the user and ElectroDB's documentation. */
export type Hook = (...operands: unknown[]) => unknown;

/** A default at the top level. */
export interface DefaultPlan {
  readonly slot: number;
  readonly attribute: AttributePlan;
  /** Makes the value; undefined where only parts of the value have defaults. */
  readonly make: Hook | undefined;
}

/** What put, create, upsert, update and patch do before the core sees their values. */
export interface WritePlan {
  /** How many top-level attributes there are. */
  readonly count: number;
  /** In the order of the definition. */
  readonly defaults: readonly DefaultPlan[];
  /** The slots whose attribute is validated by a callback, itself or below, in the order of the definition. */
  readonly validated: readonly number[];
  /** The slots whose set hooks run first: those that watch nothing. */
  readonly plain: readonly number[];
  /** The slots whose set hooks run second, on the item after the first ones. */
  readonly watchers: readonly number[];
  /** For each slot, the slots that watch it. */
  readonly watchersOf: readonly (readonly number[])[];
  /** The slots that watch every attribute. */
  readonly watchersOfAll: readonly number[];
  /** Whether set hooks stand below the top level. */
  readonly hasNestedSet: boolean;
}

const NONE: readonly number[] = [];

/** Sorts a model's write hooks. */
export function compileWrites(runtime: EntityRuntime): WritePlan {
  const { attributes } = runtime.plan;
  const defaults: DefaultPlan[] = [];
  const validated: number[] = [];
  const plain: number[] = [];
  const watchers: number[] = [];
  const watchersOf: number[][] = attributes.map(() => []);
  const watchersOfAll: number[] = [];
  attributes.forEach((attribute, slot) => {
    if (attribute.hasDefault) defaults.push({ slot, attribute, make: maker(runtime, attribute) });
    if (hasValidate(attribute)) validated.push(slot);
    if (!attribute.hasSet) return;
    if (!isWatcher(attribute)) {
      plain.push(slot);
      return;
    }
    watchers.push(slot);
    if (attribute.watch === "*") watchersOfAll.push(slot);
    else attribute.watch?.forEach((watched) => watchersOf[watched]?.push(slot));
  });
  return {
    count: attributes.length,
    defaults,
    validated,
    plain,
    watchers,
    watchersOf: watchersOf.map((slots) => (slots.length === 0 ? NONE : slots)),
    watchersOfAll,
    hasNestedSet: attributes.some(hasSetBelow),
  };
}

/** Whether a set hook waits for what the attribute watches; hooks of parts never wait. */
export function isWatcher({ set, watch }: AttributePlan): boolean {
  return set !== undefined && watch !== undefined;
}

/** Whether a callback or regular expression validates this attribute or one below it. */
export function hasValidate(attribute: AttributePlan): boolean {
  return (
    attribute.validate !== undefined ||
    (attribute.properties?.some(hasValidate) ?? false) ||
    (attribute.items !== undefined && hasValidate(attribute.items))
  );
}

/** Whether set hooks stand below this attribute. */
export function hasSetBelow(attribute: AttributePlan): boolean {
  return (
    (attribute.properties?.some(({ hasSet }) => hasSet) ?? false) ||
    (attribute.items?.hasSet ?? false)
  );
}

/** Whether defaults stand below this attribute. */
export function hasDefaultBelow(attribute: AttributePlan): boolean {
  return (
    (attribute.properties?.some(({ hasDefault }) => hasDefault) ?? false) ||
    (attribute.items?.hasDefault ?? false)
  );
}

/** The function that makes an attribute's default, whether the definition has it as a value or as a function. */
export function maker(runtime: EntityRuntime, attribute: AttributePlan): Hook | undefined {
  if (attribute.default === 0) return undefined;
  if (attribute.default !== 1) return runtime.hooks[attribute.default.hook] as Hook;
  const value = definedDefault(runtime, attribute);
  return typeof value === "object" && value !== null ? () => structuredClone(value) : () => value;
}

/** The default value as the definition has it; nested attributes are found by walking beside the plan. */
function definedDefault(runtime: EntityRuntime, wanted: AttributePlan): unknown {
  const search = (plans: readonly AttributePlan[], definitions: unknown): unknown => {
    for (const plan of plans) {
      const definition = (definitions as Record<string, Definition>)[plan.name] as Definition;
      if (plan === wanted) return definition;
      const found = searchBelow(plan, definition);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const searchBelow = (plan: AttributePlan, definition: Definition): unknown => {
    if (plan.properties !== undefined) return search(plan.properties, definition.properties);
    if (plan.items === undefined || typeof definition.items !== "object") return undefined;
    if (plan.items === wanted) return definition.items;
    return searchBelow(plan.items, definition.items as Definition);
  };
  return (search(runtime.plan.attributes, runtime.attributes) as Definition | undefined)?.default;
}

interface Definition {
  readonly default?: unknown;
  readonly properties?: unknown;
  readonly items?: unknown;
}
