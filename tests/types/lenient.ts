// What ElectroDB's types let pass: the drop-in lets it pass, too, and the main entry refuses it.
import * as dropIn from "electroxide/electrodb";
import * as main from "electroxide";
import { check, type Equal } from "./assert.js";

const model = {
  model: { entity: "parcel", service: "post", version: "1" },
  attributes: {
    depot: { type: "string", required: true },
    parcel: { type: "string", required: true },
    van: { type: "string" },
    slot: { type: "string" },
    size: { type: ["S", "L"] },
    weight: { type: "number" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["depot"] },
      sk: { field: "sk", composite: ["parcel"] },
    },
    byVan: {
      index: "gsi1",
      collection: "round",
      pk: { field: "gsi1pk", composite: ["van"] },
      sk: { field: "gsi1sk", composite: ["slot", "size"] },
    },
    bySlot: { index: "gsi2", pk: { field: "gsi2pk", composite: ["slot"] } },
    bySize: {
      index: "gsi3",
      projection: ["slot"],
      pk: { field: "gsi3pk", composite: ["size"] },
      sk: { field: "gsi3sk", composite: ["slot"] },
    },
    byWeight: {
      index: "gsi4",
      project: "keys_only",
      pk: { field: "gsi4pk", composite: ["weight"] },
      sk: { field: "gsi4sk", composite: [] },
    },
    all: {
      index: "gsi5",
      pk: { field: "gsi5pk", composite: [], template: "ALL" },
      sk: { field: "gsi5sk", composite: ["slot"] },
    },
  },
} as const;
const Parcel = new dropIn.Entity(model, { table: "post", ignoreOwnership: true });
const Strict = new main.Entity(model, { table: "post" });
const Post = new dropIn.Service({ parcel: Parcel });
const StrictPost = new main.Service({ parcel: Strict });

type Item = dropIn.EntityItem<typeof Parcel>;
declare const cursor: string | null | undefined;
declare const maybe: string | undefined;
/** What a caller says of pages: an interface, which has no index signature. */
interface Paging {
  cursor?: string | null;
  limit?: number;
  page?: number;
}
declare const paging: Paging;
const key = { depot: "d", parcel: "p" };

/** Names that an index does not know, and gaps in its composites. */
export async function queries() {
  const named = await Parcel.query.byVan({ van: "v", cursor }).go();
  check<Equal<(typeof named)["data"], Item[]>>();
  await Parcel.query.byVan({ van: "v", slot: maybe, cursor }).go();
  await Parcel.query.byVan({ van: "v", size: "L" }).begins({ slot: "1" }).go();
  await Parcel.query.byVan({ van: "v", slot: maybe }).begins({}).go();
  await Parcel.query.byVan({ van: "v", slot: "1", size: "S" }).begins({}).go();
  await Parcel.query.byVan({ van: "v" }).gt({}).go();
  await Parcel.query.byVan({ van: "v" }).gte({ size: "L" }).go();
  await Parcel.query.byVan({ van: "v" }).between({ slot: maybe }, {}).go();
  await Parcel.query.bySlot({ slot: "1", other: 1 }).go();
  await Parcel.query.all({}).lt({ slot: maybe }).go();
  const part = await Parcel.query.bySize({ size: "L", cursor }).gt({ slot: maybe }).go();
  check<Equal<(typeof part)["data"], { slot?: string }[]>>();
  // ElectroDB's types know `projection` only, not the older `project`.
  const whole = await Parcel.query.byWeight({ weight: 1 }).go();
  check<Equal<(typeof whole)["data"], Item[]>>();
  check<Equal<Parameters<typeof Parcel.query.bySlot>[0], { slot: string }>>();
  await Parcel.upsert({ ...key, slot: "1", colour: "red" }).go();
  await Parcel.upsert({ depot: "d", colour: "red" }).set({ parcel: "p" }).go();
}

