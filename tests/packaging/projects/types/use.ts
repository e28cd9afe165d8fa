// What a user's code may rely on in the types of both entries; an unused @ts-expect-error means that something became `any`.
import { ElectroError, Entity } from "electroxide";
import { Entity as DropIn } from "electroxide/electrodb";

const user = new Entity({
  model: { entity: "user", version: "1", service: "types" },
  attributes: {
    id: { type: "string", required: true },
    email: { type: "string" },
    age: { type: "number" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
  },
});

/** Everything here must compile, and every marked line must not. */
export async function use(): Promise<string | undefined> {
  await user.create({ id: "u1", age: 1 }).go();
  // @ts-expect-error `id` is required
  user.create({ email: "a@b.c" });
  // @ts-expect-error `age` is a number
  user.create({ id: "u1", age: "1" });
  const { data } = await user.get({ id: "u1" }).go();
  // @ts-expect-error the item has no such attribute
  void data?.unknown;
  const age: number | undefined = data?.age;
  return age === undefined ? data?.email : String(age);
}

/** The drop-in entry has types of its own. */
export const dropIn = new DropIn({
  model: { entity: "user", version: "1", service: "types" },
  attributes: { id: { type: "string", required: true } },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
});
// @ts-expect-error `id` is required
dropIn.create({});

/** The error's members have types. */
export function codeOf(error: unknown): number {
  if (!(error instanceof ElectroError)) return 0;
  // @ts-expect-error the code is a number
  const text: string = error.code;
  return error.code + text.length;
}
