// `make test`: runs every suite in order, the cheap ones first, and ends with what passed and failed over all of them. The
// suites themselves are targets of the Makefile.
import { spawn } from "node:child_process";
import process from "node:process";

const suites = [
  "modules",
  "test-format",
  "test-lint",
  "test-core",
  "pkg",
  "test-types",
  "test-golden",
  "test-js",
  "test-differential",
  "test-connected",
  "test-wasm",
  "test-packaging",
  "test-browser",
];

/** Without these there is nothing that the later suites could test. */
const foundations = new Set(["modules", "pkg"]);

/** How the runners say what they counted: cargo (native and wasm), vitest, and the differential test. */
const counters = [
  /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored/gm,
  /^\s*Tests\s+(?:(?<failed>\d+) failed\s*\|?\s*)?(?:(?<passed>\d+) passed\s*\|?\s*)?(?:(?<skipped>\d+) skipped)?/gm,
];

function countIn(output) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const text = output.replace(/\u001b\[[0-9;]*m/g, "");
  for (const { groups } of counters.flatMap((pattern) => [...text.matchAll(pattern)])) {
    for (const name of Object.keys(total)) total[name] += Number(groups[name] ?? 0);
  }
  return total;
}

/** Runs one target, shows what it prints and answers its counts; a target that counts nothing is one test. */
function runSuite(name) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.MAKE ?? "make", ["--no-print-directory", name], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const show = (stream) => (chunk) => {
      output += chunk;
      stream.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", show(process.stdout));
    child.stderr.setEncoding("utf8").on("data", show(process.stderr));
    child.on("error", reject);
    child.on("close", (status) => {
      const count = countIn(output);
      if (count.passed + count.failed === 0 && status === 0) count.passed = 1;
      if (count.failed === 0 && status !== 0) count.failed = 1;
      resolve(count);
    });
  });
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const start = Date.now();

for (const name of suites) {
  const begun = Date.now();
  console.log(`\n== ${name}`);
  const count = await runSuite(name);
  for (const key of Object.keys(total)) total[key] += count[key];
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  lines.push(
    `${name.padEnd(18)} ${count.passed} passed, ${count.failed} failed${skipped} (${seconds(begun)})`,
  );
  if (count.failed > 0 && foundations.has(name)) break;
}

// A skipped test is no passed test: nothing here may be left out because something is missing.
const failed = total.failed + total.skipped;
console.log(`\n${lines.join("\n")}\n${seconds(start)} in all`);
console.log(`${total.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
