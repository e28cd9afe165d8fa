// CPU time of loading, each run in a process of its own; the timed part itself is load-child.mjs.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("./load-child.mjs", import.meta.url));

/**
 * Milliseconds of CPU for each task, the best of `runs` processes, interleaved. "load" is the import, at which the core is
 * compiled and instantiated too; "first" goes on to two entities and their first operations.
 */
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
