// Makes and drops 100,000 entities and prints the resident megabytes after the first fifth and at the end.
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { Entity } from "electroxide";

const define = (number) => ({
  model: { entity: `kind${number % 100}`, version: "1", service: "memory" },
  attributes: {
    id: { type: "string", required: true },
    name: { type: "string", default: () => "x" },
    tags: { type: "set", items: "string" },
    place: { type: "map", properties: { street: { type: "string" }, city: { type: "string" } } },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    byName: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["name"] },
      sk: { field: "gsi1sk", composite: ["id"] },
    },
  },
});

/** Makes entities, of which every one builds a request; nothing refers to them afterwards. */
async function makeAndDrop(count) {
  for (let number = 0; number < count; number += 1) {
    new Entity(define(number), { table: "t" }).put({ id: String(number) }).params();
    if (number % 1000 === 999) {
      globalThis.gc();
      // What is unreachable is told of between turns of the loop only.
      await turn();
      await turn();
    }
  }
}

const megabytes = () => Math.round(process.memoryUsage.rss() / 1e6);

await makeAndDrop(20_000);
const before = megabytes();
await makeAndDrop(80_000);
console.log(JSON.stringify([before, megabytes()]));
