// Indexes that hold a part of the items: what their queries, scans and collections give, filter by, and complete with `hydrate`.
import { Entity, Service, type EntityItem, type QueryResponse, type StoredItem } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { check, type Equal } from "./assert.js";

function modelOf<const E extends string>(entity: E) {
  return {
    model: { entity, service: "land", version: "1" },
    attributes: {
      plotId: { type: "string", required: true },
      state: { type: ["GA", "TX"], required: true },
      county: { type: "string", required: true },
      size: { type: "number" },
      owner: { type: "string", field: "gsi4pk" },
      rank: { type: "number" },
      note: { type: "string", hidden: true, required: true },
      place: {
        type: "map",
        properties: { lat: { type: "number" }, code: { type: "string", hidden: true } },
      },
      label: { type: "string", get: () => "made" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["plotId"] }, sk: { field: "sk", composite: [] } },
      byState: {
        index: "gsi1",
        projection: "keys_only",
        pk: { field: "gsi1pk", composite: ["state"] },
        sk: { field: "gsi1sk", composite: ["county", "size"] },
      },
      byCounty: {
        index: "gsi2",
        collection: "counties",
        projection: ["state", "size", "note", "place"],
        pk: { field: "gsi2pk", composite: ["county"] },
      },
      bySize: {
        index: "gsi3",
        collection: "sizes",
        type: "clustered",
        projection: [],
        pk: { field: "gsi3pk", composite: ["size"] },
        sk: { field: "gsi3sk", composite: ["county"] },
      },
      byOwner: {
        index: "gsi4",
        projection: "keys_only",
        pk: { field: "gsi4pk", composite: ["owner"], template: "${owner}" },
        sk: { field: "rank", composite: ["rank"], template: "${rank}" },
      },
      byRank: {
        index: "gsi5",
        type: "composite",
        projection: ["county"],
        pk: { composite: ["state"] },
        sk: { composite: ["rank", "size"] },
      },
      whole: { index: "gsi6", projection: "all", pk: { field: "gsi6pk", composite: ["county"] } },
    },
  } as const;
}

const Plot = new Entity(modelOf("plot"));
const Farm = new Entity(modelOf("farm"));
const DropInPlot = new DropInEntity(modelOf("plot"));
const Land = new Service({ plot: Plot, farm: Farm });

type Whole = { [K in keyof EntityItem<typeof Plot>]: EntityItem<typeof Plot>[K] };
interface Page<T> {
  data: T[];
  cursor: string | null;
  unprocessed?: StoredItem[];
}
type Pages<T> = { [K in keyof Page<T>]: Page<T>[K] };
type Listed = {
  state: "GA" | "TX";
  size?: number;
  place?: { lat?: number };
  label?: string;
};

export async function queries() {
  // Keys alone are no attributes, and what a hook makes of nothing may be there.
  const keys = await Plot.query.byState({ state: "GA" }).go();
  check<Equal<typeof keys, Pages<{ label?: string }>>>();
  // A list of attributes: those, and what is hidden among them when that is asked for.
  const listed = await Plot.query.byCounty({ county: "c" }).go();
  check<Equal<typeof listed, Pages<Listed>>>();
  const hidden = await Plot.query.byCounty({ county: "c" }).go({ includeHidden: true });
  check<Equal<(typeof hidden.data)[number]["note"], string>>();
  check<
    Equal<(typeof hidden.data)[number]["place"], { lat?: number; code?: string } | undefined>
  >();
  // Attributes that are the keys of the index themselves are there in every item of it.
  const owned = await Plot.query.byOwner({ owner: "o" }).go();
  check<Equal<typeof owned, Pages<{ owner: string; rank: number; label?: string }>>>();
  const ranked = await Plot.query.byRank({ state: "GA" }).gt({ rank: 1 }).go();
  check<
    Equal<
      typeof ranked,
      Pages<{ state: "GA" | "TX"; county: string; rank: number; size: number; label?: string }>
    >
  >();
  // Whole indexes, and the table, give whole items.
  const whole = await Plot.query.whole({ county: "c" }).go();
  check<Equal<typeof whole, Pages<Whole>>>();
  const table = await Plot.query.primary({ plotId: "p" }).go();
  check<Equal<typeof table, Pages<Whole>>>();
}

