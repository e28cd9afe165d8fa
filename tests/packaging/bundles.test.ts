// The packed package after a bundler: Lambda bundles of esbuild run elsewhere, a Vite build in Chromium, workerd's module.
import electrodb from "electrodb";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build as buildWithVite } from "vite";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { visit } from "./chromium.js";
import { newFolder, newProject, newestSdk, run, type Project } from "./project.js";

let elsewhere: Project;
beforeAll(() => {
  elsewhere = newFolder();
  return elsewhere.remove;
});

describe("a Lambda function bundled by esbuild", () => {
  let project: Project;
  beforeAll(() => {
    project = newProject("lambda", newestSdk);
    return project.remove;
  });

  async function runHandler(name: string, options: BuildOptions): Promise<unknown> {
    await build({
      absWorkingDir: project.folder,
      entryPoints: ["handler.ts"],
      bundle: true,
      platform: "node",
      target: "node20",
      logLevel: "error",
      outfile: path.join(elsewhere.folder, name),
      ...options,
    });
    return runAt(name);
  }

  function runAt(file: string): unknown {
    const call = `import(${JSON.stringify(`./${file}`)})
      .then((module) => module.handler({ id: "o1", total: 12.5 }))
      .then((data) => console.log(JSON.stringify(data)))`;
    const env = { DYNAMODB_ENDPOINT: inject("endpoint") };
    return JSON.parse(run(process.execPath, ["--eval", call], elsewhere.folder, env));
  }

  test("as CommonJS with the SDK inside runs from another folder", async () => {
    const answer = await runHandler("inside.cjs", { format: "cjs" });
    expect(answer).toEqual({ id: "o1", total: 12.5 });
  });

  test("as an ES module with the SDK outside, as Lambda brings it, runs from another folder", async () => {
    // Lambda has the SDK beside the function; here the project's own stands for it.
    const outside = path.join(project.folder, "node_modules");
    run("ln", ["-sfn", outside, path.join(elsewhere.folder, "node_modules")], elsewhere.folder);
    const answer = await runHandler("outside.mjs", { format: "esm", external: ["@aws-sdk/*"] });
    expect(answer).toEqual({ id: "o1", total: 12.5 });
  });

  // With conditions of its own, esbuild does not ask for `module`.
  test.each(["cjs", "esm"] as const)(
    "with conditions of its own, as %s, runs from another folder",
    async (format) => {
      const answer = await runHandler(`conditions.${format === "cjs" ? "cjs" : "mjs"}`, {
        format,
        conditions: ["own"],
        external: ["@aws-sdk/*"],
      });
      expect(answer).toEqual({ id: "o1", total: 12.5 });
    },
  );

  test("bundled by Vite for a server runs from another folder", async () => {
    await buildWithVite({
      root: project.folder,
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: ["electroxide"] },
      build: { ssr: "handler.ts", outDir: path.join(elsewhere.folder, "server") },
    });
    expect(runAt("server/handler.mjs")).toEqual({ id: "o1", total: 12.5 });
  });
});

describe("without the SDK", () => {
  let project: Project;
  let expected: unknown;
  beforeAll(() => {
    project = newProject("browser");
    expected = expectedParams();
    return project.remove;
  });

  async function buildPage(): Promise<string> {
    await buildWithVite({
      root: project.folder,
      configFile: false,
      logLevel: "error",
      build: { outDir: "dist", modulePreload: false },
    });
    return path.join(project.folder, "dist");
  }

  test("a Vite build shows params in Chromium", async () => {
    const text = await visit(await buildPage(), undefined, async (page) => {
      await page.waitForSelector("pre:not(:empty)");
      return page.textContent("pre:not(:empty)");
    });
    expect(JSON.parse(text ?? "")).toEqual(expected);
  });

  test("a page whose policy forbids WebAssembly shows which word it lacks", async () => {
    const text = await visit(await buildPage(), "script-src 'self'", async (page) => {
      await page.waitForSelector("pre:not(:empty)");
      return page.textContent("pre:not(:empty)");
    });
    expect(text).toMatch(/could not compile its WebAssembly core.*'wasm-unsafe-eval'/);
  });

  test.each(["workerd", "edge-light"])(
    "%s imports the wasm file and shares one core",
    async (host) => {
      const outfile = path.join(project.folder, `${host}.mjs`);
      await build({
        absWorkingDir: project.folder,
        entryPoints: ["preview.js"],
        bundle: true,
        format: "esm",
        conditions: [host],
        logLevel: "error",
        outfile,
        external: ["@aws-sdk/*"],
        plugins: [compiledWasm],
      });
      const call = `import(${JSON.stringify(outfile)}).then((m) => console.log(JSON.stringify(m.params)))`;
      expect(JSON.parse(run(process.execPath, ["--eval", call], project.folder))).toEqual(expected);
    },
  );
});

/** What those hosts do with an imported wasm file: it arrives as a compiled module. */
const compiledWasm: Plugin = {
  name: "compiled-wasm",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path: name, resolveDir }) => ({
      path: path.join(resolveDir, name.replace("?module", "")),
      namespace: "compiled-wasm",
    }));
    onLoad({ filter: /.*/, namespace: "compiled-wasm" }, ({ path: file }) => ({
      contents: `export default new WebAssembly.Module(Buffer.from("${readFileSync(file).toString("base64")}", "base64"));`,
    }));
  },
};

/** The same call by ElectroDB. */
function expectedParams(): unknown {
  const note = new electrodb.Entity(
    {
      model: { entity: "note", version: "1", service: "browser" },
      attributes: { id: { type: "string", required: true }, text: { type: "string" } },
      indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
    },
    { table: "browser" },
  );
  return JSON.parse(JSON.stringify(note.create({ id: "É1", text: "Zoë" }).params()));
}
