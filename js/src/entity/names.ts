// What answers for access patterns that an entity does not have, in the main entry: a refusal that names the nearest one.

import type { DefinedCore } from "./entity-core.js";
import { refuse } from "../error.js";
import { refuser } from "../service/refuser.js";

/** The prototype of objects that have a member for each access pattern. */
export function accessPatterns(core: DefinedCore): object {
  const { plan } = core.runtime;
  return refuser((name) => {
    const names = plan.indexes.map((index) => index.name);
    const message = `\`${plan.entity}\` has no index \`${name}\`${core.suggestion(name, names)}`;
    throw refuse(false, "InvalidOptions", message);
  });
}
