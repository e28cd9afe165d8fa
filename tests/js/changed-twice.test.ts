// Updates that change one path twice, or a path within another: DynamoDB refuses them, and the main entry says so before it is asked.
import { Entity } from "electroxide";
import { expect, test } from "vitest";

// Chains are called as a table of functions, which the types of one model would not let through.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

const Page = new Entity(
  {
    model: { entity: "page", version: "1", service: "app" },
    attributes: {
      id: { type: "string" },
      name: { type: "string" },
      group: { type: "string", field: "gsi1pk" },
      size: { type: "number", field: "sz", watch: ["name"], set: () => 5 },
      meta: {
        type: "map",
        watch: ["name"],
        set: () => ({ tag: "hooked" }),
        properties: { tag: { type: "string" } },
      },
      free: { type: "map", properties: { tag: { type: "string" }, other: { type: "string" } } },
      list: { type: "list", items: { type: "string" } },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] } },
      byGroup: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["group"], template: "G#${group}", casing: "none" },
      },
    },
  },
  { table: "table" },
) as Loose;

const update = () => Page.update({ id: "1" });

test.each<[string, () => Loose]>([
  [
    "an attribute",
    () =>
      update()
        .set({ list: ["a"] })
        .remove(["list"]),
  ],
  [
    "an attribute by two verbs",
    () =>
      update()
        .append({ list: ["a"] })
        .set({ list: ["b"] }),
  ],
  ["a key by itself, set twice", () => update().set({ group: "a" }).set({ group: "b" })],
  ["a key by itself, removed first", () => update().remove(["group"]).set({ group: "a" })],
  ["a part of what is set", () => update().set({ free: { other: "x" }, "free.tag": "x" })],
  ["what a part of is set", () => update().set({ "free.tag": "x" }).remove(["free"])],
  ["a position twice", () => update().set({ "list[0]": "x" }).remove(["list[0]"])],
  ["what a hook sets", () => update().set({ name: "x" }).remove(["size"])],
  ["a part of what a hook sets", () => update().set({ name: "x", "meta.tag": "x" })],
  [
    "a part of what a hook sets, in a callback",
    () =>
      update().data((at: Loose, { set }: Loose) => {
        set(at.meta.tag, "x");
        set(at.name, "x");
      }),
  ],
  ["a part of an upsert's item", () => Page.upsert({ id: "1", free: {} }).set({ "free.tag": "x" })],
  ["a part of what an upsert's hook sets", () => Page.upsert({ id: "1" }).set({ "meta.tag": "x" })],
])("%s changed twice", (_, chain) => {
  expect(() => chain().params()).toThrow(expect.objectContaining({ code: 1012 }));
});

test.each<[string, () => Loose]>([
  ["parts beside one another", () => update().set({ "free.tag": "x", "free.other": "x" })],
  ["positions beside one another", () => update().set({ "list[1]": "x" }).remove(["list[10]"])],
  ["what a hook makes of it", () => update().set({ name: "x", size: 1, meta: { tag: "x" } })],
  [
    "what is not hooked",
    () =>
      update()
        .set({ list: ["x"] })
        .remove(["size"]),
  ],
  ["nothing beside a hook", () => update().set({ name: "x", "meta.tag": undefined })],
  [
    "nothing beside a hook, in a callback",
    () =>
      update().data((at: Loose, { set }: Loose) => {
        set(at.meta.tag, undefined);
        set(at.name, "x");
      }),
  ],
  ["an upsert's verbs", () => Page.upsert({ id: "1", name: "x" }).append({ list: ["x"] })],
])("%s is changed once", (_, chain) => {
  expect(() => chain().params()).not.toThrow();
});
