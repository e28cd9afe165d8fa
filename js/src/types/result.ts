// What `go()` resolves with, narrowed by its options.
import type { HiddenItem, Item, Key, KeyName, Selected } from "./item.js";
import type { Model } from "./definition.js";
import type { DataForm } from "./options.js";
import type { StoredItem } from "./params.js";

/** Any model, as a constraint of the types that read one. */
export type AnyModel = Model<unknown, unknown>;

/** The names of the attributes in the primary key of the model `S`. */
export type KeyNameOf<S extends AnyModel> = KeyName<S["indexes"]>;

/** An item of the model `S`, as reads give it. */
export type ItemOf<S extends AnyModel> = Item<S["attributes"], KeyNameOf<S>> & {};

/** The primary key of the model `S`. */
export type KeyOf<S extends AnyModel> = Key<S["attributes"], KeyNameOf<S>> & {};

/** An item of the model `S` with the attributes `P`, in the form `D`, with hidden attributes when `H`. */
export type Shown<S extends AnyModel, P, D extends DataForm, H> = InForm<
  Selected<H extends true ? HiddenItem<S["attributes"], KeyNameOf<S>> : ItemOf<S>, P>,
  D
>;

/** `T` as it is, or with the stored keys and identifiers by field. */
export type InForm<T, D extends DataForm> = D extends "includeKeys" ? T & StoredItem : T;

/** What the client answered to a get. */
export interface RawGet {
  readonly Item?: StoredItem;
  readonly [property: string]: unknown;
}

/** What the client answered to a query or scan. */
export interface RawPage {
  readonly Items?: StoredItem[];
  readonly LastEvaluatedKey?: StoredItem;
  readonly [property: string]: unknown;
}

/** What the client answered to a write. */
export interface RawWrite {
  readonly Attributes?: StoredItem;
  readonly [property: string]: unknown;
}

/** The result of a get: the item, or `null` when there is none. */
export type GetResult<S extends AnyModel, P, D extends DataForm, H> = D extends "raw"
  ? { data: RawGet }
  : { data: Shown<S, P, D, H> | null };

/** The result of a query or scan: items, and where to go on. */
export type PageResult<S extends AnyModel, P, D extends DataForm, H> = D extends "raw"
  ? { data: RawPage; cursor: string | StoredItem | null }
  : { data: Shown<S, P, D, H>[]; cursor: string | null; unprocessed?: StoredItem[] };

/** The result `T` of a write, or the answer `F` that was asked for where its condition does not hold. */
export type Answered<T, S extends AnyModel, F, D extends DataForm, H> = [F] extends [false]
  ? T
  : (T & { rejected: false }) | Rejected<S, F, D, H>;

/** What a write resolves with when its condition does not hold. */
export type Rejected<S extends AnyModel, F, D extends DataForm, H> = F extends "all_old"
  ? { rejected: true; data: D extends "raw" ? RawGet | undefined : Shown<S, never, D, H> | null }
  : { rejected: true; data?: undefined };

/** What a put or create can give back. */
export type PutResponse = "default" | "none" | "all_old" | "all_new";

/** What a delete or remove can give back. */
export type DeleteResponse = "default" | "none" | "all_old";

/** What an update, patch or upsert can give back. */
export type UpdateResponse =
  "default" | "none" | "all_old" | "updated_old" | "all_new" | "updated_new";

/** The result of a put or create: the item as it was written. */
export type PutResult<S extends AnyModel, R, D extends DataForm, H> = D extends "raw"
  ? { data: RawWrite }
  : R extends "none"
    ? { data: null }
    : R extends "all_old"
      ? { data: Shown<S, never, D, H> | null }
      : { data: Shown<S, never, D, H> };

/** The result of a delete or remove: the key of the item. */
export type DeleteResult<S extends AnyModel, R, D extends DataForm, H> = D extends "raw"
  ? { data: RawWrite }
  : R extends "none"
    ? { data: null }
    : R extends "all_old"
      ? { data: Shown<S, never, D, H> | null }
      : { data: KeyOf<S> };

/** The result of an update, which may have made the item: its key. */
export type UpdateResult<S extends AnyModel, R, D extends DataForm, H> = D extends "raw"
  ? { data: RawWrite }
  : R extends "none"
    ? { data: null }
    : R extends "all_new"
      ? { data: Partial<Shown<S, never, D, H>> }
      : R extends "default"
        ? { data: KeyOf<S> }
        : { data: Partial<Shown<S, never, D, H>> | null };

/** The result of a patch, whose item was there before: its key. */
export type PatchResult<S extends AnyModel, R, D extends DataForm, H> = D extends "raw"
  ? { data: RawWrite }
  : R extends "none"
    ? { data: null }
    : R extends "all_new" | "all_old"
      ? { data: Shown<S, never, D, H> }
      : R extends "default"
        ? { data: KeyOf<S> }
        : { data: Partial<Shown<S, never, D, H>> | null };

/** The result of an upsert. */
export type UpsertResult<S extends AnyModel, R, D extends DataForm, H> = D extends "raw"
  ? { data: RawWrite }
  : R extends "none"
    ? { data: null }
    : R extends "all_new"
      ? { data: Shown<S, never, D, H> }
      : R extends "all_old"
        ? { data: Shown<S, never, D, H> | null }
        : R extends "default"
          ? { data: Partial<KeyOf<S>> }
          : { data: Partial<Shown<S, never, D, H>> | null };
