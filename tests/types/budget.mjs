// What the types cost to check, in instantiations: exact counts, unlike times, so they can be a budget.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { exported, program } from "./budget/service20.mjs";
import { programOf, usual } from "./virtual.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The most that each program may cost. */
export const budgets = { "one.ts": 6_500, "service20.ts": 20_000 };

const options = { ...usual, lib: ["lib.es2022.d.ts"] };

/** The program of this name; one of them is made. */
function textOf(file) {
  return file === "service20.ts" ? program : readFileSync(join(here, "budget", file), "utf8");
}

/** The program with the place of a file that holds it, below this project so that it finds its packages. */
export function written(file) {
  if (file !== "service20.ts") return [file, join(here, "budget", file)];
  const folder = join(here, "..", "..", "target", "types");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), program);
  return [file, join(folder, file)];
}

/** Checks `file` as if it imported `library`: its errors, and what checking it costs. */
export function measure(file, library) {
  const text = textOf(file).replaceAll(`"electroxide"`, `"${library}"`);
  const checked = programOf(new Map([[join(here, "budget", file), text]]), options);
  const errors = ts
    .getPreEmitDiagnostics(checked)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  return { errors, instantiations: checked.getInstantiationCount(), types: checked.getTypeCount() };
}

/** Prints every count of both entries beside electrodb's, and gives what is over budget or does not compile. */
export function checkBudgets() {
  const failures = [];
  for (const [file, budget] of Object.entries(budgets)) {
    const main = measure(file, "electroxide");
    const dropIn = measure(file, "electroxide/electrodb");
    const theirs = measure(file, "electrodb");
    console.log(
      `${file}: ${main.instantiations} instantiations of at most ${budget} (${main.types} types);` +
        ` the drop-in ${dropIn.instantiations}; electrodb ${theirs.instantiations} (${theirs.types} types)`,
    );
    for (const { errors } of [main, dropIn, theirs]) {
      for (const error of errors) failures.push(`${file}: ${error}`);
    }
    for (const { instantiations } of [main, dropIn]) {
      if (instantiations <= budget) continue;
      failures.push(`${file}: ${instantiations} instantiations, the budget is ${budget}`);
    }
  }
  return failures;
}

/** What a compiler says against writing the declarations of a service of 200 entities. */
export function checkDeclarations() {
  const path = join(here, "budget", "service200.ts");
  const settings = { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true };
  const service = programOf(new Map([[path, exported(200)]]), settings);
  let declarations = "";
  const emitted = service.emit(undefined, (_, text) => (declarations = text));
  const failures = [...ts.getPreEmitDiagnostics(service), ...emitted.diagnostics].map(
    ({ code, messageText }) =>
      `service200.ts: TS${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
  );
  if (!declarations.includes("E199")) failures.push("service200.ts: no declarations were written");
  console.log(
    `service200.ts: ${service.getInstantiationCount()} instantiations, declarations of ${declarations.length} characters`,
  );
  return failures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failures = checkBudgets();
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
