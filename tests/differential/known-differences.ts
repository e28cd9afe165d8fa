/** The situations in which electroxide/electrodb differs from electrodb 3.9.3 on purpose, each with its reason and the right answer. */
import { canonical } from "../models/tagged";
import { isWhole, type Case } from "./case";
import { withCall, type Correction } from "./correction";
import { CONVERSION_REFUSALS } from "./known-conversions";
import { CORRECTIONS } from "./known-corrections";
import { CURSOR_REFUSALS } from "./known-cursors";
import { lateListeners, noListeners, OBSERVED_REFUSALS } from "./known-observed";
import { HOOKED_REFUSALS } from "./known-hooked";
import { INPUT_REFUSALS } from "./known-input";
import { mended, withTable } from "./mended";
import { MODEL_REFUSALS } from "./known-models";
import { PART_REFUSALS } from "./known-parts";
import { REFUSALS, type KnownRefusal } from "./known-refusals";
import {
  TRANSACTION_CORRECTIONS,
  TRANSACTION_REFUSALS,
  corrected as correctedBy,
  isRefused,
  restored,
} from "./known-transactions";
import { plainDifferences } from "./outcome";
import { run, type Library, type Outcome } from "./run";
import { smaller } from "./shrink";

/** In their order: what is refused of listeners, 3.9.3 refuses last. */
const ALL_CORRECTIONS = [...TRANSACTION_CORRECTIONS, noListeners, ...CORRECTIONS, lateListeners];

const ALL_REFUSALS = [
  ...TRANSACTION_REFUSALS,
  ...CONVERSION_REFUSALS,
  ...CURSOR_REFUSALS,
  ...OBSERVED_REFUSALS,
  ...HOOKED_REFUSALS,
  ...MODEL_REFUSALS,
  ...PART_REFUSALS,
  ...INPUT_REFUSALS,
  ...REFUSALS,
];

/** The definitions in which no index has one of the options: several indexes may have one mistake. */
function* withoutOption(definition: Case["model"]["definition"]) {
  const indexes = Object.entries(definition.indexes ?? {});
  for (const option of new Set(indexes.flatMap(([, index]) => Object.keys(index ?? {})))) {
    const without = indexes.map(([name, index]) => [name, { ...index, [option]: undefined }]);
    const plain = JSON.parse(
      JSON.stringify(Object.fromEntries(without)),
    ) as typeof definition.indexes;
    if (option !== "pk") yield { ...definition, indexes: plain };
  }
}

/** The cases that are one part smaller, and the one that lacks nothing but what a table gives. */
function* simpler(test: Case, ofModel: boolean): Generator<Case> {
  yield withTable(test);
  if (ofModel) yield* mended(test);
  yield withCall(withTable(test), { options: undefined });
  // Of a model that is refused, the call says nothing.
  if (!ofModel)
    for (const call of smaller(test.call)) yield { ...test, call: call as Case["call"] };
  for (const [at, member] of (test.members ?? []).entries()) {
    for (const definition of smaller(member.model.definition)) {
      const model = { ...member.model, definition: definition as Case["model"]["definition"] };
      yield { ...test, members: test.members?.with(at, { ...member, model }) };
    }
  }
  for (const definition of withoutOption(test.model.definition)) {
    yield { ...test, model: { ...test.model, definition } };
  }
  for (const definition of smaller(test.model.definition)) {
    yield {
      ...test,
      model: { ...test.model, definition: definition as Case["model"]["definition"] },
    };
  }
}

/** The cases whose call lacks one of its larger parts. */
function* shorter(test: Case): Generator<Case> {
  const { steps } = test.call;
  yield withCall(test, { options: undefined });
  for (let at = 0; at < steps.length; at += 1)
    yield withCall(test, { steps: steps.toSpliced(at, 1) });
}

/** The same, and those that lack one part more: a case may have three mistakes. */
function* several(test: Case, ofModel: boolean): Generator<Case> {
  yield* simpler(test, ofModel);
  for (const one of ofModel ? mended(test) : shorter(test)) {
    if (isWhole(one)) yield* simpler(one, ofModel);
  }
}

