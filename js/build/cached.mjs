// Runs a command only when the contents of its inputs changed since it last succeeded; it knows nothing of what is built.
//
//   node js/build/cached.mjs <name> --in <path>... --out <path>... -- <command> <argument>...
//
// Contents are compared, not times: a fresh clone, a branch switch or a touched file never rebuilds for nothing.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";

const cache = ".cache";

/** Splits the command line into its name, its `--in` and `--out` lists and the command. */
function readArguments(list) {
  const end = list.indexOf("--");
  const [name, ...rest] = list.slice(0, end);
  const paths = { in: [], out: [] };
  let current = null;
  for (const word of rest) {
    if (word === "--in" || word === "--out") current = paths[word.slice(2)];
    else if (current) current.push(word);
  }
  if (end < 0 || !name || list.length === end + 1) {
    throw new Error("usage: cached.mjs <name> --in <path>... --out <path>... -- <command>...");
  }
  return { name, inputs: paths.in, outputs: paths.out, command: list.slice(end + 1) };
}

/** All files under a path, sorted, so that the order of the file system does not matter. */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((entry) => entry !== "node_modules" && entry !== "target")
    .sort()
    .flatMap((entry) => filesUnder(join(path, entry)));
}

function fingerprint({ inputs, outputs, command }) {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([inputs, outputs, command, process.platform, process.arch]));
  for (const file of inputs.flatMap(filesUnder)) {
    const bytes = readFileSync(file);
    hash.update(`\0${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Two builds in one checkout take turns; a lock whose process has ended is taken over. */
function lock(name) {
  const folder = join(cache, `${name}.lock`);
  const owner = join(folder, "pid");
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const pid = existsSync(owner) ? Number(readFileSync(owner, "utf8")) : 0;
    const isAbandoned = pid > 0 ? !isRunning(pid) : isOlderThan(folder, 5000);
    if (isAbandoned) rmSync(folder, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isOlderThan(path, milliseconds) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > milliseconds;
}

function main() {
  const step = readArguments(process.argv.slice(2));
  const stamp = join(cache, `${step.name}.stamp`);
  const isDone = (print) =>
    existsSync(stamp) &&
    step.outputs.every((path) => existsSync(path)) &&
    readFileSync(stamp, "utf8") === print;

  mkdirSync(cache, { recursive: true });
  if (isDone(fingerprint(step))) return 0;
  const unlock = lock(step.name);
  try {
    // Inputs are read before the command, so that an edit made while it runs causes another run.
    const print = fingerprint(step);
    if (isDone(print)) return 0;
    rmSync(stamp, { force: true });
    const [program, ...rest] = step.command;
    const { status, error } = spawnSync(program, rest, { stdio: "inherit" });
    if (error) throw error;
    if (status === 0) writeFileSync(stamp, print);
    return status ?? 1;
  } finally {
    unlock();
  }
}

process.exitCode = main();
