// `find` and `match`: any of the attributes, and the options and results of a query.
import { check, type Equal } from "./assert.js";
import { Task, type TaskItem } from "./models.js";
import type { QueryOperation } from "electroxide";

type Plain = QueryOperation<typeof Task.schema>;

check<Equal<ReturnType<typeof Task.find>, Plain>>();
check<Equal<ReturnType<typeof Task.match>, Plain>>();

// No attribute is needed, and one that may be missing is none.
Task.find({});
Task.match({ owner: undefined, done: true });

export async function results(owner: "user_1" | undefined) {
  const page = await Task.match({ owner }).go({ limit: 1, order: "desc" });
  check<Equal<typeof page.data, { [K in keyof TaskItem]: TaskItem[K] }[]>>();
  check<Equal<typeof page.cursor, string | null>>();
  const some = await Task.find({ status: "OPEN" }).go({ attributes: ["title"] });
  check<Equal<typeof some.data, { title: string }[]>>();
  const filtered = await Task.find({ title: "x" })
    .where(({ done }, { eq }) => eq(done, true))
    .go({ cursor: page.cursor });
  check<Equal<typeof filtered, typeof page>>();
}

export function wrong() {
  // @ts-expect-error -- Attributes are given as an object.
  Task.find("OPEN");
  // @ts-expect-error -- No such attribute.
  Task.find({ stats: "OPEN" });
  // @ts-expect-error -- Not of the enum.
  Task.match({ status: "OPENED" });
  // @ts-expect-error -- A number.
  Task.match({ points: "1" });
  // @ts-expect-error -- Something has to be given, were it nothing.
  Task.match();
  // @ts-expect-error -- Which index is read is not known, so nothing of it is compared.
  Task.find({ status: "OPEN" }).gt({ owner: "user_1" });
  // @ts-expect-error -- Segments belong to scans.
  Task.match({ done: true }).go({ segments: { total: 2, segment: 0 } });
  // @ts-expect-error -- Reads have no conditions.
  Task.match({ done: true }).go({ conditions: { done: true } });
}
