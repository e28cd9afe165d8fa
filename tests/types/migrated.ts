// Code as it is written around ElectroDB, with no other change than the import: factories, mocks, injected methods, helper types.
import {
  CustomAttributeType,
  Entity,
  Service,
  type BatchGetEntityItem,
  type BatchGetResponse,
  type BatchWriteEntityItem,
  type BatchWriteResponse,
  type CollectionItem,
  type CreateEntityItem,
  type CreateEntityResponse,
  type DocumentClient,
  type EntityIdentifiers,
  type EntityItem,
  type EntityRecord,
  type KeyCasingOption,
  type KeyCastOption,
  type QueryResponse,
  type Schema,
  type UpdateEntityItem,
  type UpdateEntityResponse,
  type UpdateEntityResponseItem,
} from "electroxide/electrodb";
import { check, type Equal } from "./assert.js";

const Priorities = ["low", "high", ""] as const;
type Priority = (typeof Priorities)[number];
type Votes = Record<string, { up: boolean }>;

/** What a lookup finds only sometimes, so that hooks answer `undefined`. */
function codeOf(value: unknown) {
  for (const index in Priorities) if (Priorities[index] === value) return index;
  return undefined;
}

function makeTicket(options: { table: string; client?: DocumentClient }) {
  return new Entity(
    {
      model: { entity: "ticket", service: "desk", version: "1" },
      attributes: {
        desk: { type: "string" },
        number: { type: "string" },
        author: { type: "string", required: true },
        title: { type: "string", required: true },
        kind: { type: Priorities, default: () => "low", readOnly: true },
        priority: { type: Priorities, set: (value) => codeOf(value), get: (value) => value },
        ref: { type: "string", watch: ["number"], set: (_, { number }) => number, readOnly: true },
        seen: {
          type: "string",
          default: "#",
          get: (seen) => (seen === "#" ? undefined : seen),
          set: (seen) => seen ?? "#",
        },
        day: { type: "string", validate: (day: string) => void day.length },
        votes: { type: CustomAttributeType<Votes>("any") },
        steps: {
          type: "list",
          items: {
            type: "map",
            properties: {
              who: { type: "string", required: true },
              done: { type: "boolean", required: true },
              at: { type: "string", default: () => "now", readOnly: true },
            },
          },
        },
        followers: { type: "set", items: "string" },
        points: { type: "number", required: true },
        extra: { type: "any" },
        updatedAt: { type: "string", watch: "*", set: () => "now", readOnly: true },
      },
      indexes: {
        ticket: {
          collection: "review",
          pk: { field: "pk", composite: ["desk", "number"] },
          sk: { field: "sk", composite: [] },
        },
        created: {
          collection: ["owned", "managed"],
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["author"] },
          sk: { field: "gsi1sk", composite: ["priority", "day"] },
        },
        _: {
          collection: "watched",
          index: "gsi2",
          pk: { field: "gsi2pk", composite: ["desk", "ref"] },
          sk: { field: "gsi2sk", composite: [] },
        },
      },
    },
    options,
  );
}
const Ticket = makeTicket({ table: "desk" });

const Person = new Entity(
  {
    model: { entity: "person", service: "desk", version: "1" },
    attributes: { name: { type: "string" }, bio: { type: "string" } },
    indexes: {
      person: { pk: { field: "pk", composite: ["name"] }, sk: { field: "sk", composite: [] } },
      _: {
        collection: "owned",
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["name"], template: "author#${name}" },
        sk: { field: "gsi1sk", composite: [] },
      },
    },
  },
  { table: "desk" },
);
const Desk = new Service({ ticket: Ticket, person: Person });

