// What is read beside the attributes that a call asks for, because reading the answer needs it. What a call asks for is in its params already.

import { keyFieldsOf } from "./cursor.js";
import type { EntityCore } from "../entity/entity-core.js";
import { keySlots } from "../hooks/index-conditions.js";
import type { GoOptions } from "./options.js";
import type { IndexPlan } from "../entity/plan.js";
import { topLevel } from "../read/read.js";
import type { EntityRuntime } from "../entity/runtime.js";
import type { Members } from "../tags.js";

/** The request, with these fields in its projection where it has one and lacks them. */
function withFields(
  params: Members,
  fields: readonly string[],
  nameOf: (field: string, names: Readonly<Record<string, string>>) => string,
): Members {
  const projection = params["ProjectionExpression"];
  if (typeof projection !== "string") return params;
  const names = { ...(params["ExpressionAttributeNames"] as Record<string, string>) };
  const projected = new Set(projection.split(/\s*,\s*/).map((name) => names[name]));
  let expression = projection;
  for (const field of fields) {
    if (projected.has(field)) continue;
    const name = nameOf(field, names);
    names[name] = field;
    expression += `, ${name}`;
  }
  return { ...params, ProjectionExpression: expression, ExpressionAttributeNames: names };
}

/**
 * Which of the attributes each entity is asked for, by the number of the entity: those that it has; of one that has none of
 * them, the key is enough to know what was there. What none of them has, the first one refuses.
 */
export function attributesOf(
  entities: readonly EntityCore[],
  names: readonly unknown[],
): readonly (readonly unknown[])[] {
  const strange = names.filter((name) => !entities.some((entity) => hasAttribute(entity, name)));
  return entities.map((entity, at) => {
    const own = names.filter((name) => hasAttribute(entity, name));
    const asked = at === 0 ? [...own, ...strange] : own;
    if (asked.length > 0 || names.length === 0) return asked;
    const { attributes, indexes, primary } = entity.runtime.plan;
    return keySlots(indexes[primary] as IndexPlan).map((slot) => attributes[slot]?.name);
  });
}

/** Whether an entity has the attribute of this name, or the one that this path begins with. */
function hasAttribute({ runtime }: EntityCore, name: unknown): boolean {
  return typeof name === "string" && runtime.slot(topLevel(runtime, name)) >= 0;
}

/** The request, which also reads what another one reads; one that has no projection reads everything. */
export function withProjection(params: Members, other: Members): Members {
  const projection = other["ProjectionExpression"];
  const names = (other["ExpressionAttributeNames"] ?? {}) as Readonly<Record<string, string>>;
  if (typeof projection !== "string") {
    const { ProjectionExpression: _, ExpressionAttributeNames: __, ...whole } = params;
    return whole;
  }
  const fields = projection.split(/\s*,\s*/).map((name) => names[name] ?? name);
  return withFields(params, fields, freeName);
}

/**
 * The request, with the keys that `count` needs where `attributes` asks for less: an item in the middle of a page ends
 * the result, and the cursor is its key.
 */
export function withKeys(
  runtime: EntityRuntime,
  options: GoOptions,
  index: number,
  params: Members,
): Members {
  // In a collection, ElectroDB counts nothing and reads to the end.
  const isGrouped = runtime.dropIn && runtime.members !== undefined;
  if (options.count === undefined || isGrouped) return params;
  return withFields(
    params,
    keyFieldsOf(runtime, index),
    (_, names) => `#__key_${Object.keys(names).length}`,
  );
}

/**
 * The request, with the identifiers by which an item is known as the entity's own. As in ElectroDB they are part of what
 * is sent and not of `params()`, and nobody asks for them where raw items are wanted or ownership is ignored.
 */
export function withIdentifiers(
  runtime: EntityRuntime,
  options: GoOptions,
  index: number,
  params: Members,
): Members {
  if (options.data === "raw" || options.ignoreOwnership === true) return params;
  // DynamoDB refuses a projection of what a global index does not hold.
  if (runtime.plan.indexes[index]?.identified !== true) return params;
  const { entity, version } = runtime.plan.identifiers;
  return withFields(params, [entity, version], freeName);
}

/** The placeholder as the core writes it, or the next free one where another field has it. */
function freeName(field: string, names: Readonly<Record<string, string>>): string {
  const plain = `#${field.replace(/\W/g, "")}`;
  let name = plain;
  for (let number = 2; name in names && names[name] !== field; number++)
    name = `${plain}_${number}`;
  return name;
}
