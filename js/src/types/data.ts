// The `data` callback of updates: assignments to attributes and to places below them.
import type { Addable, Appendable, Deletable, Subtractable } from "./change.js";
import type { Operand, Path, Placeholder, Reference } from "./path.js";
import type { ValueOf } from "./value.js";

type Fixed = { readonly readOnly: true };

declare const unchangeable: unique symbol;

/** What no reference is; its name is what an error message says of a read-only place. */
export interface ReadOnlyPlace {
  readonly [unchangeable]: never;
}

/** What no reference is; its name is what an error message says of a required place. */
export interface RequiredPlace {
  readonly [unchangeable]: never;
}

/** What updates may change at this place: nothing when it is read-only or part of the primary key. */
type Changing<D> = D extends Fixed ? ReadOnlyPlace : Reference<D>;

/** The operators of a `data` callback. Each changes the update at once. */
export interface DataOperators {
  /**
   * Writes the value.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ address }, { set }) => set(address.city, "Lviv"));
   */
  set<D>(attribute: Changing<D> & Reference<D>, value: Operand<ValueOf<D, "all">>): void;
  /**
   * Writes the value unless one is there already; or, handed to another operator, gives the one that is there.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ visits }, { ifNotExists }) => ifNotExists(visits, 0));
   */
  ifNotExists<D>(
    attribute: Changing<D> & Reference<D>,
    value: Operand<ValueOf<D, "all">>,
  ): Placeholder<ValueOf<D, "all">>;
  /**
   * Adds to a number, which is `start` when it is not there yet, or adds members to a set.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ visits, tags }, { add }) => {
   *   add(visits, 1);
   *   add(tags, ["new"]);
   * });
   */
  add<D extends Addable>(
    attribute: Changing<D> & Reference<D>,
    value: Operand<ValueOf<D, "all">>,
    start?: Operand<ValueOf<D, "all">>,
  ): void;
  /**
   * Subtracts from a number, which is `start` when it is not there yet.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ credits }, { subtract }) => subtract(credits, 5, 100));
   */
  subtract<D extends Subtractable>(
    attribute: Changing<D> & Reference<D>,
    value: Operand<ValueOf<D, "all">>,
    start?: Operand<ValueOf<D, "all">>,
  ): void;
  /**
   * Puts elements at the end of a list.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ logins }, { append }) => append(logins, [{ at: 1 }]));
   */
  append<D extends Appendable>(
    attribute: Changing<D> & Reference<D>,
    value: Operand<ValueOf<D, "all">>,
  ): void;
  /**
   * Removes members from a set.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ tags }, operators) => operators.delete(tags, ["new"]));
   */
  delete<D extends Deletable>(
    attribute: Changing<D> & Reference<D>,
    value: Operand<ValueOf<D, "all">>,
  ): void;
  /**
   * The same as `delete`.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ tags }, { del }) => del(tags, ["new"]));
   */
  del<D extends Deletable>(
    attribute: Changing<D> & Reference<D>,
    value: Operand<ValueOf<D, "all">>,
  ): void;
  /**
   * Removes the attribute, or what lies at this place.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ logins }, { remove }) => remove(logins[0]));
   */
  remove<D>(attribute: Removing<D> & Reference<D>): void;
  /**
   * The value that is stored at this place, to be handed to another operator.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ visits, credits }, { add, name }) => add(visits, name(credits)));
   */
  name<D>(attribute: Reference<D>): Placeholder<ValueOf<D, "all">>;
  /**
   * A placeholder for a value, to be handed to another operator.
   *
   * @example
   * User.update({ userId: "u1" }).data(({ visits }, { add, value }) => add(visits, value(visits, 2)));
   */
  value<D>(attribute: Reference<D>, value: ValueOf<D, "all">): Placeholder<ValueOf<D, "all">>;
}

type Removing<D> = D extends { readonly required: true } ? RequiredPlace : Changing<D>;

/** The attributes that a `data` callback gets; those of the primary key, `N`, are read-only. */
export type DataAttributes<A, N> = {
  readonly [K in keyof A]: Path<K extends N ? A[K] & Fixed : A[K]>;
};

/**
 * A `data` callback.
 *
 * @example
 * User.update({ userId: "u1" }).data(({ visits, address }, { add, set }) => {
 *   add(visits, 1);
 *   set(address.city, "Lviv");
 * });
 */
export type DataCallback<A, N> = (
  attributes: DataAttributes<A, N>,
  operators: DataOperators,
) => void;
