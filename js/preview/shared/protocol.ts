// What page and frame say to each other, and how each checks it: neither believes the other's data to have a shape.

/** The page asks for one run of a program. */
export interface RunRequest {
  run: number;
  source: string;
}

/** Why a run has no report. */
export type Failure = "timeout" | "replaced" | "size" | "crash" | "start";

/** The frame's answer: a report as JSON text, or why there is none. */
export interface RunAnswer {
  run: number;
  report?: string;
  failure?: Failure;
}

const FAILURES: readonly unknown[] = ["timeout", "replaced", "size", "crash", "start"];

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Whether this is what the page asks with. */
export function isRunRequest(value: unknown): value is RunRequest {
  const { run, source } = membersOf(value);
  return typeof run === "number" && typeof source === "string";
}

/** Whether this is what the frame answers with. */
export function isRunAnswer(value: unknown): value is RunAnswer {
  const { run, report, failure } = membersOf(value);
  if (typeof run !== "number") return false;
  return typeof report === "string" ? failure === undefined : FAILURES.includes(failure);
}
