// Where browsers, Deno, Bun and other hosts of ES modules get the core from: bytes inlined in the bundle.
import { base64 } from "../../generated/bytes.js";
import { decode } from "./base64.js";
import { compile } from "./compile.js";

/** The compiled core, ready to be instantiated. */
export function loadModule(): WebAssembly.Module {
  return compile(() => decode(base64));
}

/** The SDK's document client; only sending needs it, so it is a peer dependency that is loaded when first used. */
export function loadSdk(): Promise<typeof import("@aws-sdk/lib-dynamodb")> {
  return import("@aws-sdk/lib-dynamodb");
}
