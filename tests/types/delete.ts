// `delete` and `remove`: their key, their conditions, and what they give back.
import { check, type Equal, type Resolved } from "./assert.js";
import { Task, key, type TaskItem, type TaskKey } from "./models.js";
import type { DeleteParams } from "electroxide";

type Item = { [K in keyof TaskItem]: TaskItem[K] };
type Key = { [K in keyof TaskKey]: TaskKey[K] };

check<Equal<Resolved<typeof plain>, { data: Key }>>();
export const plain = () => Task.delete(key).go();
check<Equal<Resolved<typeof removed>, { data: Key }>>();
export const removed = () => Task.remove(key).go();
check<Equal<Resolved<typeof old>, { data: Item | null }>>();
export const old = () => Task.delete(key).go({ response: "all_old" });
check<Equal<Resolved<typeof none>, { data: null }>>();
export const none = () => Task.remove(key).go({ response: "none" });
check<Equal<ReturnType<typeof request>, DeleteParams>>();
export const request = () => Task.delete(key).params();

Task.delete(key).where(({ status }, { eq }) => eq(status, "DONE"));
Task.delete(key).go({ conditions: { status: "DONE" } });

export async function wrong() {
  // @ts-expect-error -- `taskId` is missing.
  Task.delete({ projectId: "p" });
  // @ts-expect-error -- Not part of the key.
  Task.remove({ projectId: "p", taskId: "t", title: "x" });
  // @ts-expect-error -- Nothing is new after a delete.
  Task.delete(key).go({ response: "all_new" });
  // @ts-expect-error -- No such option.
  Task.delete(key).go({ limit: 1 });
  // @ts-expect-error -- Only the key comes back by default.
  (await Task.delete(key).go()).data.title;
  // @ts-expect-error -- There may have been nothing.
  (await Task.delete(key).go({ response: "all_old" })).data.title;
  // @ts-expect-error -- Changes belong to updates.
  Task.delete(key).set({ title: "x" });
}
