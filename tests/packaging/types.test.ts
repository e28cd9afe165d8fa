// The declarations of the packed package: found and used under every kind of module resolution, sound for publint and
// arethetypeswrong, free of `any`, and complete without the SDK.
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { beforeAll, describe, expect, test } from "vitest";
import { newProject, runTool, tarball, type Project } from "./project.js";

let project: Project;
beforeAll(() => {
  project = newProject("types");
  return project.remove;
});

const resolutions = [
  { name: "node16, ES modules", file: "use.mts", module: "node16", moduleResolution: "node16" },
  { name: "node16, CommonJS", file: "use.cts", module: "node16", moduleResolution: "node16" },
  { name: "bundler", file: "use.ts", module: "esnext", moduleResolution: "bundler" },
  { name: "node10", file: "use.ts", module: "commonjs", moduleResolution: "node10" },
];

describe("module resolution", () => {
  test.each(resolutions)("$name", ({ name, file, module, moduleResolution }) => {
    const source = path.join(project.folder, "use.ts");
    if (file !== "use.ts") cpSync(source, path.join(project.folder, file));
    const config = path.join(project.folder, `tsconfig.${name.replace(/\W+/g, "-")}.json`);
    writeFileSync(
      config,
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          strict: true,
          target: "es2022",
          lib: ["es2022", "dom"],
          types: [],
          noEmit: true,
          skipLibCheck: false,
        },
        files: [file],
      }),
    );
    expect(runTool("tsc", ["-p", config], project.folder)).toBe("");
  });
});

test("publint finds nothing", async () => {
  const pkgDir = path.join(project.folder, "node_modules", "electroxide");
  const { messages, pkg } = await publint({ pkgDir, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("arethetypeswrong finds nothing", async () => {
  // The wasm file is a file for bundlers and no module with types.
  const excludeEntrypoints = ["./core.wasm"];
  const packed = createPackageFromTarballData(readFileSync(tarball));
  const analysis = await checkPackage(packed, { excludeEntrypoints });
  if (!analysis.types) throw new Error("the package has no types");
  expect(Object.keys(analysis.entrypoints)).toEqual(
    expect.arrayContaining([".", "./electrodb", "./package.json"]),
  );
  expect(analysis.problems).toEqual([]);
});

/** What may be `any`, each for its reason; everything else has a type. */
const allowed = [
  // A hook reads siblings that the definition around it is still declaring: their types would be circular.
  "export type HookItem = any;",
  // An attribute of the type "any" is what its name says.
  "any: any;",
  // Users' interfaces have no index signature, and only `any` accepts them as a raw item.
  "readonly [field: string]: any;",
  // Entity is invariant, so only this stands for all entities in a parameter.
  "Entity<any, any, any, any, any>",
  // So is Service.
  "Service<any, any>",
  // Options of the drop-in may hold more than is known, also where they come as an interface.
  "readonly [name: string]: any;",
  // ElectroDB's errors are classes with a parameter: TypeScript narrows to `any` of it.
  "DropInError<any>",
  "DropInValidationError<any>",
  // The items of a transaction are of any model; what comes back is read from each of them.
  "Committed<K, any, any>",
  // So are the entries of a batch over a service.
  'Batchable<"get", any>',
  "SingleGet<any>",
];

/** Where `any` stands as a type, by file and line, with the smallest declaration around it. */
function anysIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword && !allowed.includes(node.parent.getText())) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path.basename(file)}:${line + 1}: ${node.parent.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("no declaration hands `any` to the user without a reason", () => {
  const folder = path.join(project.folder, "node_modules", "electroxide", "types");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.d\.m?ts$/.test(name))
    .map((name) => path.join(folder, name));
  expect(files.length).toBeGreaterThan(3);
  expect(files.flatMap(anysIn)).toEqual([]);
});
