// `get`: its key, its options, and the result that they choose.
import { check, type Equal } from "./assert.js";
import { Flag, Task, key, type TaskItem, type TaskKey } from "./models.js";
import type { GetParams, StoredItem } from "electroxide";

check<Equal<Parameters<typeof Task.get>[0], { projectId: string; taskId: string }>>();
check<Equal<Parameters<typeof Flag.get>[0], { name: string }>>();

export async function results() {
  const plain = await Task.get(key).go();
  check<Equal<typeof plain, { data: { [K in keyof TaskItem]: TaskItem[K] } | null }>>();

  const empty = await Task.get(key).go({});
  check<Equal<typeof empty, typeof plain>>();

  const other = await Task.get(key).go({ consistent: true, table: "other" });
  check<Equal<typeof other, typeof plain>>();

  const some = await Task.get(key).go({ attributes: ["title", "points"] });
  check<Equal<typeof some, { data: { title: string; points?: number } | null }>>();

  const listed = ["title", "links"] as const;
  const chosen = await Task.get(key).go({ attributes: listed });
  check<Equal<typeof chosen, { data: { title: string; links: string[] } | null }>>();

  const all = await Task.get(key).go({ includeHidden: true });
  check<Equal<NonNullable<(typeof all)["data"]>["token"], string>>();
  type Address = NonNullable<NonNullable<(typeof all)["data"]>["address"]>;
  check<Equal<Address["secret"], string | undefined>>();

  const hidden = await Task.get(key).go({ includeHidden: true, attributes: ["token"] });
  check<Equal<typeof hidden, { data: { token: string } | null }>>();

  const keys = await Task.get(key).go({ data: "includeKeys" });
  check<Equal<NonNullable<(typeof keys)["data"]>["pk"], unknown>>();
  check<Equal<NonNullable<(typeof keys)["data"]>["title"], string>>();

  const raw = await Task.get(key).go({ data: "raw" });
  check<Equal<(typeof raw)["data"]["Item"], StoredItem | undefined>>();

  const attributes = await Task.get(key).go({ data: "attributes" });
  check<Equal<typeof attributes, typeof plain>>();
}

check<Equal<ReturnType<typeof paramsOf>, GetParams>>();
export function paramsOf() {
  return Task.get(key).params({ attributes: ["title"] });
}

const given: TaskKey & { title: string } = { projectId: "p", taskId: "t", title: "x" };
Task.get(given);
Task.get({ projectId: "p", taskId: "t" }).go({ client: { send: async () => ({}) } });
Task.get(key).go({ params: { ReturnConsumedCapacity: "TOTAL" } });
Task.get(key).go({ logger: (event) => event.type, listeners: [(event) => event.method] });
Task.get(key).go({ abortSignal: new AbortController().signal });

export async function wrong() {
  // @ts-expect-error -- `taskId` is missing.
  Task.get({ projectId: "p" });
  // @ts-expect-error -- Everything is missing.
  Task.get({});
  // @ts-expect-error -- Everything is missing.
  Task.get();
  // @ts-expect-error -- `taskId` is a text.
  Task.get({ projectId: "p", taskId: 1 });
  // @ts-expect-error -- `title` is not part of the key.
  Task.get({ projectId: "p", taskId: "t", title: "x" });
  // @ts-expect-error -- `undefined` is no value of a key.
  Task.get({ projectId: "p", taskId: undefined });
  // @ts-expect-error -- No such attribute.
  Task.get(key).go({ attributes: ["titel"] });
  // @ts-expect-error -- No such option.
  Task.get(key).go({ limit: 1 });
  // @ts-expect-error -- No such option, beside one that there is.
  Task.get(key).go({ consistent: true, consistant: true });
  // @ts-expect-error -- Reads have no conditions.
  Task.get(key).go({ conditions: { exists: true } });
  // @ts-expect-error -- Not a form of results.
  Task.get(key).go({ data: "rows" });
  // @ts-expect-error -- A flag.
  Task.get(key).go({ consistent: "yes" });
  // @ts-expect-error -- A get cannot be filtered.
  Task.get(key).where(() => "");
  // @ts-expect-error -- Not in the item that these attributes give.
  (await Task.get(key).go({ attributes: ["title"] })).data?.links;
  // @ts-expect-error -- There may be no item.
  (await Task.get(key).go()).data.title;
  // @ts-expect-error -- Hidden without `includeHidden`.
  (await Task.get(key).go({ attributes: ["token"] })).data?.token;
  // @ts-expect-error -- A get has no cursor.
  (await Task.get(key).go()).cursor;
  // @ts-expect-error -- No such option.
  Task.get(key).params({ attribute: ["title"] });
  // @ts-expect-error -- Not a client.
  Task.get(key).go({ client: {} });
}
