// The shapes an attribute definition may have; not the values those attributes hold (value.ts).

/** What a callback sees as the rest of the item. Its shape would be circular to infer. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- A hook reads siblings that the definition is still declaring.
export type HookItem = any;

/** What `cast` may turn an attribute into. */
export type AttributeCast = "string" | "number" | "boolean";

/** Characters put in front of a value, in keys only, until it has `length` characters. */
export interface Padding {
  /** How long the value is made. */
  readonly length: number;
  /** What is put in front of it. */
  readonly char: string;
}

/** What a `get` or `set` hook returns: a value, or nothing. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- A hook may end without a return statement.
export type HookValue<V> = V | undefined | void;

/** The properties that every attribute definition may have, whatever its `type`. */
export interface AttributeProperties<V> {
  /** Refuses a create or put without this attribute, and its removal in an update. */
  readonly required?: boolean;
  /** Leaves the attribute out of results. */
  readonly hidden?: boolean;
  /** Refuses changes after the item was created. */
  readonly readOnly?: boolean;
  /** The name under which the attribute is stored; the attribute's own name when omitted. */
  readonly field?: string;
  /** The name that stands before the value in keys; the attribute's own name when omitted. */
  readonly label?: string;
  /** The value of an absent attribute on create, put and upsert, or a function that gives it. */
  readonly default?: V | (() => V | undefined);
  /** A pattern, or a function that throws or returns a reason when it refuses the value. */
  readonly validate?: RegExp | ((value: V) => unknown);
  /**
   * Changes a value after it was read.
   *
   * @example
   * const attributes = { role: { type: "string", get: (role) => role.toUpperCase() } } satisfies Attributes;
   */
  readonly get?: (value: V, item: HookItem) => HookValue<V>;
  /**
   * Changes a value before it is written.
   *
   * @example
   * const attributes = { email: { type: "string", set: (email) => email?.trim() } } satisfies Attributes;
   */
  readonly set?: (value: V | undefined, item: HookItem) => HookValue<V>;
  /** Other attributes whose change runs `get` and `set` of this one as well; `"*"` means all. */
  readonly watch?: "*" | readonly string[];
  /** Converts the attribute's value for keys. */
  readonly cast?: AttributeCast;
}

/** An attribute that holds text. */
export interface StringAttribute extends AttributeProperties<string> {
  /** The kind of the values. */
  readonly type: "string";
  /** Characters in front of the value, in keys only. */
  readonly padding?: Padding;
}

/** An attribute that holds a number. */
export interface NumberAttribute extends AttributeProperties<number> {
  /** The kind of the values. */
  readonly type: "number";
  /** Characters in front of the value, in keys only. */
  readonly padding?: Padding;
}

/** An attribute that holds `true` or `false`. */
export interface BooleanAttribute extends AttributeProperties<boolean> {
  /** The kind of the values. */
  readonly type: "boolean";
}

/** An attribute that holds one of the listed texts. */
export interface EnumAttribute extends AttributeProperties<string> {
  /** The texts that are allowed. */
  readonly type: readonly string[];
  /** Characters in front of the value, in keys only. */
  readonly padding?: Padding;
}

/** An attribute that holds an ordered list whose elements all have one definition. */
export interface ListAttribute extends AttributeProperties<readonly HookItem[]> {
  /** The kind of the values. */
  readonly type: "list";
  /** The definition of every element. */
  readonly items: Attribute;
}

/** An attribute that holds an object with declared properties. */
export interface MapAttribute extends AttributeProperties<HookItem> {
  /** The kind of the values. */
  readonly type: "map";
  /** The definitions of the properties. */
  readonly properties: Attributes;
}

/** An attribute that holds a set of texts or numbers. */
export interface SetAttribute extends AttributeProperties<HookItem> {
  /** The kind of the values. */
  readonly type: "set";
  /** What the members are: texts, numbers, or some of these. */
  readonly items: "string" | "number" | readonly string[] | readonly number[];
}

/** An attribute whose values are not checked. */
export interface AnyAttribute extends AttributeProperties<HookItem> {
  /** The kind of the values. */
  readonly type: "any";
}

declare const customValue: unique symbol;

/** The `type` of a custom attribute: at run time the name of its base type, for TypeScript the type `T`. */
export interface CustomAttributeTypeName<T> {
  readonly [customValue]: T;
}

/** An attribute whose TypeScript type was given by `CustomAttributeType`. */
export interface CustomAttribute extends AttributeProperties<HookItem> {
  /** What `CustomAttributeType` gave. */
  readonly type: CustomAttributeTypeName<HookItem>;
  /** Characters in front of the value, in keys only. */
  readonly padding?: Padding;
}

/** The definition of one attribute. */
export type Attribute =
  | StringAttribute
  | NumberAttribute
  | BooleanAttribute
  | EnumAttribute
  | ListAttribute
  | MapAttribute
  | SetAttribute
  | AnyAttribute
  | CustomAttribute;

/** The attributes of a model, or the properties of a map, by name. */
export interface Attributes {
  readonly [name: string]: Attribute;
}

/** The base types that a custom attribute type can stand on. */
export type CustomAttributeBase = "string" | "number" | "boolean" | "any";

/**
 * Gives an attribute a TypeScript type of your own. Nothing is checked at run time beyond the base type.
 *
 * @example
 * type UserId = `user_${string}`;
 * const attributes = { userId: { type: CustomAttributeType<UserId>("string"), required: true } } as const;
 */
export interface CustomAttributeTypeFunction {
  <T>(base: CustomAttributeBase): CustomAttributeTypeName<T>;
}

/** What `createCustomAttribute` takes beside the type parameter. */
export interface CustomAttributeProperties<T> extends AttributeProperties<T> {
  /** Characters in front of the value, in keys only. */
  readonly padding?: Padding;
}

/**
 * Makes a whole attribute definition with a TypeScript type of your own. Its values are not checked at run time.
 *
 * @example
 * const attributes = { role: createCustomAttribute<{ kind: "guest" | "member" }>() };
 */
export interface CreateCustomAttributeFunction {
  <T>(
    properties?: CustomAttributeProperties<T>,
  ): CustomAttributeProperties<T> & { readonly type: CustomAttributeTypeName<T> };
}
