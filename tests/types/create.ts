// `create` and `put`: what they take, which attributes may be left out, and what they give back.
import { check, type Equal, type Resolved } from "./assert.js";
import { Flag, Task, type TaskItem, type UserId } from "./models.js";
import type { CreateEntityItem, PutParams } from "electroxide";

type New = CreateEntityItem<typeof Task>;
type Item = { [K in keyof TaskItem]: TaskItem[K] };

const least = { taskId: "t", projectId: "p", title: "x", owner: "user_1" } as const;

// Required attributes and the key are needed, unless they have a default.
type Needed = { [K in keyof New]-?: object extends Pick<New, K> ? never : K }[keyof New];
check<Equal<Needed, "taskId" | "projectId" | "title" | "owner">>();
check<Equal<New["status"], "OPEN" | "DOING" | "DONE" | undefined>>();
check<Equal<New["owner"], UserId>>();
check<Equal<New["createdAt"], string | undefined>>();
check<Equal<New["token"], string | undefined>>();
check<Equal<CreateEntityItem<typeof Flag>, { name: string }>>();
check<
  Equal<
    NonNullable<New["address"]>,
    {
      city: string;
      zip?: string;
      country?: string;
      secret?: string;
      since?: number;
      geo?: { lat: number };
    }
  >
>();

Task.create(least);
Task.put({ ...least, status: "DONE", points: 2, done: true, tags: ["a"], sizes: [1, 3] });
Task.create({ ...least, address: { city: "Lviv" }, comments: [{ user: "u" }] });
Task.create({ ...least, extra: { kind: "a", depth: { n: 1 } }, free: { anything: [1] } });
Task.create({ ...least, token: "x", createdAt: "2025", updatedAt: "2025" });
Flag.put({ name: "x" });

check<Equal<Resolved<typeof plain>, { data: Item }>>();
export const plain = () => Task.create(least).go();
check<Equal<Resolved<typeof none>, { data: null }>>();
export const none = () => Task.create(least).go({ response: "none" });
check<Equal<Resolved<typeof fresh>, { data: Item }>>();
export const fresh = () => Task.create(least).go({ response: "all_new" });
check<Equal<Resolved<typeof old>, { data: Item | null }>>();
export const old = () => Task.put(least).go({ response: "all_old" });
check<Equal<Resolved<typeof hidden>["data"]["token"], string>>();
export const hidden = () => Task.put(least).go({ includeHidden: true });
check<
  Equal<Resolved<typeof raw>["data"]["Attributes"], { [field: string]: unknown } | undefined>
>();
export const raw = () => Task.put(least).go({ data: "raw" });
check<Equal<ReturnType<typeof request>, PutParams>>();
export const request = () => Task.create(least).params();

Task.create(least).where(({ taskId }, { notExists }) => notExists(taskId));
Task.create(least).go({ conditions: { exists: false } });

export async function wrong() {
  // @ts-expect-error -- Everything is missing.
  Task.create({});
  // @ts-expect-error -- `title` is missing.
  Task.create({ taskId: "t", projectId: "p", owner: "user_1" });
  // @ts-expect-error -- The key is missing.
  Task.put({ title: "x", owner: "user_1" });
  // @ts-expect-error -- No such attribute.
  Task.create({ ...least, titel: "x" });
  // @ts-expect-error -- Not one of the listed texts.
  Task.create({ ...least, status: "CLOSED" });
  // @ts-expect-error -- A number.
  Task.create({ ...least, points: "1" });
  // @ts-expect-error -- An array, not a text.
  Task.create({ ...least, tags: "a" });
  // @ts-expect-error -- Not one of the listed numbers.
  Task.create({ ...least, sizes: [4] });
  // @ts-expect-error -- `city` is missing.
  Task.create({ ...least, address: { zip: "1" } });
  // @ts-expect-error -- No such property.
  Task.create({ ...least, address: { city: "Lviv", street: "x" } });
  // @ts-expect-error -- `user` is missing.
  Task.create({ ...least, comments: [{ body: "x" }] });
  // @ts-expect-error -- They are texts.
  Task.create({ ...least, links: [1] });
  // @ts-expect-error -- Not a user's id.
  Task.create({ ...least, owner: "someone" });
  // @ts-expect-error -- `kind` is "a" or "b".
  Task.create({ ...least, extra: { kind: "c", depth: { n: 1 } } });
  // @ts-expect-error -- A required attribute cannot be `undefined`.
  Task.create({ ...least, title: undefined });
  // @ts-expect-error -- An attribute cannot be `null`.
  Task.create({ ...least, points: null });
  // @ts-expect-error -- A put gives back nothing that was updated.
  Task.put(least).go({ response: "updated_new" });
  // @ts-expect-error -- No such option.
  Task.put(least).go({ attributes: ["title"] });
  // @ts-expect-error -- No such option.
  Task.put(least).go({ condition: { exists: false } });
  // @ts-expect-error -- There is nothing in the result.
  (await Task.put(least).go({ response: "none" })).data.title;
  // @ts-expect-error -- There may have been nothing before.
  (await Task.put(least).go({ response: "all_old" })).data.title;
  // @ts-expect-error -- It is hidden.
  (await Task.put(least).go()).data.token;
  // @ts-expect-error -- Changes belong to updates.
  Task.put(least).set({ title: "x" });
}
