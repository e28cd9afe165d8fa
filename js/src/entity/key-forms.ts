// Attributes that are keys by themselves, in the field that the key is stored in: how their values stand there. It reads no item.

import type { KeyPlan } from "./plan.js";
import type { EntityRuntime } from "./runtime.js";

/** How a value is stored that is a key by itself. */
export interface KeyForm {
  /** The casing of the key; absent where it leaves values as they are. */
  readonly casing?: "lower" | "upper";
  /** The template's text before and after the value, as the definition has it. */
  readonly before: string;
  readonly after: string;
}

/** Whether nothing is stored around the value. */
export function isBare({ before, after }: KeyForm): boolean {
  return before === "" && after === "";
}

/** A text in the key's casing; anything else as it is. */
export function casedAs({ casing }: KeyForm, value: unknown): unknown {
  if (typeof value !== "string" || casing === undefined) return value;
  return casing === "upper" ? value.toUpperCase() : value.toLowerCase();
}

/** The text that is stored for this one. */
export function asStored(form: KeyForm, text: string): unknown {
  return casedAs(form, `${form.before}${text}${form.after}`);
}

/** The value in a stored text, which like ElectroDB takes the text around it in any casing, and what lacks it as a value. */
export function valueOf({ before, after }: KeyForm, stored: unknown): unknown {
  if (typeof stored !== "string" || stored.length < before.length) return stored;
  const lower = stored.toLowerCase();
  const from = lower.startsWith(before.toLowerCase()) ? before.length : 0;
  const end = lower.endsWith(after.toLowerCase()) ? stored.length - after.length : stored.length;
  return stored.slice(from, end);
}

/** The forms of a model's attributes that are stored otherwise than they are, by slot. */
export function keyFormsOf({ plan, dropIn, members }: EntityRuntime): Map<number, KeyForm> {
  const forms = new Map<number, KeyForm>();
  if (members !== undefined) {
    // An attribute of a collection is stored as the first member has it that declares it.
    plan.attributes.forEach(({ name }, slot) => {
      const owner = members.find(({ core }) => core.runtime.slot(name) !== -1)?.core.runtime;
      const form = owner?.keyForms.get(owner.slot(name));
      if (form !== undefined) forms.set(slot, form);
    });
    return forms;
  }
  for (const { partition, sort } of plan.indexes) {
    for (const key of [partition, sort ?? partition]) {
      const [slot = -1, ...others] = key.composites;
      const isAlone = others.length === 0 && plan.attributes[slot]?.field === key.field;
      const form = isAlone && !key.numeric ? formOf(key, dropIn) : undefined;
      if (form !== undefined) forms.set(slot, form);
    }
  }
  return forms;
}

/** Of a value alone, ElectroDB stores as cased only what the definition cases by name. */
function formOf(
  { head, labels, tail, casing, cased }: KeyPlan,
  dropIn: boolean,
): KeyForm | undefined {
  const isText = head !== undefined;
  const form = { before: `${head ?? ""}${labels?.[0] ?? ""}`, after: tail ?? "" };
  if (casing !== "none" && (isText || cased || !dropIn)) return { ...form, casing };
  return isText ? form : undefined;
}
