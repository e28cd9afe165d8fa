// What the update methods take: each only the attributes that its operation can change.
import type { CustomAttributeTypeName } from "./attribute.js";
import type { NameOf } from "./item.js";
import type { Flat, ValueOf } from "./value.js";

/** The names that no update may change: those of the primary key, `N`, and what is read-only. */
type FixedName<A, N> = N | NameOf<A, { readonly readOnly: true }>;

/** What `add` changes: numbers, by a number, and sets, by members. */
export interface Addable {
  /** Definitions of this kind: numbers and sets. */
  readonly type: "number" | "set" | "any" | CustomAttributeTypeName<number | readonly unknown[]>;
}
/** What `subtract` changes: numbers. */
export interface Subtractable {
  /** Definitions of this kind: numbers. */
  readonly type: "number" | "any" | CustomAttributeTypeName<number>;
}
/** What `append` changes: lists. */
export interface Appendable {
  /** Definitions of this kind: lists. */
  readonly type: "list" | "any" | CustomAttributeTypeName<readonly unknown[]>;
}
/** What `delete` changes: sets. */
export interface Deletable {
  /** Definitions of this kind: sets. */
  readonly type: "set" | "any" | CustomAttributeTypeName<readonly unknown[]>;
}

/** What `set` takes. */
export type SetAttributes<A, N> = Changes<A, Exclude<keyof A, FixedName<A, N>>> & {};

/** What `ifNotExists` takes. */
export type IfNotExistsAttributes<A, N> = SetAttributes<A, N> & {};

/** What `add`, `subtract`, `append` or `delete` takes: the attributes whose definition is an `X`. */
export type ChangeAttributes<A, N, X> = Changes<A, Exclude<NameOf<A, X>, FixedName<A, N>>> & {};

/** The names that `remove` takes: what is not required. */
export type RemovableName<A, N> = Exclude<
  keyof A,
  FixedName<A, N> | NameOf<A, { readonly required: true }>
>;

/** What `composite` takes: values of attributes that are known but not changed, to build index keys with. */
export type CompositeAttributes<A> = Changes<A, keyof A> & {};

type Changes<A, M extends keyof A> = Flat<{ -readonly [K in M]?: ValueOf<A[K], "set"> }>;
