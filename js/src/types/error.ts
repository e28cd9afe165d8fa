// The errors that users catch, as types; the classes themselves are in ../error.ts.

/** One attribute that a validation refused. */
export interface ElectroValidationErrorFieldReference<T extends Error = Error> {
  /** The path of the attribute, such as `address.city`. */
  readonly field: string;
  /** Why it was refused. */
  readonly reason: string;
  /** Which element of a list it was, when it was one. */
  readonly index: number | undefined;
  /** What the attribute's own `validate` threw, when it did. */
  readonly cause: T | undefined;
}

/** ElectroDB's description of an error code; only errors of the drop-in entry have one. */
export interface ElectroErrorReference {
  /** The number. */
  readonly code: number;
  /** Where ElectroDB's documentation describes it. */
  readonly section: string;
  /** ElectroDB's name for it. */
  readonly name: string;
  /** What ElectroDB marks its codes with. */
  readonly sym: symbol;
}

/**
 * Everything that this library throws or rejects with.
 *
 * @example
 * try {
 *   await User.create({ userId: "u1", email: "ada@mail.org" }).go();
 * } catch (error) {
 *   if (error instanceof ElectroError && error.code === 5003) console.log("There is one already.");
 * }
 */
export interface ElectroError extends Error {
  /** The number by which programs tell errors apart; each entry has its own table. */
  readonly code: number;
  /** The name of the reason; both entries share these names. */
  readonly kind: string;
  /** When the error was made, in milliseconds. */
  readonly date: number;
  /** Tells an error of this library from others across realms and copies. */
  readonly isElectroError: true;
  /** ElectroDB's description of the code, in the drop-in entry. */
  readonly ref?: ElectroErrorReference;
  /**
   * The request that had been built when this happened, or `null`.
   *
   * @example
   * const log = (error: ElectroError) => console.log(error.message, error.params());
   */
  params<T = Record<string, unknown>>(): T | null;
}

/**
 * An error of one or several attributes.
 *
 * @example
 * const reasons = (error: ElectroValidationError) => error.fields.map((field) => field.reason);
 */
export interface ElectroValidationError<T extends Error = Error> extends ElectroError {
  /** The refused attributes, in the order of the model. */
  readonly fields: readonly ElectroValidationErrorFieldReference<T>[];
}

/** The class `X` of errors: to be tested for with `instanceof`, not to be made. */
export type ErrorClass<X> = (abstract new (...parameters: never) => X) & { readonly prototype: X };
