// Where Node, and everything that takes the CommonJS build, gets the core from: bytes inlined in the bundle.
import { base64 } from "../../generated/bytes.js";
import { decode } from "./base64.js";
import { compile } from "./compile.js";

// Declared here and not by Node's types: a bundler may take this build to a host without Buffer.
declare const Buffer:
  { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } | undefined;
declare const require: (name: string) => typeof import("@aws-sdk/lib-dynamodb");

/** The compiled core, ready to be instantiated. */
export function loadModule(): WebAssembly.Module {
  return compile(() =>
    typeof Buffer === "undefined" ? decode(base64) : Buffer.from(base64, "base64"),
  );
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
