// Bundles js/src for every host with esbuild; it writes no declarations.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleNode } from "./node.mjs";

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
    lineLimit: 160,
    platform: "neutral",
    conditions,
    plugins: [importedWasm],
  });
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
    bundleNode(join(output, "node"), entries, common),
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
