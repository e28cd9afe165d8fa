// Compiles the core to js/generated/: cargo -> wasm-bindgen -> wasm-opt -> the wasm file and its bytes as text.
// It packs nothing; package.mjs does.
import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";

const target = process.env.CARGO_TARGET_DIR ?? "target";
// The tools share what they compile with each other, and nothing with the core.
const toolTarget = join(target, "tools");
const work = ".cache/core";
const generated = "js/generated";

// Exactly what rustc emits for wasm32-unknown-unknown. `--all-features` would let the optimiser use instructions that
// Node 20 refuses.
const features = [
  "--enable-bulk-memory",
  "--enable-mutable-globals",
  "--enable-multivalue",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

/** Runs a program; what it printed says why it failed, so nothing is added. */
function run(program, ...rest) {
  const { status, error } = spawnSync(program, rest, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// The profile optimises for size. A little more inlining than it allows gives the hot path back some of what that costs, and the file
// stays in its budget.
process.env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS ??= "-C llvm-args=--inline-threshold=25";
run("cargo", "build", "--release", "--lib", "--locked", "--target", "wasm32-unknown-unknown");
run(
  "cargo",
  "build",
  "--release",
  "--locked",
  "--manifest-path",
  "tools/bindgen/Cargo.toml",
  "--target-dir",
  toolTarget,
);

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const compiled = join(target, "wasm32-unknown-unknown/release/electroxide.wasm");
run(join(toolTarget, "release/electroxide-bindgen"), compiled, work, "core");
const optimised = join(work, "core.wasm");
run(
  process.execPath,
  "node_modules/binaryen/bin/wasm-opt",
  // What is inlined is said below; beyond that, size goes first: 3 kB of gzip for nothing that can be measured. Again until nothing
  // changes: what the last inlining leaves alike is then joined, so that fewer functions have to be compiled.
  "-Oz",
  "--converge",
  "--always-inline-max-function-size=8",
  "--flexible-inline-max-function-size=8",
  // A function is compiled when it is first called: what is rarely called must not grow into what always is. Joined, the
  // first call of an operation took 5 ms of CPU more.
  "--one-caller-inline-max-function-size=20",
  // These make the file smaller, but what is left in it is less alike, so that it is larger after gzip.
  "--skip-pass=local-cse",
  "--skip-pass=simplify-locals",
  // Hints of alignment, which engines do not look at: without them, more of the instructions are the same.
  "--dealign",
  // Rust's stack ends in the lowest memory and its data lies above the stack: nothing is stored in the first kilobyte.
  "--low-memory-unused",
  "--strip-producers",
  "--strip-debug",
  "--strip-target-features",
  ...features,
  join(work, "core_bg.wasm"),
  "-o",
  optimised,
);

/** A custom section at the end, by which a file is known as this very core; engines skip it. */
function identified(bytes, identity) {
  const name = Buffer.from("electroxide");
  const size = 1 + name.length + identity.length;
  return Buffer.concat([bytes, Buffer.from([0, size, name.length]), name, identity]);
}

const plain = readFileSync(optimised);
const identity = createHash("sha256").update(plain).digest().subarray(0, 16);
const bytes = identified(plain, identity);
mkdirSync(generated, { recursive: true });
writeFileSync(join(generated, "core.wasm"), bytes);
writeFileSync(
  join(generated, "identity.ts"),
  `// The last bytes of the compiled core; written by js/build/core.mjs.\nexport const identity = "${identity.toString("hex")}";\n`,
);
writeFileSync(
  join(generated, "bytes.ts"),
  `// The compiled core as base64; written by js/build/core.mjs.\nexport const base64 =\n  "${bytes.toString("base64")}";\n`,
);
console.log(`core.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzip`);
