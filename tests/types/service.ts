// Services and collections: members by name, what a collection's query takes, what it filters by and what it resolves with.
import {
  type StoredItem,
  Entity,
  Service,
  type CollectionItem,
  type CollectionOperation,
  type CollectionResponse,
  type CollectionSortOperation,
  type CreateTable,
  type EntityItem,
  type ExpiringTable,
  type QueryParams,
  type RawPage,
} from "electroxide";
import { check, type Equal, type Resolved } from "./assert.js";

const User = new Entity({
  model: { entity: "user", service: "app", version: "1" },
  attributes: {
    userId: { type: "string", required: true },
    orgId: { type: "string", required: true },
    name: { type: "string" },
    day: { type: "string" },
    size: { type: "number", hidden: true },
    address: { type: "map", properties: { city: { type: "string" } } },
    state: { type: "string" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
    byOrg: {
      index: "gsi1",
      collection: ["members", "people"],
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: ["name"] },
    },
    byDay: {
      index: "gsi2",
      collection: "calendar",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["orgId"] },
      sk: { field: "gsi2sk", composite: ["day", "name"] },
    },
    byState: {
      index: "gsi3",
      collection: "states",
      type: "composite",
      pk: { composite: ["state"] },
      sk: { composite: ["day"] },
    },
  },
});

const Course = new Entity({
  model: { entity: "course", service: "app", version: "1" },
  attributes: {
    courseId: { type: "string", required: true },
    orgId: { type: "string", required: true },
    title: { type: "string", required: true },
    day: { type: "string", required: true },
    hours: { type: "number" },
    address: { type: "map", properties: { street: { type: "string" } } },
    state: { type: ["OPEN", "CLOSED"] },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["courseId"] }, sk: { field: "sk", composite: [] } },
    byOrg: {
      index: "gsi1",
      collection: "members",
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: ["title"] },
    },
    byDay: {
      index: "gsi2",
      collection: "calendar",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["orgId"] },
      sk: { field: "gsi2sk", composite: ["day"] },
    },
    byState: {
      index: "gsi3",
      collection: "states",
      type: "composite",
      pk: { composite: ["state"] },
      sk: { composite: ["day"] },
    },
  },
});

const Note = new Entity({
  model: { entity: "note", service: "app", version: "1" },
  attributes: { noteId: { type: "string", required: true }, text: { type: "string" } },
  indexes: { primary: { pk: { field: "pk", composite: ["noteId"] } } },
});

export const App = new Service({ user: User, course: Course, note: Note }, { table: "app" });
type Entities = { user: typeof User; course: typeof Course; note: typeof Note };

// The members and the collections by name.
check<Equal<typeof App, Service<Entities>>>();
check<Equal<(typeof App)["entities"], Entities>>();
check<Equal<keyof typeof App.collections, "members" | "people" | "calendar" | "states">>();
check<Equal<typeof App.service.name, string>>();
check<Equal<ReturnType<typeof App.getTableName>, string | undefined>>();
const table = App.tableDefinition();
check<Equal<typeof table, CreateTable>>();
const expiring = App.tableDefinition({ ttl: "hours", table: "t" });
check<Equal<typeof expiring, ExpiringTable>>();

// Who is in a collection, a sub-collection, and what their queries take.
const members = App.collections.members({ orgId: "o" });
check<Equal<typeof members, CollectionOperation<Entities, "user" | "course">>>();
const people = App.collections.people({ orgId: "o" });
check<Equal<typeof people, CollectionOperation<Entities, "user">>>();
check<Equal<Parameters<typeof App.collections.members>, [composites: { orgId: string }]>>();
export const hydrated = () => members.go({ hydrate: true });
check<Equal<Resolved<typeof hydrated>["unprocessed"], StoredItem[] | undefined>>();
const calendar = App.collections.calendar({ orgId: "o" });
check<Equal<typeof calendar, CollectionSortOperation<Entities, "user" | "course", "day">>>();
App.collections.calendar({ orgId: "o", day: "1" });
check<Equal<Parameters<typeof calendar.begins>, [composites: { day?: string | undefined }]>>();
const sorted = calendar.begins({ day: "2025" });
check<Equal<typeof sorted, CollectionOperation<Entities, "user" | "course">>>();
calendar.between({ day: "1" }, { day: "2" }).where(({ hours }, { gt }) => gt(hours, 1));
calendar.gt({ day: "1" });
calendar.gte({ day: "1" });
calendar.lt({ day: "1" });
calendar.lte({ day: "1" });
App.collections.states({ state: "OPEN" }).begins({ day: "1" });

// A filter sees the attributes of every member, shared or not.
members.where(({ name, title, hours, orgId }, { eq, gt }) => {
  return `${eq(name, "x")} OR ${eq(title, "y")} AND ${gt(hours, 3)} AND ${eq(orgId, "o")}`;
});
members.where(({ address }, { eq }) => `${eq(address.city, "x")} OR ${eq(address.street, "y")}`);
people.where(({ size }, { gte }) => gte(size, 1)).where(({ name }, { exists }) => exists(name));

