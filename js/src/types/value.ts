// From an attribute definition to the TypeScript type of its values; whole items are in item.ts.
import type { CustomAttributeTypeName } from "./attribute.js";

/** Makes one object of an intersection. The `& {}` lets a hover show the properties instead of this name. */
export type Flat<T> = { [K in keyof T]: T[K] } & {};

/**
 * The three views of a value, which differ inside maps: `"item"` is what reads give (hidden properties are left out),
 * `"all"` is the same with hidden properties, `"put"` is what create takes (defaulted properties may be left
 * out), and `"set"` is what an update takes (read-only properties are refused).
 */
export type View = "item" | "all" | "put" | "set" | "full";

interface Scalars {
  string: string;
  number: number;
  boolean: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- An `any` attribute is what its name says.
  any: any;
}

/** The type of the values of one attribute definition. */
export type ValueOf<D, W extends View = "item"> = D extends { readonly type: keyof Scalars }
  ? Scalars[D["type"]]
  : D extends { readonly type: readonly (infer M)[] }
    ? M
    : D extends { readonly properties: infer P }
      ? MapOf<P, W>
      : D extends { readonly type: "set"; readonly items: infer M }
        ? SetMember<M>[]
        : D extends { readonly items: infer L }
          ? ValueOf<L, W>[]
          : D extends { readonly type: CustomAttributeTypeName<infer V> }
            ? V
            : never;

type SetMember<M> = M extends "string"
  ? string
  : M extends "number"
    ? number
    : M extends readonly (infer E)[]
      ? E
      : never;

type MapOf<P, W extends View> = W extends "full"
  ? { -readonly [K in keyof P]: ValueOf<P[K], W> } & {}
  : Flat<
      {
        -readonly [K in keyof P as NeededProperty<P[K], K, W>]: ValueOf<P[K], W>;
      } & {
        -readonly [K in keyof P as AllowedProperty<P[K], K, W>]?: ValueOf<P[K], W>;
      }
    >;

type AllowedProperty<D, K, W extends View> = W extends "item"
  ? D extends { readonly hidden: true }
    ? never
    : K
  : W extends "set"
    ? D extends { readonly readOnly: true }
      ? never
      : K
    : K;

type NeededProperty<D, K, W extends View> = D extends { readonly required: true }
  ? W extends "put" | "set"
    ? D extends { readonly default: unknown }
      ? never
      : AllowedProperty<D, K, W>
    : AllowedProperty<D, K, W>
  : never;
