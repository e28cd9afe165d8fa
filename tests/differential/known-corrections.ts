/** Known differences in which 3.9.3 answers wrongly: each turns a case into one that 3.9.3 answers rightly. */
import type { Call, Case, Clause } from "./case";
import { compositesOf, definitionOf } from "./calls/item";
import { run, type Library, type Outcome } from "./run";

export interface Correction {
  name: string;
  reason: string;
  /** Whether it is about the model itself, which 3.9.3 may refuse for it. */
  ofModel?: true;
  /** The case to ask 3.9.3 instead, or null where this difference is not there. */
  correct(test: Case, theirs: Library, expected: Outcome): Case | null | Promise<Case | null>;
  /** Undoes in the answer what the correction had to change in the question. */
  restore?(outcome: Outcome, test: Case): Outcome;
}

/** Changes every text of an outcome that holds requests or answers. */
function inAnswers(outcome: Outcome, change: (text: string) => string): Outcome {
  return {
    ...outcome,
    result: outcome.result && change(outcome.result),
    sent: outcome.sent.map(change),
  };
}

const withCall = (test: Case, call: Partial<Call>): Case => ({
  ...test,
  call: { ...test.call, ...call },
});

/** The clause's text with each token as a word that is no keyword. */
export function outlineOf(clause: Clause): string {
  return clause.text.join("x");
}

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
  return result !== null && /"(FilterExpression|ConditionExpression)"/.test(result);
}

