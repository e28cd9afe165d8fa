// Compiles the reference pages, each as one module, under the settings of most users.
import { join } from "node:path";
import ts from "typescript";
import { moduleOf, pages } from "../support/pages.mjs";

const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What is wrong with the pages' code; the pages stand in this folder, under names that no file has. */
export function checkPages(here) {
  const sources = new Map(
    pages.map((page) => [join(here, `${page.replace("/", "-")}.ts`), moduleOf(page, "ts")]),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) =>
    sources.has(name)
      ? ts.createSourceFile(name, `${sources.get(name)}\nexport {};\n`, rest[0], true)
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && file.text.split("\n")[file.getLineAndCharacterOfPosition(start).line];
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}\n  in: ${line}`;
  });
}
