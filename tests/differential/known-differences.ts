/** The situations in which electroxide/electrodb differs from electrodb 3.9.3 on purpose, each with its reason and the right answer. */
import type { Case } from "./case";
import { CORRECTIONS, type Correction } from "./known-corrections";
import { REFUSALS } from "./known-refusals";
import { plainDifferences } from "./outcome";
import { run, type Library, type Outcome } from "./run";

/**
 * The differences that remain between the outcomes of one case.
 *
 * A correction turns the case into the one that 3.9.3 answers rightly, and its answer is what we must answer; a refusal
 * names the code with which we refuse. A case to which nothing applies must be equal as it is.
 */
export async function differencesOf(
  test: Case,
  expected: Outcome,
  actual: Outcome,
  theirs: Library,
): Promise<string[]> {
  const refusal = REFUSALS.find((entry) => entry.applies(test, expected));
  const mutated = actual.mutated.map((what) => `mutated: ${what} was changed`);
  if (refusal) {
    const code = actual.refusal?.code ?? null;
    const right = code !== null && refusal.codes.includes(code);
    return right
      ? mutated
      : [`${refusal.name}: answered ${code} and not ${refusal.codes.join(" or ")}`, ...mutated];
  }
  let corrected = test;
  const applied: Correction[] = [];
  for (const entry of expected.refusal?.phase === "construct" ? [] : CORRECTIONS) {
    const next = await entry.correct(corrected, theirs, expected);
    if (!next) continue;
    corrected = next;
    applied.push(entry);
  }
  const right = applied.reduceRight(
    (outcome, entry) => entry.restore?.(outcome) ?? outcome,
    applied.length > 0 ? await run(corrected, theirs) : expected,
  );
  const names = applied.map((entry) => `${entry.name}: `).join("");
  return [
    ...plainDifferences(right, actual).map((difference) => `${names}${difference}`),
    ...mutated,
  ];
}
