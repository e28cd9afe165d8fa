// A program that checks its libraries, too, has neither the DOM nor Node's types, and never mentions the SDK.
import { ElectroError, Entity, tableDefinition, type EntityItem } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";

export const User = new Entity({
  model: { entity: "user", service: "app", version: "1" },
  attributes: { userId: { type: "string" }, name: { type: "string", required: true } },
  indexes: { primary: { pk: { field: "pk", composite: ["userId"] } } },
});
export const Same = new DropInEntity(User.schema, { table: "app" });
export const table = tableDefinition([User, Same]);
export const nameOf = (user: EntityItem<typeof User>) => user.name.length;
export const codeOf = (error: unknown) => (error instanceof ElectroError ? error.code : undefined);
