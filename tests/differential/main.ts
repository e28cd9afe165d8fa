/** The differential test's command line: runs generated cases through electrodb and electroxide/electrodb and reports what differs. */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import electrodb from "electrodb";
import { caseOf, FURTHER_NAMES } from "./generate";
import { differencesOf } from "./known-differences";
import { plainDifferences } from "./outcome";
import { mutations } from "./mutations";
import { Tally } from "./report";
import { run, type Library } from "./run";
import { shrink } from "./shrink";
import { isWhole, type Case } from "./case";

interface Arguments {
  cases: number;
  seed: number | null;
  number: number | null;
  against: string;
  family: string | null;
  /** For how many kinds of differences a small case is looked for. */
  reproduce: number;
  /** For how many cases of each kind. */
  each: number;
}

/**
 * How many cases are the same in every run. What is beyond them is of a fresh seed, which is printed: some cases of every test run, and
 * in a long run (`CASES=20000`) most of them.
 */
const FIXED_CASES = 3000;

/** How many cases each further family has for a case of the others, of the fixed seeds and of the fresh one. */
const FURTHER_SHARE = 0.1;

/** The seeds that every run tries, so that a failure found once is looked for ever after. */
const FIXED_SEEDS = [1, 20251122, 777];

/** Every case that has failed once, a line each: a seed gives other cases when the generators change. */
function foundCases(): Case[] {
  const file = path.join(path.dirname(process.argv[1] ?? ""), "found.jsonl");
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Case);
}

function argumentsOf(words: readonly string[]): Arguments {
  const value = (name: string) => {
    const at = words.indexOf(name);
    return at < 0 ? null : (words[at + 1] ?? null);
  };
  const numeric = (name: string) => (value(name) === null ? null : Number(value(name)));
  return {
    cases: numeric("--cases") ?? FIXED_CASES,
    seed: numeric("--seed"),
    number: numeric("--case"),
    against: value("--against") ?? "electroxide/electrodb",
    family: value("--family"),
    reproduce: numeric("--reproduce") ?? 5,
    each: numeric("--each") ?? 1,
  };
}

async function differencesFor(test: Case, theirs: Library, ours: Library): Promise<string[]> {
  return differencesOf(test, await run(test, theirs), await run(test, ours), theirs, ours);
}

async function describe(test: Case, theirs: Library, ours: Library): Promise<string> {
  const expected = await run(test, theirs);
  const actual = await run(test, ours);
  const differences = await differencesOf(test, expected, actual, theirs, ours);
  return [
    `family ${test.family}`,
    `model ${JSON.stringify(test.members ?? test.model)}`,
    `call  ${JSON.stringify(test.call)}`,
    ...differences.map((difference) => `differs: ${difference}`),
    `electrodb:   ${JSON.stringify(expected.refusal ?? expected.result)}`,
    `electroxide: ${JSON.stringify(actual.refusal ?? actual.result)}`,
  ].join("\n  ");
}

/** The kind of a difference: what shrinking must keep. */
function kindOf(differences: readonly string[]): string {
  return differences
    .map((difference) => difference.replace(/(hooks|sent|result at \w*).*/s, "$1"))
    .join();
}

/** The smallest case found that differs in the same way. */
async function reproduce(test: Case, theirs: Library, ours: Library): Promise<string> {
  const kind = kindOf(await differencesFor(test, theirs, ours));
  if (kind === "") return "no difference";
  const whole = isWhole(test);
  const small = await shrink(test, async (candidate) => {
    if (whole && !isWhole(candidate)) return false;
    try {
      return kindOf(await differencesFor(candidate, theirs, ours)) === kind;
    } catch {
      return false;
    }
  });
  return describe(small, theirs, ours);
}

async function runSeed(
  seed: number,
  wanted: Arguments,
  count: number,
  libraries: { theirs: Library; ours: Library },
  tally: Tally,
): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const test = caseOf(seed, number, wanted.family);
    await runCase(test, `seed ${seed}, case ${number}`, wanted, libraries, tally);
  }
}

async function runCase(
  test: Case,
  place: string,
  wanted: Arguments,
  { theirs, ours }: { theirs: Library; ours: Library },
  tally: Tally,
): Promise<void> {
  const expected = await run(test, theirs);
  const actual = await run(test, ours);
  tally.add(test, expected);
  const differences = await differencesOf(test, expected, actual, theirs, ours);
  if (differences.length === 0) return;
  const count = tally.fail(kindOf(differences), place, differences);
  if (count <= wanted.each && tally.kinds <= wanted.reproduce) {
    console.log(`${place}: ${await reproduce(test, theirs, ours)}`);
  }
}

/** Shows that the test can fail: each wrong library must differ from the right one within some hundred cases. */
async function checkMutations(theirs: Library): Promise<boolean> {
  let all = true;
  for (const [fault, wrong] of Object.entries(mutations(theirs))) {
    let isFound = false;
    for (let number = 0; number < 600 && !isFound; number += 1) {
      const test = caseOf(1, number);
      isFound = plainDifferences(await run(test, theirs), await run(test, wrong)).length > 0;
    }
    if (!isFound) console.log(`a library in which ${fault} was not found out`);
    all &&= isFound;
  }
  return all;
}

async function main(): Promise<void> {
  const wanted = argumentsOf(process.argv.slice(2));
  const theirs = electrodb as unknown as Library;
  const ours = (await import(wanted.against)) as Library;
  if (wanted.seed !== null && wanted.number !== null) {
    const test = caseOf(wanted.seed, wanted.number, wanted.family);
    console.log(JSON.stringify(test));
    console.log(await describe(test, theirs, ours));
    console.log(await reproduce(test, theirs, ours));
    return;
  }
  const fresh = randomInt(1, 2 ** 31);
  const seeds = wanted.seed === null ? [...FIXED_SEEDS, fresh] : [wanted.seed];
  console.log(`seeds ${seeds.join(", ")}${wanted.seed === null ? " (the last is fresh)" : ""}`);
  if (!(await checkMutations(theirs))) process.exitCode = 1;
  const tally = new Tally();
  if (wanted.seed === null) {
    for (const [at, test] of foundCases().entries()) {
      await runCase(test, `found.jsonl, line ${at + 1}`, wanted, { theirs, ours }, tally);
    }
  }
  const ofFresh = wanted.seed === null ? Math.max(0, wanted.cases - FIXED_CASES) : wanted.cases;
  const ofFixed = Math.ceil((wanted.cases - ofFresh) / FIXED_SEEDS.length);
  for (const seed of seeds) {
    const count = seed === seeds.at(-1) ? ofFresh : ofFixed;
    await runSeed(seed, wanted, count, { theirs, ours }, tally);
  }
  if (wanted.seed === null && wanted.family === null) {
    for (const family of FURTHER_NAMES) {
      const ofFamily = { ...wanted, family };
      for (const [seed, count] of [
        [FIXED_SEEDS[0] as number, wanted.cases - ofFresh],
        [fresh, ofFresh],
      ] as const) {
        await runSeed(seed, ofFamily, Math.ceil(count * FURTHER_SHARE), { theirs, ours }, tally);
      }
    }
  }
  tally.print();
  if (tally.failures > 0) process.exitCode = 1;
}

await main();
