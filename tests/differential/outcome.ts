/** Says what differs between two outcomes of one case. It runs nothing and knows no exceptions. */
import type { Outcome, Refusal } from "./run";

/** Of several mistakes either library may name another first, so that only the code is compared. */
function refusalText(refusal: Refusal | null): string {
  if (!refusal) return "accepted";
  // What 3.9.3 throws when the chain is made, where the same chain's `go` could reject with it, ours rejects with.
  const phase = refusal.phase === "go" ? "call" : refusal.phase;
  return `${phase} refused with ${refusal.code ?? `a bare ${refusal.name}`}`;
}

/**
 * The calls of defaults, validators, set and get hooks in their order. A validator that is asked the same again stands once:
 * each data callback has 3.9.3 validate again what was said before it. Of the conditions of indexes only the answers count,
 * which the keys show.
 */
function traceText(outcome: Outcome): string[] {
  const calls = outcome.trace.filter(({ place }) => !place.startsWith("indexes."));
  const lines = calls.map(({ place, hook, args }) => `${place} ${hook}(${args.join(", ")})`);
  const asked = new Set<string>();
  return lines.filter((line, at) => {
    if (!calls[at]?.place.endsWith(".validate")) return true;
    return !asked.has(line) && asked.add(line);
  });
}

function firstDifference(expected: readonly string[], actual: readonly string[]): string {
  const at = expected.findIndex((line, position) => line !== actual[position]);
  const position = at < 0 ? expected.length : at;
  return `call ${position} is ${actual[position] ?? "missing"} and not ${expected[position] ?? "missing"}`;
}

/** Where two parsed results part first, and what stands there on either side. */
function parting(expected: unknown, actual: unknown, place: string): string | null {
  const areRecords = [expected, actual].every(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );
  if (!areRecords) {
    const [right, wrong] = [JSON.stringify(expected), JSON.stringify(actual)];
    return right === wrong ? null : `${place}: ${wrong ?? "missing"} and not ${right ?? "missing"}`;
  }
  const [left, right] = [expected as Record<string, unknown>, actual as Record<string, unknown>];
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = parting(left[name], right[name], place ? `${place}.${name}` : name);
    if (found) return found;
  }
  return null;
}

/** The differences, each starting with its kind and a colon; none when the outcomes agree. */
export function plainDifferences(expected: Outcome, actual: Outcome): string[] {
  const differences: string[] = [];
  const [right, wrong] = [refusalText(expected.refusal), refusalText(actual.refusal)];
  if (right !== wrong) differences.push(`refusal: ${wrong} and not ${right}`);
  if (!expected.refusal && !actual.refusal && expected.result !== actual.result) {
    const where = parting(
      JSON.parse(expected.result ?? "null"),
      JSON.parse(actual.result ?? "null"),
      "",
    );
    differences.push(`result at ${where ?? "nowhere"}`);
  }
  if (expected.sent.join("\n") !== actual.sent.join("\n")) {
    differences.push(`sent: ${firstDifference(expected.sent, actual.sent)}`);
  }
  const before = traceText(expected);
  const after = traceText(actual);
  // How far a refused call came is nobody's business.
  if (!expected.refusal && !actual.refusal && before.join("\n") !== after.join("\n"))
    differences.push(`hooks: ${firstDifference(before, after)}`);
  return differences;
}
