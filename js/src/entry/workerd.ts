// Where Cloudflare's workerd gets the core from: it compiles no bytes at run time, so the bundler imports the file.
import module from "../../generated/core.wasm";

/** The compiled core, ready to be instantiated. */
export function loadModule(): WebAssembly.Module {
  return module;
}

/** The SDK's document client; only sending needs it, so it is a peer dependency that is loaded when first used. */
export function loadSdk(): Promise<typeof import("@aws-sdk/lib-dynamodb")> {
  return import("@aws-sdk/lib-dynamodb");
}
