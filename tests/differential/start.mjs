/** Starts a TypeScript program of the tests under plain Node: bundles it with esbuild, packages left out, and runs it. It tests nothing itself. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [entry = "", ...rest] = process.argv.slice(2);
const folder = path.join(root, "node_modules", ".cache", "electroxide-tests");
const outfile = path.join(folder, `${path.basename(entry, ".ts")}.mjs`);
await mkdir(folder, { recursive: true });
await build({
  entryPoints: [path.resolve(root, entry)],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});
process.argv.splice(1, process.argv.length - 1, path.resolve(root, entry), ...rest);
await import(pathToFileURL(outfile).href);
