// Bundles js/src for Node: what every program needs in one CommonJS file, and beside it the late parts (js/src/late), which are read when
// they are first asked for. Parsing them is a third of what loading the package would take.
import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";

const SOURCES = "js/src";
const LATE = `${SOURCES}/late/late-parts.ts`;
const DROP_IN = "electrodb";

/**
 * Names of variables are a fifth of what has to be parsed; the names of classes that users see are given to them in the sources. Lines
 * are short because Node prints the whole line that an uncaught error comes from, before the error.
 */
const SHORT = { minifyIdentifiers: true, lineLimit: 160 };

/** Leaves the inlined core in a file of its own, which Node reads only where the wasm file is not beside it. */
const separateBytes = {
  name: "separate-bytes",
  setup(build) {
    build.onResolve({ filter: /generated\/bytes\.js$/ }, () => ({
      path: "./bytes.cjs",
      external: true,
    }));
  },
};

/** Puts these lines in the place of the module that says where the late parts come from. */
const providing = (lines) => ({
  name: "providing",
  setup(build) {
    build.onLoad({ filter: /late-source\.ts$/ }, () => ({
      contents: lines.join("\n"),
      loader: "js",
      resolveDir: SOURCES,
    }));
  },
});

/** Leaves what stands in the first file out of the second one. */
const withoutFirst = (modules) => ({
  name: "without-first",
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) => {
      const file = join(relative(process.cwd(), resolveDir), path.replace(/\.js$/, ".ts"));
      return modules.has(file) ? { path: file, external: true } : undefined;
    });
  },
});

/** The modules that are reached without the late parts, and what each entry exports. */
async function firstModules(entries, common) {
  const { metafile } = await build({
    ...common,
    entryPoints: Object.fromEntries(entries.map((name) => [name, `${SOURCES}/${name}.ts`])),
    outdir: ".",
    format: "esm",
    splitting: true,
    platform: "node",
    plugins: [separateBytes, providing(["export const readLate = undefined;"])],
    write: false,
    metafile: true,
  });
  const outputs = Object.values(metafile.outputs);
  const used = outputs.flatMap(({ inputs = {} }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const names = Object.fromEntries(
    entries.map((name) => [
      name,
      outputs.find(({ entryPoint }) => entryPoint === `${SOURCES}/${name}.ts`).exports,
    ]),
  );
  return { modules: new Set(used.map(([file]) => file)), names };
}

/** The module whose exports are the entries, as plain objects: what a bundler makes of `export * as` takes a part of what loading takes. */
function entryModule(names) {
  return Object.entries(names)
    .flatMap(([entry, list]) => [
      `import { ${list.map((name) => `${name} as ${entry}_${name}`)} } from "./${SOURCES}/${entry}.ts";`,
      `export const ${entry} = { ${list.map((name) => `${name}: ${entry}_${name}`)} };`,
    ])
    .join("\n");
}

/** What the late parts use of the first file: names by module. An ES module says so in its first lines. */
async function usedOfFirst(common, modules) {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [LATE],
    format: "esm",
    minifySyntax: false,
    minifyWhitespace: false,
    sourcemap: false,
    plugins: [withoutFirst(modules)],
    write: false,
  });
  const used = new Map();
  for (const [, names, file] of outputFiles[0].text.matchAll(
    /^import \{([^}]*)\} from "(.*)";$/gm,
  )) {
    const known = used.get(file) ?? new Set();
    for (const name of names.split(",")) known.add(name.trim().split(" as ")[0]);
    used.set(file, known);
  }
  return used;
}

/** The lines that give the second file the modules of the first one. They are read when it is: all of them have been evaluated then. */
function linesOf(used) {
  const imports = [];
  const members = [];
  for (const [number, [file, names]] of [...used].entries()) {
    const local = (name) => `${name}_${number}`;
    const list = [...names].map((name) => `${name} as ${local(name)}`);
    imports.push(`import { ${list} } from "./${relative(SOURCES, file).replace(/ts$/, "js")}";`);
    members.push(`"${file}": { ${[...names].map((name) => `${name}: ${local(name)}`)} },`);
  }
  return [
    ...imports,
    `const first = () => ({ ${members.join(" ")} });`,
    `export const readLate = () => { const modules = first(); return require("./late.cjs")((file) => modules[file]); };`,
  ];
}

