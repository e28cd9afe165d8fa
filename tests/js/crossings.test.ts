// How often the core is crossed to, counted at the border itself.
import { expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal.js";

const crossings: string[] = [];
const { Instance } = WebAssembly;

/** The core, whose functions note that they were called. */
function counted(module: WebAssembly.Module, imports: WebAssembly.Imports): Loose {
  const exports: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(new Instance(module, imports).exports)) {
    exports[name] =
      typeof value === "function"
        ? (...numbers: number[]) => {
            crossings.push(name);
            return (value as (...numbers: number[]) => number)(...numbers);
          }
        : value;
  }
  return { exports };
}

/** Two entities of the library as it is when its core is counted, and what it can make of them. */
async function counting() {
  WebAssembly.Instance = counted as Loose;
  const library = await import("electroxide");
  WebAssembly.Instance = Instance;
  const [user, session] = ["user", "session"].map(
    (entity) =>
      new library.Entity(
        {
          model: { entity, service: "app", version: "1" },
          attributes: { id: { type: "string", required: true }, count: { type: "number" } },
          indexes: { main: { pk: { field: "pk", composite: ["id"] } } },
        },
        { table: "app" },
      ),
  ) as [Loose, Loose];
  return { ...library, user, session };
}

test("a transaction over several entities crosses once", async () => {
  const { createWriteTransaction, user, session } = await counting();
  const transaction = createWriteTransaction({ user, session }, (app: Loose) => [
    app.user.put({ id: "1" }),
    app.session.create({ id: "2" }).where((a: Loose, op: Loose) => op.exists(a.count)),
    app.user.update({ id: "3" }).set({ count: 1 }),
    app.session.check({ id: "4" }).commit({ conditions: { exists: true } }),
  ]);
  for (let round = 0; round < 2; round++) {
    crossings.length = 0;
    expect(transaction.params().TransactItems).toHaveLength(4);
    expect(crossings.filter((name) => name !== "input")).toEqual(["run_all"]);
  }
});

test("a batch over several entities crosses once, however many requests it is", async () => {
  const { Service, user, session } = await counting();
  const service: Loose = new Service({ user, session });
  const keys = Array.from({ length: 80 }, (_, at) => ({ id: `${at}` }));
  const reads = service.batch.get([user.get(keys), session.get(keys), user.get({ id: "x" })]);
  const writes = service.batch.write([user.put(keys), session.delete(keys)]);
  for (let round = 0; round < 2; round++) {
    crossings.length = 0;
    expect(reads.params()).toHaveLength(2);
    expect(writes.params()).toHaveLength(7);
    expect(crossings.filter((name) => name !== "input")).toEqual(["run_all", "run_all"]);
  }
});
