// What the types cost to check, in instantiations: exact counts, unlike times, so they can be a budget.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));

/** The most that each program may cost. */
export const budgets = { "one.ts": 6_500 };

const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts"],
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Checks `file` as if it imported `library`: its errors, and what checking it costs. */
export function measure(file, library) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  const path = join(here, "budget", file);
  host.getSourceFile = (name, ...rest) =>
    name === path
      ? ts.createSourceFile(
          name,
          readFileSync(path, "utf8").replaceAll(`"electroxide"`, `"${library}"`),
          rest[0],
          true,
        )
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([path], options, host);
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  return { errors, instantiations: program.getInstantiationCount(), types: program.getTypeCount() };
}

/** Prints every count beside electrodb's, and gives what is over budget or does not compile. */
export function checkBudgets() {
  const failures = [];
  for (const [file, budget] of Object.entries(budgets)) {
    const ours = measure(file, "electroxide");
    const theirs = measure(file, "electrodb");
    console.log(
      `${file}: ${ours.instantiations} instantiations of at most ${budget} (${ours.types} types);` +
        ` electrodb ${theirs.instantiations} (${theirs.types} types)`,
    );
    for (const error of [...ours.errors, ...theirs.errors]) failures.push(`${file}: ${error}`);
    if (ours.instantiations > budget) {
      failures.push(`${file}: ${ours.instantiations} instantiations, the budget is ${budget}`);
    }
  }
  return failures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failures = checkBudgets();
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
