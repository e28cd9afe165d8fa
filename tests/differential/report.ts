/** Counts cases by family and operation, and keeps the failures. It decides nothing. */
import type { Case } from "./case";
import type { Outcome } from "./run";

interface Row {
  accepted: number;
  "model refused": number;
  "call refused": number;
}

export class Tally {
  readonly #rows = new Map<string, Row>();
  readonly #failures = new Map<string, string[]>();
  failures = 0;

  /** How many kinds of differences there are. */
  get kinds(): number {
    return this.#failures.size;
  }

  add(test: Case, outcome: Outcome): void {
    for (const name of [test.family, `${test.family} ${test.call.method}`, "all"]) {
      const row = this.#rows.get(name) ?? { accepted: 0, "model refused": 0, "call refused": 0 };
      this.#rows.set(name, row);
      if (!outcome.refusal) row.accepted += 1;
      else if (outcome.refusal.phase === "construct") row["model refused"] += 1;
      else row["call refused"] += 1;
    }
  }

  /** Notes a failure; answers how many of its kind there are now. */
  fail(kind: string, place: string, differences: readonly string[]): number {
    this.failures += 1;
    const known = this.#failures.get(kind);
    if (known) known.push(place);
    else this.#failures.set(kind, [`${place}: ${differences.join("; ").slice(0, 600)}`]);
    return (known?.length ?? 0) || 1;
  }

  print(): void {
    const names = [...this.#rows.keys()].filter((name) => name !== "all").sort();
    console.log("what electrodb made of the cases:");
    for (const name of [...names, "all"]) {
      const row = this.#rows.get(name);
      if (!row) continue;
      const total = row.accepted + row["model refused"] + row["call refused"];
      const share = `${Math.round((100 * row.accepted) / total)} %`;
      console.log(
        `  ${name.padEnd(16)} ${String(total).padStart(6)} cases, ${share.padStart(5)} accepted, ` +
          `${row["model refused"]} models and ${row["call refused"]} calls refused`,
      );
    }
    for (const [kind, [first, ...others]] of this.#failures) {
      console.log(`${others.length + 1} x ${kind}\n    ${first}`);
      if (others.length > 0) console.log(`    also ${others.slice(0, 6).join("; ")}`);
    }
    console.log(`${this.failures} unexplained differences`);
  }
}