// The helper types, and what is read off the entity: there the last form of a method is the one for arrays.
type NewTicket = CreateEntityItem<typeof Ticket>;
type Item = EntityItem<typeof Ticket>;
type Key = Parameters<typeof Ticket.get>[0][0];
check<Equal<Key, { desk: string; number: string }>>();
check<Equal<Key, EntityIdentifiers<typeof Ticket>>>();
check<Equal<Parameters<typeof Ticket.delete>[0][0], Key>>();
check<Equal<Parameters<typeof Ticket.put>[0][0], NewTicket>>();
check<Equal<NonNullable<Item["votes"]>, Votes>>();
check<Equal<Item["kind"], Priority | undefined>>();
check<Equal<EntityRecord<typeof Ticket>["priority"], Priority>>();
check<Equal<UpdateEntityItem<typeof Person>, { bio?: string | undefined }>>();
check<Equal<CollectionItem<typeof Desk, "managed">, { ticket: Item[] }>>();
check<Equal<BatchGetEntityItem<typeof Ticket>, Item[]>>();
check<Equal<BatchWriteEntityItem<typeof Ticket>, NewTicket[]>>();
check<Equal<BatchGetResponse<typeof Ticket>, { data: Item[]; unprocessed: Key[] }>>();
check<Equal<BatchWriteResponse<typeof Ticket>, { unprocessed: Key[] }>>();
check<Equal<CreateEntityResponse<typeof Ticket>, { data: Item }>>();
check<Equal<UpdateEntityResponseItem<typeof Ticket>, Key>>();
check<Equal<UpdateEntityResponse<typeof Ticket>, { data: Key }>>();
check<Equal<KeyCastOption, "string" | "number">>();
check<Equal<KeyCasingOption, "upper" | "lower" | "none" | "default">>();

/** A new item of which a caller says a part. */
export function mock(overrides?: Partial<NewTicket>): NewTicket {
  return { desk: "d", number: "1", author: "a", title: "t", points: 1, ...overrides };
}

// Some of an entity's methods by themselves, held by a class.
type TicketMethods = Pick<ReturnType<typeof makeTicket>, "get" | "delete" | "upsert" | "patch">;
export class Tickets {
  constructor(private readonly tickets: TicketMethods) {}

  async read(key: Key): Promise<Item | null> {
    const { data } = await this.tickets.get(key).go();
    return data;
  }

  async claim(ticket: NewTicket, now: string): Promise<boolean> {
    await this.tickets
      .upsert(ticket)
      .where((a, { notExists, lt }) => `${lt(a.day, now)} OR ${notExists(a.author)}`)
      .go({ originalErr: true, response: "all_new" });
    return true;
  }

  mark(key: Key, who: string): Promise<boolean> {
    return this.tickets
      .patch(key)
      .set({ seen: "now" })
      .where(({ author, title }, { eq }) => `${eq(author, who)} OR ${eq(title, who)}`)
      .go()
      .then(() => true)
      .catch(() => false);
  }
}
export const tickets = new Tickets(Ticket);

// A schema taken apart by code that knows none in particular.
type AnySchema = Schema<string, string, string>;
function tableIndexOf(schema: AnySchema): string | undefined {
  return Object.keys(schema.indexes).find((name) => schema.indexes[name]?.index === undefined);
}
export const primary = tableIndexOf(Ticket.schema);

export async function reads(author: string, priority?: Priority, cursor?: string | null) {
  const page: QueryResponse<typeof Ticket> = await Ticket.query
    .created({ author, priority })
    .go({ cursor, params: { ScanIndexForward: false } });
  const begun = await Ticket.query.created({ author }).begins({ priority }).go({ cursor });
  const owned: CollectionItem<typeof Desk, "owned"> = { ticket: [], person: [] };
  const { data } = await Desk.collections.owned({ author, name: author }).go({ cursor });
  owned.ticket = owned.ticket.concat(data.ticket);
  const [person] = data.person;
  const found = await Ticket.get(begun.data).go({ concurrency: 3, concurrent: 3 });
  check<Equal<(typeof found)["data"], (typeof page)["data"]>>();
  return { person, titles: new Set(found.data.map(({ title }) => title)) };
}

