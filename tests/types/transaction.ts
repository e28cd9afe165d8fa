// Transactions: what their items are, and that results are typed position by position.
import { check, type Equal, type Resolved } from "./assert.js";
import { Flag, Task, key, type TaskItem } from "./models.js";
import {
  Service,
  createGetTransaction,
  createWriteTransaction,
  type RawTransaction,
  type TransactGetParams,
  type TransactWriteParams,
  type TransactionItem,
} from "electroxide";

type Item = { [K in keyof TaskItem]: TaskItem[K] };
interface FlagItem {
  name: string;
}
type ItemAt<
  T extends (...parameters: never[]) => Promise<{ data: readonly unknown[] }>,
  I,
> = Resolved<T>["data"] extends infer D
  ? I extends keyof D
    ? D[I] extends TransactionItem<infer X>
      ? { [K in keyof X]: X[K] }
      : never
    : never
  : never;

const Board = new Service({ task: Task, flag: Flag });
const task = { projectId: "p", taskId: "t", title: "x", owner: "user_1" } as const;

export const written = () =>
  Board.transaction
    .write(({ task: t, flag }) => [
      t.create(task).commit({ response: "all_old" }),
      flag.put({ name: "a" }),
      t
        .patch(key)
        .set({ title: "x" })
        .commit({ conditions: { status: "OPEN" } }),
      flag.check({ name: "b" }).where(({ name }, { exists }) => exists(name)),
      t.upsert(task),
      t.update(key).add({ points: 1 }),
      flag.delete({ name: "c" }).commit({ table: "other" }),
      flag.remove({ name: "d" }).where(({ name }, { exists }) => exists(name)),
    ])
    .go({ token: "once" });
check<Equal<Resolved<typeof written>["canceled"], boolean>>();
check<Equal<Resolved<typeof written>["data"]["length"], 8>>();
check<Equal<ItemAt<typeof written, "0">, Item>>();
check<Equal<ItemAt<typeof written, "1">, FlagItem>>();
check<Equal<ItemAt<typeof written, "2">, Item>>();
check<Equal<ItemAt<typeof written, "3">, FlagItem>>();
check<Equal<ItemAt<typeof written, "7">, FlagItem>>();

export const read = () =>
  Board.transaction
    .get(({ task: t, flag }) => [
      flag.get({ name: "a" }),
      t.get(key).commit(),
      t.get(key).commit({ attributes: ["title", "points"] }),
    ])
    .go();
check<Equal<ItemAt<typeof read, "0">, FlagItem>>();
check<Equal<ItemAt<typeof read, "1">, Item>>();
check<Equal<ItemAt<typeof read, "2">, { title: string; points?: number }>>();

export const listed = () => Board.transaction.get([{ task: key }, { flag: { name: "a" } }]).go();
check<Equal<ItemAt<typeof listed, "0">, Item>>();
check<Equal<ItemAt<typeof listed, "1">, FlagItem>>();
check<Equal<Resolved<typeof listed>["data"]["length"], 2>>();

const names = ["a", "b"];
export const mapped = () =>
  Board.transaction.get((board) => names.map((name) => board.flag.get({ name }))).go();
check<Equal<Resolved<typeof mapped>["data"], TransactionItem<FlagItem>[]>>();

export const hidden = () => Board.transaction.get([{ task: key }]).go({ includeHidden: true });
check<Equal<NonNullable<Resolved<typeof hidden>["data"][0]["item"]>["token"], string>>();
export const raw = () => Board.transaction.get([{ task: key }]).go({ data: "raw" });
check<Equal<Resolved<typeof raw>["data"], RawTransaction>>();

export const writeParams = () =>
  Board.transaction.write(({ flag }) => [flag.put({ name: "a" })]).params();
check<Equal<ReturnType<typeof writeParams>, TransactWriteParams>>();
export const getParams = () => Board.transaction.get([{ task: key }]).params();
check<Equal<ReturnType<typeof getParams>, TransactGetParams>>();

export const alone = () =>
  createWriteTransaction({ Flag, Task }, (all) => [
    all.Task.remove(key),
    all.Flag.put({ name: "a" }),
  ]).go();
