// The worker in which one program runs once. It is told the program's text, answers one report as text, and is then ended.

import { observeChains } from "./calls.js";
import { modulesFor } from "./modules.js";
import { SyntaxMistake, runProgram } from "./program.js";
import { Recorder } from "./recorder.js";
import { Store } from "./store.js";

const answer = self.postMessage.bind(self) as (message: string) => void;
const recorder = new Recorder();

// Calls are known by their lines, and a line of the program may lie deep below the library's own.
(Error as { stackTraceLimit?: number }).stackTraceLimit = 100;

observeChains(recorder, new Store());

for (const name of ["log", "info", "warn", "error", "debug"] as const) {
  console[name] = (...values: unknown[]) => recorder.print(values);
}
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  recorder.problem(event.reason);
});

/** Requests that nobody has waited for are made in the next steps, and rejections that nobody takes are told after them. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(() => setTimeout(resolve, 0), 0));
}

/** A program that waits for what never comes is answered for as far as it got; one that never waits is ended from outside. */
const PATIENCE = 1000;

function tooLong(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      recorder.problem(new Error("The program waits for something that does not come"));
      resolve();
    }, PATIENCE);
  });
}

async function run(source: string): Promise<void> {
  const program = runProgram(source, modulesFor(recorder)).catch((error: unknown) => {
    recorder.problem(error, error instanceof SyntaxMistake ? error.line : 0);
  });
  await Promise.race([program.then(settled), tooLong()]);
  answer(JSON.stringify(recorder.report()));
}

self.addEventListener("message", ({ data }) => void run(String(data)), { once: true });
answer("ready");