export async function writes(items: Item[], key: Key, step: number) {
  const { unprocessed }: BatchWriteResponse<typeof Ticket> = await Ticket.delete(items).go();
  await Ticket.put(items).go({ concurrency: 3 });
  await Ticket.update(key)
    .data(({ steps }, { set }) => {
      set(steps[step]?.done, true);
    })
    .where(({ steps }, { eq }) => eq(steps[step]?.who, "ada"))
    .go();
  const made: CreateEntityResponse<typeof Ticket> = await Ticket.create(mock()).go();
  const changed: UpdateEntityResponse<typeof Ticket> = await Ticket.update(key)
    .add({ followers: ["ada"] })
    .go();
  return { unprocessed, made, changed };
}

// Code that works with any entity.
/* eslint-disable @typescript-eslint/no-explicit-any -- How users write it who take any entity. */
class Repository<E extends Entity<any, any, any, any>> {
  constructor(readonly entity: E) {}
  add(item: CreateEntityItem<E>) {
    return this.entity.create(item).go();
  }
}
async function everything<E extends Entity<any, any, any, any>>(entity: E) {
  const { data } = await entity.scan.go({ pages: "all" });
  return data as EntityItem<E>[];
}
function schemaOf<A extends string, F extends string, C extends string, S extends Schema<A, F, C>>(
  entity: Entity<A, F, C, S>,
): S {
  return entity.schema;
}
const Listed = new Entity({
  model: { entity: "listed", service: "desk", version: "1" },
  attributes: { id: { type: "string" }, group: { type: "string" } },
  indexes: {
    listed: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    grouped: {
      index: "gsi1",
      projection: "keys_only",
      pk: { field: "gsi1pk", composite: ["group"] },
      sk: { field: "gsi1sk", composite: [] },
    },
  },
});
export const repositories = [new Repository(Ticket), new Repository(Listed)] as const;
repositories[0].add(mock());
check<Equal<Awaited<ReturnType<typeof everything<typeof Ticket>>>, Item[]>>();
everything(Listed);
check<Equal<ReturnType<typeof schemaOfTicket>, (typeof Ticket)["schema"]>>();
const schemaOfTicket = () => schemaOf(Ticket);

/** All pages: the variable has its type from its declaration, and no first value that would narrow it. */
export async function all(author: string) {
  const items: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await Ticket.query.created({ author }).go({ cursor });
    items.push(...page.data);
    cursor = page.cursor;
  } while (cursor);
  return items;
}

export async function allOfCollection(author: string) {
  const items: Item[] = [];
  let cursor = null as string | null;
  do {
    const { data, cursor: next } = await Desk.collections.managed({ author }).go({ cursor });
    items.push(...data.ticket);
    cursor = next;
  } while (cursor !== null);
  return items;
}

export function wrong(maybe: string | undefined, key: Key) {
  // @ts-expect-error -- `author` has to be there.
  Ticket.query.created({ author: maybe });
  // @ts-expect-error -- Not a number.
  Ticket.put([mock()]).go({ concurrency: "3" });
  // @ts-expect-error -- The other half of the key.
  Ticket.get([{ desk: key.desk }]);
  // @ts-expect-error -- Not of the item.
  mock({ author: 1 });
  // @ts-expect-error -- Not a priority.
  mock({ priority: "medium" });
  // @ts-expect-error -- Those methods only.
  tickets.read(key).create;
  // @ts-expect-error -- `create` is not among them.
  ({}) as TicketMethods["create"];
  // @ts-expect-error -- Not an entity of the collection.
  ({}) as CollectionItem<typeof Desk, "managed">["person"];
  // @ts-expect-error -- Not a cast.
  const cast: KeyCastOption = "boolean";
  // @ts-expect-error -- An item of another entity.
  repositories[1].add(mock());
  // @ts-expect-error -- Not an entity.
  everything({ scan: {} });
  // @ts-expect-error -- No client.
  makeTicket({ table: "t", client: {} });
}
