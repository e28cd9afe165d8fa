// `make demo`: installs the packed package into an empty project, starts a database and lets the story run there; the story itself is in story/.
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDatabase } from "../tests/support/database.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const readJson = async (...path) => JSON.parse(await readFile(join(ROOT, ...path), "utf8"));

/** The very SDK that the package is tested with, so that the demo does not change with the day it runs on. */
async function sdkPackages() {
  const { devDependencies } = await readJson("package.json");
  return ["@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb"].map(
    (name) => `${name}@${devDependencies[name]}`,
  );
}

async function newProject(tarball) {
  const project = await mkdtemp(join(tmpdir(), "electroxide-demo-"));
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ name: "demo", private: true, type: "module" }),
  );
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  execFileSync("npm", ["install", ...quiet, tarball, ...(await sdkPackages())], {
    cwd: project,
    stdio: "inherit",
  });
  await cp(join(ROOT, "demo", "story"), join(project, "story"), { recursive: true });
  return project;
}

function runStory(project, endpoint) {
  return new Promise((resolve, reject) => {
    const story = spawn(process.execPath, ["--no-warnings", join("story", "main.mjs")], {
      cwd: project,
      stdio: "inherit",
      env: { ...process.env, DYNAMODB_ENDPOINT: endpoint },
    });
    story.on("error", reject);
    story.on("exit", (code) => resolve(code ?? 1));
  });
}

const { version } = await readJson("pkg-template", "package.json");
const tarball = join(ROOT, "dist", `electroxide-${version}.tgz`);
console.log(`Installing electroxide-${version}.tgz into an empty project ...`);
const project = await newProject(tarball);
const database = await startDatabase();
try {
  process.exitCode = await runStory(project, database.endpoint);
} finally {
  await database.stop();
  await rm(project, { recursive: true, force: true });
}
