// Compiles the reference pages, each as one module, under the settings of most users.
import { join } from "node:path";
import { moduleOf, pages } from "../support/pages.mjs";
import { problemsOf, programOf } from "./virtual.mjs";

/** What is wrong with the pages' code; the pages stand in this folder, under names that no file has. */
export function checkPages(here) {
  const texts = pages.map((page) => [
    join(here, `${page.replace("/", "-")}.ts`),
    `${moduleOf(page, "ts")}\nexport {};\n`,
  ]);
  return problemsOf(programOf(new Map(texts)));
}
