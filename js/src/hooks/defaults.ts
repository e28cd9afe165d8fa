// Fills in defaults when put, create or upsert is called. It runs no set hooks and never changes what users pass in.

import { hookFailed } from "../error.js";
import type { AttributePlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { define, isRecord, ownMember, type Members } from "../tags.js";
import { refuseInvalidItem } from "./validate.js";
import {
  hasDefaultBelow,
  maker,
  type DefaultPlan,
  type Hook,
  type WritePlan,
} from "./write-plan.js";

/** An item with its defaults filled in: what the user gave, by slot. */
export interface FilledItem {
  /** By slot; absent attributes are `undefined`. */
  readonly values: readonly unknown[];
  /** The slots whose value is a default. */
  readonly defaulted: readonly number[];
  /** The names that the model does not declare. */
  readonly unknown: readonly string[] | undefined;
}

/**
 * The values of put, create and upsert by slot, with defaults; in the drop-in, validated as ElectroDB does at this point.
 * Runs once per chain: a default that draws an identifier must not draw another one when params() and go() both run.
 */
export function fillDefaults(runtime: EntityRuntime, payload: unknown): FilledItem {
  const plan = runtime.writes;
  const values = new Array<unknown>(plan.count).fill(undefined);
  let unknown: string[] | undefined;
  try {
    unknown = readPayload(runtime, payload, values);
  } catch (cause) {
    throw hookFailed(runtime.dropIn, "A getter of the item", cause);
  }
  const defaulted: number[] = [];
  if (runtime.dropIn && plan.validated.length > 0) {
    fillAndValidate(runtime, plan, values, defaulted);
  } else {
    for (const step of plan.defaults) fillStep(runtime, step, values, defaulted);
  }
  return { values, defaulted, unknown };
}

function readPayload(
  runtime: EntityRuntime,
  payload: unknown,
  values: unknown[],
): string[] | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const { names, dropIn } = runtime;
  const record = payload as Members;
  let unknown: string[] | undefined;
  // A loop over names is quicker than a list of them, but it finds what an instance of a class inherits, too.
  const isPlain = Object.getPrototypeOf(record) === Object.prototype;
  for (const name in record) {
    if (!isPlain && !Object.hasOwn(record, name)) continue;
    const slot = names.get(name);
    if (slot !== undefined) values[slot] = record[name];
    else if (!dropIn && record[name] !== undefined) (unknown ??= []).push(name);
  }
  return unknown;
}

/** ElectroDB goes through the attributes once: default, then validation, then the next attribute. */
function fillAndValidate(
  runtime: EntityRuntime,
  plan: WritePlan,
  values: unknown[],
  defaulted: number[],
): void {
  const { defaults, validated } = plan;
  let next = 0;
  const fillUpTo = (slot: number): void => {
    for (
      let step = defaults[next];
      step !== undefined && step.slot <= slot;
      step = defaults[next]
    ) {
      fillStep(runtime, step, values, defaulted);
      next++;
    }
  };
  for (const slot of validated) {
    fillUpTo(slot);
    refuseInvalidItem(runtime, slot, values[slot]);
  }
  fillUpTo(plan.count);
}

function fillStep(
  runtime: EntityRuntime,
  { slot, attribute, make }: DefaultPlan,
  values: unknown[],
  defaulted: number[],
): void {
  const given = values[slot];
  if (given === undefined) defaulted.push(slot);
  values[slot] = filled(runtime, attribute, make, given);
}

function filled(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  make: Hook | undefined,
  value: unknown,
): unknown {
  const own = value === undefined && make !== undefined ? run(runtime, attribute, make) : value;
  return own !== undefined && hasDefaultBelow(attribute) ? fillBelow(runtime, attribute, own) : own;
}

function run(runtime: EntityRuntime, attribute: AttributePlan, make: Hook): unknown {
  try {
    return make();
  } catch (cause) {
    throw hookFailed(runtime.dropIn, `the default of \`${attribute.name}\``, cause);
  }
}

/** The value with its defaults: itself where it has none. */
export function filledValue(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
): unknown {
  return attribute.hasDefault
    ? filled(runtime, attribute, maker(runtime, attribute), value)
    : value;
}

/** The value with the defaults of its parts; the user's own object is left as it is. */
function fillBelow(runtime: EntityRuntime, attribute: AttributePlan, value: unknown): unknown {
  const { properties, items } = attribute;
  if (properties !== undefined && isRecord(value)) {
    const copy: Members = { ...value };
    for (const property of properties) {
      if (!property.hasDefault) continue;
      const part = ownMember(value, property.name);
      const made = filledValue(runtime, property, part);
      if (made !== undefined) define(copy, property.name, made);
    }
    return copy;
  }
  if (items?.hasDefault === true && Array.isArray(value)) {
    return value.map((member) => filledValue(runtime, items, member));
  }
  return value;
}
