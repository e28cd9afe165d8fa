// Recognises values that are plainly right, about which the core would say nothing. It refuses none: what is not plain crosses, and the core decides.

import type { AttributePlan } from "../entity/plan.js";

/** Whether this is a well-formed text, a number that DynamoDB holds exactly as it is, a boolean or nothing. */
export function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return isPlainNumber(value);
    case "boolean":
    case "undefined":
      return true;
    default:
      return value === null;
  }
}

/** Whether this is a safe integer, or a fraction that JavaScript writes without an exponent. */
export function isPlainNumber(value: number): boolean {
  if (Number.isSafeInteger(value)) return true;
  const size = Math.abs(value);
  return size >= 1e-6 && size < 1e15 && !Number.isInteger(value);
}

/** Whether this is just what the attribute says, at any depth. */
export function isPlainAs(attribute: AttributePlan, value: unknown): boolean {
  switch (attribute.kind) {
    case "string":
      return typeof value === "string" && value.isWellFormed();
    case "number":
      return typeof value === "number" && isPlainNumber(value);
    case "boolean":
      return typeof value === "boolean";
    case "enum":
      return typeof value === "string" && attribute.enum?.includes(value) === true;
    case "map":
      return isPlainMap(attribute.properties, value);
    case "list":
      return isPlainList(attribute.items, value);
    case "set":
      return isPlainSet(attribute.items, value);
    default:
      return value !== undefined && isPlain(value);
  }
}

/** Whether this is a plain object of declared properties, among them all that are required. */
function isPlainMap(properties: readonly AttributePlan[] | undefined, value: unknown): boolean {
  if (typeof value !== "object" || value === null || properties === undefined) return false;
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const names = Object.keys(value);
  let found = 0;
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i] as AttributePlan;
    const { name } = property;
    // Users mostly write members in the order of the definition.
    const isThere = names[found] === name || names.includes(name);
    if (isThere) {
      if (!isPlainAs(property, (value as Record<string, unknown>)[name])) return false;
      found++;
    } else if (property.required) {
      return false;
    }
  }
  return found === names.length;
}

function isPlainList(items: AttributePlan | undefined, value: unknown): boolean {
  if (items === undefined || !Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isPlainAs(items, value[i])) return false;
  return true;
}

/** Whether these are members of one type, at least one. */
function isPlainSet(items: AttributePlan | undefined, value: unknown): boolean {
  if (items === undefined) return false;
  const members = Array.isArray(value) ? value : value instanceof Set ? [...value] : NONE;
  const type = typeof members[0];
  if (type !== "string" && type !== "number") return false;
  for (const member of members) {
    if (typeof member !== type || !isPlainAs(items, member)) return false;
  }
  return true;
}

const NONE: readonly unknown[] = [];
