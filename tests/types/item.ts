// What reads give: which attributes are there, which may be missing, and of which type they are.
import { Task, Flag, type TaskItem, type TaskKey, type UserId } from "./models.js";
import { check, type Equal } from "./assert.js";
import type {
  CreateEntityItem,
  EntityIdentifiers,
  EntityItem,
  EntityRecord,
  PutEntityItem,
  QueryResponse,
  UpsertEntityItem,
} from "electroxide";

type Item = EntityItem<typeof Task>;
type Full = EntityRecord<typeof Task>;

check<Equal<Item, TaskItem>>();
check<Equal<EntityItem<typeof Flag>, { name: string }>>();

// Required attributes are there; a default alone does not put an attribute into items that were written before it.
check<Equal<Item["title"], string>>();
check<Equal<Item["points"], number | undefined>>();
check<Equal<Item["createdAt"], string>>();
check<Equal<Item["links"], string[]>>();

// Each type of attribute.
check<Equal<Item["status"], "OPEN" | "DOING" | "DONE">>();
check<Equal<NonNullable<Item["done"]>, boolean>>();
check<Equal<NonNullable<Item["tags"]>, string[]>>();
check<Equal<NonNullable<Item["sizes"]>, (1 | 2 | 3)[]>>();
check<Equal<Item["owner"], UserId>>();
check<Equal<NonNullable<Item["extra"]>["depth"]["n"], number>>();
check<Equal<NonNullable<Item["address"]>["geo"], { lat: number } | undefined>>();
check<Equal<NonNullable<Item["comments"]>[number], { user: string; body?: string }>>();

// Hidden attributes are not there, at any depth.
check<Equal<Extract<keyof Item, "token">, never>>();
check<Equal<Extract<keyof NonNullable<Item["address"]>, "secret">, never>>();

// The key is always there, whether its attributes are required or not.
check<Equal<EntityIdentifiers<typeof Task>, { projectId: string; taskId: string }>>();
check<Equal<EntityIdentifiers<typeof Flag>, { name: string }>>();
check<Equal<EntityIdentifiers<typeof Task>, { [K in keyof TaskKey]: TaskKey[K] }>>();

// A record has every attribute, hidden ones too, at any depth.
check<Equal<Full["points"], number>>();
check<Equal<Full["token"], string>>();
check<Equal<Full["address"]["secret"], string>>();
check<Equal<Full["address"]["geo"]["lat"], number>>();
check<Equal<Full["comments"][number]["body"], string>>();

check<Equal<QueryResponse<typeof Task>, { data: Item[]; cursor: string | null }>>();
check<Equal<PutEntityItem<typeof Task>, CreateEntityItem<typeof Task>>>();
check<Equal<UpsertEntityItem<typeof Task>, CreateEntityItem<typeof Task>>>();

export function wrong(item: Item, full: Full, id: EntityIdentifiers<typeof Task>) {
  // @ts-expect-error -- `token` is hidden.
  item.token;
  // @ts-expect-error -- `address.secret` is hidden.
  item.address?.secret;
  // @ts-expect-error -- No such attribute.
  item.titel;
  // @ts-expect-error -- `points` may be missing.
  item.points.toFixed();
  // @ts-expect-error -- `address` may be missing.
  item.address.city;
  // @ts-expect-error -- `zip` may be missing.
  item.address?.zip.length;
  // @ts-expect-error -- Not one of the listed texts.
  item.status === "CLOSED";
  // @ts-expect-error -- A set of numbers.
  item.sizes?.includes("1");
  // @ts-expect-error -- A set reads as an array.
  item.tags?.has("x");
  // @ts-expect-error -- Not part of the key.
  id.title;
  // @ts-expect-error -- `owner` is not just any text.
  item.owner = "someone";
  // @ts-expect-error -- `extra.kind` is "a" or "b".
  full.extra.kind = "c";
  // @ts-expect-error -- No such property.
  full.address.geo.lng;
}
