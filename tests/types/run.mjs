// Runs the type tests: every file here compiles, every assertion counts, and the budgets hold.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { checkBudgets } from "./budget.mjs";
import { checkExamples } from "./examples.mjs";

const here = dirname(fileURLToPath(import.meta.url));

function compile(config) {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
      },
    },
  );
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  const problems = ts.getPreEmitDiagnostics(program);
  return ts.formatDiagnostics(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => here,
    getNewLine: () => "\n",
  });
}

function count(pattern) {
  return readdirSync(here)
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [...readFileSync(join(here, name), "utf8").matchAll(pattern)]).length;
}

const problems = compile(join(here, "tsconfig.json"));
const positive = count(/^\s*check</gm);
const negative = count(/^\s*\/\/ @ts-expect-error/gm);
const examples = checkExamples();
console.log(
  `type tests: ${positive} equal types, ${negative} refusals, ${examples.count} examples of doc comments`,
);
const failures = [...checkBudgets(), ...examples.problems];
if (problems !== "") failures.unshift(problems);
for (const failure of failures) console.error(failure);
const [passed, failed] = failures.length > 0 ? [0, 1] : [positive + negative + examples.count, 0];
console.log(
  `test result: ${failed ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed; 0 ignored`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
