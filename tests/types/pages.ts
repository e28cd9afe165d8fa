// Loops over pages: the type of a page does not wait for that of the cursor, so no annotation is needed but the cursor's.
import { Service, type QueryResponse } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { check, type Equal } from "./assert.js";
import { Task, type TaskItem } from "./models.js";

type Item = { [K in keyof TaskItem]: TaskItem[K] };

export async function queries() {
  let cursor: string | null | undefined;
  const titles: string[] = [];
  do {
    const page = await Task.query.byStatus({ status: "OPEN" }).go({ cursor, limit: 10 });
    check<Equal<typeof page.data, Item[]>>();
    titles.push(...page.data.map(({ title }) => title));
    cursor = page.cursor;
  } while (cursor !== null);
  return titles;
}

export async function parts() {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const { data, cursor: next } = await Task.query
      .byStatus({ status: "OPEN" })
      .begins({ owner: "user_1" })
      .where(({ done }, { eq }) => eq(done, true))
      .go({ cursor, attributes: ["title"] });
    check<Equal<typeof data, { title: string }[]>>();
    cursor = next;
  }
}

export async function scans() {
  let cursor: string | null | undefined;
  do {
    const page = await Task.scan.go({ cursor });
    check<Equal<typeof page.data, Item[]>>();
    cursor = page.cursor;
  } while (cursor);
}

export async function collections() {
  const App = new Service({ task: Task });
  let cursor: string | null | undefined;
  do {
    const page = await App.collections.owned({ owner: "user_1" }).go({ cursor });
    check<Equal<typeof page.data.task, Item[]>>();
    cursor = page.cursor;
  } while (cursor);
}

export async function annotated() {
  const Other = new DropInEntity(Task.schema);
  let cursor: string | null = null;
  do {
    const page: QueryResponse<typeof Other> = await Other.find({ done: true }).go({ cursor });
    cursor = page.cursor;
  } while (cursor !== null);
}

export async function wrong() {
  // A page whose type would be that of its own cursor, which has a value to begin with.
  let cursor: string | null = null;
  do {
    // @ts-expect-error -- TS7022, as with ElectroDB.
    const page = await Task.scan.go({ cursor });
    cursor = page.cursor;
  } while (cursor !== null);
}
