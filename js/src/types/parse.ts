// The forms of `entity.parse`: answers of DynamoDB, and stored items as they are.
import type { ParseOptions } from "./options.js";
import type { AnyModel, ItemOf, Shown } from "./result.js";

interface Stored {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Users' interfaces have no index signature; only `any` accepts them.
  readonly [field: string]: any;
}

/** A stored item, by field. Answers are told apart from it by their `$metadata`, or by what they hold. */
export interface RawItem extends Stored {
  /** Only answers have it. */
  readonly $metadata?: undefined;
  // Without these, an answer whose `Item` is of type `any` would be taken for an item.
  readonly Item?: undefined;
  readonly Items?: undefined;
  readonly Attributes?: undefined;
}

/** The answer to a get, put, update or delete. */
export type SingleAnswer =
  | { readonly Item: Stored | undefined }
  | { readonly Attributes: Stored | undefined }
  | {
      readonly $metadata: object;
      readonly Item?: Stored | undefined;
      readonly Attributes?: Stored | undefined;
      readonly Items?: undefined;
    };

/** The answer to a query or scan. */
export type PageAnswer =
  | { readonly Items: readonly Stored[] | undefined }
  | { readonly $metadata: object; readonly Items?: readonly Stored[] | undefined };

/** The answer to a get, put, update or delete, when it is not known whether there was an item. */
export type PossibleAnswer =
  { readonly Item?: Stored | undefined } | { readonly Attributes?: Stored | undefined };

declare const uncallable: unique symbol;

/** What no value is; its name is what an error message says of a value that is none of the others. */
export interface AnswerOrStoredItem {
  readonly [uncallable]: never;
}

/**
 * The overloads of `entity.parse`. The last one can never be called: it stands there so that
 * `ReturnType<typeof User.parse>` is the item.
 */
export interface Parse<S extends AnyModel> {
  /**
   * Makes an item of the answer to a get, put, update or delete.
   *
   * @example
   * const { data } = User.parse({ Item: { pk: "$app#userid_u1", sk: "$user_1" } });
   */
  <const P extends keyof S["attributes"] = never, H extends boolean = false>(
    answer: SingleAnswer,
    options?: ParseOptions<P, H>,
  ): { data: Shown<S, P, "attributes", H> | null };
  /**
   * Makes items of the answer to a query or scan.
   *
   * @example
   * const { data } = User.parse({ Items: [{ pk: "$app#userid_u1", sk: "$user_1" }] });
   */
  <const P extends keyof S["attributes"] = never, H extends boolean = false>(
    answer: PageAnswer,
    options?: ParseOptions<P, H>,
  ): { data: Shown<S, P, "attributes", H>[]; cursor: string | null };
  /**
   * Makes an item of what is stored: `null` when that belongs to another entity.
   *
   * @example
   * const user = User.parse(unmarshall(record.dynamodb.NewImage));
   */
  <const P extends keyof S["attributes"] = never, H extends boolean = false>(
    item: RawItem,
    options?: ParseOptions<P, H>,
  ): Shown<S, P, "attributes", H> | null;
  /**
   * Makes an item of an answer whose type leaves open whether there was one.
   *
   * @example
   * const { data } = User.parse({} as { Item?: Record<string, string> });
   */
  <const P extends keyof S["attributes"] = never, H extends boolean = false>(
    // eslint-disable-next-line @typescript-eslint/unified-signatures -- Tried before stored items, it would take them.
    answer: PossibleAnswer,
    options?: ParseOptions<P, H>,
  ): { data: Shown<S, P, "attributes", H> | null };
  (item: AnswerOrStoredItem): ItemOf<S>;
}
