// One entity and one call of each kind: what the budget counts. It is written so that it compiles with electrodb, too.
import { Entity, type CreateEntityItem, type EntityItem } from "electroxide";
const Task = new Entity({
  model: { entity: "task", service: "app", version: "1" },
  attributes: {
    taskId: { type: "string", required: true },
    projectId: { type: "string", required: true },
    title: { type: "string", required: true },
    status: { type: ["OPEN", "DOING", "DONE"] as const, required: true, default: "OPEN" },
    points: { type: "number", default: 0 },
    done: { type: "boolean" },
    tags: { type: "set", items: "string" },
    address: {
      type: "map",
      properties: { city: { type: "string", required: true }, zip: { type: "string" } },
    },
    meta: {
      type: "map",
      properties: { link: { type: "string" }, seen: { type: "number", required: true } },
    },
    comments: {
      type: "list",
      items: {
        type: "map",
        properties: { user: { type: "string", required: true }, body: { type: "string" } },
      },
    },
    createdAt: { type: "string", required: true, readOnly: true, default: () => "now" },
    updatedAt: { type: "string", watch: "*", set: () => "now" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["taskId"] }, sk: { field: "sk", composite: [] } },
    byProject: {
      index: "gsi1",
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
});
export const titleOf = (task: EntityItem<typeof Task>) => task.title;
export const cityOf = (task: CreateEntityItem<typeof Task>) => task.address?.city;
export async function run() {
  const created = await Task.create({
    taskId: "t1",
    projectId: "p1",
    title: "x",
    address: { city: "Lviv" },
    tags: ["a"],
    comments: [{ user: "u" }],
  }).go();
  const title: string = created.data.title;
  const got = await Task.get({ taskId: "t1" }).go();
  const city: string | undefined = got.data?.address?.city;
  const some = await Task.get({ taskId: "t1" }).go({ attributes: ["title", "status"] });
  const status: "OPEN" | "DOING" | "DONE" | undefined = some.data?.status;
  const page = await Task.query
    .byProject({ projectId: "p1" })
    .begins({ status: "OPEN" })
    .where(({ points }, { gte }) => gte(points, 3))
    .go({ limit: 10 });
  const users = page.data.map((task) => task.comments?.[0]?.user);
  const late = await Task.query
    .byStatus({ status: "OPEN" })
    .gt({ createdAt: "2025" })
    .where((a, o) => `${o.eq(a.address.city, "Lviv")} AND ${o.contains(a.tags, "x")}`)
    .go();
  await Task.update({ taskId: "t1" }).set({ title: "y", done: true }).add({ points: 1 }).go();
  await Task.patch({ taskId: "t1" })
    .set({ meta: { seen: 1 } })
    .where((a, o) => o.lt(a.points, 5))
    .go();
  return { title, city, status, users, late };
}
