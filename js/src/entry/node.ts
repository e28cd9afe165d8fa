// Where Node, and everything that takes the CommonJS build, gets the core from: the file beside it, or bytes inlined in a bundle.
import { identity } from "../../generated/identity.js";
import { decode } from "./base64.js";
import { compile } from "./compile.js";

interface NodeBuffer extends Uint8Array<ArrayBuffer> {
  toString(encoding?: "hex", start?: number): string;
}

// Declared here and not by Node's types: a bundler may take this build to a host without them.
declare const Buffer: { from(text: string, encoding: "base64"): NodeBuffer } | undefined;
declare const process: {
  getBuiltinModule(name: "node:fs"): { readFileSync(path: string): NodeBuffer };
};
declare const __dirname: string;
declare function require(name: "../../generated/bytes.js"): { base64: string };
declare function require(name: "@aws-sdk/lib-dynamodb"): typeof import("@aws-sdk/lib-dynamodb");

/** The compiled core, ready to be instantiated. */
export function loadModule(): WebAssembly.Module {
  return compile(() => packagedBytes() ?? inlinedBytes());
}

/** The package's own file, which is read in a tenth of the time that the same bytes take as text; none in a bundle. */
function packagedBytes(): NodeBuffer | undefined {
  try {
    // Not by `require`, which bundlers for browsers would refuse; the first versions of Node 20 take the inlined bytes.
    const fs = process.getBuiltinModule("node:fs");
    const bytes = fs.readFileSync(`${__dirname}/../core.wasm`);
    // Beside a bundle may lie a file of that name that is another core, or none of ours.
    return bytes.toString("hex", bytes.length - identity.length / 2) === identity
      ? bytes
      : undefined;
  } catch {
    return undefined;
  }
}

function inlinedBytes(): Uint8Array<ArrayBuffer> {
  const { base64 } = require("../../generated/bytes.js");
  return typeof Buffer === "undefined" ? decode(base64) : Buffer.from(base64, "base64");
}

/**
 * The SDK's document client; only sending needs it, so it is a peer dependency that is loaded when first used.
 *
 * `require` comes first because jest's realms know no `import()`; `import()` second because a bundle of ES modules
 * that leaves the SDK outside has no `require`.
 */
export async function loadSdk(): Promise<typeof import("@aws-sdk/lib-dynamodb")> {
  try {
    return require("@aws-sdk/lib-dynamodb");
  } catch {
    return import("@aws-sdk/lib-dynamodb");
  }
}
