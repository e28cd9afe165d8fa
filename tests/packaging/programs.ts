// Where the programs of Deno and Bun and the module of miniflare are; `make hosts` brought them.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./project.js";

const modules = path.join(root, ".tools", "hosts", "node_modules");

/** The versions that `tools/hosts.versions` names, by package. */
export const versions = Object.fromEntries(
  readFileSync(path.join(root, "tools", "hosts.versions"), "utf8")
    .trim()
    .split(/\s+/)
    .map((line) => line.split("@") as [string, string]),
);

const places = { deno: ["@deno", "deno"], bun: ["@oven", "bin/bun"] } as const;

/** The program of Deno or Bun, which stands in the package of this platform. */
export function programOf(host: keyof typeof places): string {
  const [scope, file] = places[host];
  const folder = path.join(modules, scope);
  const packages = existsSync(folder) ? readdirSync(folder) : [];
  const programs = packages.map((name) => path.join(folder, name, file));
  const program = programs.find((at) => existsSync(at));
  if (program === undefined) throw new Error(`${host} is missing: run \`make hosts\``);
  return program;
}

/** The file of miniflare's module. */
export function miniflare(): string {
  return createRequire(path.join(modules, "miniflare")).resolve("miniflare");
}
