// The types of `entity.conversions`: composites, keys and cursors into one another.
import type { CompositeNameOf, KeyName } from "./item.js";
import type { AnyModel } from "./result.js";
import type { Flat, ValueOf } from "./value.js";

/** Stored keys by field. */
export type ConvertedKeys = Record<string, string | number>;

/** Which composites have to be there: `"none"` when omitted, those of partition keys, or all. */
export interface ConversionOptions {
  /** Refuses composites that are not all there, or not all of a partition key. */
  readonly strict?: "all" | "pk" | "none" | undefined;
}

/** The attributes that the keys of the access patterns `N` and of the table are composed of. */
type Composites<S extends AnyModel, N extends keyof S["indexes"]> = Flat<{
  -readonly [
    K in (CompositeNameOf<S["indexes"][N]> | KeyName<S["indexes"]>) & keyof S["attributes"]
  ]?: ValueOf<S["attributes"][K], "all">;
}>;

/** The conversions between composites `C`, keys and cursors. */
export interface ConversionsOf<C> {
  /** From attributes. */
  readonly fromComposite: {
    /**
     * The keys that these attributes make, as far as they go.
     *
     * @example
     * const keys = User.conversions.fromComposite.toKeys({ userId: "u1" });
     */
    toKeys(composite: C, options?: ConversionOptions): ConvertedKeys;
    /**
     * The cursor of the item with these attributes.
     *
     * @example
     * const cursor = User.conversions.byAccessPattern.primary.fromComposite.toCursor({ userId: "u1" });
     */
    toCursor(composite: C, options?: ConversionOptions): string;
  };
  /** From stored keys. */
  readonly fromKeys: {
    /**
     * The attributes that these keys were made of, cased as they stand in the keys.
     *
     * @example
     * const { userId } = User.conversions.fromKeys.toComposite({ pk: "$app#userid_u1", sk: "$user_1" });
     */
    toComposite(keys: Readonly<ConvertedKeys>): C;
    /**
     * The cursor of the item with these keys.
     *
     * @example
     * const cursor = User.conversions.fromKeys.toCursor({ pk: "$app#userid_u1", sk: "$user_1" });
     */
    toCursor(keys: Readonly<ConvertedKeys>): string;
  };
  /** From the cursor of a page. */
  readonly fromCursor: {
    /**
     * The attributes of the item at which a page ended.
     *
     * @example
     * const { userId } = User.conversions.fromCursor.toComposite(cursor);
     */
    toComposite(cursor: string): C;
    /**
     * The keys of the item at which a page ended.
     *
     * @example
     * const keys = User.conversions.fromCursor.toKeys(cursor);
     */
    toKeys(cursor: string): ConvertedKeys;
  };
}

/**
 * All conversions of an entity, those of each access pattern under `byAccessPattern`.
 *
 * @example
 * const keys = User.conversions.fromComposite.toKeys({ userId: "u1" });
 */
export interface Conversions<S extends AnyModel> extends ConversionsOf<
  Composites<S, keyof S["indexes"]>
> {
  /** The same for one access pattern and the table. */
  readonly byAccessPattern: {
    readonly [N in keyof S["indexes"]]: ConversionsOf<Composites<S, N>>;
  };
}

/** What `createConversions` is as a value. */
export type CreateConversionsFunction = <S extends AnyModel>(entity: {
  readonly schema: S;
  readonly conversions: unknown;
}) => Conversions<S>;
