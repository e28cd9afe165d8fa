// Runs the code of the READMEs and of the reference pages as it stands there, against the database, and checks what their
// comments promise.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { transform } from "esbuild";
import { moduleOf, pages, withChecks } from "../support/pages.mjs";
import { tableName } from "./place";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

async function runModule(source: string): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ["--no-warnings", "--input-type=module", "--eval", source],
    { cwd: ROOT, timeout: 60_000 },
  );
  return stdout;
}

const LOCAL_CLIENT = `new DynamoDBClient({
  endpoint: "${inject("endpoint")}",
  region: process.env.AWS_REGION ?? "local",
  ...(process.env.AWS_ACCESS_KEY_ID === undefined && {
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  }),
})`;

/** The code with the address of the database that is there, and in its region where one is named. */
function placed(source: string): string {
  const region = JSON.stringify(process.env.AWS_REGION ?? "local");
  return source
    .replace("http://localhost:8000", inject("endpoint"))
    .replace('region: "local"', `region: ${region}`);
}

test("the tour of the README", async () => {
  const { source, checks } = withChecks(moduleOf("README.md", "js"));
  expect(checks).toBeGreaterThan(7);
  const here = placed(source).replaceAll('"tour"', JSON.stringify(tableName()));
  expect((await runModule(here)).match(/checked/g)).toHaveLength(checks);
});

test("the example of the package's README", async () => {
  const { source, checks } = withChecks(moduleOf("pkg-template/README.md", "js"));
  expect(checks).toBe(1);
  const table = tableName();
  const here = source
    .replace("import { DynamoDBClient }", "import { CreateTableCommand, DynamoDBClient }")
    .replace("import { Entity }", "import { Entity, tableDefinition }")
    .replace("new DynamoDBClient({})", LOCAL_CLIENT)
    .replace('table: "tasks"', `table: "${table}"`)
    .replace(
      "await Task.create",
      "await client.send(new CreateTableCommand(tableDefinition([Task])));\nawait Task.create",
    );
  expect((await runModule(here)).match(/checked/g)).toHaveLength(checks);
});

test.each(pages)("%s", async (page) => {
  const { source, checks } = withChecks(moduleOf(page, "ts"));
  expect(checks).toBeGreaterThan(3);
  const here = placed(source).replaceAll(/"docs-\w+"/g, JSON.stringify(tableName()));
  const { code } = await transform(here, { loader: "ts", format: "esm", target: "node20" });
  expect((await runModule(code)).match(/checked/g)).toHaveLength(checks);
});
