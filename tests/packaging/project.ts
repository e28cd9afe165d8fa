// Empty projects with the packed package installed, as a user would have them; what is tested there stands in the tests.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const readJson = (...at: string[]) => JSON.parse(readFileSync(path.join(root, ...at), "utf8"));

/** What the published package says of itself. */
export const template: {
  version: string;
  peerDependencies: Record<string, string>;
} = readJson("pkg-template", "package.json");

/** The file that `make pack` wrote. */
export const tarball = path.join(root, "dist", `electroxide-${template.version}.tgz`);

/** The SDK's packages at the newest version that this repository is tested with. */
export const newestSdk = Object.keys(template.peerDependencies).map(
  (name) => `${name}@${readJson("package.json").devDependencies[name] as string}`,
);

/** The SDK's packages at the lowest version that the package promises to work with. */
export const lowestSdk = Object.entries(template.peerDependencies).map(
  ([name, range]) => `${name}@${(/^>=(\S+)/.exec(range) as RegExpExecArray)[1] as string}`,
);

/** A temporary folder and how to remove it. */
export interface Project {
  folder: string;
  remove: () => void;
}

/** A new temporary folder, without symbolic links in its path. */
export function newFolder(): Project {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "electroxide-packaging-")));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes a project from `projects/<name>`, with the packed package and `dependencies` installed. */
export function newProject(name: string, dependencies: readonly string[] = []): Project {
  if (!existsSync(tarball)) throw new Error(`${tarball} is missing: run \`make pack\``);
  const project = newFolder();
  cpSync(path.join(root, "tests", "packaging", "projects", name), project.folder, {
    recursive: true,
  });
  writeFileSync(
    path.join(project.folder, "package.json"),
    JSON.stringify({ name: `packaging-${name}`, private: true }),
  );
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"];
  try {
    run("npm", ["install", "--ignore-scripts", ...quiet, tarball, ...dependencies], project.folder);
  } catch (error) {
    project.remove();
    throw error;
  }
  return project;
}

/** Runs a program to its end and answers what it printed; a failure throws with everything that it printed. */
export function run(
  program: string,
  words: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): string {
  try {
    return execFileSync(program, words, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_OPTIONS: "", ...env },
    }).trim();
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${words.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
}

/** Runs the program of a development dependency of this repository. */
export function runTool(name: string, words: readonly string[], cwd: string): string {
  return run(path.join(root, "node_modules", ".bin", name), words, cwd, { CI: "1" });
}
