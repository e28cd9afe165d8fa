// Access to items of any model, as it is written around ElectroDB: classes over an entity's four parameters, and its generic types.
import {
  Entity,
  type AddItem,
  type AllTableIndexCompositeAttributes,
  type AppendItem,
  type DeleteItem,
  type Item,
  type PutItem,
  type RemoveItem,
  type ResponseItem,
  type Schema,
  type SetItem,
  type SubtractItem,
} from "electroxide/electrodb";
import { check, type Equal } from "./assert.js";

/* eslint-disable @typescript-eslint/no-explicit-any -- How ElectroDB's users read the parameters of an entity. */
type NamesOf<E> = E extends Entity<infer A, any, any, any> ? A : never;
type FacetsOf<E> = E extends Entity<any, infer F, any, any> ? F : never;
type CollectionsOf<E> = E extends Entity<any, any, infer C, any> ? C : never;
type SchemaOf<E> = E extends Entity<any, any, any, infer S> ? S : never;
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Everything is read off the methods of the entity. */
abstract class Access<
  E extends Entity<A, F, C, S>,
  A extends string = NamesOf<E>,
  F extends string = FacetsOf<E>,
  C extends string = CollectionsOf<E>,
  S extends Schema<A, F, C> = SchemaOf<E>,
> {
  constructor(protected readonly entity: E) {}

  async create(item: Parameters<E["create"]>[0]) {
    return (await this.entity.create(item).go()).data;
  }

  async read(key: Parameters<E["get"]>[0][0]) {
    const { data } = await this.entity.get(key).go();
    if (data === null) throw new Error("nothing there");
    return data;
  }

  async readAll(keys: Parameters<E["get"]>[0]) {
    return (await this.entity.get(keys).go()).data;
  }

  async drop(keys: Parameters<E["delete"]>[0]) {
    return (await this.entity.delete(keys).go()).unprocessed;
  }

  async change(key: Parameters<E["patch"]>[0], changes: Partial<SetItem<A, F, C, S>>) {
    let patch = this.entity
      .patch(key)
      .add({ version: 1 } as unknown as AddItem<A, F, C, S>)
      .set(changes);
    const removed = Object.keys(changes) as RemoveItem<A, F, C, S>;
    if (removed.length > 0) patch = patch.remove(removed);
    return (await patch.go({ response: "all_new" })).data;
  }
}

/** The same over a schema. */
type AnySchema = Schema<string, string, string>;
type EntityOf<S extends AnySchema> = Entity<string, string, string, S>;
type Stored<S extends AnySchema> = ResponseItem<string, string, string, S>;
class Repository<E extends EntityOf<S>, S extends AnySchema = SchemaOf<E>> {
  constructor(readonly entity: E) {}

  async all(size: number): Promise<Stored<S>[]> {
    const { data } = await this.entity.scan.go({ limit: size, pages: "all" });
    return data as Stored<S>[];
  }

  async one(item: Partial<Stored<S>>): Promise<Stored<S>> {
    const { data } = await this.entity.match(item).go();
    return data[0] as Stored<S>;
  }

  async make(item: PutItem<string, string, string, S>): Promise<Stored<S>> {
    const { data } = await this.entity.create(item).go();
    return data as Stored<S>;
  }

  async drop(key: AllTableIndexCompositeAttributes<string, string, string, S>) {
    await this.entity.delete(key).go();
  }
}

const Shelf = new Entity({
  model: { entity: "shelf", service: "store", version: "1" },
  attributes: {
    shelf: { type: "string" },
    label: { type: "string", required: true },
    version: { type: "number" },
    books: { type: "list", items: { type: "string" } },
    marks: { type: "set", items: "string" },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["shelf"] } } },
});
class Shelves extends Access<typeof Shelf> {}
const shelves = new Shelves(Shelf);
const repository = new Repository<typeof Shelf>(Shelf);

interface ShelfItem {
  shelf: string;
  label: string;
  version?: number;
  books?: string[];
  marks?: string[];
}
type Shown = { [K in keyof ShelfItem]: ShelfItem[K] };
type S = (typeof Shelf)["schema"];
check<Equal<ResponseItem<string, string, string, S>, Shown>>();
check<Equal<Item<string, string, string, S, S["attributes"]>, Required<Shown>>>();
check<Equal<PutItem<string, string, string, S>, Shown>>();
check<Equal<SetItem<string, string, string, S>["label"], string | undefined>>();
check<Equal<AddItem<string, string, string, S>, { version?: number; marks?: string[] }>>();
check<Equal<SubtractItem<string, string, string, S>, { version?: number }>>();
check<Equal<AppendItem<string, string, string, S>, { books?: string[] }>>();
check<Equal<DeleteItem<string, string, string, S>, { marks?: string[] }>>();
check<Equal<RemoveItem<string, string, string, S>, ("version" | "books" | "marks")[]>>();
check<Equal<AllTableIndexCompositeAttributes<string, string, string, S>, { shelf: string }>>();

export async function used() {
  await shelves.create({ shelf: "s", label: "x" });
  await shelves.readAll([{ shelf: "s" }]);
  await shelves.drop([{ shelf: "s" }]);
  await shelves.change({ shelf: "s" }, { label: "y" });
  const item = await repository.make({ shelf: "s", label: "x" });
  check<Equal<typeof item, Shown>>();
  await repository.one({ label: "x" });
  return [await shelves.read({ shelf: "s" }), await repository.all(10)];
}

export async function wrong() {
  // @ts-expect-error -- `label` is missing.
  await shelves.create({ shelf: "s" });
  // @ts-expect-error -- Not the key.
  await shelves.read({ label: "s" });
  // @ts-expect-error -- A list of keys.
  await shelves.drop({ shelf: "s" });
  // @ts-expect-error -- A label is a text.
  await shelves.change({ shelf: "s" }, { label: 1 });
  // @ts-expect-error -- `label` is missing.
  await repository.make({ shelf: "s" });
  // @ts-expect-error -- No such attribute.
  await repository.one({ colour: "red" });
}
