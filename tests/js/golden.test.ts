// Every golden case through the built package, in the entry of its dialect. The native run of the same files is tests/core/golden.rs.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import * as electroxide from "electroxide";
import * as dropIn from "electroxide/electrodb";
import type { Library } from "../differential/run";
import { modelsIn, play, textOf, type GoldenCase } from "../golden/play";

const folder = new URL("../golden/", import.meta.url);
const models = modelsIn(new URL("../models/", import.meta.url));
const libraries = {
  electrodb: dropIn as unknown as Library,
  electroxide: electroxide as unknown as Library,
};

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .sort();

/** Codes and fields are facts of ElectroDB; the names of kinds are ours, and are stated by the cases of the main entry only. */
async function answerFor(golden: GoldenCase): Promise<GoldenCase["expect"]> {
  const answer = await play(golden, libraries[golden.dialect], models);
  if (!answer.error) return answer;
  const { code, kind, fields } = answer.error;
  const wanted = golden.expect.error;
  return {
    error: {
      code,
      ...(wanted?.kind === undefined ? {} : { kind }),
      ...(wanted?.fields === undefined ? {} : { fields }),
    },
  };
}

describe("golden cases", () => {
  test("there are at least 150", () => {
    expect(files.length).toBeGreaterThanOrEqual(150);
  });

  for (const file of files) {
    const golden = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as GoldenCase;
    test(`${path.dirname(file)}: ${path.basename(file, ".json")} (${golden.dialect})`, async () => {
      expect(JSON.parse(textOf(await answerFor(golden)))).toEqual(
        JSON.parse(textOf(golden.expect)),
      );
    });
  }
});
