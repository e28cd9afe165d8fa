// Brings the other hosts that the packaging tests need into .tools/hosts: Deno, Bun, and workerd with miniflare around it.
//
// Each of these npm packages has its program in an optional package of the platform, so no install script has to run and
// nothing comes from anywhere but the registry.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(".tools", "hosts");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "hosts", private: true }));
const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
const packages = readFileSync("tools/hosts.versions", "utf8").trim().split(/\s+/);
execFileSync("npm", ["install", ...quiet, ...packages], { cwd: folder, stdio: "inherit" });
