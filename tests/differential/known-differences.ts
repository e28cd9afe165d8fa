/** The situations in which electroxide/electrodb differs from electrodb 3.9.3 on purpose, each with its reason and our right answer. */
import type { Case } from "./case";
import type { Outcome } from "./run";

/** What is asserted of our outcome where a known difference applies. */
export interface Verdict {
  rule: string;
  differences: string[];
}

interface KnownDifference {
  name: string;
  reason: string;
  /** True for exactly the situations that the reason speaks of. */
  applies(test: Case, expected: Outcome, actual: Outcome): boolean;
  /** What is wrong with our answer in such a situation. */
  check(test: Case, expected: Outcome, actual: Outcome): string[];
}

/** The list itself; the first entry that applies decides. */
export const KNOWN_DIFFERENCES: KnownDifference[] = [];

/** The verdict of the first known difference that applies to a case, or null. */
export function judge(test: Case, expected: Outcome, actual: Outcome): Verdict | null {
  const known = KNOWN_DIFFERENCES.find((entry) => entry.applies(test, expected, actual));
  return known ? { rule: known.name, differences: known.check(test, expected, actual) } : null;
}
