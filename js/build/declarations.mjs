// Puts the declarations that the two entries reach into the package; tsc has written them all before.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const entries = ["index", "electrodb"];
const specifier = /(?:from|import\()\s*"(\.[^"]+)\.js"/g;

/** The files that `entry` imports, itself included, by their path without extension. */
function reach(folder, entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = readFileSync(join(folder, `${entry}.d.ts`), "utf8");
  for (const [, path] of text.matchAll(specifier)) {
    reach(folder, normalize(join(dirname(entry), path)), found);
  }
  return found;
}

/** Copies the declarations from `folder` to `output`, and adds what an importing ES module sees. */
export function writeDeclarations(folder, output) {
  const files = new Set(entries.flatMap((entry) => [...reach(folder, entry)]));
  for (const file of files) {
    const path = join(output, `${file}.d.ts`);
    mkdirSync(dirname(path), { recursive: true });
    cpSync(join(folder, `${file}.d.ts`), path);
  }
  // The ES module re-exports the CommonJS build, and so do its types: a class is one class in both.
  for (const entry of entries) {
    if (existsSync(join(output, `${entry}.d.mts`))) throw new Error(`${entry}.d.mts exists twice`);
    writeFileSync(join(output, `${entry}.d.mts`), `export * from "./${entry}.js";\n`);
  }
}
