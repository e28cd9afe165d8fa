// Runs a user's program: its types are taken away, its imports become calls, and its body becomes an async function.

import { transform } from "sucrase";
import { PROGRAM } from "./place.js";

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<unknown>;

/** A mistake in the program's syntax, at its line. */
export class SyntaxMistake extends Error {
  override name = "SyntaxError";

  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

function compiled(source: string): string {
  try {
    return transform(source, {
      transforms: ["typescript", "imports"],
      disableESTransforms: true,
      production: true,
    }).code;
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number } };
    // The place stands at the end of the message, too.
    const told = message.replace(/^Error transforming [^:]*: /, "").replace(/ \(\d+:\d+\)$/, "");
    throw new SyntaxMistake(told, loc?.line ?? 0);
  }
}

/** The line that the engine names when it reads a script; it says none for the text of a function. */
function lineOfMistake(code: string): Promise<number> {
  return new Promise((resolve) => {
    const listen = (event: ErrorEvent): void => {
      event.preventDefault();
      self.removeEventListener("error", listen);
      resolve(Math.max(1, event.lineno - 1));
    };
    self.addEventListener("error", listen);
    // Only read, never run: the text is the body of a function that nobody calls.
    setTimeout(`(async function () {\n${code}\n})`);
    setTimeout(() => resolve(0), 50);
  });
}

/** Runs a program to its end. */
export async function runProgram(
  source: string,
  require: (name: unknown) => unknown,
): Promise<void> {
  const code = compiled(source);
  let body: (...values: unknown[]) => Promise<unknown>;
  try {
    body = new AsyncFunction(
      "require",
      "exports",
      "module",
      "process",
      `${code}\n//# sourceURL=${PROGRAM}`,
    );
  } catch (error) {
    throw new SyntaxMistake((error as Error).message, await lineOfMistake(code));
  }
  const module = { exports: {} };
  await body.call(undefined, require, module.exports, module, { env: {} });
}
