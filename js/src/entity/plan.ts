// The entity plan: what the core answers to a definition (src/schema/plan.rs writes it). Types only, no code.

/** An attribute's position in the definition. */
export type Slot = number;

/** The position of a function or regular expression in the entity's `hooks`. */
export type HookId = number;

/** What values an attribute takes. */
export type AttributeKind =
  "string" | "number" | "boolean" | "any" | "custom" | "enum" | "map" | "list" | "set";

/** One attribute, top-level or nested. */
export interface AttributePlan {
  /** The user's name; empty for the items of a list or set. */
  readonly name: string;
  /** The stored name. */
  readonly field: string;
  /** The position among the top-level attributes; nested ones have none. */
  readonly slot?: Slot;
  /** The number among all attributes of the model, nested ones too. */
  readonly node: number;
  readonly kind: AttributeKind;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly hidden: boolean;
  /** 0: none; 1: a value, which the wrapper takes from its copy of the definition; else a function. */
  readonly default: 0 | 1 | { readonly hook: HookId };
  readonly get?: HookId;
  readonly set?: HookId;
  readonly validate?: HookId;
  readonly watch?: "*" | readonly Slot[];
  /** Whether a value must be rebuilt on its way to DynamoDB. */
  readonly shaped: boolean;
  /** Whether this attribute or one below it has a default that is to be filled in. */
  readonly hasDefault: boolean;
  readonly hasSet: boolean;
  readonly hasGet: boolean;
  readonly hasHidden: boolean;
  /** A map's declared properties; none where it may have any. */
  readonly properties?: readonly AttributePlan[];
  /** What a list or set holds. */
  readonly items?: AttributePlan;
  readonly enum?: readonly unknown[];
}

/** One half of an index's key. */
export interface KeyPlan {
  readonly field: string;
  readonly composites: readonly Slot[];
  /** Whether a number is stored in it. */
  readonly numeric: boolean;
  /** How stored keys are cased; the texts below are as the definition has them. */
  readonly casing: "none" | "lower" | "upper";
  /** Whether the definition names that casing. */
  readonly cased: boolean;
  /** The text before the first composite; absent, like the next two, where the key is no text of its own. */
  readonly head?: string;
  /** The texts before each composite's value. */
  readonly labels?: readonly string[];
  /** The text after the last composite. */
  readonly tail?: string;
}

/** One access pattern. */
export interface IndexPlan {
  readonly name: string;
  readonly number: number;
  /** DynamoDB's name of the index; absent for the table's own key. */
  readonly index?: string;
  readonly partition: KeyPlan;
  readonly sort?: KeyPlan;
  readonly collections: readonly string[];
  readonly kind: "isolated" | "clustered" | "composite";
  readonly condition?: HookId;
  readonly local: boolean;
  /** The composites of both keys, as `keySlots` has put them together when they were first asked for. */
  slots?: readonly Slot[];
  /** What the index holds of an item. */
  readonly projection: "all" | "keys_only" | readonly Slot[];
  /** Whether it holds the identifiers. */
  readonly identified: boolean;
}

/** All that the wrapper needs to know of a compiled model. */
export interface EntityPlan {
  readonly entity: string;
  readonly version: string;
  readonly service: string;
  readonly identifiers: { readonly entity: string; readonly version: string };
  /** The number of the index that is the table's own key. */
  readonly primary: number;
  readonly attributes: readonly AttributePlan[];
  readonly indexes: readonly IndexPlan[];
}
