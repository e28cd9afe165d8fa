// `conversions` and `createSchema`: composites by access pattern, keys by field, and a model that stays what it was.
import { createConversions, createSchema, EntityIdentifiers, Entity } from "electroxide";
import { check, type Equal } from "./assert.js";
import { Task } from "./models.js";

const Thing = new Entity({
  model: { entity: "thing", version: "1", service: "store" },
  attributes: {
    org: { type: "string", required: true },
    rank: { type: "number" },
    open: { type: "boolean" },
    note: { type: "string" },
  },
  indexes: {
    records: { pk: { field: "pk", composite: ["org"] } },
    byRank: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["rank"] },
      sk: { field: "gsi1sk", composite: ["open"] },
    },
  },
});

const { conversions } = Thing;
type All = { org?: string; rank?: number; open?: boolean };
const all = conversions.fromKeys.toComposite({ pk: "p" });
check<Equal<typeof all, All>>();
const one = conversions.byAccessPattern.records.fromCursor.toComposite("c");
check<Equal<typeof one, { org?: string }>>();
const keys = conversions.fromComposite.toKeys({ org: "o" }, { strict: "pk" });
check<Equal<typeof keys, Record<string, string | number>>>();
const cursor = conversions.byAccessPattern.byRank.fromComposite.toCursor({ rank: 1, open: true });
check<Equal<typeof cursor, string>>();
const made = createConversions(Thing);
check<Equal<typeof made, typeof conversions>>();

const schema = createSchema({
  model: { entity: "note", version: "1", service: "store" },
  attributes: { id: { type: "string", required: true } },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
});
const Note = new Entity(schema);
check<Equal<Parameters<typeof Note.get>[0], { id: string }>>();
check<Equal<(typeof EntityIdentifiers)["entity"], "__edb_e__">>();
check<Equal<EntityIdentifiers<typeof Note>, { id: string }>>();

export function wrong() {
  // @ts-expect-error -- Not an access pattern.
  conversions.byAccessPattern.byRang;
  // @ts-expect-error -- No composite of these keys.
  conversions.byAccessPattern.records.fromComposite.toKeys({ rank: 1 });
  // @ts-expect-error -- A number.
  conversions.fromComposite.toKeys({ rank: "1" });
  // @ts-expect-error -- No strictness.
  conversions.fromComposite.toKeys({ rank: 1 }, { strict: "some" });
  // @ts-expect-error -- A cursor is a text.
  conversions.fromCursor.toKeys(1);
  // @ts-expect-error -- Not an entity.
  createConversions({});
  createSchema({
    model: { entity: "note", version: "1", service: "store" },
    attributes: { id: { type: "string" } },
    // @ts-expect-error -- Not declared.
    indexes: { primary: { pk: { field: "pk", composite: ["ident"] } } },
  });
  void Task;
}
