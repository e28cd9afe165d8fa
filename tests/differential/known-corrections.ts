/** Known differences in which 3.9.3 answers wrongly: each turns a case into one that 3.9.3 answers rightly. */
import type { Case, Clause, Step } from "./case";
import {
  changesRequests,
  inRequests,
  isUnbalanced,
  outlineOf,
  withCall,
  type Correction,
  type Request,
} from "./correction";
import {
  countedCursor,
  countedKeys,
  heldOwnership,
  oddIdentifiers,
  uncastCursor,
} from "./known-answers";
import { CHANGE_CORRECTIONS, changeBehindCondition } from "./known-changes";
import { INPUT_CORRECTIONS } from "./known-input";
import { hostileNames } from "./known-hostile";
import {
  casedAfterHook,
  casedInOthers,
  casedOutOfIndex,
  valueOfCasedKey,
} from "./known-key-casings";
import {
  textInCollection,
  textReadWithAlias,
  constantOverAttribute,
  soughtAsStored,
  textAroundAttribute,
} from "./known-key-texts";
import { orderedByText } from "./known-orders";
import {
  clauseOfBatchGet,
  hyphenInScan,
  inheritedOperand,
  oddKeyFields,
  openBounds,
  undefinedComposite,
} from "./known-queries";
import {
  casingOfAttributes,
  emptyTemplate,
  filtersOfModel,
  identifierOverwritten,
  nameless,
  nullClient,
  oddField,
  oddType,
} from "./known-models";
import { undeclaredPart } from "./known-parts";
import { attributesOfOthers, fieldOfAnotherParsed, storedElse } from "./known-parsed";
import { projectedField } from "./known-collections";
import { addedField } from "./known-cursors";
import { keyBesideOwnIndex, pairsTornApart, upperCasedBoolean } from "./known-conversions";
import {
  emptyVersion,
  fieldBesideAttribute,
  fieldOfAnother,
  hyphenedUpdates,
  identifierBesideAttribute,
  keyBesideAttribute,
  keyInIdentifier,
  typeOfKey,
} from "./known-names";
import {
  castOfAttributes,
  hyphenedParts,
  listPositions,
  namedAsType,
  numberOverText,
  numbersOfEnum,
  readOnlyKey,
  setOfBooleans,
  textInNumericKey,
} from "./known-values";
import {
  keyOfRemoved,
  removedBeforeRead,
  removedBelowAny,
  removedWatcher,
  requiredAboveRemoved,
} from "./known-removals";
import { constantBehindAttribute, constantSortKey } from "./known-constants";
import {
  emptyKey,
  removedTableKey,
  setInList,
  listOfSetsInList,
  setTwice,
  textOfOther,
} from "./known-updates";
import { numericZero } from "./known-zeros";
import { SEARCHES } from "./known-searches";
import { run, type Library } from "./run";

const SORTS = ["begins", "between", "gt", "gte", "lt", "lte"];

