// Compiles the same tests with TypeScript 7, whose compiler is a program of its own, and counts the budget's program with it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("../../node_modules/typescript-7/bin/tsc", import.meta.url));

function run(here, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, ...args], {
    cwd: here,
    encoding: "utf8",
  });
  return { status, text: stdout + stderr };
}

/** What TypeScript 7 refuses of the type tests; the instantiations of each counted program are printed. */
export function checkNext(here, programs) {
  const all = run(here, ["-p", "tsconfig.json", "--pretty", "false"]);
  const failures = all.status === 0 ? [] : [`TypeScript 7:\n${all.text}`];
  for (const [file, path] of programs) {
    const settings =
      "--target es2022 --module esnext --moduleResolution bundler --lib es2022 --strict --skipLibCheck --noEmit";
    const one = run(here, [
      "--ignoreConfig",
      "--extendedDiagnostics",
      ...settings.split(" "),
      "--types",
      "",
      path,
    ]);
    const count = /^Instantiations:\s*(\d+)/m.exec(one.text)?.[1];
    if (one.status === 0 && count)
      console.log(`${file}: ${count} instantiations with TypeScript 7`);
    else failures.push(`${file} with TypeScript 7:\n${one.text}`);
  }
  return failures;
}
