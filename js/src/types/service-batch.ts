// Batches over the entities of a service: what their lists hold, their options, and what they resolve with.
import type { Batchable, BatchOptions, RawItem, UnprocessedForm } from "./batch.js";
import type { Committed } from "./commit.js";
import type { DataForm, ReadOptions, Or } from "./options.js";
import type { BatchGetParams, BatchWriteParams, StoredItem } from "./params.js";
import type { AnyModel, KeyNameOf, KeyOf, Shown } from "./result.js";
import type { NewItem } from "./item.js";
import type { ServiceEntities } from "./service.js";

/** A get of one item, as far as batches look at it. */
interface SingleGet<S extends AnyModel> {
  commit: () => Committed<"get", S>;
}

/** What a batch of gets takes: a get of one item or of many. */
export type GetEntry =
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Entries are of any model.
  Batchable<"get", any> | SingleGet<any>;

/** What a batch of writes takes: a put or delete without conditions, of one item or of many. */
export type WriteEntry = Batchable<"write">;

/** The key of an item or a list of such keys, under the name of its entity. */
export type NamedKeys<E extends ServiceEntities> = {
  [N in keyof E]: {
    readonly [M in N]: KeyOf<E[N]["schema"]> | readonly KeyOf<E[N]["schema"]>[];
  };
}[keyof E];

/** The names of the attributes of any of the entities `E`. */
type AnyName<E extends ServiceEntities> = {
  [N in keyof E]: keyof E[N]["schema"]["attributes"];
}[keyof E];

/** One item of the model `S`. */
type Found<S extends AnyModel, P, D extends DataForm, H> = D extends "raw"
  ? RawItem
  : Shown<S, P, D, H>;

/** What came of an entry: an item, or a list of them. */
type FoundEntry<X, P, D extends DataForm, H> =
  X extends Batchable<"get", infer S extends AnyModel>
    ? (Found<S, P, D, H> | null)[]
    : X extends SingleGet<infer S>
      ? Found<S, P, D, H> | null
      : never;

/** What came of a key, or of a list of keys, under the name of its entity. */
type FoundNamed<E extends ServiceEntities, X, P, D extends DataForm, H> = X extends {
  readonly [N in keyof X]: readonly unknown[];
}
  ? (Found<E[keyof X & keyof E]["schema"], P, D, H> | null)[]
  : Found<E[keyof X & keyof E]["schema"], P, D, H> | null;

/** What came of each entry. */
type FoundEntries<O extends readonly unknown[], P, D extends DataForm, H> = {
  -readonly [I in keyof O]: FoundEntry<O[I], P, D, H>;
};

/** What came of each key or list of keys. */
type FoundNameds<
  E extends ServiceEntities,
  O extends readonly unknown[],
  P,
  D extends DataForm,
  H,
> = { -readonly [I in keyof O]: FoundNamed<E, O[I], P, D, H> };

/** The keys that DynamoDB left unread, by entity. */
type UnreadKeys<E extends ServiceEntities, U> = {
  -readonly [N in keyof E]: (U extends "raw" ? StoredItem : KeyOf<E[N]["schema"]>)[];
} & {};

/**
 * The options of a batch of gets; `P` are the attributes to fetch, of any of the entities, and `O` says whether what comes
 * back is in the order of the batch.
 */
export interface ServiceBatchGetOptions<
  P extends PropertyKey,
  D extends DataForm,
  H extends boolean,
  O extends boolean,
  U extends UnprocessedForm,
>
  extends ReadOptions<P, D, H>, BatchOptions<U> {
  /** Whether there is an answer for every key, in the order of the batch; `false` gives the found items by entity. */
  readonly preserveBatchOrder?: O | undefined;
}

/** What a batch of gets resolves with: `L` in the order of the batch, else found items by entity. */
export type ServiceBatchGetResult<E extends ServiceEntities, L, P, D extends DataForm, H, O, U> = {
  /** What was found, at the position of what was asked; `null` where nothing was. */
  data: [O] extends [false] ? { -readonly [N in keyof E]: Found<E[N]["schema"], P, D, H>[] } : L;
  /** The keys that DynamoDB left unread, by entity. */
  unprocessed: UnreadKeys<E, U>;
} & {};

