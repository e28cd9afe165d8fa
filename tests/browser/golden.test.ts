// Every golden case of the repository as a program in the page: its params, results and refusals are those that Node gives.
import { build } from "esbuild";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GoldenCase } from "../golden/play.js";
import { textOf } from "../golden/play.js";
import { root } from "../packaging/project.js";
import { Preview } from "./preview.js";

const folder = path.join(root, "tests", "golden");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .sort();
const readCase = (name: string) =>
  JSON.parse(readFileSync(path.join(folder, name), "utf8")) as GoldenCase;

/** The player of golden cases as text without imports but those of the library. */
async function player(): Promise<string> {
  const contents = `
    import * as electroxide from "electroxide";
    import * as dropIn from "electroxide/electrodb";
    import { play, textOf } from "./tests/golden/play";
    export async function playAll(cases, models) {
      for (const [number, golden] of cases.entries()) {
        const library = golden.dialect === "electrodb" ? dropIn : electroxide;
        const answer = await play(golden, library, (name) => models[name]);
        if (!("params" in answer)) console.log(number + " " + textOf(answer));
      }
    }`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    external: ["electroxide"],
    define: { Buffer: "Base64" },
    plugins: [
      {
        name: "no-files",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^node:fs$/ }, ({ path: name }) => ({
            path: name,
            namespace: "none",
          }));
          onLoad({ filter: /.*/, namespace: "none" }, () => ({
            contents: "export const readFileSync = undefined;",
          }));
        },
      },
    ],
  });
  // What the player takes from Node's Buffer.
  const base64 = `const Base64 = { from: (given) => typeof given === "string"
    ? Uint8Array.from(atob(given), (character) => character.charCodeAt(0))
    : { toString: () => btoa(String.fromCharCode(...given)) } };`;
  return `${base64}\n${outputFiles[0]?.text ?? ""}`;
}

const models = Object.fromEntries(
  readdirSync(path.join(root, "tests", "models"))
    .filter((name) => name.endsWith(".json"))
    .map((name) => [
      name.replace(/\.json$/, ""),
      JSON.parse(readFileSync(path.join(root, "tests", "models", name), "utf8")) as unknown,
    ]),
);

/** Tagged values as the page's JSON shows them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  const [[tag, content] = ["", undefined]] = Object.entries(record);
  if (tag === "$set") return plain(content);
  if (tag === "$bytes" || tag === "$date") return content;
  if (tag === "$bigint") return Number(content);
  if (tag === "$number") return content === "-0" ? 0 : null;
  const isThere = ([, entry]: [string, unknown]): boolean =>
    typeof entry !== "object" || entry === null || !("$undefined" in entry);
  return Object.fromEntries(
    Object.entries(record)
      .filter(isThere)
      .map(([name, entry]) => [name, plain(entry)]),
  );
}

let preview: Preview;
let program: string;
beforeAll(async () => {
  [preview, program] = await Promise.all([Preview.start(), player()]);
});
afterAll(() => preview.stop());

/** What the page says of cases: the requests of those that have one, in their order, and the printed answers of the others. */
async function playInPage(cases: readonly GoldenCase[]) {
  const source = `${program}
await playAll(${JSON.stringify(cases)}, ${JSON.stringify(models)});`;
  return preview.visit(async (visit) => {
    await visit.type(source);
    const requests = await visit.requests();
    const printed = await visit.page.locator(".prints li").allTextContents();
    const answers = printed.map((line) => {
      const [, number, json] = /(\d+) (\{.*\})$/.exec(line) ?? [];
      return [Number(number), JSON.parse(json ?? "null") as GoldenCase["expect"]] as const;
    });
    return { requests, answers: new Map(answers) };
  });
}

const SIZE = 60;
const parts = Array.from({ length: Math.ceil(files.length / SIZE) }, (_, at) =>
  files.slice(at * SIZE, at * SIZE + SIZE),
);

describe("golden cases in the page", () => {
  test.each(parts.map((part, number) => [number + 1, part] as const))(
    `part %i of ${parts.length}`,
    async (_, part) => {
      const cases = part.map(readCase);
      const { requests, answers } = await playInPage(cases);
      cases.forEach(({ expect: expected }, number) => {
        const name = part[number];
        if (expected.params !== undefined) {
          const wanted = [plain(expected.params)].flat();
          expect(requests.splice(0, wanted.length), name).toEqual(wanted);
        } else if (expected.error !== undefined) {
          expect(answers.get(number)?.error?.code, name).toBe(expected.error.code);
        } else {
          expect(answers.get(number), name).toEqual(JSON.parse(textOf(expected)));
        }
      });
      expect(requests).toEqual([]);
    },
  );
});
