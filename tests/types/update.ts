// `update` and `patch`: what each change takes, and what they give back.
import { check, type Equal, type Resolved } from "./assert.js";
import { Task, key, type TaskItem, type TaskKey } from "./models.js";
import type {
  UpdateAddEntityItem,
  UpdateAppendEntityItem,
  UpdateDeleteEntityItem,
  UpdateEntityItem,
  UpdateParams,
  UpdateRemoveEntityItem,
  UpdateSubtractEntityItem,
} from "electroxide";

type Entity = typeof Task;
type Item = { [K in keyof TaskItem]: TaskItem[K] };
type Key = { [K in keyof TaskKey]: TaskKey[K] };

// Neither the key nor read-only attributes can be changed; hidden ones can.
type Changed = keyof UpdateEntityItem<Entity>;
check<Equal<Extract<Changed, "taskId" | "projectId" | "createdAt" | "updatedAt">, never>>();
check<Equal<Extract<Changed, "token">, "token">>();
check<Equal<UpdateEntityItem<Entity>["title"], string | undefined>>();
type Address = NonNullable<UpdateEntityItem<Entity>["address"]>;
check<Equal<Extract<keyof Address, "since">, never>>();
check<Equal<Address["city"], string>>();
check<Equal<Address["country"], string | undefined>>();

check<Equal<keyof UpdateAddEntityItem<Entity>, "points" | "tags" | "sizes" | "free">>();
check<Equal<keyof UpdateSubtractEntityItem<Entity>, "points" | "free">>();
check<Equal<keyof UpdateAppendEntityItem<Entity>, "comments" | "links" | "free">>();
check<Equal<keyof UpdateDeleteEntityItem<Entity>, "tags" | "sizes" | "free">>();
check<
  Equal<
    UpdateRemoveEntityItem<Entity>[number],
    "points" | "done" | "tags" | "sizes" | "address" | "comments" | "extra" | "free"
  >
>();

const update = Task.update(key);
update.set({ title: "x", status: "DONE", tags: ["a"] }).set({ done: true });
update.set({ address: { city: "Lviv", geo: { lat: 1 } } }).add({ points: 1, tags: ["b"] });
update
  .add({ sizes: [2] })
  .subtract({ points: 1 })
  .append({ links: ["x"], comments: [{ user: "u" }] });
update
  .delete({ tags: ["a"] })
  .remove(["points", "address"])
  .ifNotExists({ title: "x" });
update.set({ owner: "user_2" }).composite({ createdAt: "2025", status: "OPEN" });
update.set({ extra: { kind: "b", depth: { n: 2 } }, free: 1 });
update
  .set({ title: "x" })
  .where(({ done }, { eq }) => eq(done, false))
  .set({ done: true });
Task.patch(key).set({ title: undefined });

check<Equal<Resolved<typeof plain>, { data: Key }>>();
export const plain = () => update.set({ title: "x" }).go();
check<Equal<Resolved<typeof none>, { data: null }>>();
export const none = () => update.set({ title: "x" }).go({ response: "none" });
check<Equal<Resolved<typeof fresh>, { data: Partial<Item> }>>();
export const fresh = () => update.set({ title: "x" }).go({ response: "all_new" });
check<Equal<Resolved<typeof old>, { data: Partial<Item> | null }>>();
export const old = () => update.set({ title: "x" }).go({ response: "all_old" });
check<Equal<Resolved<typeof changed>, { data: Partial<Item> | null }>>();
export const changed = () => update.set({ title: "x" }).go({ response: "updated_new" });
check<Equal<Resolved<typeof patched>, { data: Key }>>();
export const patched = () => Task.patch(key).set({ title: "x" }).go();
check<Equal<Resolved<typeof patchedNew>, { data: Item }>>();
export const patchedNew = () => Task.patch(key).set({ title: "x" }).go({ response: "all_new" });
check<Equal<Resolved<typeof patchedOld>, { data: Item }>>();
export const patchedOld = () => Task.patch(key).remove(["done"]).go({ response: "all_old" });
check<Equal<Resolved<typeof patchedUpdated>, { data: Partial<Item> | null }>>();
export const patchedUpdated = () =>
  Task.patch(key).add({ points: 1 }).go({ response: "updated_old" });
check<Equal<ReturnType<typeof request>, UpdateParams>>();
export const request = () => update.set({ title: "x" }).params();

export async function wrong() {
  // @ts-expect-error -- `taskId` is missing.
  Task.update({ projectId: "p" });
  // @ts-expect-error -- Not part of the key.
  Task.patch({ projectId: "p", taskId: "t", title: "x" });
  // @ts-expect-error -- Nothing is changed yet.
  update.go();
  // @ts-expect-error -- Nothing is changed yet.
  Task.patch(key).params();
  // @ts-expect-error -- Nothing is changed yet.
  update.where(() => "");
  // @ts-expect-error -- No such attribute.
  update.set({ titel: "x" });
  // @ts-expect-error -- A text.
  update.set({ title: 1 });
  // @ts-expect-error -- Not one of the listed texts.
  update.set({ status: "CLOSED" });
  // @ts-expect-error -- Read-only.
  update.set({ createdAt: "2025" });
  // @ts-expect-error -- Part of the key.
  update.set({ taskId: "t" });
  // @ts-expect-error -- Read-only, inside a map.
  update.set({ address: { city: "Lviv", since: 1 } });
  // @ts-expect-error -- `city` is missing.
  update.set({ address: { zip: "1" } });
  // @ts-expect-error -- Paths belong into `data`.
  update.set({ "address.zip": "1" });
  // @ts-expect-error -- Not a number.
  update.add({ title: 1 });
  // @ts-expect-error -- A number.
  update.add({ points: "1" });
  // @ts-expect-error -- Members, in an array.
  update.add({ tags: "x" });
  // @ts-expect-error -- Not one of the listed numbers.
  update.add({ sizes: [5] });
  // @ts-expect-error -- A list is appended to.
  update.add({ links: ["x"] });
  // @ts-expect-error -- Not a number.
  update.subtract({ tags: ["x"] });
  // @ts-expect-error -- Not a list.
  update.append({ tags: ["x"] });
  // @ts-expect-error -- They are texts.
  update.append({ links: [1] });
  // @ts-expect-error -- A list has no members to delete.
  update.delete({ links: ["x"] });
  // @ts-expect-error -- It is required.
  update.remove(["title"]);
  // @ts-expect-error -- Read-only.
  update.remove(["updatedAt"]);
  // @ts-expect-error -- Part of the key.
  update.remove(["taskId"]);
  // @ts-expect-error -- Names, in an array.
  update.remove("points");
  // @ts-expect-error -- No such attribute.
  update.remove(["titel"]);
  // @ts-expect-error -- Read-only.
  update.ifNotExists({ createdAt: "2025" });
  // @ts-expect-error -- No such attribute.
  update.composite({ titel: "x" });
  // @ts-expect-error -- A text.
  update.composite({ createdAt: 1 });
  // @ts-expect-error -- No such response.
  update.set({ title: "x" }).go({ response: "new" });
  // @ts-expect-error -- No such option.
  update.set({ title: "x" }).go({ limit: 1 });
  // @ts-expect-error -- Only the key comes back by default.
  (await update.set({ title: "x" }).go()).data.title;
  // @ts-expect-error -- An update may have made a new item, which may have nothing else.
  (await update.set({ title: "x" }).go({ response: "all_new" })).data.owner.length;
  // @ts-expect-error -- There may have been nothing before.
  (await update.set({ title: "x" }).go({ response: "all_old" })).data.title;
}
