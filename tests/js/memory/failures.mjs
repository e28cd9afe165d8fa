// Makes 60,000 calls of which each says something new and fails before it crosses; prints the resident megabytes around the last 50,000.
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { Entity } from "electroxide";

const Note = new Entity(
  {
    model: { entity: "note", version: "1", service: "memory" },
    attributes: { id: { type: "string", required: true }, any: { type: "any" } },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    },
  },
  { table: "t" },
);

const unreadable = {
  get part() {
    throw new Error("not readable");
  },
};

async function fail(from, to) {
  for (let number = from; number < to; number += 1) {
    const update = Note.update({ id: "1" })
      .set({ [`any.part${number}`]: 1 })
      .where((_, { escape }) => escape(unreadable));
    try {
      update.params();
    } catch {
      continue;
    }
    throw new Error("the call did not fail");
  }
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await turn();
  }
  return Math.round(process.memoryUsage.rss() / 1e6);
}

const before = await fail(0, 10_000);
console.log(JSON.stringify([before, await fail(10_000, 60_000)]));
