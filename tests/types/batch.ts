// Batches: what an array of keys or items gives, in both entries, and the results that options choose.
import * as dropIn from "electroxide/electrodb";
import { check, type Equal } from "./assert.js";
import { Flag, Task, key, type TaskItem, type TaskKey } from "./models.js";
import type { BatchGetParams, BatchWriteParams, RawItem, StoredItem } from "electroxide";

type Shown = { [K in keyof TaskItem]: TaskItem[K] };
type Given = Parameters<typeof Task.put>[0];

// The single forms stand last, so that these are one key and one item.
check<Equal<Parameters<typeof Task.get>[0], { projectId: string; taskId: string }>>();
check<Equal<Parameters<typeof Task.delete>[0], { projectId: string; taskId: string }>>();
check<Equal<Parameters<typeof Flag.get>[0], { name: string }>>();

const keys: readonly TaskKey[] = [key];

export async function gets() {
  const plain = await Task.get([key, { projectId: "p", taskId: "t" }]).go();
  check<Equal<(typeof plain)["data"], (Shown | null)[]>>();
  check<Equal<(typeof plain)["unprocessed"], { projectId: string; taskId: string }[]>>();

  const listed = await Task.get(keys).go({ concurrent: 4, consistent: true, table: "other" });
  check<Equal<typeof listed, typeof plain>>();

  const found = await Task.get(keys).go({ preserveBatchOrder: false });
  check<Equal<(typeof found)["data"], Shown[]>>();

  const maybe = await Task.get(keys).go({ preserveBatchOrder: keys.length > 1 });
  check<Equal<(typeof maybe)["data"], (Shown | null)[]>>();

  const some = await Task.get(keys).go({ attributes: ["title", "points"] });
  check<Equal<(typeof some)["data"], ({ title: string; points?: number } | null)[]>>();

  const all = await Task.get(keys).go({ includeHidden: true, preserveBatchOrder: false });
  check<Equal<(typeof all)["data"][number]["token"], string>>();

  const stored = await Task.get(keys).go({ data: "includeKeys", preserveBatchOrder: false });
  check<Equal<(typeof stored)["data"][number]["pk"], unknown>>();

  const raw = await Task.get(keys).go({ data: "raw", unprocessed: "raw" });
  check<Equal<(typeof raw)["data"], (RawItem | null)[]>>();
  check<Equal<(typeof raw)["unprocessed"], StoredItem[]>>();
}

export async function writes(item: Given) {
  const put = await Task.put([item]).go({ concurrent: 2 });
  check<Equal<typeof put, { unprocessed: Given[] }>>();
  Task.put(put.unprocessed);

  const raw = await Task.put([item]).go({ unprocessed: "raw" });
  check<Equal<(typeof raw)["unprocessed"], StoredItem[]>>();

  const deleted = await Task.delete(keys).go();
  check<Equal<typeof deleted, { unprocessed: { projectId: string; taskId: string }[] }>>();
  Task.delete(deleted.unprocessed);
}

export function requests(item: Given) {
  check<Equal<ReturnType<typeof read>, BatchGetParams[]>>();
  const read = () => Task.get(keys).params({ attributes: ["title"] });
  check<Equal<ReturnType<typeof written>, BatchWriteParams[]>>();
  const written = () => Task.put([item]).params({ table: "other" });
  check<Equal<ReturnType<typeof deleted>, BatchWriteParams[]>>();
  const deleted = () => Task.delete(keys).params();
}

const Other = new dropIn.Entity(Task.schema, { table: "t" });
// Their last form is the one for arrays there, as in ElectroDB.
check<Equal<Parameters<typeof Other.get>[0][0], { projectId: string; taskId: string }>>();
check<Equal<Parameters<typeof Other.delete>[0][0], { projectId: string; taskId: string }>>();
check<Equal<Parameters<typeof Other.put>[0][0], Given>>();

export async function asInElectroDB(item: Given) {
  const found = await Other.get(keys).go();
  check<Equal<(typeof found)["data"], Shown[]>>();
  const ordered = await Other.get(keys).go({ preserveBatchOrder: true });
  check<Equal<(typeof ordered)["data"], (Shown | null)[]>>();
  const put = await Other.put([item]).go();
  check<Equal<(typeof put)["unprocessed"], TaskItem[]>>();
  const one = await Other.get(key).go();
  check<Equal<(typeof one)["data"], Shown | null>>();
  class Special extends dropIn.Entity {}
  new Special(Task.schema);
}

export async function wrong(item: Given) {
  // @ts-expect-error -- `taskId` is missing in one of them.
  Task.get([key, { projectId: "p" }]);
  // @ts-expect-error -- A required attribute is missing in one of them.
  Task.put([item, { projectId: "p", taskId: "t" }]);
  // @ts-expect-error -- A promise is no item.
  Task.put([Promise.resolve(item)]);
  // @ts-expect-error -- One of them may be undefined.
  Task.get([key, undefined]);
  // @ts-expect-error -- Nothing may have been found.
  (await Task.get(keys).go()).data[0].title;
  // @ts-expect-error -- No such form.
  Task.get(keys).go({ unprocessed: "keys" });
  // @ts-expect-error -- No such attribute.
  Task.get(keys).go({ attributes: ["nope"] });
  // @ts-expect-error -- DynamoDB has no conditions in batches.
  Task.put([item]).go({ conditions: { title: "x" } });
  // @ts-expect-error -- DynamoDB answers no values to a batch.
  Task.put([item]).go({ response: "all_old" });
  // @ts-expect-error -- The order is one of gets.
  Task.delete(keys).go({ preserveBatchOrder: true });
  // @ts-expect-error -- Batches have no conditions.
  Task.put([item]).where(({ title }, { eq }) => eq(title, "x"));
  // @ts-expect-error -- These take one item at a time.
  Task.create([item]);
  // @ts-expect-error -- These take one item at a time.
  Task.remove(keys);
}