/** Options that another operation has, or none, also where they come as an interface. */
export async function options(item: dropIn.CreateEntityItem<typeof Parcel>) {
  const got = await Parcel.get(key).go({ attributes: ["slot"], limit: 1, cursor });
  check<Equal<(typeof got)["data"], { slot?: string } | null>>();
  Parcel.get(key).params({ limit: 1 });
  await Parcel.get([key]).go({ pages: 2, unprocessed: "raw" });
  await Parcel.scan.go(paging);
  await Parcel.scan.bySize.go({ limit: 1, pager: "raw" });
  await Parcel.query.byVan({ van: "v" }).go(paging);
  await Parcel.query.bySize({ size: "L" }).go({ hydrate: true, pager: "raw" });
  Parcel.query.bySize({ size: "L" }).params({ limit: 1, response: "none" });
  await Parcel.find({ slot: "1" }).go({ limit: 1, pager: "raw" });
  await Parcel.put(item).go({ consistent: true, order: "asc" });
  await Parcel.put([item]).go({ preserveBatchOrder: true });
  await Parcel.create(item).go({ ignoreOwnership: true, cursor: null });
  await Parcel.update(key).set({ slot: "2" }).go({ ignoreOwnership: true, response: "all_new" });
  await Parcel.patch(key).set({ slot: "2" }).go({ limit: 1, pages: "all" });
  await Parcel.upsert(item).go({ limit: 1 });
  await Parcel.delete(key).go({ limit: 1 });
  await Parcel.delete([key]).go({ limit: 1 });
  await Parcel.remove(key).go({ hydrate: true });
  const round = await Post.collections.round({ van: "v" }).go({ limit: 1, pager: "raw" });
  check<Equal<(typeof round)["data"], { parcel: Item[] }>>();
  await Post.collections.round({ van: "v" }).go(paging);
  await Post.transaction
    .write(({ parcel }) => [
      parcel.put(item).commit({ logger: () => {}, response: "all_old" }),
      parcel.check(key).commit({ originalErr: true }),
    ])
    .go();
  const read = await Post.transaction
    .get(({ parcel }) => [parcel.get(key).commit({ attributes: ["slot"], consistent: true })])
    .go();
  check<Equal<(typeof read)["data"][0]["item"], { slot?: string } | null>>();
}

/** Errors have what ElectroDB's class declares. */
export function errors(error: unknown) {
  if (error instanceof dropIn.ElectroError) return [error.ref.section, error.cause.name];
  const typed = error as dropIn.ElectroError<TypeError>;
  check<Equal<typeof typed.cause, TypeError | undefined>>();
  if (error instanceof dropIn.ElectroValidationError) return error.fields.map((f) => f.cause.name);
  return [];
}

/** Data access objects over any entity, as they are written around ElectroDB. */
type Names<E> = E extends dropIn.Entity<infer A, never, never, never> ? A : string;
abstract class Access<
  E extends dropIn.Entity<A, F, C, S>,
  A extends string = Names<E>,
  F extends string = string,
  C extends string = string,
  S extends dropIn.Schema<A, F, C> = E["schema"],
> {
  constructor(protected readonly entity: E) {}
  async all(limit: number) {
    return (await this.entity.scan.go({ limit, pages: "all", pager: "raw" })).data;
  }
}
class ParcelAccess extends Access<typeof Parcel> {}
export const access = new ParcelAccess(Parcel);

