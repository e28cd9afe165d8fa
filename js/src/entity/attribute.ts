// Attributes whose type only TypeScript knows: what the two functions of the entries answer at run time.

import { refuse } from "../error.js";

const BASES: readonly unknown[] = ["string", "number", "boolean", "any"];

/**
 * The `type` of an attribute whose type is given as a type parameter; what it holds is of this kind.
 * @throws 1008 for a kind that there is not.
 */
export function customAttributeType(base: string): string {
  if (BASES.includes(base)) return base;
  const message = 'A custom type is one of "string", "number", "boolean" and "any"';
  throw refuse(false, "InvalidAttributeDefinition", message);
}

/** An attribute of any type, with these properties. */
export function createCustomAttribute(properties: object = {}): object {
  return { ...properties, type: "custom" };
}
