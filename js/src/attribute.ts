// Attributes whose type only TypeScript knows: what the two functions of the entries answer at run time.

/** The `type` of an attribute whose type is given as a type parameter; what it holds is of this kind. */
export function customAttributeType(base: string): string {
  return base;
}

/** An attribute of any type, with these properties. */
export function createCustomAttribute(properties: object = {}): object {
  return { ...properties, type: "custom" };
}
