// Queries of collections on an index that holds only a part of the items; those of whole items are in collection.ts.
import type { AttributesIn, CollectionResult, IndexOf, Merged, NameIn } from "./collection.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { DataForm, QueryOptions, Or } from "./options.js";
import type { QueryParams, StoredItem } from "./params.js";
import type { HeldItem, HeldName, Hydrated, Hydration } from "./projection.js";
import type { OptionalComposites, SortOperators } from "./query.js";
import type { InForm, RawPage } from "./result.js";
import type { Selected } from "./item.js";
import type { ServiceEntities } from "./service.js";
import type { WhereCallback } from "./where.js";

/** The index that the entity `N` has in the collection `C`. */
type Member<E extends ServiceEntities, N extends keyof E, C> = IndexOf<
  E[N]["schema"]["indexes"],
  C
>;

/** The attributes that the index of the collection `C` holds of each of the entities `K`. */
type HeldAttributes<E extends ServiceEntities, K extends keyof E, C> = K extends unknown
  ? Pick<E[K]["schema"]["attributes"], HeldName<E[K]["schema"], Member<E, K, C>>>
  : never;

/** Their names. */
type HeldNameIn<E extends ServiceEntities, K extends keyof E, C> = K extends unknown
  ? HeldName<E[K]["schema"], Member<E, K, C>>
  : never;

/** The result of the collection `C`: what its index holds of each of the entities `K`. */
export type PartialCollectionResult<
  E extends ServiceEntities,
  K extends keyof E,
  C,
  P,
  D extends DataForm,
  H,
> = D extends "raw"
  ? { data: RawPage; cursor: string | StoredItem | null }
  : {
      data: {
        [N in K]: InForm<Selected<HeldItem<E[N]["schema"], Member<E, N, C>, H>, P>, D>[];
      };
      cursor: string | null;
      unprocessed?: StoredItem[];
    };

/** A query of the collection `C`, whose index holds a part of the items: whole ones come with `hydrate: true`. */
export interface PartialCollectionOperation<
  in out E extends ServiceEntities,
  in out K extends keyof E,
  in out C,
  in out Y extends Dialect = MainDialect,
> {
  /**
   * Filters the items by what the index holds of any of the entities.
   *
   * @example
   * App.collections.activity({ userId: "u1" }).where(({ date }, { begins }) => begins(date, "2025"));
   */
  where(
    callback: WhereCallback<Merged<HeldAttributes<E, K, C>>>,
  ): PartialCollectionOperation<E, K, C, Y>;
  /**
   * Sends one request, or more with `pages`, and gives what the index holds, or whole items with `hydrate: true`, by the
   * names of their entities.
   *
   * @example
   * const { data, cursor } = await App.collections.activity({ userId: "u1" }).go({ hydrate: true });
   * console.log(data.user.length, data.session.length, cursor);
   */
  go<
    const P extends ([T] extends [true] ? NameIn<E, K> : HeldNameIn<E, K, C>) = never,
    D extends DataForm = never,
    H extends boolean = false,
    T extends boolean = false,
  >(
    options?: QueryOptions<P, D, H> & Hydration<T> & Y["options"],
  ): Promise<
    [T] extends [true]
      ? CollectionResult<E, K, P, Or<D, "attributes">, H>
      : PartialCollectionResult<E, K, C, P, Or<D, "attributes">, H>
  >;
  /**
   * Gives the request without sending it.
   *
   * @example
   * const { FilterExpression } = App.collections.activity({ userId: "u1" }).params();
   */
  params<T = QueryParams>(
    options?:
      | (QueryOptions<HeldNameIn<E, K, C>, DataForm, boolean> & Y["options"])
      | (QueryOptions<NameIn<E, K>, DataForm, boolean> & Hydrated & Y["options"]),
  ): NoInfer<T>;
}

/** The same of a clustered collection, whose entities are sorted among one another by the attributes `R`. */
export interface PartialCollectionSortOperation<
  in out E extends ServiceEntities,
  in out K extends keyof E,
  in out C,
  in out R,
  in out Y extends Dialect = MainDialect,
>
  extends
    PartialCollectionOperation<E, K, C, Y>,
    SortOperators<
      OptionalComposites<AttributesIn<E, K>, R>,
      PartialCollectionOperation<E, K, C, Y>
    > {}
