// Finds the attribute that a path leads to. Rendering paths into expressions is the core's work.

import type { AttributePlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";

/** Whether an attribute holds anything, so that nothing is declared below it. */
export function holdsAnything({ kind }: AttributePlan): boolean {
  return kind === "any" || kind === "custom";
}

/** Whether it is a property that holds anything, to which these steps lead. */
export function isFreeProperty(
  attribute: AttributePlan,
  steps: readonly (string | number)[] | undefined,
): boolean {
  return typeof steps?.at(-1) === "string" && holdsAnything(attribute);
}

/** The attribute below a top-level one; undefined where the path leaves what is declared. */
export function attributeAt(
  runtime: EntityRuntime,
  slot: number,
  steps: readonly (string | number)[] | undefined,
): AttributePlan | undefined {
  let attribute: AttributePlan | undefined = runtime.plan.attributes[slot];
  if (steps === undefined) return attribute;
  for (const step of steps) {
    attribute =
      typeof step === "number"
        ? attribute?.items
        : attribute?.properties?.find(({ name }) => name === step);
  }
  return attribute;
}

/** The deepest declared attribute on the way that steps lead from a top-level one. */
export function deepestAttribute(
  runtime: EntityRuntime,
  slot: number,
  steps: readonly (string | number)[],
): AttributePlan | undefined {
  for (let count = 0; count < steps.length; count++) {
    const attribute = attributeAt(runtime, slot, steps.slice(0, count));
    if (attribute === undefined || holdsAnything(attribute)) return attribute;
  }
  return attributeAt(runtime, slot, steps);
}
