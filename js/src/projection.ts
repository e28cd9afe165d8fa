// What is read beside the attributes that a call asks for, because reading the answer needs it. What a call asks for is in its params already.

import { keyFieldsOf } from "./cursor.js";
import type { GoOptions } from "./options.js";
import type { EntityRuntime } from "./runtime.js";
import type { Members } from "./tags.js";

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
  if (options.count === undefined) return params;
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
  if (runtime.plan.indexes[index]?.projection !== "all") return params;
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
