/** The keys of a model that are attributes themselves, and the operands of requests that are compared with them. It corrects nothing. */
import { compositesOf } from "./calls/item";
import type { Request } from "./correction";
import type { KeyDefinition } from "./indexes";
import type { Model } from "./model";

/** A key that is one attribute in the attribute's own field. */
export interface AttributeKey {
  name: string;
  field: string;
  key: KeyDefinition;
}

/** Those of these keys that are one attribute in its own field; `fieldOf` says which field a key stands for. */
export function attributeKeys(
  { definition }: Model,
  keys: readonly KeyDefinition[],
  fieldOf = (key: KeyDefinition): string | undefined => key?.field,
): AttributeKey[] {
  return keys.flatMap((key) => {
    const [name = "", ...others] = compositesOf(key);
    const own = definition.attributes?.[name];
    const field = own?.field ?? name;
    const isOwn = own !== undefined && others.length === 0 && fieldOf(key) === field;
    return isOwn ? [{ name, field, key }] : [];
  });
}

/** Whether the definition names a casing that changes texts. */
export const isCased = ({ casing }: KeyDefinition): boolean =>
  casing === "lower" || casing === "upper";

/** Changes the texts that a request compares with attributes or fields of these names. */
export function changeOperands(
  request: Request,
  names: readonly string[],
  change: (text: string, placeholder: string) => string,
): void {
  const values = (request.ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  const plain = names.map((name) => name.replaceAll(/\W/g, ""));
  // What is the key of an index of attributes is numbered apart.
  const own = new RegExp(`^:(?:${plain.join("|")})(?:k_)?\\d+$`);
  for (const [placeholder, value] of Object.entries(values)) {
    if (own.test(placeholder) && typeof value === "string")
      values[placeholder] = change(value, placeholder);
  }
}
