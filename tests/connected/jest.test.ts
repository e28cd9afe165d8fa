// Runs jest, as a project's own test runner, over the small file in jest/ against the same database.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openPlace } from "./place";

const { endpoint } = openPlace();
const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const config = fileURLToPath(new URL("jest/jest.config.cjs", import.meta.url));

/** Jest reports on stderr; its exit code tells whether every test passed. */
function runJest(): Promise<{ code: number; report: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [jest, "--config", config, "--ci", "--no-cache", "--runInBand"],
      { env: { ...process.env, DYNAMODB_ENDPOINT: endpoint, NODE_ENV: "test" } },
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === "number" ? error.code : error === null ? 0 : 1,
          report: stdout + stderr,
        });
      },
    );
  });
}

test("the seed's tests pass in jest", { timeout: 60_000 }, async () => {
  const { code, report } = await runJest();
  expect(report).toMatch(/Tests:\s+4 passed, 4 total/);
  expect(code).toBe(0);
});
