// `returnOnConditionCheckFailure`: a failed condition as a part of the result, told apart by `rejected`.
import type { RawGet } from "electroxide";
import { check, type Equal } from "./assert.js";
import { Task, type TaskItem } from "./models.js";

type Item = { [K in keyof TaskItem]: TaskItem[K] };

const least = { taskId: "t", projectId: "p", title: "x", owner: "user_1" } as const;
const key = { taskId: "t", projectId: "p" };
const answered = { returnOnConditionCheckFailure: "all_old" } as const;

const created = Task.create(least).go(answered);
type Created = Awaited<typeof created>;
check<Equal<Created["rejected"], boolean>>();
check<Equal<Extract<Created, { rejected: true }>["data"], Item | null>>();
check<Equal<Extract<Created, { rejected: false }>["data"], Item>>();

const patched = Task.patch(key).set({ title: "y" }).go(answered);
type Patched = Awaited<typeof patched>;
check<Equal<Extract<Patched, { rejected: true }>["data"], Item | null>>();
check<
  Equal<Extract<Patched, { rejected: false }>["data"], { taskId: string; projectId: string }>
>();

const removed = Task.remove(key).go({ returnOnConditionCheckFailure: true });
check<Equal<Extract<Awaited<typeof removed>, { rejected: true }>["data"], undefined>>();

const raw = Task.update(key)
  .set({ title: "y" })
  .go({ ...answered, data: "raw" });
check<Equal<Extract<Awaited<typeof raw>, { rejected: true }>["data"], RawGet | undefined>>();

Task.upsert(least).params(answered);

const plain = Task.remove(key).go();
// @ts-expect-error a failed condition is thrown when nobody asks for it
type None = Awaited<typeof plain>["rejected"];
const unasked = Task.create(least).go({ returnOnConditionCheckFailure: false });
declare const asks: boolean;
const maybe = Task.create(least).go({ returnOnConditionCheckFailure: asks });
check<Equal<Awaited<typeof maybe>["rejected"], boolean>>();
export type { None, Unasked };

// @ts-expect-error no such form
Task.create(least).go({ returnOnConditionCheckFailure: "all_new" });
// @ts-expect-error not asked for with `false`
type Unasked = Awaited<typeof unasked>["rejected"];
// @ts-expect-error reads have no condition
Task.get(key).go(answered);
