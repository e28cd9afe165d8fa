// CPU time of loading, each run in a process of its own; the timed part itself is load-child.mjs.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("./load-child.mjs", import.meta.url));

/** Milliseconds of CPU for `task` ("empty", "load" or "first") of a package: the best of `runs` processes per task, interleaved. */
export function measureLoading(tasks, runs) {
  const best = Object.fromEntries(tasks.map(({ name }) => [name, Infinity]));
  for (let run = 0; run < runs; run += 1) {
    for (const { name, args } of tasks) {
      const answer = execFileSync(process.execPath, ["--no-warnings", CHILD, ...args], {
        encoding: "utf8",
      });
      best[name] = Math.min(best[name], Number(answer));
    }
  }
  return best;
}
