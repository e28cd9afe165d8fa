// What a name in an object form of an update points to: a declared attribute first, a path second.

import type { Target } from "./data.js";
import type { EntityRuntime } from "./runtime.js";

/** A declared name is its slot, whatever characters it has; any other name stays a text, which the core reads as a path. */
export function pathTarget(runtime: EntityRuntime, name: string): Target {
  const slot = runtime.slot(name);
  return slot === -1 ? name : slot;
}

/** The attribute at the root of a target and the steps below it, as hooks see them. */
export interface Root {
  slot: number;
  name: string;
  steps: readonly (string | number)[] | undefined;
}

const STEP = /[^.[\]]+/g;

/** The root of a target; its slot is -1 where the model declares none. */
export function rootOf(runtime: EntityRuntime, target: Target): Root {
  if (typeof target === "number") {
    const name = runtime.plan.attributes[target]?.name ?? "";
    return { slot: target, name, steps: undefined };
  }
  if (typeof target === "string") {
    const [root = "", ...rest] = target.match(STEP) ?? [];
    const steps = rest.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    return {
      slot: runtime.slot(root),
      name: target,
      steps: steps.length === 0 ? undefined : steps,
    };
  }
  const declared = runtime.slot(target.name);
  const steps = target.steps.length === 0 ? undefined : target.steps;
  return { slot: declared, name: textOf(target.name, target.steps), steps };
}

function textOf(name: string, steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}.${step}`),
    name,
  );
}
