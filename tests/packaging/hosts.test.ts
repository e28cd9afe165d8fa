// The packed package in every version of Node that it is made for: ES modules, CommonJS, worker threads, one instance.
import electrodb from "electrodb";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { nodeOf, versions } from "./nodes.js";
import { lowestSdk, newProject, newestSdk, run, type Project } from "./project.js";

const ends = { lowest: lowestSdk, newest: newestSdk };
let bare: Project;
let expected: unknown;

beforeAll(() => {
  bare = newProject("hosts");
  const { paramsOf } = createRequire(import.meta.url)(path.join(bare.folder, "user.cjs"));
  expected = JSON.parse(paramsOf(electrodb.Entity));
  return bare.remove;
});

describe.each(versions)("Node %s", (version) => {
  const print = (file: string) => run(nodeOf(version), [file], bare.folder);

  test("is the version that it says it is", () => {
    expect(run(nodeOf(version), ["--version"], bare.folder)).toBe(`v${version}`);
  });

  test.each(["params.cjs", "params.mjs"])("both entries by %s, without the SDK", (file) => {
    const printed = print(file).split("\n");
    expect(printed.map((line) => JSON.parse(line))).toEqual([expected, expected]);
  });

  // The conditions are those of bundlers: what Nitro deploys is what Node then imports, and ncc says no `module`.
  test.each([[[]], [["module"]], [["production"]], [["development"]]])(
    "import and require give one instance, and the entries one ElectroError (conditions: %s)",
    (conditions) => {
      const words = conditions.map((name) => `--conditions=${name}`);
      const printed = run(nodeOf(version), [...words, "instance.mjs"], bare.folder);
      expect(JSON.parse(printed)).toEqual({
        main: true,
        dropIn: true,
        default: true,
        requiredDefault: true,
        error: true,
        entities: true,
      });
      const ask = `console.log(import.meta.resolve("electroxide/electrodb"))`;
      const evaluate = [...words, "--input-type=module", "--eval", ask];
      const file = conditions.length === 0 ? "electrodb.mjs" : "electrodb.bundler.mjs";
      expect(path.basename(run(nodeOf(version), evaluate, bare.folder))).toBe(file);
    },
  );

  test("a program on the command line, where modules see a `require`, imports it", () => {
    const program = `import("electroxide").then(({ Entity }) => console.log(Entity === require("electroxide").Entity))`;
    expect(run(nodeOf(version), ["--eval", program], bare.folder)).toBe("true");
  });

  test("an uncaught error is printed with a short line of the bundle, and not with all of it", () => {
    const program = `new (require("electroxide").Entity)({})`;
    const { stderr } = spawnSync(nodeOf(version), ["--eval", program], {
      cwd: bare.folder,
      encoding: "utf8",
    });
    expect(stderr).toContain("ElectroError");
    expect(stderr.length).toBeLessThan(4000);
  });

  test("the late parts are read when they are first asked for", () => {
    const first = ["index.cjs", "electroxide.cjs"];
    expect(JSON.parse(print("late.cjs"))).toEqual([first, [...first, "late.cjs"]]);
  });

  test("a worker thread loads its own instance", () => {
    expect(print("worker.mjs")).toBe("true");
  });

  test("without WebAssembly the error says what is missing", () => {
    expect(print("without-wasm.cjs")).toMatch(/needs WebAssembly.*'wasm-unsafe-eval'/);
  });
});

describe.each(Object.entries(ends))("the %s SDK of the peer range", (_, sdk) => {
  let project: Project;

  beforeAll(() => {
    project = newProject("hosts", sdk);
    return project.remove;
  });

  test.each(versions)("writes and reads by .go() on Node %s", (version) => {
    const printed = run(nodeOf(version), ["go.cjs"], project.folder, {
      DYNAMODB_ENDPOINT: inject("endpoint"),
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1",
      NODE_NO_WARNINGS: "1",
    });
    expect(JSON.parse(printed)).toEqual([
      {
        id: "u1",
        email: "Ada@Example.com",
        visits: 1,
        tags: ["a", "b"],
        place: { street: "Main" },
      },
      1,
      [5003, "ConditionalCheckFailedException"],
    ]);
  });
});