/**
 * Whether a case that both refuse has several mistakes, of which each library names another one first: taking one part of
 * the case away makes one library name the mistake that the other one named.
 */
async function hasBothMistakes(
  test: Case,
  libraries: Record<"theirs" | "ours", Library>,
  codes: number[],
  ofModel: boolean,
): Promise<boolean> {
  const [right, wrong] = codes;
  const { theirs, ours } = libraries;
  let budget = 4000;
  // What we refuse beside a table that is missing may be a mistake to us alone.
  const placed = withTable(test);
  const mistaken = await run(placed, ours);
  const isPlaced = canonical(placed) === canonical(test);
  if (right === 2003 && mistaken.refusal?.code === wrong && !isPlaced) {
    const expected = await run(placed, theirs);
    if ((await differencesOf(placed, expected, mistaken, theirs, ours)).length === 0) return true;
  }
  for (const candidate of several(test, ofModel)) {
    if ((budget -= 1) < 0) return false;
    if (!isWhole(candidate)) continue;
    if ((await run(candidate, libraries.theirs)).refusal?.code === wrong) return true;
    if ((await run(candidate, libraries.ours)).refusal?.code === right) return true;
  }
  return false;
}

/**
 * Whether each library names one of the mistakes that the case's model has: 3.9.3 gives these codes for them alone, or ours
 * gives its own for one of them alone and is right to.
 */
async function areAlone(
  test: Case,
  theirs: Library,
  ours: Library,
  [right, wrong]: readonly (number | null)[],
): Promise<boolean> {
  const known = (test.alone ?? []).map((model): Case => ({ ...test, model, alone: undefined }));
  const outcomes = await Promise.all(known.map((one) => run(one, theirs)));
  const isTheirs = (code?: number | null) => outcomes.some(({ refusal }) => refusal?.code === code);
  if (!isTheirs(right)) return false;
  if (isTheirs(wrong)) return true;
  for (const [at, one] of known.entries()) {
    const actual = await run(one, ours);
    if (actual.refusal?.code !== wrong) continue;
    const expected = outcomes[at] as Outcome;
    if ((await differencesOf(one, expected, actual, theirs, ours)).length === 0) return true;
  }
  return false;
}

/** The case without what throws: with another fixture in its place, and without such callbacks; none where nothing does. */
function withoutFailing(test: Case): Case | null {
  const text = JSON.stringify(test.model);
  // One fixture makes a number of what it is given, which a symbol is not.
  const failing = JSON.stringify(test.call).includes('{"$symbol"') ? "fails|countUp" : "fails";
  const model = text.replaceAll(
    new RegExp(`\\{"\\$hook":"(?:${failing})"\\}`, "g"),
    '{"$hook":"same"}',
  );
  const steps = withoutThrowing(test);
  if (model === text && steps.length === test.call.steps.length) return null;
  return { ...withCall(test, { steps }), model: JSON.parse(model) as Case["model"] };
}

const withoutThrowing = ({ call }: Case) =>
  call.steps.filter(({ callback }) => callback !== "throws");

/** Whether both agree once what throws is taken out, and what was refused had that mistake beside another one. */
async function failsBesideAnother(test: Case, theirs: Library, ours: Library): Promise<boolean> {
  // A callback may throw beside a fixture that does.
  const all = [withCall(test, { steps: withoutThrowing(test) }), withoutFailing(test)];
  for (const mended of all.filter((one) => one !== null)) {
    if (canonical(mended) === canonical(test)) continue;
    const [right, wrong] = [await run(mended, theirs), await run(mended, ours)];
    if (right.refusal === null && wrong.refusal === null) continue;
    if ((await differencesOf(mended, right, wrong, theirs, ours)).length === 0) return true;
  }
  return false;
}

/** Whether both are refused with one code, or with what a fixture throws. */
function isSame(right: Outcome["refusal"], wrong: Outcome["refusal"]): boolean {
  if (right === null || wrong === null || right.code !== wrong.code) return false;
  return right.code !== null || (right.name === "RangeError" && wrong.name === "RangeError");
}

/**
 * Whether this is the code of another mistake, which the case still has without the one that is known, or without a step, or
 * without the one that is known and a third one.
 */
