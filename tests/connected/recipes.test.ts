// Patterns that ElectroDB's documentation has recipes for, with models of our own: both entries and electrodb give the same.
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as oracle from "electrodb";
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();

/** The three libraries, typed as the main entry, whose calls here are the others' too. */
const libraries = [
  { name: "the main entry", Entity: main.Entity, Service: main.Service },
  { name: "the drop-in", Entity: dropIn.Entity, Service: dropIn.Service },
  { name: "electrodb", Entity: oracle.Entity, Service: oracle.Service },
] as unknown as { name: string; Entity: typeof main.Entity; Service: typeof main.Service }[];

type Library = (typeof libraries)[number];

const place = () => ({ client, table: tableName() });

function newRepair({ Entity }: Library, options = place()) {
  return new Entity(
    {
      model: { entity: "repair", version: "1", service: "garage" },
      attributes: {
        repairId: { type: "string", required: true },
        net: { type: "number", required: true },
        tax: {
          type: "number",
          watch: ["net"],
          set: (_, { net }) => (net === undefined ? undefined : net / 4),
        },
        notes: { type: "string" },
        notesSearch: {
          type: "string",
          hidden: true,
          watch: ["notes"],
          set: (_, { notes }) => notes?.toLowerCase(),
        },
        priceTag: {
          type: "string",
          watch: ["net"],
          get: (_, { net }) => `EUR ${net}`,
          set: () => undefined,
        },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["repairId"] },
          sk: { field: "sk", composite: [] },
        },
      },
    },
    options,
  );
}

