// Where the late parts come from in a build that is one file, as that of every host but Node is; node.mjs puts another source in its place there.

import * as parts from "./late-parts.js";

/** Reads the late parts. */
export const readLate = (): typeof parts => parts;
