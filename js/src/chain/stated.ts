// What `composite()` states of the stored item: each composite of an index has to have its value when the update is done.

import type { EntityCore } from "../entity/entity-core.js";
import { asStored } from "../entity/key-forms.js";
import { refuse } from "../error.js";
import { keySlots } from "../hooks/index-conditions.js";
import type { Members } from "../tags.js";
import { NO_SLOT, type Argument, type Clause } from "./tokens.js";
import { OPERATORS } from "./compared.js";

/**
 * The conditions of what is stated, in the order in which it is.
 * @param before What the chain states already.
 * @throws 2010 where a composite is stated to have two values.
 */
export function statedClauses(
  { dropIn, runtime }: EntityCore,
  before: object | undefined,
  stated: Members,
): Clause[] {
  const slots = new Set(runtime.plan.indexes.flatMap(keySlots));
  const clauses: Clause[] = [];
  for (const [name, value] of Object.entries(stated)) {
    const slot = runtime.slot(name);
    if (!slots.has(slot)) continue;
    const isTwice = before !== undefined && Object.hasOwn(before, name);
    // ElectroDB takes nothing for another value than the one that is not there.
    if ((isTwice && (before as Members)[name] !== value) || (dropIn && value === undefined)) {
      const message = `\`composite\` states two values of \`${name}\``;
      throw refuse(dropIn, "DuplicateUpdateCompositesProvided", message);
    }
    if (value === undefined) continue;
    const form = runtime.keyForms.get(slot);
    const stored = form !== undefined && typeof value === "string" ? asStored(form, value) : value;
    clauses.push(equality(runtime.plan.attributes[slot]?.field ?? name, stored));
  }
  return clauses;
}

/** The stored field itself is compared. */
function equality(field: string, value: unknown): Clause {
  const path: Argument = { kind: "path", path: { slot: NO_SLOT, name: field, steps: [] } };
  const operand: Argument = { kind: "value", value };
  const token = { operator: OPERATORS.holds, arguments: [path, operand] };
  return { text: "\u00010\u0002", tokens: [token] };
}
