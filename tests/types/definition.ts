// `new Entity`: which models are right, what is inferred from them, and where wrong ones are refused.
import { check, type Equal } from "./assert.js";
import { Task } from "./models.js";
import {
  CustomAttributeType,
  Entity,
  createCustomAttribute,
  type AnyEntity,
  type CreateEntityItem,
  type EntityItem,
} from "electroxide";

const model = { entity: "e", service: "s", version: "1" } as const;
const indexes = { primary: { pk: { field: "pk", composite: ["id"] } } } as const;

// The two phantoms, and what is really there.
check<Equal<typeof Task.model.schema, EntityItem<typeof Task>>>();
check<Equal<typeof Task.model.entity, string>>();
check<Equal<(typeof Task)["schema"]["attributes"]["title"]["type"], "string">>();
check<Equal<(typeof Task)["schema"]["indexes"]["byStatus"]["index"], "gsi1">>();

// Hooks and validators get the type of their attribute, the item is open.
export const Hooks = new Entity({
  model,
  indexes,
  attributes: {
    id: { type: "string", validate: (value) => value.length > 3 },
    text: {
      type: "string",
      get: (value, item) => `${value.trim()}${item.id}`,
      set: (value) => value?.trim(),
    },
    count: { type: "number", validate: (value) => value.toFixed(0) === "1", default: () => 1 },
    flag: { type: "boolean", get: (value) => !value },
    pattern: { type: "string", validate: /^a/ },
    now: { type: "string", watch: ["text", "count"], set: () => new Date().toISOString() },
    all: { type: "number", watch: "*", set: (_, item) => (item.count ?? 0) + 1 },
    nothing: { type: "string", set: () => undefined },
    list: { type: "list", items: { type: "number", validate: (value) => value > 3 } },
    padded: { type: "number", padding: { length: 5, char: "0" }, label: "p", field: "f" },
    cast: { type: "number", cast: "string" },
  },
});
check<Equal<EntityItem<typeof Hooks>["count"], number | undefined>>();

// Without `as const` a list of texts is an enum all the same; a list from elsewhere is any text.
const elsewhere: string[] = ["a", "b"];
export const Enums = new Entity({
  model,
  indexes,
  attributes: {
    id: { type: "string" },
    plain: { type: ["a", "b"] },
    other: { type: elsewhere },
  },
});
check<Equal<EntityItem<typeof Enums>["plain"], "a" | "b" | undefined>>();
check<Equal<EntityItem<typeof Enums>["other"], string | undefined>>();

// Custom types.
type Role = { kind: "guest" } | { kind: "member"; since: number };
export const Custom = new Entity({
  model,
  indexes,
  attributes: {
    id: { type: CustomAttributeType<`id_${string}`>("string") },
    role: createCustomAttribute<Role>({ validate: (role) => role.kind === "guest" }),
    bare: createCustomAttribute<Role>(),
    month: { type: CustomAttributeType<1 | 2 | 3>("number"), required: true },
  },
});
check<
  Equal<
    EntityItem<typeof Custom>,
    { id: `id_${string}`; month: 1 | 2 | 3; role?: Role; bare?: Role }
  >
>();
check<Equal<Parameters<typeof Custom.get>[0], { id: `id_${string}` }>>();

// A definition may stand by itself.
const definition = {
  model,
  attributes: { id: { type: "string" }, state: { type: ["on", "off"], required: true } },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
  },
} as const;
export const Apart = new Entity(definition, { table: "t", client: { send: () => undefined } });
check<Equal<EntityItem<typeof Apart>, { id: string; state: "on" | "off" }>>();

