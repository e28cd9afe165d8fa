// Every write operation and update operator beyond the seed's, by what the database holds afterwards.
import { Entity } from "electroxide";
import { beforeEach, describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();

const Page = new Entity(
  {
    model: { entity: "page", version: "1", service: "wiki" },
    attributes: {
      id: { type: "string", required: true },
      title: { type: "string", required: true },
      space: { type: "string" },
      views: { type: "number" },
      labels: { type: "set", items: "string" },
      lines: { type: "list", items: { type: "string" } },
      meta: {
        type: "map",
        properties: {
          author: { type: "string" },
          edits: { type: "number" },
          seen: { type: "list", items: { type: "string" } },
        },
      },
      free: { type: "any" },
      first: { type: "string", default: "yes" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      bySpace: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["space"] },
        sk: { field: "gsi1sk", composite: ["title"] },
      },
    },
  },
  { client, table: tableName() },
);
await createTable([Page]);

let id = "";
let count = 0;

beforeEach(async () => {
  count += 1;
  id = `page_${count}`;
  await Page.put({
    id,
    title: "Home",
    views: 10,
    labels: ["a", "b"],
    lines: ["one"],
    meta: { author: "ann", edits: 1, seen: ["x"] },
    free: { deep: [1] },
  }).go();
});

const now = async () => (await Page.get({ id }).go({ consistent: true })).data;
const change = () => Page.update({ id });
const labels = async () => [...((await now())?.labels ?? [])].sort();

describe("update operators", () => {
  test("add and subtract", async () => {
    await change().add({ views: 5 }).go();
    await change().subtract({ views: 2 }).go();
    expect(await now()).toMatchObject({ views: 13 });
  });

  test("add to and delete from a set", async () => {
    await change()
      .add({ labels: ["c"] })
      .go();
    await change()
      .delete({ labels: ["a"] })
      .go();
    expect(await labels()).toEqual(["b", "c"]);
  });

  test("append to a list", async () => {
    await change()
      .append({ lines: ["two", "three"] })
      .go();
    expect(await now()).toMatchObject({ lines: ["one", "two", "three"] });
  });

  test("set by path, in maps, lists and `any`", async () => {
    await change()
      .set({ "meta.author": "bob", "lines[0]": "first", "free.more": true } as object)
      .go();
    expect(await now()).toMatchObject({
      lines: ["first"],
      meta: { author: "bob", edits: 1 },
      free: { deep: [1], more: true },
    });
  });

  test("remove a property of a map", async () => {
    await change()
      .remove(["meta.author", "lines[0]"] as never[])
      .go();
    expect(await now()).toMatchObject({ lines: [], meta: { edits: 1, seen: ["x"] } });
    expect((await now())?.meta).not.toHaveProperty("author");
  });

  test("ifNotExists writes what is absent only", async () => {
    await change().remove(["free"]).go();
    await change().ifNotExists({ views: 99, free: "new" }).go();
    expect(await now()).toMatchObject({ views: 10, free: "new" });
  });

  test("data with every operator at once", async () => {
    await change()
      .data((page, { set, add, subtract, append, remove, del }) => {
        set(page.meta.author, "carl");
        add(page.meta.edits, 4);
        subtract(page.views, 3);
        append(page.lines, ["two"]);
        remove(page.free);
        del(page.labels, ["b"]);
      })
      .go();
    expect(await now()).toMatchObject({
      meta: { author: "carl", edits: 5 },
      views: 7,
      lines: ["one", "two"],
    });
    expect(await now()).not.toHaveProperty("free");
    expect(await labels()).toEqual(["a"]);
  });

  test("an update of an item that is not there creates it", async () => {
    await Page.update({ id: "fresh" }).set({ title: "Fresh" }).go();
    expect((await Page.get({ id: "fresh" }).go()).data).toEqual({ id: "fresh", title: "Fresh" });
  });
});

describe("operations", () => {
  test("put overwrites, create does not", async () => {
    await Page.put({ id, title: "New" }).go();
    expect(await now()).toEqual({ id, title: "New", first: "yes" });
    await expect(Page.create({ id, title: "Newer" }).go()).rejects.toMatchObject({ code: 5003 });
  });

  test("patch changes what exists and creates nothing", async () => {
    await Page.patch({ id }).set({ title: "Patched" }).go();
    expect(await now()).toMatchObject({ title: "Patched", views: 10 });
    const ghost = Page.patch({ id: "ghost" }).set({ title: "Ghost" });
    await expect(ghost.go()).rejects.toMatchObject({ code: 5003 });
    expect((await Page.get({ id: "ghost" }).go()).data).toBeNull();
  });

  test("remove deletes what exists and refuses what does not", async () => {
    await Page.remove({ id }).go();
    expect(await now()).toBeNull();
    await expect(Page.remove({ id }).go()).rejects.toMatchObject({ code: 5003 });
  });

  test("upsert keeps what it does not name", async () => {
    await Page.upsert({ id, title: "Upserted" }).go();
    expect(await now()).toMatchObject({ title: "Upserted", views: 10 });
    await Page.upsert({ id: "made", title: "Made" }).go();
    expect((await Page.get({ id: "made" }).go()).data).toEqual({
      id: "made",
      title: "Made",
      first: "yes",
    });
  });

  test("where on a write", async () => {
    await expect(
      change()
        .set({ title: "Never" })
        .where(({ views }, { gt }) => gt(views, 100))
        .go(),
    ).rejects.toMatchObject({ code: 5003 });
    await change()
      .set({ title: "Now" })
      .where(({ meta }, { eq }) => eq(meta.author, "ann"))
      .go();
    expect(await now()).toMatchObject({ title: "Now" });
  });

  test("an OR in create's clause never overwrites", async () => {
    const create = Page.create({ id, title: "Overwritten" }).where(
      ({ views }, { eq, notExists }) => `${notExists(views)} OR ${eq(views, 10)}`,
    );
    await expect(create.go()).rejects.toMatchObject({ code: 5003 });
    expect(await now()).toMatchObject({ title: "Home" });
  });
});

describe("index keys follow every write", () => {
  const found = async (space: string) => {
    const pages = await Page.query.bySpace({ space }).go();
    return pages.data.map((page) => page.title);
  };

  test("entering, moving and leaving an index", async () => {
    const space = `space_${count}`;
    await change().set({ space }).composite({ title: "Home" }).go();
    expect(await found(space)).toEqual(["Home"]);
    await change().set({ title: "House" }).composite({ space }).go();
    expect(await found(space)).toEqual(["House"]);
    await change()
      .set({ space: `${space}_b` })
      .go();
    expect(await found(space)).toEqual([]);
    expect(await found(`${space}_b`)).toEqual(["House"]);
    await change().remove(["space"]).go();
    expect(await found(`${space}_b`)).toEqual([]);
  });

  test("an item enters an index by its pk alone when its sk is there already", async () => {
    const space = `late_${count}`;
    await change().set({ space }).go();
    expect(await found(space)).toEqual(["Home"]);
  });
});
