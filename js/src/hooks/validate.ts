// Runs the model's `validate` callbacks and regular expressions, by each entry's rule. Types are the core's to check.

import type { CoreError } from "../border/instance.js";
import {
  clip,
  describeThrown,
  fieldsOfCore,
  fromCore,
  isError,
  messageOf,
  refuseFields,
  type RefusedField,
} from "../error.js";
import { filledValue, type FilledItem } from "./defaults.js";
import { seenBy } from "./hooks.js";
import { attributeAt, deepestAttribute, isFreeProperty } from "../chain/paths.js";
import type { AttributePlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";
import { isRebuilt, membersOf, presentMembers } from "../border/shape.js";
import { isRecord, isRegExp, ownMember } from "../tags.js";
import type { Change, PreparedUpdate } from "./update-hooks.js";
import { hasValidate, type Hook } from "./write-plan.js";

/** ElectroDB's moment for put, create and upsert: attribute by attribute, and the first refusal ends it. */
export function refuseInvalidItem(runtime: EntityRuntime, slot: number, value: unknown): void {
  const attribute = runtime.plan.attributes[slot] as AttributePlan;
  const fields: RefusedField[] = [];
  validate(runtime, attribute, value, attribute.name, undefined, fields);
  if (fields.length > 0) throw refuseFields(true, fields.slice(0, 1));
}

/**
 * ElectroDB's moment for updates: change by change, before set hooks, and the first refusal ends it. It looks at values with
 * their defaults, where an update writes none.
 * @returns What types have to be checked of; nothing where that is what the user gave.
 */
export function refuseInvalidChanges(
  runtime: EntityRuntime,
  changes: readonly Change[],
): readonly unknown[] | undefined {
  const { validated, defaults } = runtime.writes;
  if (validated.length === 0 && defaults.length === 0) return undefined;
  let seen: unknown[] | undefined;
  changes.forEach((change, position) => {
    const { name, value } = change;
    const attribute = validating(runtime, change);
    if (attribute === undefined) return;
    const whole = filledValue(runtime, attribute, value);
    if (whole !== value) (seen ??= changes.map((other) => other.value))[position] = whole;
    const fields: RefusedField[] = [];
    validate(runtime, attribute, whole, name, undefined, fields);
    if (fields.length > 0) throw refuseFields(true, fields.slice(0, 1));
  });
  return seen;
}

/** The attribute by which ElectroDB validates a change: of a path, callbacks ask the deepest one that is declared. */
function validating(
  runtime: EntityRuntime,
  { slot, steps, value, plain, silent, path }: Change,
): AttributePlan | undefined {
  if (path !== undefined) {
    if (!plain || value === undefined) return undefined;
    const deepest = deepestAttribute(runtime, slot, steps ?? []);
    // An empty list in place of a set is no change, about which nobody is asked.
    const isNothing = deepest?.kind === "set" && Array.isArray(value) && value.length === 0;
    return isNothing ? undefined : deepest;
  }
  const isSilent = silent === true && !steps?.some((step) => typeof step === "number");
  const attribute = plain || isSilent ? attributeAt(runtime, slot, steps) : undefined;
  return attribute !== undefined && isFreeProperty(attribute, steps) ? undefined : attribute;
}

/**
 * The main entry's moment for put, create and upsert: after the core has checked, or refused, the item.
 * @param refused What the core refused; its fields and the callbacks' are thrown as one error.
 */
export function checkItem(runtime: EntityRuntime, item: FilledItem, refused?: CoreError): void {
  if (runtime.dropIn) return throwRefused(runtime, refused);
  const { validated } = runtime.writes;
  if (validated.length === 0) return throwRefused(runtime, refused);
  const fields: RefusedField[] = [];
  for (const slot of validated) {
    const attribute = runtime.plan.attributes[slot] as AttributePlan;
    if (isRefused(refused, attribute.name)) continue;
    validate(runtime, attribute, item.values[slot], attribute.name, undefined, fields);
  }
  throwAll(runtime, fields, refused);
}

/** The main entry's moment for update and patch. */
export function checkUpdate(
  runtime: EntityRuntime,
  changes: readonly Change[],
  prepared: PreparedUpdate,
  refused?: CoreError,
): void {
  if (runtime.dropIn || runtime.writes.validated.length === 0) {
    return throwRefused(runtime, refused);
  }
  const fields: RefusedField[] = [];
  changes.forEach(({ slot, steps, name, plain }, position) => {
    const attribute = plain ? attributeAt(runtime, slot, steps) : undefined;
    if (attribute === undefined || isRefused(refused, name)) return;
    validate(runtime, attribute, prepared.values[position], name, undefined, fields);
  });
  for (const { slot, value } of prepared.extra) {
    const attribute = runtime.plan.attributes[slot] as AttributePlan;
    validate(runtime, attribute, value, attribute.name, undefined, fields);
  }
  throwAll(runtime, fields, refused);
}

function isRefused(refused: CoreError | undefined, name: string): boolean {
  if (refused === undefined) return false;
  return refused.fields.some(({ path }) => path === name || isBelow(path, name));
}

function isBelow(path: string, name: string): boolean {
  return path.startsWith(name) && (path[name.length] === "." || path[name.length] === "[");
}

function throwRefused(runtime: EntityRuntime, refused: CoreError | undefined): void {
  if (refused !== undefined) throw fromCore(refused, runtime.dropIn);
}

/** Throws what the core and the callbacks refused, in the order of the definition. */
function throwAll(
  runtime: EntityRuntime,
  fields: readonly RefusedField[],
  refused: CoreError | undefined,
): void {
  if (fields.length === 0 || (refused !== undefined && refused.fields.length === 0)) {
    return throwRefused(runtime, refused);
  }
  if (refused === undefined) throw refuseFields(runtime.dropIn, fields);
  const all = [...fieldsOfCore(refused), ...fields];
  const place = ({ field }: RefusedField): number => {
    const slot = runtime.slot(/^[^.[]*/.exec(field)?.[0] ?? field);
    return slot < 0 ? runtime.slot(field) : slot;
  };
  throw refuseFields(
    runtime.dropIn,
    all.sort((a, b) => place(a) - place(b)),
  );
}

/** Collects the refusals of a value: those of its parts first, then its own. */
function validate(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
  path: string,
  index: number | undefined,
  fields: RefusedField[],
): void {
  if (value === undefined && !runtime.dropIn) return;
  validateBelow(runtime, attribute, value, path, fields);
  if (attribute.validate === undefined || (runtime.dropIn && fields.length > 0)) return;
  const seen =
    attribute.kind === "set" ? membersSeen(runtime, value) : partsSeen(runtime, attribute, value);
  const found = refusalOf(runtime, runtime.hooks[attribute.validate], seen);
  if (found === undefined) return;
  const { reason, cause } = found;
  const message = `\`${path}\` is refused by its \`validate\`: ${clip(reason)}`;
  fields.push({ kind: "InvalidAttribute", field: path, reason, index, cause, message });
}

/** ElectroDB validates the set that it has made already, which holds each member once. */
function membersSeen(runtime: EntityRuntime, value: unknown): unknown {
  const isMember = runtime.dropIn && (typeof value === "string" || typeof value === "number");
  const members = isMember ? [value] : (membersOf(value) ?? value);
  return runtime.dropIn && Array.isArray(members) ? [...new Set(members)] : members;
}

function partsSeen(runtime: EntityRuntime, attribute: AttributePlan, value: unknown): unknown {
  return runtime.dropIn && isRebuilt(attribute) ? seenBy(runtime, attribute, value, false) : value;
}

function validateBelow(
  runtime: EntityRuntime,
  attribute: AttributePlan,
  value: unknown,
  path: string,
  fields: RefusedField[],
): void {
  const { properties, items } = attribute;
  if (properties !== undefined && isRecord(value)) {
    for (const property of properties) {
      if (!hasValidate(property)) continue;
      const part = ownMember(value, property.name);
      validate(runtime, property, part, `${path}.${property.name}`, undefined, fields);
      if (runtime.dropIn && fields.length > 0) return;
    }
  } else if (items !== undefined && hasValidate(items)) {
    const all = membersOf(value) ?? [];
    const members = runtime.dropIn && attribute.kind === "list" ? presentMembers(all) : all;
    for (let at = 0; at < members.length; at++) {
      validate(runtime, items, members[at], `${path}[*]`, at, fields);
      if (runtime.dropIn && fields.length > 0) return;
    }
  }
}

interface Refusal {
  readonly reason: string;
  readonly cause: unknown;
}

const REFUSED: Refusal = { reason: "the value is not valid", cause: undefined };

function refusalOf(
  runtime: EntityRuntime,
  validator: unknown,
  value: unknown,
): Refusal | undefined {
  if (isRegExp(validator)) return refusalByPattern(runtime, validator, value);
  let answer: unknown;
  try {
    answer = (validator as Hook)(value);
  } catch (cause) {
    if (!runtime.dropIn) return { reason: describeThrown(cause), cause };
    if (isError(cause)) return { reason: messageOf(cause), cause };
    return typeof cause === "string" ? { reason: cause, cause: undefined } : REFUSED;
  }
  if (runtime.dropIn) return answer ? undefined : REFUSED;
  if (typeof answer === "string")
    return answer === "" ? REFUSED : { reason: answer, cause: undefined };
  if (isThenable(answer)) return { reason: "it must be synchronous", cause: undefined };
  return answer === undefined || answer ? undefined : REFUSED;
}

function refusalByPattern(
  runtime: EntityRuntime,
  pattern: RegExp,
  value: unknown,
): Refusal | undefined {
  if (value === undefined) return undefined;
  // A `g` or `y` pattern goes on where it last matched; ElectroDB lets it, which refuses every second equal value.
  if (!runtime.dropIn) pattern.lastIndex = 0;
  const matches = hasMatch(pattern, value);
  if (!runtime.dropIn) pattern.lastIndex = 0;
  if (matches) return undefined;
  return { reason: `the value does not match ${clip(String(pattern))}`, cause: undefined };
}

/** Whether the value's text matches; of a symbol, or an object without a text, none does. */
function hasMatch(pattern: RegExp, value: unknown): boolean {
  try {
    return pattern.test(value as string);
  } catch {
    return false;
  }
}

/** Whether this is a promise; its rejection is nobody's then, so it is taken here. */
function isThenable(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { then } = value as { then?: unknown };
  if (typeof then !== "function") return false;
  (then as Hook).call(value, undefined, () => undefined);
  return true;
}
