// The attribute objects of `where` and `data` callbacks: references to stored places, typed by their definitions.
import type { AnyAttribute, CustomAttributeTypeName } from "./attribute.js";
import type { ValueOf } from "./value.js";

declare const definition: unique symbol;
declare const held: unique symbol;

/** What stands for a value of type `V`: a place that holds one, or a placeholder. */
export interface Holding<out V> {
  readonly [held]: V;
}

/** A place in an item, to be handed to an operator. `D` is the definition of what lies there. */
export interface Reference<in out D> extends Holding<ValueOf<D, "all">> {
  readonly [definition]: D;
}

/** A piece of expression text that stands for a value of type `V`; operators give and take it. */
export type Placeholder<V> = string & Holding<V>;

/** A place without a definition, below an `any` attribute: every path below it may be there too. */
export interface AnyPath extends Reference<AnyAttribute> {
  readonly [name: string | number]: AnyPath;
}

/** The places below a custom attribute, by its TypeScript type. */
export type CustomPath<V> = Reference<{ readonly type: CustomAttributeTypeName<V> }> &
  (V extends readonly (infer E)[]
    ? { readonly [index: number]: CustomPath<E> }
    : V extends object
      ? { readonly [K in keyof V]-?: CustomPath<NonNullable<V[K]>> }
      : unknown);

/** One attribute and the places below it. */
export type Path<D> = D extends { readonly properties: infer P }
  ? Reference<D> & Paths<P>
  : D extends { readonly type: "list"; readonly items: infer L }
    ? Reference<D> & { readonly [index: number]: Path<L> }
    : D extends { readonly type: "any" }
      ? AnyPath
      : D extends { readonly type: CustomAttributeTypeName<infer V> }
        ? CustomPath<V>
        : Reference<D>;

/** The attributes of an item, or the properties of a map, as references. */
export type Paths<A> = { readonly [K in keyof A]: Path<A[K]> };

/** What an operator compares a reference with: a value of its type `V`, or what stands for one. */
export type Operand<V> = V | Holding<V>;
