// What an action of an update is about: the attribute at the root of a name or path, and the steps below it.

import type { EntityRuntime } from "../entity/runtime.js";
import type { PathReference } from "./tokens.js";

/** The attribute at the root of a target and the steps below it, as hooks see them. */
export interface Root {
  /** -1 where the model declares none. */
  slot: number;
  /** The whole path as text. */
  name: string;
  steps: readonly (string | number)[] | undefined;
}

const STEP = /[^.[\]]+/g;

/** The root of a name in an object form; a declared name goes before a path. The core reads the name by the same rule. */
export function rootOfName(runtime: EntityRuntime, name: string): Root {
  const slot = runtime.slot(name);
  if (slot !== -1) return { slot, name, steps: undefined };
  const [root = "", ...rest] = name.match(STEP) ?? [];
  const steps = rest.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return { slot: runtime.slot(root), name, steps: steps.length === 0 ? undefined : steps };
}

/** Whether a path has no step at all. */
export function isNowhere(path: string): boolean {
  return path.match(STEP) === null;
}

/** The root of a path that a callback walked. */
export function rootOf(runtime: EntityRuntime, { name, steps }: PathReference): Root {
  const text = steps.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}.${step}`),
    name,
  );
  return { slot: runtime.slot(name), name: text, steps: steps.length === 0 ? undefined : steps };
}
