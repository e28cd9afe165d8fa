// Gives what few programs need before their first request: batches, services, transactions, conversions, searches, hydration. In Node's build that
// is a file of its own, which is read when it is first asked for; this file does not know where it is.

/** The late parts; late-parts.ts lists them. */
export type LateParts = typeof import("./late-parts.js");

let parts: LateParts | undefined;
let source: (() => LateParts) | undefined;

/** Says where the late parts come from. The entries say so once, when everything else has been evaluated. */
export function provideLate(read: () => LateParts): void {
  source = read;
}

/** The late parts. */
export function late(): LateParts {
  return (parts ??= (source as () => LateParts)());
}