const orRule: Correction = {
  name: "the OR rule",
  reason:
    "a loose OR beside other clauses escapes them: create overwrites, patch creates, reads leak other entities' items",
  async correct(test, theirs) {
    const clauses = test.call.steps.flatMap((step) => (step.clause ? [step.clause] : []));
    if (!clauses.some(isLoose)) return null;
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

const earlierIndexWithoutComposites: Correction = {
  name: "find and match past an index without composites",
  reason: "3.9.3 throws a TypeError when it meets an index without composites while choosing one",
  correct(test, _theirs, expected) {
    if (test.call.method !== "find" && test.call.method !== "match") return null;
    if (expected.refusal?.name !== "TypeError") return null;
    const { definition } = test.model;
    const entries = Object.entries(definition.indexes ?? {});
    const kept = entries.filter(
      ([, index]) => index.index === undefined || compositesOf(index.pk).length > 0,
    );
    if (kept.length === entries.length) return null;
    return {
      ...test,
      model: { ...test.model, definition: { ...definition, indexes: Object.fromEntries(kept) } },
    };
  },
};

/** Stands for a zero, and is found nowhere else. */
const NOT_ZERO = 424242;

/** The attributes that are by themselves a number in a key. */
function numericKeyAttributes(test: Case): string[] {
  const keys = Object.values(test.model.definition.indexes ?? {}).flatMap((index) => [
    index.pk,
    index.sk,
  ]);
  return keys.flatMap((key) => {
    const [name, ...others] = compositesOf(key);
    if (!key || name === undefined || others.length > 0 || typeOf(test, name) !== "number")
      return [];
    return key.template === `\${${name}}` || key.cast === "number" ? [name] : [];
  });
}

function typeOf(test: Case, name: string): unknown {
  return definitionOf(test.model, name)?.type;
}

const numericZero: Correction = {
  name: "the number 0 in a numeric key",
  reason:
    "an update of 3.9.3 leaves the index key as it was when the number becomes 0; zero is a value",
  correct(test) {
    if (!["update", "patch", "upsert"].includes(test.call.method)) return null;
    const names = numericKeyAttributes(test);
    const text = JSON.stringify([test.call.args, test.call.steps]);
    const zeros = names
      .filter((name) => !definitionOf(test.model, name).set)
      .filter((name) => new RegExp(`"${name}":-?0[,}]`).test(text));
    if (zeros.length === 0) return null;
    const changed = zeros.reduce(
      (all, name) =>
        all.replaceAll(new RegExp(`"${name}":-?0(?=[,}])`, "g"), `"${name}":${NOT_ZERO}`),
      text,
    );
    const [args, steps] = JSON.parse(changed) as [unknown[], Call["steps"]];
    return withCall(test, { args, steps });
  },
  restore: (outcome) => ({
    ...inAnswers(outcome, (text) => text.replaceAll(String(NOT_ZERO), "0")),
    trace: outcome.trace.map((call) => ({
      ...call,
      args: call.args.map((text) => text.replaceAll(String(NOT_ZERO), "0")),
    })),
  }),
};

const oddKeyFields: Correction = {
  name: "key fields in a scan",
  reason:
    "3.9.3 uses the raw field as a placeholder there, and `#p-k` is not a valid one; elsewhere it takes the odd characters out",
  correct(test) {
    const { model } = test;
    const field = Object.values(model.definition.indexes ?? {}).find(
      (entry) => entry.index === undefined,
    )?.pk?.field;
    if (typeof field !== "string" || /^\w*$/.test(field)) return null;
    if (!["scan", "find", "match"].includes(test.call.method)) return null;
    const indexes = JSON.parse(
      JSON.stringify(model.definition.indexes).replaceAll(
        JSON.stringify(field),
        JSON.stringify(field.replace(/\W/g, "")),
      ),
    ) as typeof model.definition.indexes;
    return { ...test, model: { ...model, definition: { ...model.definition, indexes } } };
  },
  restore: (outcome) =>
    inAnswers(outcome, (text) =>
      text.replace(':"mypk"', ':"my pk"').replace('"#pk":"pk"', '"#pk":"p-k"'),
    ),
};

type Request = {
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
} & Record<string, unknown>;

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
  correct: (test, _theirs, expected) =>
    expected.result !== null && withoutRepeats(expected.result) !== expected.result ? test : null,
  restore: (outcome) => ({ ...outcome, result: outcome.result && withoutRepeats(outcome.result) }),
};

function primaryFields(test: Case): string[] {
  const primary = Object.values(test.model.definition.indexes).find(
    (entry) => entry.index === undefined,
  );
  // An empty name is what 3.9.3 removes as the key of an index whose keys are attributes.
  return ["", primary?.pk?.field, primary?.sk?.field].filter((field) => field !== undefined);
}

/** Leaves the first of several changes of one field in the SET of an update. */
function withSingleSets(text: string): string {
  const request = JSON.parse(text) as Request & { UpdateExpression?: string };
  const { UpdateExpression, ExpressionAttributeNames: names, ...rest } = request;
  const found = /^SET (.*?)( (?:REMOVE|ADD|DELETE) .*)?$/.exec(UpdateExpression ?? "");
  if (!found || names === undefined) return text;
  const seen = new Set<string>();
  const all = (found[1] as string).split(/, (?=#)/);
  const fieldOf = (change: string) => /^(#\w+) = /.exec(change)?.[1] ?? change;
  const kept = all.filter((change) => {
    const field = names[fieldOf(change)] ?? change;
    return seen.has(field) ? false : seen.add(field);
  });
  if (kept.length === all.length) return text;
  request.UpdateExpression = `SET ${kept.join(", ")}${found[2] ?? ""}`;
  const used =
    JSON.stringify([request.UpdateExpression, rest.ConditionExpression]).match(/[#:]\w+/g) ?? [];
  const values = request.ExpressionAttributeValues as Record<string, unknown>;
  for (const name of Object.keys(names)) if (!used.includes(name as never)) delete names[name];
  for (const name of Object.keys(values)) if (!used.includes(name as never)) delete values[name];
  return JSON.stringify(request);
}

const setTwice: Correction = {
  name: "an aliased attribute that is an index key itself, in an update",
  reason: "3.9.3 sets its field twice, as the attribute and as the key, which DynamoDB refuses",
  correct: (test, _theirs, { result }) =>
    result?.includes('"UpdateExpression"') && withSingleSets(result) !== result ? test : null,
  restore: (outcome) => ({ ...outcome, result: outcome.result && withSingleSets(outcome.result) }),
};

/** Takes fields out of what an update removes. */
function withoutRemoved(text: string, fields: readonly string[], dropsSet: boolean): string {
  if (!text.includes(" REMOVE ")) return text;
  const request = JSON.parse(text) as Request & { UpdateExpression: string };
  const names = request.ExpressionAttributeNames ?? {};
  const [, before = "", removed = "", after = ""] =
    /^(.*) REMOVE (.*?)( (?:ADD|DELETE) .*)?$/.exec(request.UpdateExpression) ?? [];
  const all = removed.split(", ");
  const set = (before.match(/#\w+(?= = )/g) ?? []).map((name) => names[name]);
  const isSet = (name: string) => set.includes(names[name]);
  const seen = new Set<string>();
  const kept = all.filter((name) => {
    const field = names[name];
    if (field === undefined) return true;
    if (fields.includes(field) || (dropsSet && isSet(name)) || seen.has(field)) return false;
    return seen.add(field);
  });
  if (kept.length === all.length) return text;
  request.UpdateExpression = `${before}${kept.length > 0 ? ` REMOVE ${kept.join(", ")}` : ""}${after}`;
  const { ExpressionAttributeNames: _names, ...rest } = request;
  const elsewhere: string[] = JSON.stringify(rest).match(/#\w+/g) ?? [];
  for (const name of all) if (!elsewhere.includes(name)) delete names[name];
  return JSON.stringify(request);
}

const removedTableKey: Correction = {
  name: "a condition of an index whose key is the table's, or an attribute that is set",
  reason:
    "3.9.3 removes the table's own key with the index's, or sets and removes one attribute, which DynamoDB refuses",
  correct: (test, _theirs, { result }) =>
    result !== null &&
    withoutRemoved(result, primaryFields(test), test.call.method === "upsert") !== result
      ? test
      : null,
  restore: (outcome, test) => ({
    ...outcome,
    result:
      outcome.result &&
      withoutRemoved(outcome.result, primaryFields(test), test.call.method === "upsert"),
  }),
};

/** The texts of sort keys that are a template without composites, by field. */
function constantTexts(test: Case): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { sk } of Object.values(test.model.definition.indexes)) {
    if (sk?.field === undefined || sk.template === undefined || compositesOf(sk).length > 0)
      continue;
    const cased = { upper: sk.template.toUpperCase(), none: sk.template }[sk.casing ?? ""];
    texts.set(sk.field, cased ?? sk.template.toLowerCase());
  }
  return texts;
}

function withConstants(text: string, texts: Map<string, string>): string {
  return [...texts].reduce(
    (all, [field, right]) =>
      all.replace(`":${field}_u0":"undefined"`, `":${field}_u0":${JSON.stringify(right)}`),
    text,
  );
}

const constantSortKey: Correction = {
  name: "a sort key that is a constant template, in an update",
  reason: "3.9.3 writes the text `undefined` into it",
  correct: (test, _theirs, { result }) =>
    result !== null && withConstants(result, constantTexts(test)) !== result ? test : null,
  restore: (outcome, test) => ({
    ...outcome,
    result: outcome.result && withConstants(outcome.result, constantTexts(test)),
  }),
};

/** Names of attributes that 3.9.3 stumbles over, and names that sort and stand as they do but are harmless. */
const HOSTILE: Record<string, string> = { "a.b": "ab", constructor: "constructoz" };

/** Gives every name and path that is a hostile one its other name. */
function renamed(value: unknown): unknown {
  if (typeof value === "string") return Object.hasOwn(HOSTILE, value) ? HOSTILE[value] : value;
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [renamed(name), renamed(entry)]),
  );
}

function hostileAgain(text: string): string {
  return Object.entries(HOSTILE).reduce(
    (all, [name, other]) => all.replaceAll(`"${other}":`, `"${name}":`),
    text.replaceAll("constructoz", "constructor").replaceAll(/(["\s,])ab(?=[,"])/g, "$1a.b"),
  );
}

const hostileNames: Correction = {
  name: "an attribute whose name has a dot, or is that of an object's own property",
  reason: "3.9.3 takes the one for a path and crashes over the other; a declared name wins",
  ofModel: true,
  correct(test) {
    const { attributes } = test.model.definition;
    const names = Object.keys(attributes ?? {}).filter((name) => Object.hasOwn(HOSTILE, name));
    if (names.length === 0) return null;
    const copy = renamed(test) as Case;
    for (const name of names.filter((entry) => entry.includes("."))) {
      const other = copy.model.definition.attributes[HOSTILE[name] as string];
      if (other) other.field = attributes[name]?.field ?? name;
    }
    // What is stored is kept under fields, and those with dots keep their names.
    if (names.includes("a.b")) {
      copy.call.answers = test.call.answers;
      if (test.call.method === "parse") copy.call.args[0] = test.call.args[0];
    }
    return copy;
  },
  restore: (outcome) => ({
    ...inAnswers(outcome, hostileAgain),
    trace: outcome.trace.map((call) => ({
      ...call,
      place: call.place
        .replace("attributes.ab.", "attributes.a.b.")
        .replace("constructoz", "constructor"),
      args: call.args.map(hostileAgain),
    })),
  }),
};

const HYPHENED = "my-attr";
const PLAIN = "myattr";

/** Gives the hyphened attribute its plain name wherever it is one, in templates too. */
function plainly(value: unknown): unknown {
  if (typeof value === "string")
    return value === HYPHENED
      ? PLAIN
      : value
          .replaceAll(`\${${HYPHENED}}`, `\${${PLAIN}}`)
          .replace(new RegExp(`^${HYPHENED}(?=[.[])`), PLAIN);
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [plainly(name) as string, plainly(entry)]),
  );
}

/** Its placeholders are the same under both names; all else gets the hyphen back. */
function hyphened(text: string): string {
  return text.replaceAll(/(?<![#:\w])myattr(?!\w)/g, HYPHENED);
}

const hyphenedUpdates: Correction = {
  name: "an update of an attribute whose name has a hyphen",
  reason:
    "3.9.3 knows the values of an update by their placeholders, so that it writes lists instead of sets and undeclared members of maps below such a name",
  ofModel: true,
  correct(test) {
    const declared = test.model.definition.attributes?.[HYPHENED];
    if (!declared || !["update", "patch", "upsert"].includes(test.call.method)) return null;
    const copy = plainly(test) as Case;
    const attribute = copy.model.definition.attributes[PLAIN];
    if (attribute) {
      attribute.field = declared.field ?? HYPHENED;
      attribute.label = declared.label ?? HYPHENED;
    }
    copy.call.answers = test.call.answers;
    return copy;
  },
  restore: (outcome) => ({
    ...inAnswers(outcome, hyphened),
    refusal: outcome.refusal && {
      ...outcome.refusal,
      fields: outcome.refusal.fields?.map(hyphened) ?? null,
    },
    trace: outcome.trace.map((call) => ({
      ...call,
      place: hyphened(call.place),
      args: call.args.map(hyphened),
    })),
  }),
};

const orderInAnotherTable: Correction = {
  name: "`preserveBatchOrder` beside `table`",
  reason: "3.9.3 looks for the answers under the entity's own table and forgets the order",
  correct(test) {
    const options = test.call.options as Record<string, unknown> | undefined;
    if (!Array.isArray(test.call.args[0]) || options?.preserveBatchOrder !== true) return null;
    const { table, ...rest } = options;
    if (typeof table !== "string" || table === "") return null;
    return { ...withCall(test, { options: rest }), model: { ...test.model, table } };
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

/** Every known difference of this kind, in the order in which they are applied. */
export const CORRECTIONS: Correction[] = [
  hostileNames,
  hyphenedUpdates,
  newlines,
  orRule,
  earlierIndexWithoutComposites,
  numericZero,
  oddKeyFields,
  repeatedProjection,
  removedTableKey,
  setTwice,
  constantSortKey,
  orderInAnotherTable,
  bareBatchAnswer,
];