export async function options() {
  const whole = await Plot.query.byState({ state: "GA", county: "c" }).go({ hydrate: true });
  check<Equal<typeof whole, Pages<Whole>>>();
  const response: QueryResponse<typeof Plot> = whole;
  const some = await Plot.query
    .byState({ state: "GA" })
    .begins({ county: "c" })
    .go({ hydrate: true, attributes: ["county", "size"], includeHidden: true });
  check<Equal<typeof some, Pages<{ county: string; size?: number }>>>();
  const picked = await Plot.query.byCounty({ county: "c" }).go({ attributes: ["state"] });
  check<Equal<typeof picked, Pages<{ state: "GA" | "TX" }>>>();
  const perhaps = await Plot.query
    .byCounty({ county: "c" })
    .go({ hydrate: response.data.length > 0 });
  check<Equal<typeof perhaps, Pages<Listed>>>();
  const not = await Plot.query.byCounty({ county: "c" }).go({ hydrate: false });
  check<Equal<typeof not, Pages<Listed>>>();
  const stored = await Plot.query.byCounty({ county: "c" }).go({ data: "includeKeys" });
  check<Equal<(typeof stored.data)[number]["gsi2pk"], unknown>>();
  check<Equal<(typeof stored.data)[number]["state"], "GA" | "TX">>();
  const raw = await Plot.query.byState({ state: "GA" }).go({ data: "raw" });
  check<Equal<typeof raw.data.Items, StoredItem[] | undefined>>();
}

export async function filters() {
  const filtered = await Plot.query
    .byCounty({ county: "c" })
    .where(
      ({ size, note, place }, { gt, eq }) =>
        `${gt(size, 1)} AND ${eq(note, "n")} AND ${eq(place.lat, 1)}`,
    )
    .where(({ state }, { eq }) => eq(state, "TX"))
    .go();
  check<Equal<typeof filtered, Pages<Listed>>>();
  const sorted = await Plot.query
    .byRank({ state: "GA", rank: 1 })
    .lte({ size: 4 })
    .where(({ county }, { begins }) => begins(county, "c"))
    .go({ hydrate: true });
  check<Equal<typeof sorted, Pages<Whole>>>();
}

export async function scans() {
  const listed = await Plot.scan.byCounty.go({ segments: { total: 2, segment: 0 } });
  check<Equal<typeof listed, Pages<Listed>>>();
  const hydrated = await Plot.scan.byCounty
    .where(({ size }, { gt }) => gt(size, 1))
    .go({ hydrate: true });
  check<Equal<typeof hydrated, Pages<Whole>>>();
  const whole = await Plot.scan.whole.go();
  check<Equal<typeof whole, Pages<Whole>>>();
  const table = await Plot.scan.go();
  check<Equal<typeof table, Pages<Whole>>>();
}

export async function finds() {
  // Which index is read is not known: what one of them lacks may be missing.
  const found = await Plot.find({ state: "GA" }).go();
  check<Equal<typeof found, Pages<Partial<Whole>>>>();
  const matched = await Plot.match({ county: "c" })
    .where(({ owner }, { eq }) => eq(owner, "o"))
    .go({ attributes: ["county", "size"] });
  check<Equal<typeof matched, Pages<{ county?: string; size?: number }>>>();
  const hydrated = await Plot.match({ county: "c" }).go({ hydrate: true });
  check<Equal<typeof hydrated, Pages<Whole>>>();
  // ElectroDB's types promise whole items, so the drop-in's do.
  const promised = await DropInPlot.find({ state: "GA" }).go();
  check<Equal<typeof promised, Pages<Whole>>>();
  const listed = await DropInPlot.query.byCounty({ county: "c" }).go();
  check<Equal<typeof listed, Pages<Listed>>>();
}

export async function collections() {
  const { data } = await Land.collections.counties({ county: "c" }).go();
  check<Equal<typeof data, { plot: Listed[]; farm: Listed[] }>>();
  const whole = await Land.collections.counties({ county: "c" }).go({ hydrate: true });
  check<Equal<typeof whole.data, { plot: Whole[]; farm: Whole[] }>>();
  const keys = await Land.collections.sizes({ size: 1 }).begins({ county: "c" }).go();
  check<Equal<typeof keys.data.plot, { label?: string }[]>>();
  const some = await Land.collections
    .counties({ county: "c" })
    .where(({ size }, { gt }) => gt(size, 1))
    .go({ attributes: ["size"] });
  check<Equal<typeof some.data.farm, { size?: number }[]>>();
}

