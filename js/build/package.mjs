// Makes pkg/, the published package, from pkg-template/, js/src and js/generated; it compiles no Rust (core.mjs does).
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { bundle } from "./bundle.mjs";
import { writeDeclarations } from "./declarations.mjs";

const output = ".cache/pkg";

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
cpSync("pkg-template", output, { recursive: true });
for (const license of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(license, join(output, license));
cpSync("js/generated/core.wasm", join(output, "core.wasm"));

rmSync(".cache/types", { recursive: true, force: true });
const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
writeDeclarations(".cache/types/src", join(output, "types"));
await bundle(output);

const template = JSON.parse(readFileSync("pkg-template/package.json", "utf8"));
const crate = /^version = "(.+)"$/m.exec(readFileSync("Cargo.toml", "utf8"))?.[1];
if (crate !== template.version) {
  throw new Error(
    `Cargo.toml says version ${crate}, pkg-template/package.json ${template.version}`,
  );
}
writeFileSync(join(output, "package.json"), `${JSON.stringify(template, null, 2)}\n`);

// The old package is exchanged in two renames, so that a test running beside the build never sees half a package.
const old = ".cache/pkg.old";
rmSync(old, { recursive: true, force: true });
if (existsSync("pkg")) renameSync("pkg", old);
renameSync(output, "pkg");
rmSync(old, { recursive: true, force: true });
