/** What a correction is, and what corrections are written with. It lists none. */
import type { Call, Case, Clause } from "./case";
import type { AttributeDefinition } from "./model";
import type { Library, Outcome } from "./run";

export interface Correction {
  name: string;
  reason: string;
  /** Whether it is about the model itself, which 3.9.3 may refuse for it. */
  ofModel?: true;
  /** Whether it is about transactions themselves, and not about a call that may be an item of one. */
  ofTransactions?: true;
  /** Whether it is undone in every item of a transaction, because the model is another one. */
  ofAllItems?: true;
  /** Whether hooks may be called in another order: ours looks at an item when it is given, and at changes when the request is made. */
  isUnordered?: true;
  /** The case to ask 3.9.3 instead, or null where this difference is not there. */
  correct(test: Case, theirs: Library, expected: Outcome): Case | null | Promise<Case | null>;
  /** Undoes in the answer what the correction had to change in the question. */
  restore?(outcome: Outcome, test: Case): Outcome;
}

/** Changes every text of an outcome that holds requests or answers. */
export function inAnswers(outcome: Outcome, change: (text: string) => string): Outcome {
  return {
    ...outcome,
    result: outcome.result && change(outcome.result),
    sent: outcome.sent.map(change),
  };
}

/** Changes every request of an outcome, whether it is the result of `params` or was sent. */
export function inRequests(outcome: Outcome, change: (text: string) => string): Outcome {
  return inAnswers(outcome, (text) => {
    // An answer may be a list or nothing, which no change of requests is about.
    const [, command = "", request] = /^(\w+ )?(\{.*)$/s.exec(text) ?? [];
    return request === undefined ? text : command + change(request);
  });
}

/** The first request of a call, sent or only shown. */
export const requestOf = ({ sent, result }: Outcome): string => sent[0] ?? result ?? "";

/** The same without the name of its command. */
export const bodyOf = (outcome: Outcome): string => requestOf(outcome).replace(/^\w+ (?=\{)/, "");

/** Whether a change of requests changes any of an outcome's. */
export function changesRequests(outcome: Outcome, change: (text: string) => string): boolean {
  const changed = inRequests(outcome, change);
  return changed.result !== outcome.result || changed.sent.join() !== outcome.sent.join();
}

/** An attribute's definition as an object; its type alone is one, too. */
export function described(own: unknown): AttributeDefinition {
  const isType = typeof own === "string" || Array.isArray(own);
  return isType ? { type: own } : { ...(own as AttributeDefinition) };
}

export const withCall = (test: Case, call: Partial<Call>): Case => ({
  ...test,
  call: { ...test.call, ...call },
});

/** The clause's text with each token as a word that is no keyword. */
export function outlineOf(clause: Clause): string {
  return clause.text.join("x");
}

/** Whether brackets are closed that are not open, or the other way round. */
export function isUnbalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")" && --depth < 0) return true;
  }
  return depth !== 0;
}

/** A request as far as corrections change it. */
export type Request = {
  ProjectionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
} & Record<string, unknown>;

export const isNothing = (value: unknown) => JSON.stringify(value) === '{"$undefined":true}';

/** The fields of identifiers, under whatever names they may be given. */
export function identifierFields({ config, identifiers = {} }: Case["model"]): unknown[] {
  const given = (config?.identifiers ?? {}) as Record<string, unknown>;
  return ["__edb_e__", "__edb_v__", ...Object.values(given), ...Object.values(identifiers)];
}