/** `project` says the same as `projection`. */
export async function project() {
  const Note = new Entity({
    model: { entity: "note", service: "land", version: "1" },
    attributes: { id: { type: "string" }, text: { type: "string" }, tag: { type: "string" } },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] } },
      byTag: { index: "gsi1", project: ["text"], pk: { field: "gsi1pk", composite: ["tag"] } },
    },
  });
  const { data } = await Note.query.byTag({ tag: "t" }).go();
  check<Equal<typeof data, { text?: string }[]>>();
  // The key of the table is no part of a list, but in what `find` gives of the table it is.
  const found = await Note.find({ tag: "t" }).go();
  check<Equal<typeof found.data, { id?: string; text?: string; tag?: string }[]>>();
  // @ts-expect-error -- The index does not hold it.
  data[0]?.tag;
}

export async function wrong() {
  // @ts-expect-error -- The index holds keys only.
  (await Plot.query.byState({ state: "GA" }).go()).data[0]?.county;
  // @ts-expect-error -- Not in the list.
  (await Plot.query.byCounty({ county: "c" }).go()).data[0]?.plotId;
  // @ts-expect-error -- Listed, but hidden.
  (await Plot.query.byCounty({ county: "c" }).go()).data[0]?.note;
  // @ts-expect-error -- Not asked for.
  (await Plot.query.byCounty({ county: "c" }).go({ attributes: ["state"] })).data[0]?.size;
  // @ts-expect-error -- An index cannot be asked for what it does not hold.
  Plot.query.byCounty({ county: "c" }).go({ attributes: ["plotId"] });
  // @ts-expect-error -- It holds no attributes at all.
  Plot.query.byState({ state: "GA" }).go({ attributes: ["state"] });
  // @ts-expect-error -- Not without `hydrate`, nor with a `false` one.
  Plot.query.byState({ state: "GA" }).go({ attributes: ["state"], hydrate: false });
  // @ts-expect-error -- No such attribute, in the table neither.
  Plot.query.byState({ state: "GA" }).go({ attributes: ["stat"], hydrate: true });
  // @ts-expect-error -- No flag.
  Plot.query.byState({ state: "GA" }).go({ hydrate: "yes" });
  // @ts-expect-error -- An index is filtered by what it holds.
  Plot.query.byCounty({ county: "c" }).where(({ owner }, { eq }) => eq(owner, "o"));
  // @ts-expect-error -- Keys only.
  Plot.query.byState({ state: "GA" }).where(({ state }, { eq }) => eq(state, "GA"));
  // @ts-expect-error -- The same in scans.
  Plot.scan.byCounty.where(({ plotId }, { eq }) => eq(plotId, "p"));
  // @ts-expect-error -- The same in scans.
  Plot.scan.byState.go({ attributes: ["county"] });
  // @ts-expect-error -- The same in scans.
  (await Plot.scan.byState.go()).data[0]?.county;
  // @ts-expect-error -- And in `params`.
  Plot.query.byCounty({ county: "c" }).params({ attributes: ["plotId"] });
  // @ts-expect-error -- It may be missing.
  (await Plot.find({ state: "GA" }).go()).data[0]?.county.length;
  // @ts-expect-error -- The same in collections.
  (await Land.collections.counties({ county: "c" }).go()).data.plot[0]?.plotId;
  // @ts-expect-error -- The same in collections.
  Land.collections.counties({ county: "c" }).go({ attributes: ["plotId"] });
  // @ts-expect-error -- The same in collections.
  Land.collections.counties({ county: "c" }).where(({ owner }, { eq }) => eq(owner, "o"));
  // @ts-expect-error -- A composite is missing.
  Plot.query.byState({});
  // @ts-expect-error -- `county` comes first.
  Plot.query.byState({ state: "GA" }).gt({ size: 1 });
  const item: Listed | undefined = (await Plot.query.byCounty({ county: "c" }).go()).data[0];
  // @ts-expect-error -- A part is not the whole.
  const whole: Whole | undefined = item;
  return whole;
}