async function namesAnother(
  { without }: KnownRefusal,
  test: Case,
  code: number,
  theirs: Library,
  ours: Library,
): Promise<boolean> {
  const known = without?.(test);
  for (const rest of [...shorter(test), ...(known ? [known] : [])]) {
    // What is as long as it was would be asked for ever.
    if (JSON.stringify(rest) === JSON.stringify(test)) continue;
    const actual = await run(rest, ours);
    if (actual.refusal?.code !== code) continue;
    const differences = await differencesOf(rest, await run(rest, theirs), actual, theirs, ours);
    if (differences.length === 0) return true;
  }
  return known !== undefined && anyIsRefused(simpler(known, false), code, theirs, ours);
}

/** Whether both refuse one of these cases with the code. */
async function anyIsRefused(
  cases: Iterable<Case>,
  code: number,
  theirs: Library,
  ours: Library,
): Promise<boolean> {
  for (const one of cases) {
    if (!isWhole(one)) continue;
    const refusals = [(await run(one, theirs)).refusal, (await run(one, ours)).refusal];
    if (refusals.every((refusal) => refusal?.code === code)) return true;
  }
  return false;
}

function withSortedTrace(outcome: Outcome): Outcome {
  const keyed = outcome.trace.map((call) => [JSON.stringify(call), call] as const);
  const sorted = keyed.sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...outcome, trace: sorted.map(([, call]) => call) };
}

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
  ours: Library,
): Promise<string[]> {
  let corrected = test;
  let right = expected;
  const applied: Correction[] = [];
  const mutated = actual.mutated.map((what) => `mutated: ${what} was changed`);
  for (const entry of ALL_CORRECTIONS) {
    const isModels = right.refusal?.phase === "construct";
    if (isModels && !entry.ofModel && !entry.ofTransactions) continue;
    const next = await correctedBy(entry, corrected, theirs, right);
    if (!next) continue;
    corrected = next;
    right = await run(corrected, theirs);
    applied.push(entry);
  }
  const names = applied.map((entry) => `${entry.name}: `).join("");
  const refusals: KnownRefusal[] = [];
  // Where both refuse for one reason there is nothing to know.
  const isAgreed = isSame(right.refusal, actual.refusal);
  for (const entry of isAgreed ? [] : ALL_REFUSALS) {
    if (await isRefused(entry, corrected, theirs, right)) refusals.push(entry);
  }
  const [refusal] = refusals;
  if (refusal) {
    // What a hook throws may come before what we refuse.
    const mended = actual.refusal?.name === "RangeError" ? withoutFailing(test) : null;
    const { refusal: refused } = mended === null ? actual : await run(mended, ours);
    const code = refused?.code ?? null;
    // Of several such mistakes, we may name any first.
    const isRight = code !== null && refusals.some(({ codes }) => codes.includes(code));
    const wanted = refusal.codes.join(" or ");
    return isRight ||
      (code !== null && (await namesAnother(refusal, mended ?? test, code, theirs, ours)))
      ? mutated
      : [`${names}${refusal.name}: answered ${code} and not ${wanted}`, ...mutated];
  }
  const codes = [right.refusal?.code ?? null, actual.refusal?.code ?? null];
  if (codes[0] !== codes[1] && codes.every((code) => code !== null)) {
    const ofModel = right.refusal?.phase === "construct";
    if (await areAlone(corrected, theirs, ours, codes)) return mutated;
    if (await hasBothMistakes(corrected, { theirs, ours }, codes as number[], ofModel))
      return mutated;
  }
  if (codes[0] !== codes[1] && (await failsBesideAnother(corrected, theirs, ours))) return mutated;
  const answered = applied.reduceRight(
    (outcome, entry) => restored(entry, outcome, corrected),
    right,
  );
  const [wanted, found] = applied.some(({ isUnordered }) => isUnordered)
    ? [withSortedTrace(answered), withSortedTrace(actual)]
    : [answered, actual];
  return [
    ...plainDifferences(wanted, found).map((difference) => `${names}${difference}`),
    ...mutated,
  ];
}
