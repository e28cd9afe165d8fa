// Batches over the entities of a service: what their entries are, and that results are typed position by position.
import { check, type Equal, type Resolved } from "./assert.js";
import { Flag, Task, key, type TaskItem } from "./models.js";
import {
  Service,
  type BatchGetParams,
  type BatchWriteParams,
  type RawItem,
  type StoredItem,
} from "electroxide";
import * as DropIn from "electroxide/electrodb";

type Item = { [K in keyof TaskItem]: TaskItem[K] };
interface FlagItem {
  name: string;
}
interface TaskKey {
  projectId: string;
  taskId: string;
}
type Flat<T> = T extends null ? null : T extends (infer X)[] ? Flat<X>[] : { [K in keyof T]: T[K] };
type DataAt<T extends (...parameters: never[]) => Promise<{ data: unknown }>, I> = Flat<
  Resolved<T>["data"][I & keyof Resolved<T>["data"]]
>;

const Board = new Service({ task: Task, flag: Flag });
const task = { projectId: "p", taskId: "t", title: "x", owner: "user_1" } as const;

export const listed = () =>
  Board.batch.get([{ task: key }, { flag: [{ name: "a" }, { name: "b" }] }, { task: [key] }]).go();
check<Equal<DataAt<typeof listed, "0">, Item | null>>();
check<Equal<DataAt<typeof listed, "1">, (FlagItem | null)[]>>();
check<Equal<DataAt<typeof listed, "2">, (Item | null)[]>>();
check<Equal<Resolved<typeof listed>["data"]["length"], 3>>();
check<Equal<Flat<Resolved<typeof listed>["unprocessed"]["task"]>, TaskKey[]>>();
check<Equal<Flat<Resolved<typeof listed>["unprocessed"]["flag"]>, FlagItem[]>>();

export const called = () =>
  Board.batch.get(({ task: t, flag }) => [flag.get({ name: "a" }), t.get([key, key])]).go();
check<Equal<DataAt<typeof called, "0">, FlagItem | null>>();
check<Equal<DataAt<typeof called, "1">, (Item | null)[]>>();

export const chains = () => Board.batch.get([Task.get(key), Flag.get([{ name: "a" }])]).go();
check<Equal<DataAt<typeof chains, "0">, Item | null>>();
check<Equal<DataAt<typeof chains, "1">, (FlagItem | null)[]>>();

const names = ["a", "b"];
export const mapped = () =>
  Board.batch.get((board) => names.map((name) => board.flag.get({ name }))).go();
check<Equal<Flat<Resolved<typeof mapped>["data"]>, (FlagItem | null)[]>>();

export const grouped = () => Board.batch.get([{ task: key }]).go({ preserveBatchOrder: false });
check<Equal<keyof Resolved<typeof grouped>["data"], "task" | "flag">>();
check<Equal<Flat<Resolved<typeof grouped>["data"]["task"]>, Item[]>>();

export const some = () =>
  Board.batch.get([{ task: key }, { flag: { name: "a" } }]).go({ attributes: ["title", "name"] });
check<Equal<DataAt<typeof some, "0">, { title: string } | null>>();
check<Equal<DataAt<typeof some, "1">, FlagItem | null>>();

export const raw = () => Board.batch.get([{ task: key }]).go({ data: "raw", unprocessed: "raw" });
check<Equal<Resolved<typeof raw>["data"][0], RawItem | null>>();
check<Equal<Resolved<typeof raw>["unprocessed"]["task"], StoredItem[]>>();
export const hidden = () => Board.batch.get([{ task: key }]).go({ includeHidden: true });
check<Equal<NonNullable<Resolved<typeof hidden>["data"][0]>["token"], string>>();

export const written = () =>
  Board.batch.write(({ task: t, flag }) => [t.put(task), flag.delete([{ name: "a" }])]).go();
check<Equal<Flat<Resolved<typeof written>["unprocessed"]["flag"]["delete"]>, FlagItem[]>>();
check<Equal<Flat<Resolved<typeof written>["unprocessed"]["task"]["delete"]>, TaskKey[]>>();
export const again = async () => {
  const { unprocessed } = await written();
  await Board.batch
    .write([Task.put(unprocessed.task.put), Task.delete(unprocessed.task.delete), Flag.put([])])
    .go({ concurrent: 2 });
};
export const rawWritten = () => Board.batch.write([Task.put(task)]).go({ unprocessed: "raw" });
check<Equal<Resolved<typeof rawWritten>["unprocessed"]["task"]["put"], StoredItem[]>>();

