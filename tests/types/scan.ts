// `scan`: a property, its filters and its options.
import { check, type Equal } from "./assert.js";
import { Task, type TaskItem } from "./models.js";
import type { ScanParams } from "electroxide";

export async function results() {
  const page = await Task.scan.go({ limit: 10, segments: { total: 4, segment: 0 } });
  check<Equal<typeof page.data, { [K in keyof TaskItem]: TaskItem[K] }[]>>();
  check<Equal<typeof page.cursor, string | null>>();
  const some = await Task.scan.go({ attributes: ["title"] });
  check<Equal<typeof some.data, { title: string }[]>>();
  const filtered = await Task.scan
    .where(({ done }, { eq }) => eq(done, true))
    .where(({ points }, { gt }) => gt(points, 1))
    .go({ cursor: page.cursor });
  check<Equal<typeof filtered, typeof page>>();
  const raw = await Task.scan.go({ data: "raw" });
  check<Equal<typeof raw.cursor, string | { [field: string]: unknown } | null>>();
}

// One index of the table, by name.
check<Equal<typeof Task.scan.byStatus, typeof Task.scan.primary>>();
Task.scan.byStatus.where(({ done }, { eq }) => eq(done, true)).params({ limit: 1 });

check<Equal<ReturnType<typeof paramsOf>, ScanParams>>();
export function paramsOf() {
  return Task.scan.params();
}

export function wrong() {
  // @ts-expect-error -- A property, not a method.
  Task.scan();
  // @ts-expect-error -- No such index.
  Task.scan.byState.go();
  // @ts-expect-error -- An index is scanned as a whole.
  Task.scan.byStatus({ status: "OPEN" });
  // @ts-expect-error -- A scan has no order.
  Task.scan.go({ order: "desc" });
  // @ts-expect-error -- `total` is missing.
  Task.scan.go({ segments: { segment: 0 } });
  // @ts-expect-error -- Numbers.
  Task.scan.go({ segments: { total: "4", segment: 0 } });
  // @ts-expect-error -- No such option.
  Task.scan.go({ segment: 0 });
  // @ts-expect-error -- Reads have no conditions.
  Task.scan.go({ conditions: { done: true } });
  // @ts-expect-error -- No such attribute.
  Task.scan.where(({ titel }, { eq }) => eq(titel, "x"));
  // @ts-expect-error -- A condition has to be returned.
  Task.scan.where(({ done }, { eq }) => void eq(done, true));
}
