// Twenty entities like the one of one.ts in a service with nine collections, and calls on it: what the second budget counts.
import { readFileSync } from "node:fs";

const one = readFileSync(new URL("one.ts", import.meta.url), "utf8");
const attributes = /  attributes: \{\n[\s\S]*?\n  \},\n/.exec(one)[0];

const numbers = [...Array(20).keys()];

/** Every entity is in one of nine collections, and the first eighteen share them two by two. */
const collectionOf = (number) => `group${Math.min(Math.floor(number / 2), 8)}`;

const entity = (number) => `
const E${number} = new Entity({
  model: { entity: "task${number}", service: "app", version: "1" },
${attributes}  indexes: {
    primary: { pk: { field: "pk", composite: ["taskId"] }, sk: { field: "sk", composite: [] } },
    byProject: {
      index: "gsi1", collection: "${collectionOf(number)}",
      pk: { field: "gsi1pk", composite: ["projectId"] },
      sk: { field: "gsi1sk", composite: ["status", "createdAt"] },
    },
    byStatus: {
      index: "gsi2",
      pk: { field: "gsi2pk", composite: ["status"] },
      sk: { field: "gsi2sk", composite: ["createdAt"] },
    },
    byTitle: {
      index: "gsi3",
      pk: { field: "gsi3pk", composite: ["title"] },
      sk: { field: "gsi3sk", composite: ["points"] },
    },
  },
});`;

/** A service of this many entities, all of them exported: what a compiler has to write declarations of. */
export const exported = (count) => `
import { Entity, Service } from "electroxide";
${[...Array(count).keys()].map((number) => entity(number).replace("const E", "export const E")).join("")}
export const App = new Service({ ${[...Array(count).keys()].map((number) => `e${number}: E${number}`).join(", ")} });
`;

/** The text of the program. */
export const program = `
import { Entity, Service } from "electroxide";
${numbers.map(entity).join("")}
const App = new Service({ ${numbers.map((number) => `e${number}: E${number}`).join(", ")} });
export async function run() {
${[...Array(9).keys()]
  .map(
    (number) => `
  const page${number} = await App.collections
    .group${number}({ projectId: "p1" })
    .where(({ points }, { gte }) => gte(points, 3))
    .go({ limit: 10 });
  const title${number}: string | undefined = page${number}.data.e${number * 2}[0]?.title;`,
  )
  .join("")}
  const { data } = await App.transaction
    .write(({ e0, e1, e2 }) => [
      e0.put({ taskId: "t1", projectId: "p1", title: "x" }).commit(),
      e1.patch({ taskId: "t1" }).set({ title: "y" }).commit({ response: "all_old" }),
      e2.remove({ taskId: "t1" }).commit(),
    ])
    .go();
  const before: string | undefined = data[1].item?.title;
  return [before, ${[...Array(9).keys()].map((number) => `title${number}`).join(", ")}];
}
`;