check<Equal<ItemAt<typeof alone, "0">, Item>>();
check<Equal<ItemAt<typeof alone, "1">, FlagItem>>();
export const aloneRead = () =>
  createGetTransaction({ Flag }, ({ Flag: flag }) => [flag.get({ name: "a" })]).go();
check<Equal<ItemAt<typeof aloneRead, "0">, FlagItem>>();

export async function wrong() {
  const { transaction } = Board;
  // @ts-expect-error -- No such entity.
  transaction.write(({ tasks }) => [tasks]);
  // @ts-expect-error -- A promise: it has been sent already.
  transaction.write(({ flag }) => [flag.put({ name: "a" }).go()]);
  // @ts-expect-error -- A request, not an operation.
  transaction.write(({ flag }) => [flag.put({ name: "a" }).params()]);
  // @ts-expect-error -- No list.
  transaction.write(({ flag }) => flag.put({ name: "a" }));
  // @ts-expect-error -- A list within the list.
  transaction.write(({ flag }) => [[flag.put({ name: "a" })]]);
  // @ts-expect-error -- A promise of a list.
  transaction.write(async ({ flag }) => [flag.put({ name: "a" })]);
  // @ts-expect-error -- A get among writes.
  transaction.write(({ flag }) => [flag.get({ name: "a" })]);
  // @ts-expect-error -- A write among gets.
  transaction.get(({ flag }) => [flag.put({ name: "a" })]);
  // @ts-expect-error -- A check among gets.
  transaction.get(({ flag }) => [flag.check({ name: "a" })]);
  // @ts-expect-error -- A query has no place in a transaction.
  transaction.get((board) => [board.task.query.byTitle({ title: "x", done: true })]);
  // @ts-expect-error -- A batch has none, either.
  transaction.write(({ flag }) => [flag.put([{ name: "a" }])]);
  // @ts-expect-error -- Nothing is changed yet.
  transaction.write((board) => [board.task.update(key)]);
  // @ts-expect-error -- An upsert that lacks required attributes.
  transaction.write((board) => [board.task.upsert({ projectId: "p", taskId: "t" })]);
  // @ts-expect-error -- DynamoDB gives no new items back.
  transaction.write(({ flag }) => [flag.put({ name: "a" }).commit({ response: "all_new" })]);
  // @ts-expect-error -- No such option.
  transaction.write(({ flag }) => [flag.put({ name: "a" }).commit({ limit: 1 })]);
  // @ts-expect-error -- A wrong value in a condition.
  transaction.write((board) => [board.task.remove(key).commit({ conditions: { points: "1" } })]);
  // @ts-expect-error -- Gets have no conditions.
  transaction.get((board) => [board.task.get(key).commit({ conditions: { points: 1 } })]);
  // @ts-expect-error -- No such attribute.
  transaction.get((board) => [board.task.get(key).commit({ attributes: ["tittle"] })]);
  // @ts-expect-error -- No such entity in the list.
  transaction.get([{ tasks: key }]);
  // @ts-expect-error -- The key of another entity.
  transaction.get([{ task: { name: "a" } }]);
  // @ts-expect-error -- The key lacks an attribute.
  transaction.get([{ task: { projectId: "p" } }]);
  // @ts-expect-error -- A token is a text.
  transaction.write(({ flag }) => [flag.put({ name: "a" })]).go({ token: 1 });
  // @ts-expect-error -- Gets have no token.
  transaction.get([{ task: key }]).go({ token: "once" });
  // @ts-expect-error -- A check cannot be sent alone.
  Flag.check({ name: "a" }).go();
  // @ts-expect-error -- It is part of a transaction and cannot be sent.
  Flag.put({ name: "a" }).commit().go();
  // @ts-expect-error -- There may have been nothing.
  (await read()).data[0].item.name;
  // @ts-expect-error -- There are two items.
  (await listed()).data[2];
  // @ts-expect-error -- The second is a flag.
  (await listed()).data[1].item?.title;
  // @ts-expect-error -- It was not asked for.
  (await read()).data[2].item?.status;
}
