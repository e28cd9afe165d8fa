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
  let corrected = test;
  let right = expected;
  const applied: Correction[] = [];
  const mutated = actual.mutated.map((what) => `mutated: ${what} was changed`);
  for (const entry of CORRECTIONS) {
    if (right.refusal?.phase === "construct" && !entry.ofModel) continue;
    const next = await entry.correct(corrected, theirs, right);
    if (!next) continue;
    corrected = next;
    right = await run(corrected, theirs);
    applied.push(entry);
  }
  const names = applied.map((entry) => `${entry.name}: `).join("");
  const refusal = REFUSALS.find((entry) => entry.applies(corrected, right));
  if (refusal) {
    const code = actual.refusal?.code ?? null;
    const isRight = code !== null && refusal.codes.includes(code);
    const wanted = refusal.codes.join(" or ");
    return isRight
      ? mutated
      : [`${names}${refusal.name}: answered ${code} and not ${wanted}`, ...mutated];
  }
  const restored = applied.reduceRight(
    (outcome, entry) => entry.restore?.(outcome) ?? outcome,
    right,
  );
  return [
    ...plainDifferences(restored, actual).map((difference) => `${names}${difference}`),
    ...mutated,
  ];
}
