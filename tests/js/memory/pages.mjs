// Reads a page of 16 MB and writes as much in one batch, then does 1,000 operations; prints the resident megabytes around those.
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { Entity } from "electroxide";

const blob = (number) => String.fromCharCode(97 + (number % 26)).repeat(400_000);
const item = (number) => ({
  pk: `$memory#id_${number}`,
  sk: "$note_1",
  id: String(number),
  text: blob(number),
  __edb_e__: "note",
  __edb_v__: "1",
});
let page = { Items: Array.from({ length: 40 }, (_, number) => item(number)) };

const client = { send: () => Promise.resolve(page) };
const Note = new Entity(
  {
    model: { entity: "note", version: "1", service: "memory" },
    attributes: { id: { type: "string", required: true }, text: { type: "string" } },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    },
  },
  { client, table: "t" },
);

const megabytes = () => Math.round(process.memoryUsage.rss() / 1e6);

async function collect() {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await turn();
  }
}

const { data } = await Note.scan.go();
if (data.length !== 40) throw new Error("the page was not read");
await Note.put(data.map(({ id, text }) => ({ id, text }))).go();
page = { Items: [], Item: item(1) };
page.Item.text = "short";
data.length = 0;

async function operate(count) {
  for (let number = 0; number < count; number += 1) {
    const id = String(number);
    await Note.get({ id }).go();
    await Note.update({ id })
      .set({ text: `text ${number}` })
      .go();
    await Note.query.primary({ id }).go();
    await Note.put({ id, text: "x".repeat(number) }).go();
  }
  await collect();
}

await operate(50);
const before = megabytes();
await operate(250);
console.log(JSON.stringify([before, megabytes()]));
