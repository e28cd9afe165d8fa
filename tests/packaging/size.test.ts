// The size budgets of product: these fail, times do not.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { root, tarball } from "./project.js";

const wasm = readFileSync(path.join(root, "pkg", "core.wasm"));
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

test("the core is at most 250 kB", () => {
  console.log(
    `core.wasm: ${kilobytes(wasm.length)}, tarball: ${kilobytes(statSync(tarball).size)}`,
  );
  expect(wasm.length).toBeLessThanOrEqual(250_000);
});

test("the core is at most 90 kB after gzip", () => {
  const compressed = gzipSync(wasm, { level: 9 }).length;
  console.log(`core.wasm after gzip: ${kilobytes(compressed)}`);
  expect(compressed).toBeLessThanOrEqual(90_000);
});
