// A small code base as ElectroDB's users write them, on the drop-in entry: what is inferred goes through their own types and helpers.
import {
  CustomAttributeType,
  ElectroError,
  Entity,
  Service,
  createSchema,
  type CollectionItem,
  type CreateEntityItem,
  type DocumentClient,
  type ElectroEvent,
  type EntityIdentifiers,
  type EntityItem,
  type KeyCastOption,
  type KeyCasingOption,
  type QueryResponse,
  type Schema,
  type UpdateEntityItem,
} from "electroxide/electrodb";
import { check, type Equal } from "./assert.js";

declare const client: DocumentClient;
const states = ["open", "closed"] as const;
type Marks = Record<string, { approved: boolean; at: string }>;

const Ticket = new Entity(
  {
    model: { entity: "ticket", version: "1", service: "desk" },
    attributes: {
      ticketId: { type: "string" },
      desk: { type: "string" },
      title: { type: "string", required: true },
      owner: { type: "string" },
      due: { type: "string", default: "NEVER" },
      state: { type: states, default: "open", set: (value) => value, get: (value) => value },
      marks: { type: CustomAttributeType<Marks>("any") },
      followers: { type: "set", items: "string" },
      reviewers: {
        type: "list",
        items: {
          type: "map",
          properties: { name: { type: "string" }, approved: { type: "boolean" } },
        },
      },
      copied: { type: "string", watch: ["desk"], set: (_, { desk }) => desk, readOnly: true },
      seen: {
        type: "string",
        get: (value) => {
          if (value !== "#") return value;
        },
        set: (value) => value ?? "#",
      },
    },
    indexes: {
      tickets: {
        collection: "desks",
        pk: { field: "pk", composite: ["desk"] },
        sk: { field: "sk", composite: ["ticketId"] },
      },
      owned: {
        collection: ["owners", "all"],
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["owner"] },
        sk: { field: "gsi1sk", composite: ["state", "due"] },
      },
    },
  },
  { client, table: "desk" },
);

const Comment = new Entity(
  {
    model: { entity: "comment", version: "1", service: "desk" },
    attributes: {
      desk: { type: "string", required: true },
      ticketId: { type: "string", required: true },
      owner: { type: "string", required: true },
      text: { type: "string" },
    },
    indexes: {
      comments: {
        collection: "desks",
        pk: { field: "pk", composite: ["desk"] },
        sk: { field: "sk", composite: ["ticketId", "owner"] },
      },
      owned: {
        collection: "owners",
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["owner"] },
        sk: { field: "gsi1sk", composite: ["ticketId"] },
      },
    },
  },
  { client, table: "desk" },
);

const desk = new Service({ ticket: Ticket, comment: Comment }, { client, table: "desk" });
type TicketItem = EntityItem<typeof Ticket>;
type NewTicket = CreateEntityItem<typeof Ticket>;

/** Options of a helper that are optional are handed on as they are. */
export async function queries(owner: string, due?: string, cursor?: string | null) {
  const begun = await Ticket.query.owned({ owner, state: "open" }).begins({ due }).go({ cursor });
  check<Equal<(typeof begun.data)[number]["due"], string | undefined>>();
  const between = await Ticket.query
    .owned({ owner })
    .between({ state: "open", due: "1" }, { state: "open", due: "2" })
    .go({ params: { ScanIndexForward: false } });
  const response: QueryResponse<typeof Ticket> = between;
  const comments = await Comment.query.comments({ desk: "d" }).go();
  // Items of another entity name tickets, too.
  const { data } = await Ticket.get(comments.data).go();
  check<Equal<typeof data, TicketItem[]>>();
  return [response, data];
}

/** Only a few methods of an entity, which are easy to stand in for. */
export interface Locks {
  get: (typeof Ticket)["get"];
  delete: (typeof Ticket)["delete"];
  upsert: (typeof Ticket)["upsert"];
}