export const getParams = () => Board.batch.get([{ task: key }]).params();
check<Equal<ReturnType<typeof getParams>, BatchGetParams[]>>();
export const writeParams = () => Board.batch.write([Task.delete(key)]).params();
check<Equal<ReturnType<typeof writeParams>, BatchWriteParams[]>>();

const Other = new DropIn.Entity({
  model: { entity: "other", service: "app", version: "1" },
  attributes: { id: { type: "string", required: true } },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
});
const Others = new DropIn.Service({ other: Other });
export const dropIn = () =>
  Others.batch.get([{ other: [{ id: "1" }] }, { other: { id: "2" } }]).go();
check<Equal<DataAt<typeof dropIn, "0">, ({ id: string } | null)[]>>();
check<Equal<DataAt<typeof dropIn, "1">, { id: string } | null>>();
export const dropInChains = () => Others.batch.get([Other.get([{ id: "1" }])]).go();
check<Equal<DataAt<typeof dropInChains, "0">, ({ id: string } | null)[]>>();

export async function wrong() {
  // @ts-expect-error -- No such entity.
  Board.batch.get([{ tsk: key }]);
  // @ts-expect-error -- The key lacks an attribute.
  Board.batch.get([{ task: { projectId: "p" } }]);
  // @ts-expect-error -- A key in a list lacks an attribute.
  Board.batch.get([{ task: [key, { projectId: "p" }] }]);
  // @ts-expect-error -- A write among gets.
  Board.batch.get([Task.put(task)]);
  // @ts-expect-error -- Many deletes among gets.
  Board.batch.get([Task.delete([key])]);
  // @ts-expect-error -- A promise of a list.
  Board.batch.get(async ({ flag }) => [flag.get({ name: "a" })]);
  // @ts-expect-error -- An item of a transaction.
  Board.batch.get([Task.get(key).commit()]);
  // @ts-expect-error -- A query has no place in a batch.
  Board.batch.get([Task.query.byOwner({ owner: "user_1" })]);
  // @ts-expect-error -- Nothing may have been found.
  (await Board.batch.get([{ task: key }]).go()).data[0].title;
  // @ts-expect-error -- No such attribute in any of the entities.
  Board.batch.get([{ task: key }]).go({ attributes: ["nope"] });
  // @ts-expect-error -- Reads have no conditions.
  Board.batch.get([{ task: key }]).go({ conditions: { title: "x" } });
  // @ts-expect-error -- The condition of `create` would be lost.
  Board.batch.write([Task.create(task)]);
  // @ts-expect-error -- The condition of `remove` would be lost.
  Board.batch.write([Task.remove(key)]);
  // @ts-expect-error -- DynamoDB has no conditions in batches.
  Board.batch.write([Task.put(task).where(({ title }, { eq }) => eq(title, "x"))]);
  // @ts-expect-error -- DynamoDB has no conditions in batches.
  Board.batch.write([Task.delete(key).where(({ title }, { eq }) => eq(title, "x"))]);
  // @ts-expect-error -- A batch puts and deletes whole items.
  Board.batch.write([Task.update(key).set({ title: "x" })]);
  // @ts-expect-error -- A batch puts and deletes whole items.
  Board.batch.write([Task.upsert(task)]);
  // @ts-expect-error -- A get among writes.
  Board.batch.write(({ task: t }) => [t.get(key)]);
  // @ts-expect-error -- Many gets among writes.
  Board.batch.write(({ task: t }) => [t.get([key])]);
  // @ts-expect-error -- An item of a transaction.
  Board.batch.write([Task.put(task).commit()]);
  // @ts-expect-error -- A request, not an operation.
  Board.batch.write([Task.put(task).params()]);
  // @ts-expect-error -- A list within the list.
  Board.batch.write([[Task.put(task)]]);
  // @ts-expect-error -- DynamoDB answers no values to a batch.
  Board.batch.write([Task.put(task)]).go({ response: "all_old" });
  // @ts-expect-error -- DynamoDB has no conditions in batches.
  Board.batch.write([Task.put(task)]).go({ conditions: { title: "x" } });
}
