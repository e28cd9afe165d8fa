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

test("a transaction over several entities crosses once", async () => {
  WebAssembly.Instance = counted as Loose;
  const { Entity, createWriteTransaction } = await import("electroxide");
  WebAssembly.Instance = Instance;
  const [user, session] = ["user", "session"].map(
    (entity) =>
      new Entity(
        {
          model: { entity, service: "app", version: "1" },
          attributes: { id: { type: "string", required: true }, count: { type: "number" } },
          indexes: { main: { pk: { field: "pk", composite: ["id"] } } },
        },
        { table: "app" },
      ),
  ) as [Loose, Loose];
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
