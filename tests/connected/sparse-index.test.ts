// The seed's soft delete and sparse index: items that enter and leave an index by what is set on them.
import { Entity } from "electroxide";
import { describe, expect, test } from "vitest";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();

const UserEntity = new Entity(
  {
    model: { entity: "user", version: "1", service: "myapp" },
    attributes: {
      userId: { type: "string", required: true },
      name: { type: "string", required: true },
      deletedAt: { type: "string" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
      active: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["deletedAt"] },
        sk: { field: "gsi1sk", composite: ["userId"] },
      },
    },
  },
  { client, table },
);

const PostEntity = new Entity(
  {
    model: { entity: "post", version: "1", service: "myapp" },
    attributes: {
      postId: { type: "string", required: true },
      title: { type: "string", required: true },
      published: { type: "boolean", default: false },
      publishedAt: { type: "string" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["postId"] }, sk: { field: "sk", composite: [] } },
      published: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: [], template: "PUBLISHED#POST" },
        sk: { field: "gsi1sk", composite: ["publishedAt"] },
      },
    },
  },
  { client, table },
);
await createTable([UserEntity, PostEntity]);

describe("soft delete from an item without deletedAt", () => {
  const userId = "user_123";
  const deletedAt = "2025-02-03T04:05:06.789Z";
  const deleted = async () => (await UserEntity.query.active({ deletedAt }).go()).data;

  test("created, set, found, removed, gone", async () => {
    await UserEntity.create({ userId, name: "John" }).go();
    expect(await deleted()).toEqual([]);

    await UserEntity.update({ userId }).set({ deletedAt }).go();
    expect(await deleted()).toEqual([{ userId, name: "John", deletedAt }]);

    await UserEntity.update({ userId }).remove(["deletedAt"]).go();
    expect(await deleted()).toEqual([]);
    const { data } = await UserEntity.get({ userId }).go();
    expect(data).toEqual({ userId, name: "John" });
  });

  test("an update of something else leaves it where it is", async () => {
    const other = "user_456";
    await UserEntity.create({ userId: other, name: "Jane", deletedAt: "2025-01-01" }).go();
    await UserEntity.update({ userId: other }).set({ name: "Janet" }).go();
    const { data } = await UserEntity.query.active({ deletedAt: "2025-01-01" }).go();
    expect(data).toMatchObject([{ userId: other, name: "Janet" }]);
  });

  test("the marker of active users that the seed queries by", async () => {
    await UserEntity.create({ userId: "active", name: "Ann", deletedAt: "ACTIVE" }).go();
    const activeUsers = await UserEntity.query.active({ deletedAt: "ACTIVE" }).go();
    expect(activeUsers.data.map((user) => user.userId)).toEqual(["active"]);
  });
});

describe("publish by update on the constant-pk index", () => {
  const published = async () => {
    const posts = await PostEntity.query.published({}).go();
    return posts.data.map(({ postId }) => postId);
  };

  test("an unpublished post is not in the index until an update publishes it", async () => {
    await PostEntity.create({ postId: "draft", title: "My Draft" }).go();
    expect(await published()).toEqual([]);

    await PostEntity.update({ postId: "draft" })
      .set({ published: true, publishedAt: "2025-03-01T00:00:00.000Z" })
      .go();
    expect(await published()).toEqual(["draft"]);

    await PostEntity.update({ postId: "draft" }).remove(["publishedAt"]).go();
    expect(await published()).toEqual([]);
  });

  test("a post that is created as published is there at once, in the order of publishing", async () => {
    for (const [postId, publishedAt] of [
      ["late", "2025-05-01T00:00:00.000Z"],
      ["early", "2025-04-01T00:00:00.000Z"],
    ] as const) {
      await PostEntity.create({ postId, title: "My Post", published: true, publishedAt }).go();
    }
    expect(await published()).toEqual(["early", "late"]);
    const inMay = await PostEntity.query.published({}).begins({ publishedAt: "2025-05" }).go();
    expect(inMay.data.map(({ postId }) => postId)).toEqual(["late"]);
  });

  test("an update that does not touch publishedAt leaves an unpublished post out", async () => {
    await PostEntity.create({ postId: "quiet", title: "Quiet" }).go();
    await PostEntity.update({ postId: "quiet" }).set({ title: "Still quiet" }).go();
    expect(await published()).not.toContain("quiet");
  });
});
