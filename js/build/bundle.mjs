// Bundles js/src for every host with esbuild; it writes no declarations.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const entries = ["index", "electrodb"];

const common = {
  bundle: true,
  target: "es2022",
  sourcemap: true,
  sourcesContent: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  external: ["@aws-sdk/*"],
};

/** Leaves the wasm file outside the bundle: these hosts compile it ahead of time. */
const importedWasm = {
  name: "imported-wasm",
  setup(build) {
    build.onResolve({ filter: /core\.wasm(\?module)?$/ }, ({ path }) => ({
      path: path.replace(/^.*core\.wasm/, "../core.wasm"),
      external: true,
    }));
  },
};

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

/** One ES module per entry and one chunk for what they share, so that both entries have one core and one ElectroError. */
function bundleModules(output, host, conditions) {
  return build({
    ...common,
    entryPoints: Object.fromEntries(entries.map((name) => [name, `js/src/${name}.ts`])),
    outdir: join(output, host),
    outExtension: { ".js": ".mjs" },
    chunkNames: "electroxide",
    format: "esm",
    splitting: true,
    platform: "neutral",
    conditions,
    plugins: [importedWasm],
  });
}

/**
 * One CommonJS file with both entries; index.cjs, electrodb.cjs and the .mjs files of Node only name its parts.
 * `import` and `require` therefore give the same instance.
 *
 * Node searches a CommonJS file that is imported for the names of its exports, which takes CPU time by its length: so what
 * is imported is entries.cjs, whose search ends there.
 */
async function bundleNode(output) {
  const folder = join(output, "node");
  await build({
    ...common,
    stdin: {
      contents: entries.map((name) => `export * as ${name} from "./js/src/${name}.ts";`).join("\n"),
      resolveDir: ".",
      sourcefile: "electroxide.ts",
    },
    outfile: join(folder, "electroxide.cjs"),
    format: "cjs",
    platform: "node",
    plugins: [separateBytes],
  });
  await build({
    ...common,
    entryPoints: ["js/generated/bytes.ts"],
    outfile: join(folder, "bytes.cjs"),
    format: "cjs",
    platform: "node",
    sourcemap: false,
  });
  const built = createRequire(pathToFileURL(resolve(folder, "electroxide.cjs")))(
    "./electroxide.cjs",
  );
  writeFileSync(join(folder, "entries.cjs"), entriesOfBundle());
  for (const entry of entries) {
    const names = Object.keys(built[entry]).filter((name) => name !== "default");
    writeFileSync(join(folder, `${entry}.cjs`), commonJs(entry, names));
    writeFileSync(join(folder, `${entry}.mjs`), esModule(entry, names));
  }
}

function commonJs(entry, names) {
  return [
    `"use strict";`,
    `Object.defineProperty(exports, "__esModule", { value: true });`,
    `const { ${entry} } = require("./electroxide.cjs");`,
    ...names.map((name) => `exports.${name} = ${entry}.${name};`),
    "",
  ].join("\n");
}

function entriesOfBundle() {
  return [
    `"use strict";`,
    `const electroxide = require("./electroxide.cjs");`,
    `module.exports = { ${entries.map((entry) => `${entry}: electroxide.${entry}`).join(", ")} };`,
    "",
  ].join("\n");
}

function esModule(entry, names) {
  return [
    `import entries from "./entries.cjs";`,
    ...names.map((name) => `export const ${name} = entries.${entry}.${name};`),
    "",
  ].join("\n");
}

/** The core's bytes are in the bundles already; a copy of them in each source map would double the package. */
function trimSourceMaps(folder) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".map"))) {
    const path = join(folder, file);
    const map = JSON.parse(readFileSync(path, "utf8"));
    map.sourcesContent = map.sources.map((source, i) =>
      source.endsWith("generated/bytes.ts") ? null : map.sourcesContent[i],
    );
    writeFileSync(path, JSON.stringify(map));
  }
}

/** Writes the bundles of all hosts into `output`. */
export async function bundle(output) {
  await Promise.all([
    bundleNode(output),
    bundleModules(output, "esm", ["browser"]),
    bundleModules(output, "workerd", ["workerd"]),
    bundleModules(output, "edge-light", ["edge-light"]),
  ]);
  for (const host of ["node", "esm", "workerd", "edge-light"]) {
    const folder = join(output, host);
    if (!existsSync(join(folder, "index.cjs")) && !existsSync(join(folder, "index.mjs"))) {
      throw new Error(`no entry was written to ${folder}`);
    }
    trimSourceMaps(folder);
  }
}