export async function results() {
  const { data, cursor } = await members.go({ limit: 10, pages: 2, cursor: null, order: "desc" });
  check<Equal<keyof typeof data, "user" | "course">>();
  check<Equal<typeof data.user, EntityItem<typeof User>[]>>();
  check<Equal<typeof data.course, EntityItem<typeof Course>[]>>();
  check<Equal<typeof cursor, string | null>>();
  const some = await members.go({ attributes: ["name", "title", "orgId"] });
  check<Equal<(typeof some.data.user)[0], { orgId: string; name?: string | undefined }>>();
  check<Equal<(typeof some.data.course)[0], { orgId: string; title: string }>>();
  const raw = await members.go({ data: "raw" });
  check<Equal<typeof raw.data, RawPage>>();
  const hidden = await people.go({ includeHidden: true });
  check<Equal<(typeof hidden.data.user)[0]["size"], number | undefined>>();
  const keys = await people.go({ data: "includeKeys", ignoreOwnership: true });
  const field: unknown = keys.data.user[0]?.["gsi1pk"];
  check<Equal<typeof field, unknown>>();
  await sorted.go({ compare: "attributes", consistent: true, count: 3 });
}

check<Equal<ReturnType<typeof paramsOf>, QueryParams>>();
export function paramsOf() {
  return members.params({ limit: 10 });
}

// The types that are read off a service by name.
type Members = CollectionItem<typeof App, "members">;
check<Equal<Members["user"], EntityItem<typeof User>[]>>();
check<Equal<keyof Members, "user" | "course">>();
type Response = CollectionResponse<typeof App, "people">;
check<Equal<Response, { data: { user: EntityItem<typeof User>[] }; cursor: string | null }>>();

// Code of a user that works with any service.
export function tableOf(service: Service<{ user: typeof User }>) {
  return service.entities.user.getTableName();
}
tableOf(new Service({ user: User }));

export function wrong() {
  // @ts-expect-error -- No such entity.
  App.entities.users;
  // @ts-expect-error -- No such collection.
  App.collections.member;
  // @ts-expect-error -- A composite of the partition key is missing.
  App.collections.members({});
  // @ts-expect-error -- Nothing at all.
  App.collections.members();
  // @ts-expect-error -- A wrong type.
  App.collections.members({ orgId: 5 });
  // @ts-expect-error -- An isolated collection is not sorted across its members.
  App.collections.members({ orgId: "o", name: "n" });
  // @ts-expect-error -- An isolated collection has no sort key operators.
  members.begins({ name: "n" });
  // @ts-expect-error -- Not every member is sorted by the name.
  App.collections.calendar({ orgId: "o", day: "1", name: "n" });
  // @ts-expect-error -- Not every member is sorted by the name.
  calendar.gt({ name: "n" });
  // @ts-expect-error -- A wrong type.
  calendar.gt({ day: 5 });
  // @ts-expect-error -- Only one end.
  calendar.between({ day: "1" });
  // @ts-expect-error -- The sort key was compared already.
  sorted.gt({ day: "1" });
  // @ts-expect-error -- No member has such an attribute.
  members.where(({ text }, { eq }) => eq(text, "x"));
  // @ts-expect-error -- No member of this sub-collection has such an attribute.
  people.where(({ title }, { eq }) => eq(title, "x"));
  // @ts-expect-error -- A number is not compared with a string.
  members.where(({ hours }, { gt }) => gt(hours, "x"));
  // @ts-expect-error -- A flag has no beginning.
  members.where(({ hours }, { begins }) => begins(hours, "x"));
  // @ts-expect-error -- No member has such an attribute.
  members.go({ attributes: ["text"] });
  // @ts-expect-error -- No such option.
  members.go({ limits: 10 });
  // @ts-expect-error -- Not a number.
  members.go({ limit: "10" });
  // @ts-expect-error -- Not an order.
  members.params({ order: "down" });
  // @ts-expect-error -- Reads have no conditions.
  members.go({ conditions: { name: "x" } });
  // @ts-expect-error -- Not an entity.
  new Service({ user: { entity: "user" } });
  // @ts-expect-error -- No such setting.
  new Service({ user: User }, { tables: "t" });
  // @ts-expect-error -- Not a client.
  App.setClient({});
  // @ts-expect-error -- Not a name.
  App.setTableName(5);
  // @ts-expect-error -- No such option.
  App.tableDefinition({ tables: "t" });
  // @ts-expect-error -- No such collection.
  type None = CollectionItem<typeof App, "nobody">;
  // @ts-expect-error -- Not a service.
  type Item = CollectionResponse<typeof User, "members">;
}

export async function wrongResults() {
  const { data } = await members.go();
  // @ts-expect-error -- Not in this collection.
  data.note;
  // @ts-expect-error -- Hidden.
  data.user[0]?.size;
  const some = await members.go({ attributes: ["name"] });
  // @ts-expect-error -- Not asked for.
  some.data.course[0]?.title;
  // @ts-expect-error -- Another member's.
  data.user[0]?.title;
}
