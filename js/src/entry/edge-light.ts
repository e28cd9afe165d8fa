// Where Vercel's edge runtime gets the core from: as in workerd, but a file to compile is marked by `?module`.
import module from "../../generated/core.wasm?module";

/** The compiled core, ready to be instantiated. */
export function loadModule(): WebAssembly.Module {
  return module;
}

/** The SDK's document client; only sending needs it, so it is a peer dependency that is loaded when first used. */
export function loadSdk(): Promise<typeof import("@aws-sdk/lib-dynamodb")> {
  return import("@aws-sdk/lib-dynamodb");
}
