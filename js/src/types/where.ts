// The `where` callback: its operators, each limited to the attributes that DynamoDB allows it for.
import type { CustomAttributeTypeName } from "./attribute.js";
import type { Holding, Operand, Paths, Placeholder, Reference } from "./path.js";
import type { ValueOf } from "./value.js";

/** The letters by which DynamoDB names the type of a stored value. */
export type DynamoType = "S" | "N" | "B" | "BOOL" | "NULL" | "SS" | "NS" | "BS" | "L" | "M";

/** Attributes whose values have an order. */
export interface Comparable {
  /** Definitions of this kind: what has an order. */
  readonly type:
    "string" | "number" | "any" | readonly string[] | CustomAttributeTypeName<string | number>;
}

/** Attributes whose values have a beginning. */
export interface Textual {
  /** Definitions of this kind: texts. */
  readonly type: "string" | "any" | readonly string[] | CustomAttributeTypeName<string>;
}

/** Attributes whose values have a size: texts, lists, sets and maps. */
export interface Sized {
  /** Definitions of this kind: what has a size. */
  readonly type:
    | "string"
    | "list"
    | "set"
    | "map"
    | "any"
    | readonly string[]
    | CustomAttributeTypeName<string | object>;
}

/** What values of the definition `D` may contain: parts of a text, or elements; nothing for all others. */
export type ContainedIn<D> = D extends { readonly type: "string" | readonly string[] }
  ? string
  : D extends { readonly type: "list" | "set" }
    ? ValueOf<D, "all"> extends (infer E)[]
      ? E
      : never
    : D extends { readonly type: "any" }
      ? unknown
      : D extends { readonly type: CustomAttributeTypeName<infer V> }
        ? V extends string
          ? string
          : V extends readonly (infer E)[]
            ? E
            : V extends object
              ? unknown
              : never
        : never;

/**
 * The operators of a `where` callback. Each gives a piece of expression text; put several together with
 * `AND`, `OR`, `NOT` and brackets in a template string.
 */
export interface WhereOperators {
  /**
   * `#a = :a`
   *
   * @example
   * User.scan.where(({ role }, { eq }) => eq(role, "ADMIN"));
   */
  eq<D>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `#a <> :a`
   *
   * @example
   * User.scan.where(({ role }, { ne }) => ne(role, "ADMIN"));
   */
  ne<D>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `#a > :a`
   *
   * @example
   * User.scan.where(({ visits }, { gt }) => gt(visits, 10));
   */
  gt<D extends Comparable>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `#a >= :a`
   *
   * @example
   * User.scan.where(({ visits }, { gte }) => gte(visits, 10));
   */
  gte<D extends Comparable>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `#a < :a`
   *
   * @example
   * User.scan.where(({ visits }, { lt }) => lt(visits, 10));
   */
  lt<D extends Comparable>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `#a <= :a`
   *
   * @example
   * User.scan.where(({ visits }, { lte }) => lte(visits, 10));
   */
  lte<D extends Comparable>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `(#a between :low and :high)`, both ends included.
   *
   * @example
   * User.scan.where(({ visits }, { between }) => between(visits, 1, 10));
   */
  between<D extends Comparable>(
    attribute: Reference<D>,
    low: Operand<ValueOf<D, "all">>,
    high: Operand<ValueOf<D, "all">>,
  ): string;
  /**
   * `begins_with(#a, :a)`
   *
   * @example
   * User.scan.where(({ name }, { begins }) => begins(name, "A"));
   */
  begins<D extends Textual>(attribute: Reference<D>, value: Operand<string>): string;
  /**
   * `contains(#a, :a)`: a part of a text, or an element of a list or set.
   *
   * @example
   * User.scan.where(({ email, tags }, { contains }) => `${contains(email, "@")} AND ${contains(tags, "new")}`);
   */
  contains<D>(attribute: Reference<D>, value: Operand<ContainedIn<D>>): string;
  /**
   * `not contains(#a, :a)`
   *
   * @example
   * User.scan.where(({ tags }, { notContains }) => notContains(tags, "new"));
   */
  notContains<D>(attribute: Reference<D>, value: Operand<ContainedIn<D>>): string;
  /**
   * `#a IN (:a1, :a2, ...)`, 1 to 100 values.
   *
   * @example
   * User.scan.where(({ role }, operators) => operators.in(role, ["ADMIN", "TEACHER"]));
   */
  in<D>(attribute: Reference<D>, values: readonly Operand<ValueOf<D, "all">>[]): string;
  /**
   * `attribute_exists(#a)`
   *
   * @example
   * User.scan.where(({ address }, { exists }) => exists(address.city));
   */
  exists<D>(attribute: Reference<D>): string;
  /**
   * `attribute_not_exists(#a)`
   *
   * @example
   * User.scan.where(({ nickname }, { notExists }) => notExists(nickname));
   */
  notExists<D>(attribute: Reference<D>): string;
  /**
   * `(#a = :a OR attribute_not_exists(#a))`
   *
   * @example
   * User.scan.where(({ verified }, { eqOrNotExists }) => eqOrNotExists(verified, true));
   */
  eqOrNotExists<D>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>): string;
  /**
   * `attribute_type(#a, :letter)`
   *
   * @example
   * User.scan.where(({ tags }, { type }) => type(tags, "SS"));
   */
  type<D>(attribute: Reference<D>, letter: DynamoType): string;
  /**
   * `size(#a)`, to be compared in the template or by another operator.
   *
   * @example
   * User.scan.where(({ tags }, { size, escape }) => `${size(tags)} > ${escape(2)}`);
   */
  size<D extends Sized>(attribute: Reference<D>): Placeholder<number>;
  /**
   * `#a`, the attribute's own placeholder.
   *
   * @example
   * User.scan.where(({ name, nickname }, operators) => operators.eq(name, operators.name(nickname)));
   */
  name<D>(attribute: Reference<D>): Placeholder<ValueOf<D, "all">>;
  /**
   * `:a`, a placeholder for a value that has the attribute's type.
   *
   * @example
   * User.scan.where(({ visits }, { name, value }) => `${name(visits)} > ${value(visits, 3)}`);
   */
  value<D>(attribute: Reference<D>, value: ValueOf<D, "all">): Placeholder<ValueOf<D, "all">>;
  /**
   * `#field`, a placeholder for a stored field, which the model need not declare.
   *
   * @example
   * User.scan.where((_, { field, escape }) => `${field("ttl")} > ${escape(100)}`);
   */
  field(name: string | Holding<unknown>): Placeholder<unknown>;
  /**
   * `:0`, a placeholder for any value.
   *
   * @example
   * User.scan.where(({ tags }, { size, escape }) => `${size(tags)} = ${escape(1)}`);
   */
  escape<V>(value: V): Placeholder<V>;
}

/**
 * A `where` callback: it gets the model's attributes and the operators and returns a condition.
 *
 * @example
 * User.scan.where(({ role, visits }, { eq, gte }) => `${eq(role, "ADMIN")} AND ${gte(visits, 60)}`);
 */
export type WhereCallback<A> = (attributes: Paths<A>, operators: WhereOperators) => string;
