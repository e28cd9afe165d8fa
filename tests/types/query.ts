// `query`: composites in their order, the operators that they leave over, and the result.
import { check, type Equal } from "./assert.js";
import { Flag, Task, type TaskItem } from "./models.js";
import type { QueryOperation, QueryParams, SortOperation } from "electroxide";

type Model = typeof Task.schema;
type Plain = QueryOperation<Model>;
type Sort<R extends readonly string[]> = SortOperation<Model, R>;

check<
  Equal<keyof typeof Task.query, "primary" | "byStatus" | "byOwner" | "byTitle" | "all" | "byTeam">
>();

// How many composites are given decides which are left for the operators.
const one = Task.query.byStatus({ status: "OPEN" });
check<Equal<typeof one, Sort<readonly ["owner", "points", "createdAt"]>>>();
const two = Task.query.byStatus({ status: "OPEN", owner: "user_1" });
check<Equal<typeof two, Sort<readonly ["points", "createdAt"]>>>();
const three = Task.query.byStatus({ status: "OPEN", owner: "user_1", points: 1 });
check<Equal<typeof three, Sort<readonly ["createdAt"]>>>();
const four = Task.query.byStatus({ status: "OPEN", owner: "user_1", points: 1, createdAt: "x" });
check<Equal<typeof four, Plain>>();
const team = Task.query.byTeam({ projectId: "p1", owner: "user_1" });
check<Equal<typeof team, Sort<readonly ["points"]>>>();

// Keys without sort composites, without a sort key, and without partition composites.
check<Equal<ReturnType<typeof Task.query.byOwner>, Plain>>();
check<Equal<ReturnType<typeof Task.query.byTitle>, Plain>>();
check<Equal<ReturnType<typeof Flag.query.primary>, QueryOperation<typeof Flag.schema>>>();
const any = Task.query.all({});
check<Equal<typeof any, Sort<readonly ["createdAt"]>>>();
const all = Task.query.all({ createdAt: "2025" });
check<Equal<typeof all, Plain>>();

// A value that may be missing leaves its composite to the operators.
export function maybe(owner: "user_1" | undefined) {
  const query = Task.query.byStatus({ status: "OPEN", owner });
  check<Equal<typeof query, Sort<readonly ["owner", "points", "createdAt"]>>>();
}

check<Equal<ReturnType<(typeof one)["begins"]>, Plain>>();
one.begins({ owner: "user_1" });
one.gt({ owner: "user_1", points: 3 });
one.gte({ owner: "user_1", points: 3, createdAt: "x" });
one.lt({ owner: "user_1" });
one.lte({ owner: "user_1" });
one.between({ owner: "user_1" }, { owner: "user_2", points: 3 });
two.between({ points: 1 }, { points: 3 });
three.begins({ createdAt: "2025" }).where(({ done }, { eq }) => eq(done, true));
Task.query.primary({ projectId: "p1" }).begins({ taskId: "t" });

check<Equal<ReturnType<typeof paramsOf>, QueryParams>>();
export function paramsOf() {
  return four.params({ limit: 10 });
}

export async function results() {
  const page = await one.go();
  check<Equal<typeof page.data, { [K in keyof TaskItem]: TaskItem[K] }[]>>();
  check<Equal<typeof page.cursor, string | null>>();
  const some = await four.go({ attributes: ["taskId", "done"], order: "desc", limit: 2 });
  check<Equal<typeof some.data, { taskId: string; done?: boolean }[]>>();
  const next = await one.go({ cursor: some.cursor, pages: "all", count: 10 });
  check<Equal<typeof next, typeof page>>();
  const raw = await one.go({ data: "raw" });
  check<Equal<(typeof raw)["data"]["Items"], { [field: string]: unknown }[] | undefined>>();
  const keys = await one.go({ data: "includeKeys" });
  check<Equal<(typeof keys)["data"][number]["gsi1pk"], unknown>>();
  const hidden = await one.go({ includeHidden: true });
  check<Equal<(typeof hidden)["data"][number]["token"], string>>();
}

export async function wrong() {
  // @ts-expect-error -- No such access pattern.
  Task.query.byPoints({ points: 1 });
  // @ts-expect-error -- `status` is missing.
  Task.query.byStatus({});
  // @ts-expect-error -- `status` is missing.
  Task.query.byStatus({ owner: "user_1" });
  // @ts-expect-error -- `points` comes before `createdAt`.
  Task.query.byStatus({ status: "OPEN", owner: "user_1", createdAt: "x" });
  // @ts-expect-error -- `owner` comes before `points`.
  Task.query.byStatus({ status: "OPEN", points: 1 });
  // @ts-expect-error -- Not one of the listed texts.
  Task.query.byStatus({ status: "CLOSED" });
  // @ts-expect-error -- `title` is not part of this index.
  Task.query.byStatus({ status: "OPEN", title: "x" });
  // @ts-expect-error -- A number.
  Task.query.byStatus({ status: "OPEN", owner: "user_1", points: "1" });
  // @ts-expect-error -- Not a user's id.
  Task.query.byOwner({ owner: "someone" });
  // @ts-expect-error -- `done` is missing.
  Task.query.byTitle({ title: "x" });
  // @ts-expect-error -- This index has no composite in its partition key.
  Task.query.all({ status: "OPEN" });
  // @ts-expect-error -- This index has no sort composites.
  Task.query.byOwner({ owner: "user_1" }).begins({});
  // @ts-expect-error -- This index has no sort key.
  Task.query.byTitle({ title: "x", done: true }).gt({});
  // @ts-expect-error -- All sort composites are given.
  four.begins({});
  // @ts-expect-error -- `owner` is given already.
  two.begins({ owner: "user_1" });
  // @ts-expect-error -- `points` is left, not `createdAt` alone.
  two.gt({ createdAt: "x" });
  // @ts-expect-error -- `owner` comes first.
  one.begins({ points: 1 });
  // @ts-expect-error -- `points` comes before `createdAt`.
  one.gte({ owner: "user_1", createdAt: "x" });
  // @ts-expect-error -- Nothing to compare with.
  one.lt({});
  // @ts-expect-error -- A number.
  two.lte({ points: "1" });
  // @ts-expect-error -- Two ends.
  one.between({ owner: "user_1" });
  // @ts-expect-error -- Not a composite.
  one.begins({ title: "x" });
  // @ts-expect-error -- One sort condition at most.
  one.begins({ owner: "user_1" }).gt({ owner: "user_1" });
  // @ts-expect-error -- Operators come before filters.
  one.where(() => "").begins({ owner: "user_1" });
  // @ts-expect-error -- No such option.
  one.go({ segments: { total: 2, segment: 0 } });
  // @ts-expect-error -- Not an order.
  one.go({ order: "down" });
  // @ts-expect-error -- A number.
  one.go({ limit: "10" });
  // @ts-expect-error -- A number, or "all".
  one.go({ pages: "every" });
  // @ts-expect-error -- A text.
  one.go({ cursor: { pk: "x" } });
  // @ts-expect-error -- No such attribute.
  one.go({ attributes: ["titel"] });
  // @ts-expect-error -- Not a way to compare.
  one.go({ compare: "values" });
  // @ts-expect-error -- An array.
  (await one.go()).data.title;
  // @ts-expect-error -- A query is no promise.
  (await one).data;
  // @ts-expect-error -- Only `title` was asked for.
  (await one.go({ attributes: ["title"] })).data[0]?.taskId;
}