/** Writes the files, and answers what each entry exports. */
async function bundleFiles(folder, entries, common) {
  const { modules, names } = await firstModules(entries, common);
  const used = await usedOfFirst(common, modules);
  await build({
    ...common,
    ...SHORT,
    stdin: {
      contents: entryModule(names),
      resolveDir: ".",
      sourcefile: "electroxide.ts",
    },
    outfile: join(folder, "electroxide.cjs"),
    format: "cjs",
    platform: "node",
    external: [...common.external, "./late.cjs"],
    plugins: [separateBytes, providing(linesOf(used))],
  });
  await build({
    ...common,
    ...SHORT,
    entryPoints: [LATE],
    outfile: join(folder, "late.cjs"),
    format: "cjs",
    platform: "neutral",
    plugins: [withoutFirst(modules)],
    // It is given the modules of the first file, which it never requires itself: test runners load files twice.
    banner: { js: `"use strict";module.exports=require=>{const module={exports:{}};` },
    footer: { js: `return module.exports};` },
  });
  await build({
    ...common,
    entryPoints: ["js/generated/bytes.ts"],
    outfile: join(folder, "bytes.cjs"),
    format: "cjs",
    platform: "node",
    sourcemap: false,
  });
  return names;
}

/**
 * The bundle of Node, of these entries. Files named by an entry only name parts of the first file, and all of them require it: `import`
 * and `require` therefore give the same instance.
 *
 * Importing a CommonJS file takes Node twice what requiring it takes: it is read and searched for the names of its exports first. So Node
 * is given a module that requires it, and bundlers, which cannot follow that, one that imports it (condition `module`).
 * `production` and `development` are for builders that leave files by it out of what they deploy (Nitro), or never say `module` (ncc).
 */
export async function bundleNode(folder, entries, common) {
  const names = await bundleFiles(folder, entries, common);
  writeFileSync(join(folder, "entries.cjs"), entriesOfBundle(entries));
  for (const entry of entries) {
    writeFileSync(join(folder, `${entry}.cjs`), commonJs(entry, names[entry]));
    writeFileSync(join(folder, `${entry}.mjs`), requiringModule(entry, names[entry]));
    writeFileSync(join(folder, `${entry}.bundler.mjs`), importingModule(entry, names[entry]));
  }
}

function commonJs(entry, names) {
  return [
    `"use strict";`,
    `Object.defineProperty(exports, "__esModule", { value: true });`,
    `const { ${entry} } = require("./electroxide.cjs");`,
    ...names.map((name) => `exports.${name} = ${entry}.${name};`),
    // `import electrodb from` is this in a program that was compiled to CommonJS.
    ...(entry === DROP_IN
      ? [`Object.defineProperty(exports, "default", { value: exports });`]
      : []),
    "",
  ].join("\n");
}

/** What is imported is this file and not the first one: a search for names of exports ends here. */
function entriesOfBundle(entries) {
  return [
    `"use strict";`,
    `const electroxide = require("./electroxide.cjs");`,
    `module.exports = { ${entries.map((entry) => `${entry}: electroxide.${entry}`).join(", ")} };`,
    "",
  ].join("\n");
}

/**
 * The first file is beside this one wherever it is not in a bundle. There a bundler that did not ask for `module` has put what `require`
 * names in the bundle. (Only failing tells: a console and `--eval` give modules a `require`, too, by which nothing here is found.)
 */
function requiringModule(entry, names) {
  return [
    `import { createRequire } from "node:module";`,
    `let entries;`,
    `try {`,
    `  entries = createRequire(import.meta.url)("./electroxide.cjs");`,
    `} catch (error) {`,
    `  if (typeof require !== "function" || !/NOT_FOUND|INVALID_ARG/.test(error?.code)) throw error;`,
    `  entries = require("./entries.cjs");`,
    `}`,
    ...exportsOf(entry, names),
  ].join("\n");
}

function importingModule(entry, names) {
  return [`import entries from "./entries.cjs";`, ...exportsOf(entry, names)].join("\n");
}

/** Node gives what a CommonJS package exports as the default, too: programs of ElectroDB may import it so. */
function exportsOf(entry, names) {
  const named = names.map((name) => `export const ${name} = entries.${entry}.${name};`);
  return [...named, ...(entry === DROP_IN ? [`export default entries.${entry};`] : []), ""];
}
