// Starts workerd with a bundled worker and a compiled core, asks it for one path, and prints the answer.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

const [miniflare, worker, core, pathname, endpoint, table] = process.argv.slice(2);
const { Miniflare } = createRequire(import.meta.url)(miniflare);
const host = new Miniflare({
  compatibilityDate: "2026-01-01",
  modules: [
    { type: "ESModule", path: "worker.mjs", contents: readFileSync(worker, "utf8") },
    { type: "CompiledWasm", path: "core.wasm", contents: readFileSync(core) },
  ],
  bindings: { endpoint, table },
});
try {
  const response = await host.dispatchFetch(`http://worker.test${pathname}`);
  console.log(await response.text());
} finally {
  await host.dispose();
}
