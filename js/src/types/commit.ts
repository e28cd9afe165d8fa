// What the chains of an entity end in as items of a transaction, and `check`, which is nothing else. Transactions are in transaction.ts.
import type { Conditions } from "./condition.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { AnyModel } from "./result.js";
import type { WhereCallback } from "./where.js";

declare const committed: unique symbol;

/** An operation that waits for the others of its transaction: its kind, its model `S`, the attributes `P` it asks for. */
export interface Committed<
  K extends "get" | "write",
  S extends AnyModel,
  P extends PropertyKey = never,
> {
  readonly [committed]: readonly [kind: K, model: S, attributes: P];
}

/** What a write gives back when it cancels its transaction. */
export type CommitResponse = "default" | "none" | "all_old";

/** The options that every item of a transaction takes. */
export interface CommitOptions {
  /** Another table for this item. */
  readonly table?: string | undefined;
  /** Properties that are laid over this item's part of the request. */
  readonly params?: object | undefined;
}

/** The options of a get in a transaction; `P` are the attributes to fetch. */
export interface CommitGetOptions<P extends PropertyKey> extends CommitOptions {
  /** Fetches only these attributes. */
  readonly attributes?: readonly P[] | undefined;
}

/** The options of a write in a transaction; `A` are the attributes of the model. */
export interface CommitWriteOptions<A> extends CommitOptions {
  /** Whether the stored item comes back when the condition of this write cancels the transaction. */
  readonly response?: CommitResponse | undefined;
  /** Conditions as plain data, beside those of `where`; the transaction is cancelled when they do not hold. */
  readonly conditions?: Conditions<A> | undefined;
}

/** A chain that can be an item of a transaction, with or without `commit`. */
export interface Committable<in out S extends AnyModel, in out Y extends Dialect = MainDialect> {
  /**
   * Ends the chain as an item of a transaction. It is needed only for options.
   *
   * @example
   * App.transaction.write((app) => [
   *   app.user.patch({ userId: "u1" }).set({ name: "Ada" }).commit({ response: "all_old" }),
   * ]);
   */
  commit(options?: CommitWriteOptions<S["attributes"]> & Y["options"]): Committed<"write", S>;
}

/** What has to hold for an item, or its transaction writes nothing. */
export interface CheckOperation<
  in out S extends AnyModel,
  in out Y extends Dialect = MainDialect,
> extends Committable<S, Y> {
  /**
   * What has to hold. Several conditions must all hold.
   *
   * @example
   * User.check({ userId: "u1" }).where(({ verified }, { eq }) => eq(verified, true));
   */
  where(callback: WhereCallback<S["attributes"]>): CheckOperation<S, Y>;
}
