// Programs of files that stand nowhere: their texts are given by the paths they would have.
import ts from "typescript";

/** The settings of most users: nothing optional switched on beyond `strict`. */
export const usual = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A program of these texts, a map by path. */
export function programOf(texts, options = usual) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) =>
    texts.has(name)
      ? ts.createSourceFile(name, texts.get(name), rest[0], true)
      : getSourceFile.call(host, name, ...rest);
  return ts.createProgram([...texts.keys()], options, host);
}

/** What is wrong with a program, each with the line that it is about. */
export function problemsOf(program) {
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && file.text.split("\n")[file.getLineAndCharacterOfPosition(start).line];
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}\n  in: ${line}`;
  });
}
