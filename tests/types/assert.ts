// The two words that the type tests are written in; wrong code is marked with @ts-expect-error instead.

/** Whether two types are the same, not merely assignable to each other. */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** An error on its line unless `T` is `true`. */
export declare function check<T extends true>(): T;

/** The type that a call resolves with. */
export type Resolved<T extends (...parameters: never[]) => Promise<unknown>> = Awaited<
  ReturnType<T>
>;
