// The packed package in the realms that test runners make: jest's and vitest's.
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { newProject, runTool, type Project } from "./project.js";

let project: Project;
beforeAll(() => {
  project = newProject("realms");
  return project.remove;
});

function passedIn(report: string): number {
  return (
    JSON.parse(readFileSync(path.join(project.folder, report), "utf8")) as {
      numPassedTests: number;
    }
  ).numPassedTests;
}

test("jest", () => {
  const words = [
    "--rootDir",
    project.folder,
    "--ci",
    "--json",
    "--outputFile",
    "jest.json",
    "jest/",
  ];
  runTool("jest", words, project.folder);
  expect(passedIn("jest.json")).toBe(4);
});

test.each(["threads", "forks", "vmThreads"])("vitest in %s", (pool) => {
  const words = ["run", "--globals", "--root", project.folder, "--pool", pool, "vitest/"];
  const report = ["--reporter", "json", "--outputFile", `${pool}.json`];
  runTool("vitest", [...words, ...report], project.folder);
  expect(passedIn(`${pool}.json`)).toBe(3);
});
