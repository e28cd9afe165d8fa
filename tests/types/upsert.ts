// `upsert`: required attributes may come in several steps, and it can be sent when they are all there.
import { check, type Equal, type Resolved } from "./assert.js";
import { Flag, Task, type TaskItem, type TaskKey } from "./models.js";

type Item = { [K in keyof TaskItem]: TaskItem[K] };
type Key = { [K in keyof TaskKey]: TaskKey[K] };

const least = { taskId: "t", projectId: "p", title: "x", owner: "user_1" } as const;

check<Equal<Resolved<typeof plain>, { data: Partial<Key> }>>();
export const plain = () => Task.upsert(least).go();
check<Equal<Resolved<typeof fresh>, { data: Item }>>();
export const fresh = () => Task.upsert(least).go({ response: "all_new" });
check<Equal<Resolved<typeof old>, { data: Item | null }>>();
export const old = () => Task.upsert(least).go({ response: "all_old" });
check<Equal<Resolved<typeof none>, { data: null }>>();
export const none = () => Task.upsert(least).go({ response: "none" });

Flag.upsert({ name: "x" }).go();
Task.upsert({ ...least, createdAt: "2025", points: 1 }).where(({ done }, { eq }) => eq(done, true));
Task.upsert(least)
  .add({ points: 1, tags: ["x"] })
  .subtract({ points: 1 })
  .go();
Task.upsert(least)
  .append({ links: ["x"] })
  .ifNotExists({ createdAt: "2025" })
  .params();

// Step by step.
Task.upsert({ taskId: "t" }).set({ projectId: "p" }).set({ title: "x", owner: "user_1" }).go();
Task.upsert({ taskId: "t", projectId: "p", title: "x" }).ifNotExists({ owner: "user_1" }).params();

export function wrong() {
  const part = Task.upsert({ taskId: "t", projectId: "p" });
  // @ts-expect-error -- `title` and `owner` are missing.
  part.go();
  // @ts-expect-error -- `title` and `owner` are missing.
  part.params();
  // @ts-expect-error -- `owner` is missing.
  part.set({ title: "x" }).go();
  // @ts-expect-error -- `title` is missing.
  part.ifNotExists({ owner: "user_1" }).where(() => "");
  // @ts-expect-error -- A number.
  part.set({ title: 1 });
  // @ts-expect-error -- No such attribute.
  part.set({ titel: "x" });
  // @ts-expect-error -- No such attribute.
  Task.upsert({ ...least, titel: "x" });
  // @ts-expect-error -- A text.
  Task.upsert({ ...least, title: 1 });
  // @ts-expect-error -- Not a number.
  Task.upsert(least).add({ title: 1 });
  // @ts-expect-error -- An upsert removes nothing.
  Task.upsert(least).remove(["points"]);
  // @ts-expect-error -- No such option.
  Task.upsert(least).go({ attributes: ["title"] });
}
