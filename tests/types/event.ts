// Loggers and listeners: the two events that they get.
import { check, type Equal } from "./assert.js";
import { Task, key } from "./models.js";
import type { ElectroEvent, ElectroEventListener, ElectroEventType } from "electroxide";

check<Equal<ElectroEventType, "query" | "results">>();

export const listener: ElectroEventListener = (event) => {
  if (event.type === "query") {
    const table: string = event.params["TableName"];
    return void table;
  }
  check<Equal<typeof event.success, boolean>>();
  const count: number = event.results["Count"];
  check<Equal<typeof count, number>>();
};
const logger = (event: ElectroEvent) => event.method === "get";
Task.get(key).go({ logger, listeners: [listener] });

export function wrong(event: ElectroEvent) {
  // @ts-expect-error -- Only of results.
  event.success;
  // @ts-expect-error -- Only of queries.
  event.params;
  // @ts-expect-error -- No such event.
  event.type === "error";
  // @ts-expect-error -- No such method.
  event.method === "fetch";
  // @ts-expect-error -- A list.
  Task.get(key).go({ listeners: listener });
  // @ts-expect-error -- A function.
  Task.get(key).go({ logger: "console" });
}
