// Compiles the core's bytes, or says why this host cannot; it does not know where the bytes come from.

const ADVICE =
  "In a browser, allow it in the page's Content-Security-Policy: add 'wasm-unsafe-eval' to script-src.";

/**
 * The compiled core.
 * @throws An error that names 'wasm-unsafe-eval' where WebAssembly is absent or forbidden.
 */
export function compile(readBytes: () => BufferSource): WebAssembly.Module {
  if (typeof WebAssembly === "undefined") {
    throw new Error(`electroxide needs WebAssembly, which this host does not offer. ${ADVICE}`);
  }
  try {
    return new WebAssembly.Module(readBytes());
  } catch (cause) {
    throw new Error(`electroxide could not compile its WebAssembly core here. ${ADVICE}`, {
      cause,
    });
  }
}
