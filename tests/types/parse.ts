// `parse`: answers of DynamoDB by their shape, stored items as they are, and the item as its return type.
import { check, type Equal } from "./assert.js";
import { Task, type TaskItem } from "./models.js";
import type { EntityItem } from "electroxide";

type Item = { [K in keyof TaskItem]: TaskItem[K] };
type Stored = Record<string, unknown>;

check<Equal<ReturnType<typeof Task.parse>, EntityItem<typeof Task>>>();

const stored: Stored = { pk: "p" };

// An item, as it is stored.
const item = Task.parse({ pk: "p", sk: "s" });
check<Equal<typeof item, Item | null>>();
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- What `unmarshall` of the SDK gives.
const unmarshalled = Task.parse({} as Record<string, any>);
check<Equal<typeof unmarshalled, Item | null>>();
const named = Task.parse({} as { pk: string; title: string });
check<Equal<typeof named, Item | null>>();
const some = Task.parse(stored, { attributes: ["title"] });
check<Equal<typeof some, { title: string } | null>>();
const hidden = Task.parse(stored, { includeHidden: true, ignoreOwnership: true });
check<Equal<NonNullable<typeof hidden>["token"], string>>();

// Answers to single requests.
const got = Task.parse({ Item: stored });
check<Equal<typeof got, { data: Item | null }>>();
const written = Task.parse({ Attributes: stored });
check<Equal<typeof written, { data: Item | null }>>();
const chosen = Task.parse({ Item: stored }, { attributes: ["title", "done"] });
check<Equal<typeof chosen, { data: { title: string; done?: boolean } | null }>>();
const answer = Task.parse({} as { $metadata: object; Item?: Stored });
check<Equal<typeof answer, { data: Item | null }>>();
const maybe = Task.parse({} as { Item: Stored | undefined });
check<Equal<typeof maybe, { data: Item | null }>>();

const perhaps = Task.parse({} as { Item?: Stored });
check<Equal<typeof perhaps, { data: Item | null }>>();
const changed = Task.parse({} as { Attributes?: Stored }, { attributes: ["title"] });
check<Equal<typeof changed, { data: { title: string } | null }>>();

// Answers to queries and scans.
const page = Task.parse({ Items: [stored] });
check<Equal<typeof page, { data: Item[]; cursor: string | null }>>();
const pageAnswer = Task.parse({} as { $metadata: object; Items?: Stored[]; Count?: number });
check<Equal<typeof pageAnswer, { data: Item[]; cursor: string | null }>>();

export function wrong() {
  // @ts-expect-error -- It may be another entity's.
  Task.parse(stored).title;
  // @ts-expect-error -- It may be another entity's.
  Task.parse({ Item: stored }).data.title;
  // @ts-expect-error -- No such attribute.
  Task.parse(stored, { attributes: ["titel"] });
  // @ts-expect-error -- No such option.
  Task.parse(stored, { limit: 1 });
  // @ts-expect-error -- Not an object.
  Task.parse("item");
  // @ts-expect-error -- Nothing to parse.
  Task.parse();
  // @ts-expect-error -- Only `title` was asked for.
  Task.parse({ Items: [stored] }, { attributes: ["title"] }).data[0]?.done;
}
