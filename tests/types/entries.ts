// The two entries: the same values and types under the same names; the drop-in has ElectroDB's older names beside them.
import * as dropIn from "electroxide/electrodb";
import * as main from "electroxide";
import { check, type Equal } from "./assert.js";
import { Task } from "./models.js";

check<
  Equal<
    keyof typeof main,
    | "Entity"
    | "Service"
    | "tableDefinition"
    | "CustomAttributeType"
    | "createCustomAttribute"
    | "createConversions"
    | "createSchema"
    | "ComparisonTypes"
    | "EntityIdentifiers"
    | "EntityIdentifierFields"
    | "createGetTransaction"
    | "createWriteTransaction"
    | "ElectroError"
    | "ElectroValidationError"
  >
>();
check<
  Equal<
    Exclude<keyof typeof dropIn, keyof typeof main>,
    "ElectroUserValidationError" | "ElectroAttributeValidationError"
  >
>();
check<Equal<Exclude<keyof typeof main, keyof typeof dropIn>, never>>();
check<Equal<typeof dropIn.tableDefinition, typeof main.tableDefinition>>();
check<Equal<dropIn.EntityItem<typeof Task>, main.EntityItem<typeof Task>>>();
check<Equal<dropIn.EntityRecord<typeof Task>, main.EntityRecord<typeof Task>>>();
check<Equal<dropIn.CreateEntityItem<typeof Task>, main.CreateEntityItem<typeof Task>>>();
check<Equal<dropIn.UpdateEntityItem<typeof Task>, main.UpdateEntityItem<typeof Task>>>();
check<Equal<dropIn.QueryResponse<typeof Task>, main.QueryResponse<typeof Task>>>();
check<Equal<dropIn.ElectroEvent, main.ElectroEvent>>();

const Other = new dropIn.Entity(Task.schema, { table: "t" });
// Their entities are of one model and one item, and code for all entities takes both.
check<Equal<(typeof Other)["schema"], (typeof Task)["schema"]>>();
check<Equal<dropIn.EntityItem<typeof Other>, main.EntityItem<typeof Task>>>();
const both: main.AnyEntity[] = [Other, Task];
both[0]?.getTableName();
const five: dropIn.Entity<string, string, string, typeof Task.schema, string> = Other;
const schema: dropIn.Schema<string, string, string, string> = five.schema;
new dropIn.Entity(schema).getTableName();
// Methods by themselves have names that a declaration file can write.
export const { get, put, upsert, delete: remove, scan, query, update } = Task;
export const inDropIn = {
  get: Other.get,
  put: Other.put,
  upsert: Other.upsert,
  drop: Other.delete,
};

export function wrong() {
  // @ts-expect-error -- No such export.
  main.Entities;
  // @ts-expect-error -- No such export.
  dropIn.Entities;
  // @ts-expect-error -- No such helper.
  type None = main.EntityItems<typeof Task>;
  // @ts-expect-error -- An entity of the drop-in lets pass what one of the main entry refuses.
  const other: main.Entity<string, string, string, typeof Task.schema> = Other;
  // @ts-expect-error -- Not an entity.
  type Item = main.EntityItem<{ name: string }>;
}
