// Names of options that nobody would read: the main entry refuses them and tells the nearest one that is read.

import { refuse } from "../error.js";

/** What the configurations of entities and services may say: one object is often given to both. */
export const CONFIGURATION: readonly string[] =
  "client table identifiers ignoreOwnership logger listeners".split(" ");

/**
 * @param what Begins the message, such as "A batch get".
 * @param suggestion The half sentence that tells the nearest of the known names.
 * @throws 1010 for the first name that is not among the known ones.
 */
export function checkNames(
  names: readonly string[],
  known: readonly string[],
  what: string,
  suggestion: (name: string, known: readonly string[]) => string,
): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    const message = `${what} has no option \`${name}\`${suggestion(name, known)}`;
    throw refuse(false, "InvalidOptions", message);
  }
}
