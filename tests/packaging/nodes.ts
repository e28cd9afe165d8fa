// The versions of Node that the package is tested with, and where their programs are; `make nodes` brought them.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./project.js";

/** The major versions that product.md promises, with the exact ones that are installed. */
export const versions = readFileSync(path.join(root, "tools", "nodes.versions"), "utf8")
  .trim()
  .split(/\s+/);

/** The program of this version of Node. */
export function nodeOf(version: string): string {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const program = path.join(root, ".tools", "nodes", version, "node_modules", name, "bin", "node");
  if (!existsSync(program)) throw new Error(`${program} is missing: run \`make nodes\``);
  return program;
}
