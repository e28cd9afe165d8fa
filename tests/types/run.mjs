// Runs the type tests: every file here compiles under every setting, every assertion counts, and the budgets hold.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { budgets, checkBudgets, checkDeclarations, written } from "./budget.mjs";
import { checkDocumented } from "./documented.mjs";
import { checkExamples } from "./examples.mjs";
import { checkNext } from "./next.mjs";
import { checkPages } from "./pages.mjs";
import { checkReadable } from "./readable.mjs";
import { usual as ofMost } from "./virtual.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const tests = readdirSync(here).filter((name) => name.endsWith(".ts"));

/** Whoever writes a library has its declarations written, too. */
const usual = { ...ofMost, declaration: true };
const alone = { ...usual, lib: ["lib.es2022.d.ts"], skipLibCheck: false };

// With exact optional properties these two are wrong on purpose: they hand over `undefined`.
const inexact = ["conditions.ts", "update.ts"];

const settings = [
  { name: "every test", files: tests, options: usual },
  {
    name: "exact optional properties",
    files: tests.filter((name) => !inexact.includes(name)),
    options: { ...usual, exactOptionalPropertyTypes: true },
  },
  { name: "alone, bundler", files: ["alone/program.ts"], options: alone },
  {
    name: "alone, node16",
    files: ["alone/program.ts"],
    options: {
      ...alone,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
    },
  },
  {
    name: "alone, node10",
    files: ["alone/program.ts"],
    options: {
      ...alone,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
    },
  },
];

function compile({ name, files, options }) {
  const program = ts.createProgram(
    files.map((file) => join(here, file)),
    options,
  );
  const text = ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => here,
    getNewLine: () => "\n",
  });
  return text === "" ? [] : [`${name}:\n${text}`];
}

function count(pattern) {
  return tests.flatMap((name) => [...readFileSync(join(here, name), "utf8").matchAll(pattern)])
    .length;
}

const failures = settings.flatMap(compile);
const positive = count(/^\s*check</gm);
const negative = count(/^\s*\/\/ @ts-expect-error/gm);
const examples = checkExamples();
const readable = checkReadable();
const documented = checkDocumented();
console.log(
  `type tests: ${positive} equal types, ${negative} refusals, ${examples.count} examples of doc comments,` +
    ` ${readable.count} hovers, messages and completions, ${documented.count} declarations described`,
);
failures.push(
  ...examples.problems,
  ...readable.problems,
  ...documented.problems,
  ...checkPages(here),
  ...checkBudgets(),
  ...checkDeclarations(),
);
failures.push(...checkNext(here, Object.keys(budgets).map(written)));
for (const failure of failures) console.error(failure);
const [passed, failed] =
  failures.length > 0
    ? [0, failures.length]
    : [positive + negative + examples.count + readable.count + documented.count, 0];
console.log(
  `test result: ${failed ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed; 0 ignored`,
);
process.exitCode = failed ? 1 : 0;