export async function locks(entity: Locks, key: EntityIdentifiers<typeof Ticket>) {
  await entity
    .delete(key)
    .where(({ title }, { eq }) => eq(title, "x"))
    .where(({ due }, { gte }) => gte(due, "2025"))
    .go({ originalErr: true });
  await entity
    .upsert({ ...key, title: "x" })
    .where(({ due, owner }, { lt, notExists }) => `${lt(due, "2025")} OR ${notExists(owner)}`)
    .go({ originalErr: true, response: "all_new" });
  const { data } = await entity.get(key).go();
  check<Equal<typeof data, TicketItem | null>>();
}

export async function pages(owner: string) {
  const found: CollectionItem<typeof desk, "owners"> = { ticket: [], comment: [] };
  let next = null;
  do {
    const { data, cursor } = await desk.collections.owners({ owner }).go();
    found.ticket = found.ticket.concat(data.ticket);
    found.comment = found.comment.concat(data.comment);
    next = cursor;
  } while (next !== null);
  return found;
}

export async function changes(key: EntityIdentifiers<typeof Ticket>, at: number, user: string) {
  const change: UpdateEntityItem<typeof Ticket> = { state: "closed", marks: {} };
  const done = await Ticket.update(key)
    .set(change)
    .add({ followers: [user] })
    .where(({ owner, title }, { eq }) => `${eq(owner, user)} OR ${eq(title, user)}`)
    .go()
    .then(() => true)
    .catch(() => false);
  check<Equal<typeof done, boolean>>();
  await Ticket.patch(key)
    .data(({ reviewers }, { set }) => {
      const place = reviewers[at];
      if (place) set(place.approved, true);
    })
    .go();
}

/** What a mock gives for a test: required attributes, and whatever is overridden. */
export function made(overrides?: Partial<NewTicket>): NewTicket {
  return { desk: "d", ticketId: "t", title: "x", marks: {}, ...overrides };
}

/** Tools that read models of any shape. */
type AnySchema = Schema<string, string, string>;
export function keysOf(
  schema: AnySchema,
): [KeyCastOption | undefined, KeyCasingOption | undefined][] {
  return Object.values(schema.indexes).map(({ pk }) => [pk.cast, pk.casing]);
}
keysOf(Ticket.schema);
keysOf(
  createSchema({
    model: { entity: "a", version: "1", service: "s" },
    attributes: { id: { type: "string" } },
    indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
  }),
);

/** What comes without a type is told apart by its form. */
export function parsed(record: ReturnType<typeof JSON.parse>) {
  const one = Ticket.parse({ Item: record });
  check<Equal<typeof one, { data: TicketItem | null }>>();
  const old = Ticket.parse({ Attributes: record });
  check<Equal<typeof old, { data: TicketItem | null }>>();
  const many = Ticket.parse({ Items: [record] });
  check<Equal<typeof many.data, TicketItem[]>>();
}

export async function errors() {
  try {
    await Ticket.put([made()]).go({ concurrent: 3 });
  } catch (error) {
    if (error instanceof ElectroError) return error.code;
  }
  return 0;
}

export function logger(event: ElectroEvent): unknown {
  if (event.type === "query") return [event.params.TableName, event.config.table];
  return event.success ? event.results.ConsumedCapacity : event.results.message;
}

/** An entity in a class of one's own, and one as a parameter. */
export class Tickets {
  constructor(private readonly entity: typeof Ticket) {}
  async all(): Promise<TicketItem[]> {
    return (await this.entity.scan.go({ pages: "all" })).data;
  }
}

export function wrong() {
  // @ts-expect-error -- Not every ticket has an owner.
  const owner: string = made().owner;
  // @ts-expect-error -- Nothing but tickets.
  const other: TicketItem = { desk: "d", ticketId: "t" };
  // @ts-expect-error -- Not in that collection.
  const members: CollectionItem<typeof desk, "all"> = { ticket: [], comment: [] };
  // @ts-expect-error -- Read-only.
  const change: UpdateEntityItem<typeof Ticket> = { copied: "x" };
  return [owner, other, members, change];
}