/** Whether the word OR stands outside all brackets. */
function isLoose(clause: Clause): boolean {
  const outline = outlineOf(clause);
  let depth = 0;
  for (const [word] of outline.matchAll(/[()]|[#:]?\w+/g)) {
    if (word === "(") depth += 1;
    else if (word === ")") depth -= 1;
    else if (depth === 0 && word.toLowerCase() === "or") return true;
  }
  return false;
}

function bracketed(clause: Clause): Clause {
  const text = [...clause.text];
  text[0] = `(${(text[0] ?? "").trimStart()}`;
  text[text.length - 1] = `${(text.at(-1) ?? "").trimEnd()})`;
  return { ...clause, text };
}

/** Whether the request has an expression of clauses even without the user's own. */
async function libraryAddsClauses(test: Case, theirs: Library): Promise<boolean> {
  const steps = test.call.steps.filter((step) => !step.clause);
  const { result } = await run(withCall(test, { steps, answers: undefined }), theirs);
  // The term on a key without a name is none that we add.
  const right = result === null ? "" : withoutNamelessKey(result);
  return /"(FilterExpression|ConditionExpression)"/.test(right);
}

const orRule: Correction = {
  name: "the OR rule",
  reason:
    "a loose OR beside other clauses escapes them: create overwrites, patch creates, reads leak other entities' items",
  async correct(test, theirs) {
    const clauses = test.call.steps.flatMap((step) => (step.clause ? [step.clause] : []));
    // Brackets around what is not balanced would make it so.
    if (!clauses.some(isLoose) || clauses.some((clause) => isUnbalanced(outlineOf(clause))))
      return null;
    if (clauses.length === 1 && !(await libraryAddsClauses(test, theirs))) return null;
    const steps = test.call.steps.map((step) =>
      step.clause && isLoose(step.clause) ? { ...step, clause: bracketed(step.clause) } : step,
    );
    return withCall(test, { steps });
  },
};

const newlines: Correction = {
  name: "newlines in a clause",
  reason: "3.9.3 removes them and glues the words around them together",
  correct(test) {
    if (!test.call.steps.some((step) => step.clause?.text.some((piece) => piece.includes("\n"))))
      return null;
    const steps = test.call.steps.map((step) =>
      step.clause
        ? {
            ...step,
            clause: {
              ...step.clause,
              text: step.clause.text.map((piece) => piece.replace(/(?<! )\n(?! )/g, " ")),
            },
          }
        : step,
    );
    return withCall(test, { steps });
  },
};

/** Takes a field out of a projection where it stands a second time, and its placeholder where nothing else has it. */
function withoutRepeats(text: string): string {
  if (!text.includes('"ProjectionExpression"')) return text;
  const request = JSON.parse(text) as Request;
  const { ProjectionExpression, ExpressionAttributeNames: names, ...rest } = request;
  if (ProjectionExpression === undefined || names === undefined) return text;
  const seen = new Set<string | undefined>();
  const all = ProjectionExpression.split(", ");
  const kept = all.filter((name) => !seen.has(names[name]) && seen.add(names[name]));
  const elsewhere: string[] = JSON.stringify(rest).match(/#\w+/g) ?? [];
  for (const name of all) {
    if (!kept.includes(name) && !elsewhere.includes(name)) delete names[name];
  }
  request.ProjectionExpression = kept.join(", ");
  return JSON.stringify(request);
}

const repeatedProjection: Correction = {
  name: "a projection that names a field twice",
  reason:
    "3.9.3 projects a filtered attribute with an alias, or one that is a key itself, under two names, which DynamoDB refuses",
  correct: (test, _theirs, expected) => (changesRequests(expected, withoutRepeats) ? test : null),
  restore: (outcome) => inRequests(outcome, withoutRepeats),
};

const orderInAnotherTable: Correction = {
  name: "`preserveBatchOrder` beside `table`, or `hydrate`",
  reason: "3.9.3 looks for the answers under the entity's own table and forgets the order",
  correct(test) {
    const { call, model, members } = test;
    const options = (call.options ?? {}) as Record<string, unknown>;
    const isOrdered = Array.isArray(call.args[0])
      ? options.preserveBatchOrder === true
      : call.table !== undefined && Boolean(options.hydrate);
    const { table, ...rest } = options;
    if (!isOrdered || typeof table !== "string" || table === "") return null;
    const corrected = { ...withCall(test, { options: rest }), model: { ...model, table } };
    if (members === undefined) return corrected;
    const all = members.map((member) => ({ ...member, model: { ...member.model, table } }));
    return { ...corrected, members: all, service: { ...test.service, table } };
  },
};

const bareBatchAnswer: Correction = {
  name: "a batch's answer that does not say what was left undone",
  reason: "3.9.3 rejects, as though nothing had been read or written",
  correct(test) {
    const answers = (test.call.answers ?? []) as { $batch?: { isBare?: boolean } }[];
    if (!answers.some((answer) => answer.$batch?.isBare)) return null;
    const told = answers.map((answer) =>
      answer.$batch?.isBare ? { $batch: { ...answer.$batch, left: 0, isBare: false } } : answer,
    );
    return withCall(test, { answers: told });
  },
};

const startWithoutSortKey: Correction = {
  name: "a cursor of an index without a sort key",
  reason: "3.9.3 names the sort key that is not there, as a member without a name and a value",
  correct: (test) => (test.call.startAt ? { ...test } : null),
  restore: (outcome) => ({
    ...outcome,
    sent: outcome.sent.map((text) => text.replace(/"":\{"\$undefined":true\},?/, "")),
  }),
};

/** The request without the term on a key that has no name. */
function withoutNamelessKey(text: string): string {
  if (!text.includes('"#":""')) return text;
  const request = JSON.parse(text) as Request & { FilterExpression?: string };
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues } = request;
  const values = (ExpressionAttributeValues ?? {}) as Record<string, unknown>;
  delete names["#"];
  delete values[":"];
  request.FilterExpression = request.FilterExpression?.replace(/begins_with\(#, :\)( AND )?/g, "");
  request.ProjectionExpression = request.ProjectionExpression?.split(", ")
    .filter((name) => name !== "#")
    .join(", ");
  if (request.FilterExpression === "") delete request.FilterExpression;
  if (Object.keys(names).length === 0) delete request.ExpressionAttributeNames;
  if (Object.keys(values).length === 0) delete request.ExpressionAttributeValues;
  return JSON.stringify(request);
}

const namelessKey: Correction = {
  name: "a scan of an index whose keys are attributes",
  reason: "3.9.3 filters by a key without a name, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    changesRequests(expected, withoutNamelessKey) ? test : null,
  restore: (outcome) => inRequests(outcome, withoutNamelessKey),
};

const nothingGiven: Correction = {
  name: "`null` in place of options, or of the composites of a sort operator",
  reason: "3.9.3 crashes with a bare TypeError over it; where nothing is given it goes on",
  correct(test) {
    const { options, steps } = test.call;
    const isNull = (step: Step) => SORTS.includes(step.name) && step.args?.includes(null);
    if (options !== null && !steps.some(isNull)) return null;
    return withCall(test, {
      options: options ?? undefined,
      steps: steps.map((step) =>
        isNull(step) ? { ...step, args: step.args?.map((given) => given ?? {}) } : step,
      ),
    });
  },
};

/** Every known difference of this kind, in the order in which they are applied. */
export const CORRECTIONS: Correction[] = [
  // Those of models come first: of a model that is refused, the others are not asked.
  filtersOfModel,
  nameless,
  nullClient,
  oddField,
  oddType,
  casingOfAttributes,
  hostileNames,
  clauseOfBatchGet,
  inheritedOperand,
  undeclaredPart,
  storedElse,
  fieldOfAnotherParsed,
  attributesOfOthers,
  hyphenedUpdates,
  emptyTemplate,
  nothingGiven,
  changeBehindCondition,
  textAroundAttribute,
  ...INPUT_CORRECTIONS,
  ...CHANGE_CORRECTIONS,
  projectedField,
  namedAsType,
  pairsTornApart,
  keyBesideOwnIndex,
  upperCasedBoolean,
  fieldBesideAttribute,
  fieldOfAnother,
  emptyVersion,
  identifierBesideAttribute,
  keyBesideAttribute,
  keyInIdentifier,
  constantOverAttribute,
  textReadWithAlias,
  casedOutOfIndex,
  valueOfCasedKey,
  casedAfterHook,
  textOfOther,
  textInNumericKey,
  castOfAttributes,
  hyphenedParts,
  ...SEARCHES,
  typeOfKey,
  undefinedComposite,
  openBounds,
  orderedByText,
  textInCollection,
  soughtAsStored,
  heldOwnership,
  orderInAnotherTable,
  uncastCursor,
  countedCursor,
  countedKeys,
  newlines,
  orRule,
  numericZero,
  casedInOthers,
  removedWatcher,
  removedBelowAny,
  requiredAboveRemoved,
  removedBeforeRead,
  setInList,
  listOfSetsInList,
  emptyKey,
  oddKeyFields,
  hyphenInScan,
  repeatedProjection,
  namelessKey,
  removedTableKey,
  // After the one before it, as answers are undone from the last: what it leaves is no longer set and removed.
  keyOfRemoved,
  setTwice,
  constantSortKey,
  constantBehindAttribute,
  numberOverText,
  numbersOfEnum,
  readOnlyKey,
  setOfBooleans,
  identifierOverwritten,
  bareBatchAnswer,
  startWithoutSortKey,
  addedField,
  oddIdentifiers,
  listPositions,
];
