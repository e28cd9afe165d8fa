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
  readonly #failures: string[] = [];

  get failures(): number {
    return this.#failures.length;
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

  fail(text: string): void {
    this.#failures.push(text);
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
    for (const failure of this.#failures.slice(0, 50)) console.log(failure);
    console.log(`${this.#failures.length} unexplained differences`);
  }
}
