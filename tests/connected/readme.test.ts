// Runs the JavaScript of the two READMEs as it stands there, against the database, and checks what their comments promise.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { tableName } from "./place";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** The blocks marked as `js`, in their order, as one module. */
async function moduleOf(file: string): Promise<string> {
  const text = await readFile(`${ROOT}/${file}`, "utf8");
  return [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join("\n");
}

/** A line `expression;` followed by a line `// => value` becomes a comparison that is counted. */
function withChecks(source: string): { source: string; checks: number } {
  let checks = 0;
  const checked = source.replace(
    /^( *)(.*);\n *\/\/ => (.*)$/gm,
    (_, space: string, expression: string, value: string) => {
      checks += 1;
      return `${space}(await import("node:assert")).deepEqual(${expression}, ${value}); console.log("checked");`;
    },
  );
  return { source: checked, checks };
}

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
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
})`;

test("the tour of the README", async () => {
  const { source, checks } = withChecks(await moduleOf("README.md"));
  expect(checks).toBeGreaterThan(7);
  const here = source
    .replace("http://localhost:8000", inject("endpoint"))
    .replaceAll('"tour"', JSON.stringify(tableName()));
  expect((await runModule(here)).match(/checked/g)).toHaveLength(checks);
});

test("the example of the package's README", async () => {
  const { source, checks } = withChecks(await moduleOf("pkg-template/README.md"));
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
