// Brings the versions of Node that the packaging tests need into .tools/nodes; it does not touch the machine's own Node.
//
// The npm package `node` is only a script that installs `node-<platform>-<arch>`; npm's newer versions run no such scripts
// unasked, so the package with the program is installed itself.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

for (const version of readFileSync("tools/nodes.versions", "utf8").trim().split(/\s+/)) {
  const folder = join(".tools", "nodes", version);
  const program = join(folder, "node_modules", name, "bin", "node");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "node", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
  execFileSync("npm", ["install", ...quiet, `${name}@${version}`], {
    cwd: folder,
    stdio: "inherit",
  });
  if (!existsSync(program)) throw new Error(`${name}@${version} has no ${program}`);
  console.log(execFileSync(program, ["--version"], { encoding: "utf8" }).trim());
}
