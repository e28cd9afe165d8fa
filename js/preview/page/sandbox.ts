// The page's end of the sandboxed frame: asks for a run and gives its report, checked. Only the newest run is answered.

import { isRunAnswer, type Failure, type RunRequest } from "../shared/protocol.js";
import { readReport } from "../shared/read-report.js";
import type { Report } from "../shared/report.js";

const MESSAGES: Readonly<Record<Failure, string>> = {
  timeout: "The program was stopped: it ran for more than 2 seconds",
  replaced: "The program was replaced before it had ended",
  size: "The program's results are too large to be shown",
  crash: "The program's worker failed",
  start: "The sandbox could not start: this page needs WebAssembly and workers",
};

/** What came of a run. */
export type Outcome = { report: Report } | { message: string };

/** A frame in which programs run. */
export class Sandbox {
  private readonly port: Promise<MessagePort>;
  private run = 0;

  /** @param listen Told of the outcome of the newest run. */
  constructor(
    frame: HTMLIFrameElement,
    private readonly listen: (outcome: Outcome) => void,
  ) {
    this.port = new Promise((resolve) => {
      frame.addEventListener(
        "load",
        () => {
          const channel = new MessageChannel();
          channel.port1.onmessage = ({ data }: MessageEvent<unknown>) => this.take(data);
          // The frame's origin is opaque, so there is no origin that could be named here.
          frame.contentWindow?.postMessage("electroxide-preview", "*", [channel.port2]);
          resolve(channel.port1);
        },
        { once: true },
      );
    });
    frame.src = "sandbox.html";
  }

  /** Runs a program. */
  async start(source: string): Promise<void> {
    const request: RunRequest = { run: ++this.run, source };
    (await this.port).postMessage(request);
  }

  private take(data: unknown): void {
    if (!isRunAnswer(data) || data.run !== this.run) return;
    if (data.report === undefined) {
      this.listen({ message: MESSAGES[data.failure ?? "crash"] });
      return;
    }
    const report = readReport(data.report);
    this.listen(report === undefined ? { message: MESSAGES.crash } : { report });
  }
}
