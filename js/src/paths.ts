// Finds the attribute that a path leads to. Rendering paths into expressions is the core's work.

import type { AttributePlan } from "./plan.js";
import type { EntityRuntime } from "./runtime.js";

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
