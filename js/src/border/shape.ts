// Shapes values on their way to DynamoDB: sets, and maps with declared properties. It checks nothing.

import { named } from "../named.js";
import type { AttributePlan } from "../entity/plan.js";
import { define, isRecord, isSet, isWrappedSet, ownMember, type Members } from "../tags.js";

/** The set of params that were built without a client: what ElectroDB shows there, serialising to an array. */
export class DynamoDBSet {
  static {
    named(this, "DynamoDBSet");
  }

  readonly wrapperName = "Set";
  readonly type: string;
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[], type: string) {
    this.type = type;
    this.values = values;
  }

  toJSON(): readonly unknown[] {
    return this.values;
  }
}

// Values that hooks of the drop-in have left in their stored form; shaping them again would take fields for names.
const finished = new WeakSet<object>();

/** Marks a value as having its stored form already. */
export function finish(value: unknown): void {
  if (typeof value === "object" && value !== null) finished.add(value);
}

/** The members of a set in any of its forms; nothing where the value is no set. */
export function membersOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (isSet(value)) return [...value];
  return isWrappedSet(value) ? value.values : undefined;
}

/** A set in the form that the client takes: a native Set for SDK v3, else the wrapper object. */
export function shapeSet(value: unknown, attribute: AttributePlan, native: boolean): unknown {
  if (native ? isSet(value) : value instanceof DynamoDBSet) return value;
  // ElectroDB takes a bare member for the set of it.
  const isMember = typeof value === "string" || typeof value === "number";
  const members = isMember ? [value] : membersOf(value);
  if (members === undefined) return value;
  const unique = new Set(members);
  if (native) return unique;
  return new DynamoDBSet([...unique], setType(attribute, members));
}

function setType(attribute: AttributePlan, members: readonly unknown[]): string {
  switch (attribute.items?.kind) {
    case "string":
      return "String";
    case "number":
      return "Number";
    default:
      return typeof (members[0] ?? attribute.items?.enum?.[0]) === "number" ? "Number" : "String";
  }
}

/** Whether ElectroDB makes such values anew: of a list it takes the members that are there. */
export function isRebuilt({ shaped, kind }: AttributePlan): boolean {
  return shaped || kind === "list";
}

/** The members of a list that are there. */
export function presentMembers(members: readonly unknown[]): readonly unknown[] {
  return members.includes(undefined) ? members.filter((member) => member !== undefined) : members;
}

/**
 * The stored form of an attribute's value.
 * @param native Whether sets become native ones, which they do once a client is known.
 * @param dropIn Whether a map keeps nothing that is not declared, even where it declares nothing, and a list nothing that is `undefined`.
 */
export function shape(
  value: unknown,
  attribute: AttributePlan,
  native: boolean,
  dropIn: boolean,
): unknown {
  const isKept = dropIn ? !isRebuilt(attribute) : !attribute.shaped;
  if (isKept || value === undefined || value === null) return value;
  switch (attribute.kind) {
    case "set":
      return shapeSet(value, attribute, native);
    case "map":
      return isRecord(value) && !finished.has(value)
        ? shapeMap(value, attribute.properties ?? NONE, native, dropIn)
        : value;
    case "list": {
      const { items } = attribute;
      if (items === undefined || !Array.isArray(value) || finished.has(value)) return value;
      const members = dropIn ? presentMembers(value) : value;
      return members.map((member) => shape(member, items, native, dropIn));
    }
    default:
      return value;
  }
}

const NONE: readonly AttributePlan[] = [];

function shapeMap(
  value: Members,
  properties: readonly AttributePlan[],
  native: boolean,
  dropIn: boolean,
): Members {
  if (properties.length === 0 && !dropIn) return value;
  const shaped: Members = {};
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i] as AttributePlan;
    const member = ownMember(value, property.name);
    if (member === undefined) continue;
    define(shaped, property.field, shape(member, property, native, dropIn));
  }
  return shaped;
}
