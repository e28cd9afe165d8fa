// Prints the params that a worker thread makes while the main thread has the package loaded too.
import { Worker } from "node:worker_threads";
import { Entity } from "electroxide";
import user from "./user.cjs";

const worker = new Worker(new URL("./params.mjs", import.meta.url), { stdout: true });
let text = "";
worker.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
worker.on("exit", () => console.log(text.split("\n")[0] === user.paramsOf(Entity)));
