/** The differential test's command line: runs generated cases through electrodb and electroxide/electrodb and reports what differs. */
import { randomInt } from "node:crypto";
import electrodb from "electrodb";
import { caseOf } from "./generate";
import { differencesOf } from "./known-differences";
import { plainDifferences } from "./outcome";
import { mutations } from "./mutations";
import { Tally } from "./report";
import { run, type Library } from "./run";
import { shrink } from "./shrink";
import type { Case } from "./case";

interface Arguments {
  cases: number;
  seed: number | null;
  number: number | null;
  against: string;
  all: boolean;
}

/** The seeds that every run tries, so that a failure found once is looked for ever after. */
const FIXED_SEEDS = [1, 20251122, 777];

function argumentsOf(words: readonly string[]): Arguments {
  const value = (name: string) => {
    const at = words.indexOf(name);
    return at < 0 ? null : (words[at + 1] ?? null);
  };
  const numeric = (name: string) => (value(name) === null ? null : Number(value(name)));
  return {
    cases: numeric("--cases") ?? 1500,
    seed: numeric("--seed"),
    number: numeric("--case"),
    against: value("--against") ?? "electroxide/electrodb",
    all: words.includes("--all"),
  };
}

function describe(test: Case, theirs: Library, ours: Library): string {
  const expected = run(test, theirs);
  const actual = run(test, ours);
  return [
    `family ${test.family}`,
    `model ${JSON.stringify(test.model)}`,
    `call  ${JSON.stringify(test.call)}`,
    ...differencesOf(test, expected, actual, theirs).map((difference) => `differs: ${difference}`),
    `electrodb:   ${JSON.stringify(expected.refusal ?? expected.result)}`,
    `electroxide: ${JSON.stringify(actual.refusal ?? actual.result)}`,
  ].join("\n  ");
}

/** The kind of a difference: what shrinking must keep. */
function kindOf(differences: readonly string[]): string {
  return differences.map((difference) => difference.split(":")[0]).join();
}

function reproduce(test: Case, theirs: Library, ours: Library): string {
  const differences = (candidate: Case) =>
    differencesOf(candidate, run(candidate, theirs), run(candidate, ours), theirs);
  const kind = kindOf(differences(test));
  if (kind === "") return "no difference";
  const small = shrink(test, (candidate) => {
    try {
      return kindOf(differences(candidate)) === kind;
    } catch {
      return false;
    }
  });
  return describe(small, theirs, ours);
}

function runSeed(
  seed: number,
  count: number,
  theirs: Library,
  ours: Library,
  tally: Tally,
  all: boolean,
): void {
  for (let number = 0; number < count; number += 1) {
    const test = caseOf(seed, number);
    const expected = run(test, theirs);
    const actual = run(test, ours);
    tally.add(test, expected);
    const differences = differencesOf(test, expected, actual, theirs);
    if (differences.length === 0) continue;
    tally.fail(`seed ${seed}, case ${number}: ${differences.join("; ")}`);
    if (all || tally.failures <= 5) console.log(reproduce(test, theirs, ours));
  }
}

/** Shows that the test can fail: each wrong library must differ from the right one within some hundred cases. */
function checkMutations(theirs: Library): boolean {
  let all = true;
  for (const [fault, wrong] of Object.entries(mutations(theirs))) {
    let number = 0;
    const differs = () =>
      plainDifferences(run(caseOf(1, number), theirs), run(caseOf(1, number), wrong)).length > 0;
    while (number < 400 && !differs()) number += 1;
    const found = number < 400;
    if (!found) console.log(`a library in which ${fault} was not found out`);
    all &&= found;
  }
  return all;
}

async function main(): Promise<void> {
  const wanted = argumentsOf(process.argv.slice(2));
  const theirs = electrodb as unknown as Library;
  const ours = (await import(wanted.against)) as Library;
  if (wanted.seed !== null && wanted.number !== null) {
    console.log(describe(caseOf(wanted.seed, wanted.number), theirs, ours));
    console.log(reproduce(caseOf(wanted.seed, wanted.number), theirs, ours));
    return;
  }
  const fresh = randomInt(1, 2 ** 31);
  const seeds = wanted.seed === null ? [...FIXED_SEEDS, fresh] : [wanted.seed];
  console.log(`seeds ${seeds.join(", ")}${wanted.seed === null ? ` (the last is fresh)` : ""}`);
  if (!checkMutations(theirs)) process.exitCode = 1;
  const tally = new Tally();
  const each = Math.ceil(wanted.cases / seeds.length);
  for (const seed of seeds) runSeed(seed, each, theirs, ours, tally, wanted.all);
  tally.print();
  if (tally.failures > 0) process.exitCode = 1;
}

await main();
