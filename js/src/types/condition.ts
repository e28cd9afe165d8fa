// The `conditions` option of writes: conditions as plain data, beside the `where` callback.
import type { ValueOf } from "./value.js";
import type { DynamoType } from "./where.js";

/** The comparisons of a term with `attr`; several of them must all hold. */
export interface Comparisons<V> {
  /** Equal to. */
  readonly eq?: V | null;
  /** Not equal to. */
  readonly ne?: V | null;
  /** Greater than. */
  readonly gt?: Ordered<V>;
  /** Greater than or equal to. */
  readonly gte?: Ordered<V>;
  /** Less than. */
  readonly lt?: Ordered<V>;
  /** Less than or equal to. */
  readonly lte?: Ordered<V>;
  /** From the first to the second value, both included. */
  readonly between?: readonly [low: Ordered<V>, high: Ordered<V>];
  /** Begins with this text. */
  readonly begins?: If<V, string, string>;
  /** Contains this text, element or member. */
  readonly contains?: Contained<V>;
  /** Does not contain this text, element or member. */
  readonly notContains?: Contained<V>;
  /** Is one of these 1 to 100 values. */
  readonly in?: readonly V[];
  /** Is there, or is not. */
  readonly exists?: boolean;
  /** Has this DynamoDB type. */
  readonly type?: DynamoType;
  /** Has this size, or a size in these bounds. */
  readonly size?: If<V, string | object, number | SizeComparisons>;
}

/** Bounds of a size; several of them must all hold. */
export interface SizeComparisons {
  /** Equal to. */
  readonly eq?: number;
  /** Not equal to. */
  readonly ne?: number;
  /** Greater than. */
  readonly gt?: number;
  /** Greater than or equal to. */
  readonly gte?: number;
  /** Less than. */
  readonly lt?: number;
  /** Less than or equal to. */
  readonly lte?: number;
}

/** `T` when a `V` can be an `X`, as it can when nothing is known about it. */
type If<V, X, T> = unknown extends V ? T : Extract<V, X> extends never ? never : T;

type Ordered<V> = unknown extends V ? V : Extract<V, string | number>;

type Contained<V> = unknown extends V
  ? V
  : V extends string
    ? string
    : V extends readonly (infer E)[]
      ? E
      : never;

/** Whether the item is there at all. */
export interface ExistsCondition {
  /** Whether it has to be there, or must not be. */
  readonly exists: boolean;
}

/** Attributes that must have these values. `null` stands for DynamoDB's NULL. */
export type EqualCondition<A> = { readonly [K in keyof A]?: ValueOf<A[K], "all"> | null };

/** One attribute by name, or a place below it by path, with the comparisons that must hold for it. */
export type CompareCondition<A> = {
  [K in keyof A & string]:
    | ({ readonly attr: K } & Comparisons<ValueOf<A[K], "all">>)
    | ({ readonly attr: `${K}.${string}` | `${K}[${string}` } & Comparisons<unknown>);
}[keyof A & string];

/**
 * One condition: about existence, equality of attributes, or comparisons of one attribute. An attribute that is named
 * like one of the two keywords takes its place.
 */
export type Condition<A> =
  | EqualCondition<A>
  | ("exists" extends keyof A ? never : ExistsCondition)
  | ("attr" extends keyof A ? never : CompareCondition<A>);

/**
 * What `conditions` takes: one condition, or several that must all hold.
 *
 * @example
 * const change = User.update({ userId: "u1" }).set({ name: "Ada" });
 * await change.go({ conditions: { version: 3 } });
 * await change.go({ conditions: { attr: "role", in: ["ADMIN", "TEACHER"] } });
 * await change.go({ conditions: [{ verified: false }, { attr: "visits", lt: 10 }] });
 */
export type Conditions<A> = Condition<A> | readonly Condition<A>[];
