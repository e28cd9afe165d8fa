/** Records the golden cases of the dialect electrodb from electrodb 3.9.3, or (`--verify`) holds them against it again. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import electrodb from "electrodb";
import { format } from "prettier";
import type { Library } from "../differential/run";
import { afterHooksOf, indexConditionsOf, modelsIn, play, textOf, type GoldenCase } from "./play";

const folder = path.resolve("tests/golden");

function files(): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.join(folder, name))
    .sort();
}

const models = modelsIn(new URL(`file://${path.resolve("tests/models")}/`));

async function recorded(golden: GoldenCase): Promise<GoldenCase> {
  const { expect: _old, afterHooks: _hooks, indexConditions: _conditions, ...call } = golden;
  // What our own dialect answers is written by hand; only what follows from it is filled in.
  const expect =
    golden.dialect === "electrodb"
      ? await play(golden, electrodb as unknown as Library, models)
      : golden.expect;
  const afterHooks = afterHooksOf(golden, models, expect.params);
  const indexConditions = indexConditionsOf(golden, models, expect.params);
  return {
    ...call,
    ...(afterHooks ? { afterHooks } : {}),
    ...(indexConditions ? { indexConditions } : {}),
    expect,
  };
}

const verify = process.argv.includes("--verify");
let count = 0;
for (const file of files()) {
  const golden = JSON.parse(readFileSync(file, "utf8")) as GoldenCase;
  if (golden.dialect === "electrodb") count += 1;
  const now = await recorded(golden);
  if (!verify) {
    writeFileSync(file, await format(JSON.stringify(now), { parser: "json", printWidth: 100 }));
  } else if (textOf(now) !== textOf(golden)) {
    console.log(`${path.relative(folder, file)} is not as recorded: ${JSON.stringify(now.expect)}`);
    process.exitCode = 1;
  }
}
console.log(`${count} cases ${verify ? "held against" : "recorded from"} electrodb 3.9.3`);