/** A batch of gets over the entities `E`; `L` are its entries, `K` says whether these are keys by entity. */
export interface ServiceBatchGet<
  in out E extends ServiceEntities,
  in out L extends readonly unknown[],
  in out K extends boolean,
> {
  /**
   * Sends a request for every 100 keys, whatever entities they are of.
   *
   * @example
   * const { data, unprocessed } = await App.batch.get([{ user: { userId: "u1" } }, { session: { sessionId: "s1" } }]).go();
   */
  go<
    const P extends AnyName<E> = never,
    D extends DataForm = never,
    H extends boolean = false,
    O extends boolean = true,
    U extends UnprocessedForm = never,
  >(
    options?: ServiceBatchGetOptions<P, D, H, O, U>,
  ): Promise<
    ServiceBatchGetResult<
      E,
      K extends true
        ? FoundNameds<E, L, P, Or<D, "attributes">, H>
        : FoundEntries<L, P, Or<D, "attributes">, H>,
      P,
      Or<D, "attributes">,
      H,
      O,
      Or<U, "item">
    >
  >;
  /**
   * Gives the requests without sending them.
   *
   * @example
   * const [request] = App.batch.get([{ user: { userId: "u1" } }]).params();
   */
  params<T = BatchGetParams[]>(
    options?: ServiceBatchGetOptions<AnyName<E>, DataForm, boolean, boolean, UnprocessedForm>,
  ): NoInfer<T>;
}

/** What DynamoDB left undone of the writes of one entity. */
export interface UndoneWrites<I, K> {
  /** The items that were not put. */
  put: I[];
  /** The keys that were not deleted. */
  delete: K[];
}

/** What DynamoDB left undone, by entity. */
export type UndoneByEntity<E extends ServiceEntities, U> = {
  -readonly [N in keyof E]: U extends "raw"
    ? UndoneWrites<StoredItem, StoredItem>
    : UndoneWrites<
        NewItem<E[N]["schema"]["attributes"], KeyNameOf<E[N]["schema"]>>,
        KeyOf<E[N]["schema"]>
      >;
} & {};

/** A batch of puts and deletes over the entities `E`. */
export interface ServiceBatchWrite<in out E extends ServiceEntities> {
  /**
   * Sends a request for every 25 items, whatever entities they are of.
   *
   * @example
   * const { unprocessed } = await App.batch
   *   .write(({ user, session }) => [user.delete({ userId: "u1" }), session.delete([{ sessionId: "s1" }])])
   *   .go();
   * console.log(unprocessed.session.delete.length);
   */
  go<U extends UnprocessedForm = never>(
    options?: BatchOptions<U>,
  ): Promise<{ unprocessed: UndoneByEntity<E, Or<U, "item">> }>;
  /**
   * Gives the requests without sending them.
   *
   * @example
   * const [request] = App.batch.write((app) => [app.user.delete({ userId: "u1" })]).params();
   */
  params<T = BatchWriteParams[]>(options?: BatchOptions<UnprocessedForm>): NoInfer<T>;
}

/** The batches over the entities `E`. */
export interface ServiceBatches<in out E extends ServiceEntities> {
  /**
   * Reads items of several entities: keys by entity, or gets in a list or from a callback. A key or get may be a list, too.
   *
   * @example
   * const { data } = await App.batch
   *   .get(({ user, session }) => [user.get({ userId: "u1" }), session.get([{ sessionId: "s1" }, { sessionId: "s2" }])])
   *   .go();
   */
  get<const L extends readonly NamedKeys<E>[]>(keys: L): ServiceBatchGet<E, L, true>;
  get<const L extends readonly GetEntry[]>(
    source: L | ((entities: E) => L),
  ): ServiceBatchGet<E, L, false>;
  /**
   * Puts and deletes items of several entities. There are no conditions in it: DynamoDB has none in batches.
   *
   * @example
   * await App.batch
   *   .write(({ user, session }) => [
   *     user.put({ userId: "u1", email: "ada@mail.org" }),
   *     session.delete([{ sessionId: "s1" }, { sessionId: "s2" }]),
   *   ])
   *   .go();
   */
  write(
    source: readonly WriteEntry[] | ((entities: E) => readonly WriteEntry[]),
  ): ServiceBatchWrite<E>;
}
