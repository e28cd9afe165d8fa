// What errors tell beside their message; the classes themselves are in ../error.ts.

/** One attribute that a validation refused. */
export interface ElectroValidationErrorFieldReference<T extends Error = Error> {
  /** The path of the attribute. */
  readonly field: string;
  /** Why it was refused. */
  readonly reason: string;
  /** Which element of a list it was, when it was one. */
  readonly index: number | undefined;
  /** What the attribute's own `validate` threw, when it did. */
  readonly cause: T | undefined;
}

/** What every error of this library has. */
export interface ElectroErrorShape extends Error {
  /** The number of the mistake. */
  readonly code: number;
  /** The name of the mistake. */
  readonly kind: string;
  /** When the error was made, in milliseconds. */
  readonly date: number;
  readonly isElectroError: true;
  /** The request, when one had been built. */
  params(): unknown;
}
