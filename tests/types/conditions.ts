// The `conditions` option: existence, equality, comparisons, and lists of them.
import { Task, key } from "./models.js";
import type { Conditions } from "electroxide";

type Given = Conditions<(typeof Task)["schema"]["attributes"]>;

export const right: Given[] = [
  { exists: true },
  { exists: false },
  { title: "x" },
  { title: "x", done: false, status: "OPEN" },
  { done: null },
  { attr: "status", eq: "DONE" },
  { attr: "points", gt: 1, lte: 10 },
  { attr: "points", between: [1, 10] },
  { attr: "status", in: ["OPEN", "DOING"] },
  { attr: "title", begins: "x", contains: "y", notContains: "z" },
  { attr: "tags", contains: "x" },
  { attr: "sizes", contains: 2 },
  { attr: "address", exists: true },
  { attr: "address.city", eq: "Lviv" },
  { attr: "comments[0].user", eq: "u" },
  { attr: "address.zip", contains: "1", begins: "0", gt: "0", size: 5 },
  { attr: "free", gt: 1, contains: "x", begins: "y", size: { gte: 1 } },
  { attr: "owner", begins: "user_", gt: "user_1" },
  { attr: "address", size: { lt: 3 } },
  { attr: "points", type: "N" },
  { attr: "tags", size: 3 },
  { attr: "tags", size: { gt: 1, lt: 5 } },
  { attr: "done", ne: null },
  [{ title: "x" }, { attr: "points", gt: 1 }, { exists: true }],
  [],
];

export async function everywhere(version: number | undefined) {
  const item = { taskId: "t", projectId: "p", title: "x", owner: "user_1" } as const;
  await Task.create(item).go({ conditions: { exists: false } });
  await Task.put(item).go({ conditions: { title: "x" } });
  await Task.upsert(item).go({ conditions: { attr: "points", lt: 3 } });
  await Task.update(key)
    .set({ done: true })
    .go({ conditions: { points: version } });
  await Task.patch(key)
    .set({ done: true })
    .go({ conditions: [{ done: false }] });
  await Task.delete(key).go({ conditions: { status: "DONE" } });
  await Task.remove(key).go({ conditions: undefined });
  Task.put(item).params({ conditions: { exists: true } });
}

export const wrong: Given[] = [
  // @ts-expect-error -- No such attribute.
  { titel: "x" },
  // @ts-expect-error -- A text.
  { title: 1 },
  // @ts-expect-error -- Not one of the listed texts.
  { status: "CLOSED" },
  // @ts-expect-error -- A flag.
  { exists: "yes" },
  // @ts-expect-error -- No such attribute.
  { attr: "titel", eq: "x" },
  // @ts-expect-error -- Not one of the listed texts.
  { attr: "status", eq: "CLOSED" },
  // @ts-expect-error -- A number.
  { attr: "points", gt: "1" },
  // @ts-expect-error -- Two ends.
  { attr: "points", between: [1] },
  // @ts-expect-error -- Values, in an array.
  { attr: "status", in: "OPEN" },
  // @ts-expect-error -- A number has no beginning.
  { attr: "points", begins: "1" },
  // @ts-expect-error -- A flag has no order.
  { attr: "done", gt: false },
  // @ts-expect-error -- A set has no order.
  { attr: "tags", between: [["a"], ["b"]] },
  // @ts-expect-error -- A number has no size.
  { attr: "points", size: 3 },
  // @ts-expect-error -- A flag has no beginning.
  { attr: "done", begins: "t" },
  // @ts-expect-error -- A number contains nothing.
  { attr: "points", contains: 1 },
  // @ts-expect-error -- No such comparison.
  { attr: "title", like: "x" },
  // @ts-expect-error -- Not a type of DynamoDB.
  { attr: "points", type: "number" },
  // @ts-expect-error -- A number.
  { attr: "tags", size: "3" },
  // @ts-expect-error -- No such comparison of a size.
  { attr: "tags", size: { between: [1, 2] } },
  // @ts-expect-error -- A condition is no text.
  "title = x",
];

// An attribute named like a keyword takes its place.
type Named = Conditions<{
  readonly attr: { readonly type: "number" };
  readonly exists: { readonly type: "string" };
}>;

export const named: Named[] = [{ attr: 1 }, { exists: "yes" }, { attr: 1, exists: "yes" }];

export const wronglyNamed: Named[] = [
  // @ts-expect-error -- A text, because it is an attribute here.
  { exists: true },
  // @ts-expect-error -- A number, because it is an attribute here.
  { attr: "exists", eq: "yes" },
];
