/** Says what differs between two outcomes of one case. It runs nothing and knows no exceptions. */
import type { Outcome, Refusal } from "./run";

function refusalText(refusal: Refusal | null): string {
  if (!refusal) return "accepted";
  const fields = refusal.fields ? ` fields ${refusal.fields.join(", ")}` : "";
  return `${refusal.phase} refused with ${refusal.code ?? `a bare ${refusal.name}`}${fields}`;
}

function traceText(outcome: Outcome): string[] {
  return outcome.trace.map(({ place, hook, args }) => `${place} ${hook}(${args.join(", ")})`);
}

function firstDifference(expected: readonly string[], actual: readonly string[]): string {
  const at = expected.findIndex((line, position) => line !== actual[position]);
  const position = at < 0 ? expected.length : at;
  return `call ${position} is ${actual[position] ?? "missing"} and not ${expected[position] ?? "missing"}`;
}

/** The differences, each starting with its kind and a colon; none when the outcomes agree. */
export function plainDifferences(expected: Outcome, actual: Outcome): string[] {
  const differences: string[] = [];
  if (refusalText(expected.refusal) !== refusalText(actual.refusal)) {
    differences.push(
      `refusal: ${refusalText(actual.refusal)} and not ${refusalText(expected.refusal)}`,
    );
  }
  if (!expected.refusal && !actual.refusal && expected.result !== actual.result) {
    differences.push(`result: ${actual.result} and not ${expected.result}`);
  }
  if (expected.sent.join("\n") !== actual.sent.join("\n")) {
    differences.push(`sent: ${firstDifference(expected.sent, actual.sent)}`);
  }
  const before = traceText(expected);
  const after = traceText(actual);
  if (before.join("\n") !== after.join("\n"))
    differences.push(`hooks: ${firstDifference(before, after)}`);
  return differences;
}
