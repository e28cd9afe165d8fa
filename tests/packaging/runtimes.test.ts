// The packed package in hosts beside Node: Deno, Bun, and Cloudflare's workerd, each with a definition, params and a `.go()`.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import electrodb from "electrodb";
import { build } from "esbuild";
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { tableDefinition, Entity } from "electroxide";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { miniflare, programOf, versions } from "./programs.js";
import { newProject, newestSdk, root, run, type Project } from "./project.js";

let project: Project;
let expected: unknown;

beforeAll(() => {
  project = newProject("hosts", newestSdk);
  const { paramsOf } = createRequire(import.meta.url)(path.join(project.folder, "user.cjs"));
  expected = JSON.parse(paramsOf(electrodb.Entity));
  return project.remove;
});

const item = {
  id: "u1",
  email: "Ada@Example.com",
  visits: 1,
  tags: ["a", "b"],
  place: { street: "Main" },
};

describe.each([
  ["deno", ["run", "--allow-all", "--node-modules-dir=manual", "--no-lock"]],
  ["bun", ["run"]],
] as const)("%s", (host, words) => {
  const print = (file: string) =>
    run(programOf(host), [...words, file], project.folder, {
      DYNAMODB_ENDPOINT: inject("endpoint"),
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1",
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
    });

  test("is the version that it says it is", () => {
    expect(run(programOf(host), ["--version"], project.folder)).toContain(versions[host]);
  });

  test.each(["params.mjs", "params.cjs"])("both entries by %s", (file) => {
    const printed = print(file).split("\n");
    expect(printed.map((line) => JSON.parse(line))).toEqual([expected, expected]);
  });

  test("writes and reads by .go()", () => {
    expect(JSON.parse(print("go.cjs"))).toEqual([
      item,
      1,
      [5003, "ConditionalCheckFailedException"],
    ]);
  });
});

describe("workerd", () => {
  let worker: string;
  const table = `packaging-workerd-${process.pid}-${Date.now()}`;

  beforeAll(async () => {
    worker = path.join(project.folder, "worker.mjs");
    const sources = path.join(root, "tests", "packaging", "projects", "workerd");
    cpSync(sources, path.join(project.folder, "workerd"), { recursive: true });
    await build({
      absWorkingDir: project.folder,
      entryPoints: ["workerd/worker.mjs"],
      bundle: true,
      format: "esm",
      conditions: ["workerd", "worker", "browser"],
      mainFields: ["browser", "module", "main"],
      logLevel: "error",
      outfile: worker,
      plugins: [
        {
          // wrangler, too, hands an imported wasm file to workerd as a module of its own.
          name: "compiled-beforehand",
          setup: ({ onResolve }) =>
            onResolve({ filter: /\.wasm$/ }, () => ({ path: "./core.wasm", external: true })),
        },
      ],
    });
    const client = new DynamoDBClient({
      endpoint: inject("endpoint"),
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const { definition } = createRequire(import.meta.url)(path.join(project.folder, "user.cjs"));
    await client.send(new CreateTableCommand(tableDefinition([new Entity(definition, { table })])));
    client.destroy();
  });

  const ask = (pathname: string): unknown => {
    const core = path.join(project.folder, "node_modules", "electroxide", "core.wasm");
    const script = path.join(project.folder, "workerd", "run.mjs");
    const words = [script, miniflare(), worker, core, pathname, inject("endpoint"), table];
    return JSON.parse(run(process.execPath, words, project.folder));
  };

  test("both entries make ElectroDB's params", () => {
    expect(ask("/params")).toEqual([expected, expected]);
  });

  test("writes and reads by .go()", () => {
    expect(ask("/go")).toEqual([item, 5003]);
  });
});
