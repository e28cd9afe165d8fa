// Sparse index
import { Entity } from "electroxide";

// Only published posts have a publishedAt, so only they have the index's keys: the others are not in it.
const Post = new Entity(
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
  { table: "blog" },
);

await Post.create({
  postId: "post_1",
  title: "Keys of one table",
  published: true,
  publishedAt: "2025-02-01T09:00:00.000Z",
}).go();
await Post.create({ postId: "post_2", title: "A draft" }).go();
await Post.create({
  postId: "post_3",
  title: "Conditions",
  published: true,
  publishedAt: "2025-01-10T09:00:00.000Z",
}).go();

// The newest posts first; the draft is never read.
await Post.query.published({}).go({ order: "desc", limit: 10 });

// Publishing gives the draft its place in the index.
await Post.update({ postId: "post_2" })
  .set({ published: true, publishedAt: "2025-03-01T09:00:00.000Z" })
  .go();
