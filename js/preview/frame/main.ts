// The script of the sandboxed frame: hands programs to workers, ends those that take too long, and passes on one text from each.

import workerSource from "virtual:worker";
import { isRunRequest, type RunAnswer } from "../shared/protocol.js";

/** How long a program may run. */
const LIMIT = 2000;
/** How long a worker may take until it can run one. */
const START_LIMIT = 20_000;
/** A longer report is not passed on. */
const LARGEST = 16_000_000;

interface Ready {
  worker: Worker;
  ready: Promise<void>;
}

/** A frame of an opaque origin can make workers of its own texts only, and they inherit its policy. */
const script = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));

function boot(): Ready {
  const worker = new Worker(script);
  const ready = new Promise<void>((resolve, reject) => {
    worker.addEventListener("message", () => resolve(), { once: true });
    worker.addEventListener("error", () => reject(new Error("The worker did not start")));
    setTimeout(() => reject(new Error("The worker did not start")), START_LIMIT);
  });
  // Whoever runs a program waits for it; until then its failure is nobody's.
  ready.catch(() => undefined);
  return { worker, ready };
}

let next = boot();
let running: (() => void) | undefined;

/** Runs one program in a fresh worker; whatever it does, its worker ends. */
async function run(source: string): Promise<Omit<RunAnswer, "run">> {
  const { worker, ready } = next;
  let end: () => void = () => undefined;
  try {
    await ready;
    return await new Promise((resolve) => {
      end = () => resolve({ failure: "replaced" });
      running = end;
      setTimeout(() => resolve({ failure: "timeout" }), LIMIT);
      worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        const isReport = typeof data === "string" && data.length <= LARGEST;
        resolve(isReport ? { report: data } : { failure: "size" });
      });
      worker.addEventListener("messageerror", () => resolve({ failure: "size" }));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        resolve({ failure: "crash" });
      });
      worker.postMessage(source);
    });
  } catch {
    return { failure: "start" };
  } finally {
    worker.terminate();
    if (running === end) running = undefined;
    next = boot();
  }
}

let last = Promise.resolve();

/** Runs follow one another; a new one ends the one before. */
function listen(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isRunRequest(data)) return;
    running?.();
    last = last.then(async () => {
      const answer: RunAnswer = { run: data.run, ...(await run(data.source)) };
      port.postMessage(answer);
    });
  };
}

// The page hands over its end of a channel, once; nobody else can speak to the frame afterwards.
addEventListener("message", function greet(event: MessageEvent<unknown>) {
  const [port] = event.ports;
  if (event.source !== parent || event.data !== "electroxide-preview" || port === undefined) return;
  removeEventListener("message", greet);
  listen(port);
});