export function refusedByBoth() {
  // @ts-expect-error -- `van` is missing.
  Parcel.query.byVan({ cursor });
  // @ts-expect-error -- Not a size.
  Parcel.query.byVan({ van: "v", size: "M" });
  // @ts-expect-error -- `van` was there before.
  Parcel.query.byVan({ van: "v" }).begins({ van: "v" });
  // @ts-expect-error -- `slot` is given already.
  Parcel.query.byVan({ van: "v", slot: "1" }).begins({ slot: "2" });
  // @ts-expect-error -- There is nothing to sort by.
  Parcel.query.bySlot({ slot: "1" }).begins({});
  // @ts-expect-error -- A limit is a number.
  Parcel.scan.go({ limit: "1" });
  // @ts-expect-error -- No such attribute.
  Parcel.get(key).go({ attributes: ["colour"] });
  // @ts-expect-error -- No such response.
  Parcel.put({ ...key }).go({ response: "updated_new" });
  // @ts-expect-error -- Not in the index.
  Parcel.query.bySize({ size: "L" }).where(({ weight }, { gt }) => gt(weight, 1));
  // @ts-expect-error -- Not in the index.
  Parcel.query.bySize({ size: "L" }).go({ attributes: ["weight"] });
  // @ts-expect-error -- `parcel` is missing.
  Parcel.upsert({ depot: "d" }).go();
  // @ts-expect-error -- A key holds nothing else.
  Parcel.get({ ...key, colour: "red" });
  // @ts-expect-error -- No such attribute.
  Parcel.put({ ...key, colour: "red" });
  // @ts-expect-error -- No such attribute.
  Parcel.update(key).set({ colour: "red" });
}

export async function refusedByMain(item: main.CreateEntityItem<typeof Strict>) {
  // @ts-expect-error -- A cursor is an option, no composite.
  Strict.query.byVan({ van: "v", cursor });
  // @ts-expect-error -- `slot` comes before `size`.
  Strict.query.byVan({ van: "v", size: "L" });
  // @ts-expect-error -- All composites are given: there is nothing left to compare.
  Strict.query.byVan({ van: "v", slot: "1", size: "S" }).begins({});
  // @ts-expect-error -- Nothing to compare with.
  Strict.query.byVan({ van: "v" }).gt({});
  // @ts-expect-error -- Nothing to compare with, perhaps.
  Strict.query.byVan({ van: "v" }).gt({ slot: maybe });
  // @ts-expect-error -- `slot` comes before `size`.
  Strict.query.byVan({ van: "v" }).gte({ size: "L" });
  // @ts-expect-error -- `slot` comes before `size`, also where it is left out.
  Strict.query.byVan({ van: "v" }).begins({ slot: undefined, size: "L" });
  // @ts-expect-error -- Both ends are needed.
  Strict.query.byVan({ van: "v" }).between({ slot: "1" }, {});
  // @ts-expect-error -- No such composite.
  Strict.query.bySlot({ slot: "1", other: 1 });
  // @ts-expect-error -- The index holds keys only.
  (await Strict.query.byWeight({ weight: 1 }).go()).data[0]?.slot;
  // @ts-expect-error -- No such attribute.
  Strict.upsert({ ...key, colour: "red" });
  // @ts-expect-error -- One item has no limit.
  Strict.get(key).go({ limit: 1 });
  // @ts-expect-error -- One item has no limit.
  Strict.get(key).params({ limit: 1 });
  // @ts-expect-error -- A batch has no pages.
  Strict.get([key]).go({ pages: 2 });
  // @ts-expect-error -- No such option.
  Strict.scan.go({ limit: 1, pager: "raw" });
  // @ts-expect-error -- No such option.
  Strict.query.byVan({ van: "v" }).go({ limit: 1, pager: "raw" });
  // @ts-expect-error -- No such option.
  Strict.find({ slot: "1" }).go({ limit: 1, pager: "raw" });
  // @ts-expect-error -- A write is not read.
  Strict.put(item).go({ consistent: true });
  // @ts-expect-error -- A write has no order.
  Strict.put([item]).go({ preserveBatchOrder: true });
  // @ts-expect-error -- A write has no pages.
  Strict.patch(key).set({ slot: "2" }).go({ pages: "all" });
  // @ts-expect-error -- A write has no limit.
  Strict.upsert(item).go({ limit: 1 });
  // @ts-expect-error -- A delete has no limit.
  Strict.delete(key).go({ limit: 1 });
  // @ts-expect-error -- No such option.
  StrictPost.collections.round({ van: "v" }).go({ limit: 1, pager: "raw" });
  // @ts-expect-error -- A transaction has listeners, not its items.
  Strict.put(item).commit({ logger: () => {} });
  // @ts-expect-error -- A transaction reads as of one moment.
  Strict.get(key).commit({ consistent: true });
}
