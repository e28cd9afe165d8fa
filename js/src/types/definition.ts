// The model literal that a user hands to `new Entity`: its name, its attributes and its indexes.
import type { Attribute, HookItem } from "./attribute.js";

/** How the letters of a key are written; `"default"` is `"lower"`. */
export type KeyCasing = "upper" | "lower" | "none" | "default";

/** The DynamoDB type of a key that is not text. */
export type KeyCast = "string" | "number";

/** A partition or sort key: the attributes `C` it is composed of, and the field it is stored in. */
export interface IndexKey<C extends string> {
  /** The field of the table that holds this key. Indexes of type `"composite"` have none. */
  readonly field?: string;
  /** The attributes that make up the key, in order. */
  readonly composite: readonly C[];
  /** The text of the key, with attributes as `${name}`, instead of ElectroDB's own labels. */
  readonly template?: string;
  /** How the letters of the key are written. */
  readonly casing?: KeyCasing;
  /** Stores the key as a number instead of text. */
  readonly cast?: KeyCast;
}

/** What an index holds of an item: everything, its keys, or its keys and the attributes of a list. */
export type Projection<N extends string> = "all" | "keys_only" | readonly N[];

/** One access pattern: the table itself when `index` is omitted, else a secondary index of it. */
export interface Index<C extends string, L extends string = string, N extends string = string> {
  /** The name of the secondary index in the table. */
  readonly index?: string;
  /** The partition key. */
  readonly pk: IndexKey<C>;
  /** The sort key, where the index has one. */
  readonly sk?: IndexKey<C>;
  /** One collection, or a path of sub-collections, that entities share on this index. */
  readonly collection?: L | readonly L[];
  /** How entities lie in a partition; `"isolated"` when omitted. */
  readonly type?: "isolated" | "clustered" | "composite";
  /** A name that keeps this index apart from others with the same partition key. */
  readonly scope?: string;
  /**
   * Whether an item belongs into this index; it is called with the attributes of the write.
   *
   * @example
   * const condition: Index<string>["condition"] = ({ verified }) => verified === true;
   */
  readonly condition?: (attributes: HookItem) => boolean;
  /** What the table copies into this index: `"all"` when omitted. */
  readonly projection?: Projection<N>;
  /** The same as `projection`. */
  readonly project?: Projection<N>;
}

/**
 * The access patterns of a model by name; `C` are the names of the attributes that keys may be composed of, `L` those of its
 * collections, `N` those of all attributes.
 */
export interface Indexes<C extends string, L extends string = string, N extends string = string> {
  readonly [accessPattern: string]: Index<C, L, N>;
}

/** The three names that tell the items of one entity from all others in the table. */
export interface ModelName {
  /** What an item is. */
  readonly entity: string;
  /** What the items of a table that belong together have in common. */
  readonly service: string;
  /** Which version of the model wrote an item. */
  readonly version: string;
}

/** A whole model: what `new Entity` takes as its first argument, and what `entity.schema` gives back. */
export interface Model<A, I> {
  /** The names of the model. */
  readonly model: ModelName;
  /** The attributes by name. */
  readonly attributes: A;
  /** The access patterns by name. */
  readonly indexes: I;
}

/** A model with the attribute names `A`, the composites `F`, the collections `C` and the names `P` in projections. */
export type Schema<
  A extends string = string,
  F extends string = string,
  C extends string = string,
  P extends string = string,
> = Model<{ readonly [K in A]: Attribute }, Indexes<F, C, P>>;
