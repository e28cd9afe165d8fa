// Memory: entities that nobody has any more are freed in the core too, and a huge page or batch leaves nothing behind.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Runs a script with a collector that it may call; answers the resident megabytes that it printed. */
function measure(name: string): [before: number, after: number] {
  const script = fileURLToPath(new URL(`memory/${name}.mjs`, import.meta.url));
  const printed = execFileSync(process.execPath, ["--expose-gc", script], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return JSON.parse(printed) as [number, number];
}

test("resident memory is flat over 100,000 entities made and dropped", () => {
  const [before, after] = measure("entities");
  // An entity of that model takes some 15 kB, a part of them in the core: kept ones would be hundreds of MB more.
  expect(after - before).toBeLessThan(30);
}, 300_000);

test("resident memory is flat over 1,000 operations after 16 MB were read and written", () => {
  const [before, after] = measure("pages");
  expect(after - before).toBeLessThan(30);
}, 120_000);

test("resident memory is flat over 50,000 calls that fail before they cross", () => {
  const [before, after] = measure("failures");
  expect(after - before).toBeLessThan(30);
}, 120_000);