describe.each(libraries)("by $name", (library) => {
  describe("calculated and virtual attributes", () => {
    const options = place();
    const Repair = newRepair(library, options);
    const repairId = "r1";
    let isMade = false;

    beforeEach(async () => {
      if (!isMade) await createTable([newRepair(libraries[0] as Library, options)]);
      isMade = true;
      await Repair.put({ repairId, net: 100, notes: "Left DOOR" }).go();
    });

    const raw = async () =>
      (await Repair.get({ repairId }).go({ data: "raw" })) as unknown as { data: { Item: object } };

    test("one follows another on put, update and patch", async () => {
      expect((await Repair.get({ repairId }).go()).data).toMatchObject({ net: 100, tax: 25 });
      await Repair.update({ repairId }).set({ net: 200 }).go();
      expect((await Repair.get({ repairId }).go()).data).toMatchObject({ net: 200, tax: 50 });
      await Repair.patch({ repairId }).set({ net: 8 }).go();
      expect((await Repair.get({ repairId }).go()).data).toMatchObject({ net: 8, tax: 2 });
    });

    test("a hidden copy is there to filter by, whatever the case, and is not shown", async () => {
      const found = await Repair.scan
        .where(({ notesSearch }, { contains }) => contains(notesSearch, "left door"))
        .go();
      expect(found.data).toMatchObject([{ notes: "Left DOOR" }]);
      expect(found.data[0]).not.toHaveProperty("notesSearch");
      await Repair.update({ repairId }).set({ notes: "HOOD" }).go();
      expect((await raw()).data.Item).toMatchObject({ notes: "HOOD", notesSearch: "hood" });
    });

    test("one made on reading is not stored", async () => {
      expect((await Repair.get({ repairId }).go()).data).toMatchObject({ priceTag: "EUR 100" });
      await Repair.update({ repairId }).set({ net: 7 }).go();
      expect((await Repair.get({ repairId }).go()).data).toMatchObject({ priceTag: "EUR 7" });
      expect((await raw()).data.Item).not.toHaveProperty("priceTag");
    });
  });

  test("times of creation and of the last change that nobody can set", async () => {
    const options = place();
    const now = vi.fn<() => number>();
    const newDeed = ({ Entity }: Library) =>
      new Entity(
        {
          model: { entity: "deed", version: "1", service: "registry" },
          attributes: {
            deedId: { type: "string", required: true },
            text: { type: "string" },
            createdAt: {
              type: "number",
              readOnly: true,
              required: true,
              default: () => now(),
              set: () => now(),
            },
            updatedAt: {
              type: "number",
              readOnly: true,
              watch: "*",
              required: true,
              default: () => now(),
              set: () => now(),
            },
          },
          indexes: {
            primary: {
              pk: { field: "pk", composite: ["deedId"] },
              sk: { field: "sk", composite: [] },
            },
          },
        },
        options,
      );
    const Deed = newDeed(library);
    await createTable([newDeed(libraries[0] as Library)]);
    const key = { deedId: "d1" };
    now.mockReturnValue(1);
    await Deed.create({ ...key, text: "a", createdAt: 99, updatedAt: 99 }).go();
    expect((await Deed.get(key).go()).data).toEqual({
      ...key,
      text: "a",
      createdAt: 1,
      updatedAt: 1,
    });
    now.mockReturnValue(2);
    await Deed.update(key).set({ text: "b" }).go();
    expect((await Deed.get(key).go()).data).toEqual({
      ...key,
      text: "b",
      createdAt: 1,
      updatedAt: 2,
    });
    for (const change of [{ createdAt: 5 }, { updatedAt: 5 }]) {
      await expect(async () =>
        Deed.update(key)
          .set(change as object)
          .go(),
      ).rejects.toThrow(/updatedAt|createdAt/);
    }
    expect((await Deed.get(key).go()).data).toMatchObject({ createdAt: 1, updatedAt: 2 });
  });

  test("counters in the transaction that writes what they count", async () => {
    const options = place();
    const model = { version: "1", service: "library" };
    const newEntities = ({ Entity }: Library) => ({
      book: new Entity(
        {
          model: { ...model, entity: "book" },
          attributes: {
            branch: { type: "string", required: true },
            bookId: { type: "string", required: true },
          },
          indexes: {
            primary: {
              collection: "stock",
              pk: { field: "pk", composite: ["branch"] },
              sk: { field: "sk", composite: ["bookId"] },
            },
          },
        },
        options,
      ),
      counter: new Entity(
        {
          model: { ...model, entity: "counter" },
          attributes: {
            branch: { type: "string", required: true },
            kind: { type: ["book", "reader"] as const, required: true },
            count: { type: "number" },
          },
          indexes: {
            primary: {
              collection: "stock",
              pk: { field: "pk", composite: ["branch"] },
              sk: { field: "sk", composite: ["kind"] },
            },
          },
        },
        options,
      ),
      total: new Entity(
        {
          model: { ...model, entity: "total" },
          attributes: { count: { type: "number" } },
          indexes: {
            primary: { pk: { field: "pk", composite: [] }, sk: { field: "sk", composite: [] } },
          },
        },
        options,
      ),
    });
    await createTable(Object.values(newEntities(libraries[0] as Library)));
    const service = new library.Service(newEntities(library), options);
    const branch = "north";

    const add = (bookId: string) =>
      service.transaction
        .write(({ book, counter, total }) => [
          book.create({ branch, bookId }).commit(),
          counter.upsert({ branch, kind: "book" }).add({ count: 1 }).commit(),
          total.upsert({}).add({ count: 1 }).commit(),
        ])
        .go();
    for (const bookId of ["b1", "b2", "b3"]) expect((await add(bookId)).canceled).toBe(false);
    const twice = await add("b2");
    expect(twice.canceled).toBe(true);
    expect(twice.data[0]).toMatchObject({ rejected: true, code: "ConditionalCheckFailed" });
    await service.transaction
      .write(({ book, counter, total }) => [
        book.remove({ branch, bookId: "b1" }).commit(),
        counter.patch({ branch, kind: "book" }).subtract({ count: 1 }).commit(),
        total.patch({}).subtract({ count: 1 }).commit(),
      ])
      .go();

    const stock = await service.collections.stock({ branch }).go();
    expect(stock.data.book.map(({ bookId }) => bookId)).toEqual(["b2", "b3"]);
    expect(stock.data.counter).toEqual([{ branch, kind: "book", count: 2 }]);
    expect((await service.entities.total.get({}).go()).data).toEqual({ count: 2 });

    const counted = (await service.entities.book.query
      .primary({ branch })
      .go({ data: "raw", params: { Select: "COUNT" } })) as unknown as { data: { Count: number } };
    expect(counted.data.Count).toBe(2);
  });

  test("a table that other software wrote, by its own keys and in its own case", async () => {
    const options = place();
    const newAccount = ({ Entity }: Library) =>
      new Entity(
        {
          model: { entity: "account", version: "1", service: "legacy" },
          attributes: {
            accountId: { type: "string", required: true },
            entryId: { type: "string", required: true },
            amount: { type: "number", field: "amt" },
          },
          indexes: {
            primary: {
              pk: {
                field: "PK",
                composite: ["accountId"],
                template: "ACC#${accountId}",
                casing: "none",
              },
              sk: { field: "entryId", composite: ["entryId"], casing: "none" },
            },
          },
        },
        options,
      );
    const Account = newAccount(library);
    await createTable([newAccount(libraries[0] as Library)]);
    const old = DynamoDBDocumentClient.from(client);
    const Item = { PK: "ACC#Ab1", entryId: "2024-X", accountId: "Ab1", amt: 5 };
    await old.send(new PutCommand({ TableName: options.table, Item }));

    const key = { accountId: "Ab1", entryId: "2024-X" };
    const ignoreOwnership = true;
    expect((await Account.get(key).go()).data).toBeNull();
    const found = await Account.get(key).go({ ignoreOwnership });
    expect(found.data).toEqual({ ...key, amount: 5 });
    const page = await Account.query
      .primary({ accountId: "Ab1" })
      .begins({ entryId: "2024" })
      .go({ ignoreOwnership });
    expect(page.data).toEqual([{ ...key, amount: 5 }]);
    expect((await Account.query.primary({ accountId: "Ab1" }).go()).data).toEqual([]);
    await Account.update(key).add({ amount: 2 }).go();
    const after = await Account.get(key).go({ ignoreOwnership });
    expect(after.data).toEqual({ ...key, amount: 7 });
  });
});

describe("opaque types", () => {
  const Serial: unique symbol = Symbol("serial");
  type SerialNumber = string & { [Serial]: true };
  const serial = (text: string) => text as SerialNumber;

  test("a key of a custom type is stored as its base type and read back as itself", async () => {
    const options = place();
    const Machine = new main.Entity(
      {
        model: { entity: "machine", version: "1", service: "plant" },
        attributes: {
          number: { type: main.CustomAttributeType<SerialNumber>("string"), required: true },
          hours: { type: main.CustomAttributeType<number & { readonly unit?: "h" }>("number") },
        },
        indexes: {
          primary: {
            pk: { field: "pk", composite: ["number"] },
            sk: { field: "sk", composite: [] },
          },
        },
      },
      options,
    );
    await createTable([Machine]);
    await Machine.create({ number: serial("S-1"), hours: 12 }).go();
    const { data } = await Machine.get({ number: serial("S-1") }).go();
    const read: SerialNumber | undefined = data?.number;
    expect(read).toBe("S-1");
    expect(data?.hours).toBe(12);
    // @ts-expect-error any text is no serial number
    expect(Machine.get({ number: "S-1" }).params().Key).toEqual({
      pk: "$plant#number_s-1",
      sk: "$machine_1",
    });
  });
});