// Classes on top of Entity, and code for every entity.
export class Base extends Entity {
  describe() {
    return `${this.model.entity} in ${this.getTableName()}`;
  }
}
new Base(definition, { table: "t" }).describe();
export function create<E extends AnyEntity>(entity: E, item: CreateEntityItem<E>) {
  return entity.create(item).go();
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- How ElectroDB's users write it.
export async function first<E extends Entity<any, any, any, any>>(entity: E) {
  const { data } = await entity.scan.go({ limit: 1 });
  return data[0] as EntityItem<E> | undefined;
}
export const flag = async () => (await first(Apart))?.state === "on";
create(Apart, { id: "x", state: "on" });
const everything: AnyEntity[] = [Task, Hooks, Apart];
check<Equal<ReturnType<(typeof everything)[number]["getTableName"]>, string | undefined>>();

// Configuration and setters.
new Entity(definition, {
  table: "t",
  client: { send: async () => ({}) },
  identifiers: { entity: "__e", version: "__v" },
  logger: (event) => console.log(event.type),
  listeners: [(event) => console.log(event.method)],
});
Task.setClient({ send: async () => ({}) });
Task.setTableName("t");
Task.setIdentifier("entity", "__e");

export function wrong() {
  const attributes = { id: { type: "string" } } as const;
  const mixed = {
    id: { type: "string" },
    list: { type: "list", items: { type: "string" } },
    map: { type: "map", properties: {} },
    set: { type: "set", items: "string" },
    any: { type: "any" },
  } as const;
  new Entity({ model, attributes: mixed, indexes: { p: { pk: { composite: ["id"] } } } });
  const ofNumber = (value: number) => value > 1;
  const pk = { field: "pk", composite: ["id"] } as const;
  // @ts-expect-error -- No indexes.
  new Entity({ model, attributes });
  // @ts-expect-error -- No attributes.
  new Entity({ model, indexes });
  // @ts-expect-error -- No model.
  new Entity({ attributes, indexes });
  // @ts-expect-error -- No version.
  new Entity({ model: { entity: "e", service: "s" }, attributes, indexes });
  // @ts-expect-error -- Nothing at all.
  new Entity();
  // @ts-expect-error -- No such type.
  new Entity({ model, indexes, attributes: { id: { type: "text" } } });
  // @ts-expect-error -- A type is missing.
  new Entity({ model, indexes, attributes: { id: { required: true } } });
  // @ts-expect-error -- A map needs properties.
  new Entity({ model, indexes, attributes: { id: { type: "map" } } });
  // @ts-expect-error -- A list needs items.
  new Entity({ model, indexes, attributes: { id: { type: "list" } } });
  // @ts-expect-error -- The items of a list are a definition.
  new Entity({ model, indexes, attributes: { id: { type: "list", items: "string" } } });
  // @ts-expect-error -- A set needs items.
  new Entity({ model, indexes, attributes: { id: { type: "set" } } });
  // @ts-expect-error -- A set has texts or numbers.
  new Entity({ model, indexes, attributes: { id: { type: "set", items: "boolean" } } });
  // @ts-expect-error -- The default is a number.
  new Entity({ model, indexes, attributes: { id: { type: "string", default: 1 } } });
  // @ts-expect-error -- The default gives a number.
  new Entity({ model, indexes, attributes: { id: { type: "string", default: () => 1 } } });
  // @ts-expect-error -- A flag.
  new Entity({ model, indexes, attributes: { id: { type: "string", required: "yes" } } });
  // @ts-expect-error -- Not a way to cast.
  new Entity({ model, indexes, attributes: { id: { type: "string", cast: "text" } } });
  // @ts-expect-error -- The setter gives a number.
  new Entity({ model, indexes, attributes: { id: { type: "string", set: () => 1 } } });
  // @ts-expect-error -- The validator takes a number.
  new Entity({ model, indexes, attributes: { id: { type: "string", validate: ofNumber } } });
  // @ts-expect-error -- Names, or "*".
  new Entity({ model, indexes, attributes: { id: { type: "string", watch: "other" } } });
  // @ts-expect-error -- Its char is missing.
  new Entity({ model, indexes, attributes: { id: { type: "string", padding: { length: 3 } } } });
  // @ts-expect-error -- `ids` is not declared.
  new Entity({ model, attributes, indexes: { p: { pk: { field: "pk", composite: ["ids"] } } } });
  // @ts-expect-error -- `ids` is not declared.
  new Entity({ model, attributes, indexes: { p: { pk, sk: { composite: ["ids"] } } } });
  // @ts-expect-error -- A key cannot be composed of a list.
  new Entity({ model, attributes: mixed, indexes: { p: { pk: { composite: ["list"] } } } });
  // @ts-expect-error -- A key cannot be composed of a map.
  new Entity({ model, attributes: mixed, indexes: { p: { pk: { composite: ["map"] } } } });
  // @ts-expect-error -- A key cannot be composed of a set.
  new Entity({ model, attributes: mixed, indexes: { p: { pk, sk: { composite: ["set"] } } } });
  // @ts-expect-error -- A key cannot be composed of what may be anything.
  new Entity({ model, attributes: mixed, indexes: { p: { pk, sk: { composite: ["any"] } } } });
  // @ts-expect-error -- No partition key.
  new Entity({ model, attributes, indexes: { p: { sk: { field: "sk", composite: [] } } } });
  // @ts-expect-error -- No composites.
  new Entity({ model, attributes, indexes: { p: { pk: { field: "pk" } } } });
  // @ts-expect-error -- Not a casing.
  new Entity({ model, attributes, indexes: { p: { pk: { ...pk, casing: "camel" } } } });
  // @ts-expect-error -- Not a way to cast.
  new Entity({ model, attributes, indexes: { p: { pk: { ...pk, cast: "boolean" } } } });
  // @ts-expect-error -- Not a type of index.
  new Entity({ model, attributes, indexes: { p: { pk, type: "spread" } } });
  // @ts-expect-error -- A text, or texts.
  new Entity({ model, attributes, indexes: { p: { pk, collection: 1 } } });
  // @ts-expect-error -- A condition gives a flag.
  new Entity({ model, attributes, indexes: { p: { pk, condition: () => "yes" } } });
  // @ts-expect-error -- No such projection.
  new Entity({ model, attributes, indexes: { p: { pk, project: "some" } } });
  // @ts-expect-error -- No such part of the configuration.
  new Entity({ model, attributes, indexes }, { tabel: "t" });
  // @ts-expect-error -- Not a client.
  new Entity({ model, attributes, indexes }, { client: {} });
  // @ts-expect-error -- Not a base type.
  CustomAttributeType<string>("list");
  // @ts-expect-error -- The default is not a role.
  createCustomAttribute<Role>({ default: { kind: "owner" } });
  // @ts-expect-error -- Only types can be read here.
  Task.model.entity = "other";
  // @ts-expect-error -- No such identifier.
  Task.setIdentifier("service", "x");
  // @ts-expect-error -- A text.
  Task.setTableName(1);
  // @ts-expect-error -- Not a client.
  Task.setClient({});
  // @ts-expect-error -- No such method.
  Task.fetch({});
}
