// What the update methods take: each only the attributes that its operation can change.
import type { CustomAttributeTypeName } from "./attribute.js";
import type { KeyName } from "./item.js";
import type { ValueOf } from "./value.js";

/** The name `K` when updates may change the attribute: neither read-only nor part of the primary key. */
type Changeable<D, K, I> = D extends { readonly readOnly: true } ? never : Exclude<K, KeyName<I>>;

/** What `add` changes: numbers, by a number, and sets, by members. */
export interface Addable {
  readonly type: "number" | "set" | "any" | CustomAttributeTypeName<number | readonly unknown[]>;
}
/** What `subtract` changes: numbers. */
export interface Subtractable {
  readonly type: "number" | "any" | CustomAttributeTypeName<number>;
}
/** What `append` changes: lists. */
export interface Appendable {
  readonly type: "list" | "any" | CustomAttributeTypeName<readonly unknown[]>;
}
/** What `delete` changes: sets. */
export interface Deletable {
  readonly type: "set" | "any" | CustomAttributeTypeName<readonly unknown[]>;
}

/** What `set` takes. */
export type SetAttributes<A, I> = {
  -readonly [K in keyof A as Changeable<A[K], K, I>]?: ValueOf<A[K], "set">;
} & {};

/** What `ifNotExists` takes. */
export type IfNotExistsAttributes<A, I> = SetAttributes<A, I>;

/** What `add`, `subtract`, `append` or `delete` takes: the attributes whose definition is an `X`. */
export type ChangeAttributes<A, I, X> = {
  -readonly [K in keyof A as A[K] extends X ? Changeable<A[K], K, I> : never]?: ValueOf<
    A[K],
    "set"
  >;
};

/** The names that `remove` takes: what is not required. */
export type RemovableName<A, I> = {
  [K in keyof A]: A[K] extends { readonly required: true } ? never : Changeable<A[K], K, I>;
}[keyof A];

/** What `composite` takes: values of attributes that are known but not changed, to build index keys with. */
export type CompositeAttributes<A> = { -readonly [K in keyof A]?: ValueOf<A[K], "set"> } & {};
