// The command of the packed package: what it prints, what it serves, and how it answers wrong words.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { template } from "../packaging/project.js";
import { unpack } from "./preview.js";

let folder: string;
let files: string;
let remove: () => void;
beforeAll(() => {
  ({ folder, remove } = unpack());
  files = mkdtempSync(path.join(tmpdir(), "electroxide-models-"));
});
afterAll(() => {
  remove();
  rmSync(files, { recursive: true, force: true });
});

const command = () => path.join(folder, "command.mjs");

/** Runs the command until it has printed its address, and hands that over. */
async function withCommand<T>(words: string[], use: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [command(), "--no-open", ...words]);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => {
        const found = /http:\S+/.exec(String(chunk))?.[0];
        if (found !== undefined) resolve(found);
      });
      child.on("exit", () => reject(new Error("it ended")));
    });
    return await use(url);
  } finally {
    child.kill();
  }
}

test("a file of models is in the page as text, and the page is served on loopback", async () => {
  const source = 'const a = "</script><b>";\n';
  const file = path.join(files, "models.ts");
  writeFileSync(file, source);
  await withCommand([file], async (url) => {
    expect(new URL(url).hostname).toBe("127.0.0.1");
    const page = await (await fetch(url)).text();
    const [, json] =
      /<script type="application\/json" id="opened">([^<]*)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(json ?? "")).toEqual({ name: "models.ts", source });
  });
});

test("without a file, the page stands for itself", async () => {
  await withCommand([], async (url) => {
    const response = await fetch(url);
    expect(response.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(await response.text()).toMatch(/id="opened">\s*null\s*<\/script>/);
  });
});

test.each([
  ["a file that is not there", ["nowhere.js"], /nowhere\.js/],
  ["two files", ["a.js", "b.js"], /one file at a time/],
  ["a wrong port", ["--port", "http"], /--port takes a number/],
  ["an unknown option", ["--watch"], /--watch/],
])("%s is refused in one line", (_, words, message) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [command(), ...words], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("    at ");
  expect(stdout).toBe("");
});

test("the package has the library's version, its licenses, the page and no dependencies", async () => {
  const { readFileSync, readdirSync } = await import("node:fs");
  const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Record<
    string,
    unknown
  >;
  expect(about).toMatchObject({ name: "electroxide-preview", version: template.version });
  expect(about.dependencies).toBeUndefined();
  expect(readdirSync(folder).sort()).toEqual([
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "command.mjs",
    "package.json",
    "page",
    "server.mjs",
  ]);
});
