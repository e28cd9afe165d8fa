/** Known differences over the keys of queries and scans. */
import { canonical, revive } from "../models/tagged";
import { compositesOf } from "./calls/item";
import {
  changesRequests,
  inAnswers,
  inRequests,
  isNothing,
  requestOf,
  withCall,
  type Correction,
  type Request,
} from "./correction";

export const oddKeyFields: Correction = {
  name: "key fields in a scan",
  reason:
    "3.9.3 uses the raw field as a placeholder there, and `#p-k` is not a valid one; elsewhere it takes the odd characters out",
  correct(test, _theirs, expected) {
    const { model } = test;
    // Where find and match query, they do as queries do.
    if (requestOf(expected).includes('"KeyConditionExpression"')) return null;
    const field = Object.values(model.definition.indexes ?? {}).find((entry) => !entry.index)?.pk
      ?.field;
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
  restore: (outcome, test) => {
    const own = Object.values(test.model.definition.indexes).find(
      (entry) => entry.index === undefined,
    )?.pk.field;
    const again = (text: string) =>
      own === "pk"
        ? text.replace(/"#pk(_2)?":"pk"/, '"#pk$1":"p-k"')
        : text.replace(':"mypk"', ':"my pk"');
    const answered = inAnswers(outcome, (text) =>
      Object.values(test.model.definition.attributes).reduce(
        (all, { field = "" }) =>
          /\W/.test(field) ? all.replaceAll(`:"${field.replace(/\W/g, "")}"`, `:"${field}"`) : all,
        again(text),
      ),
    );
    // A cursor is made of the keys; what an answer says where it ends is as it is.
    if (test.call.startAt) {
      answered.sent[0] = (answered.sent[0] ?? "")
        .replace(/("ExclusiveStartKey":\{[^}]*)"mypk":/, '$1"my pk":')
        .replace(/("ExclusiveStartKey":\{[^}]*)"pk":/, '$1"p-k":');
      for (const { field = "" } of Object.values(test.model.definition.attributes)) {
        const plain = new RegExp(`(?<="ExclusiveStartKey":\\{[^}]*)"${field.replace(/\W/g, "")}":`);
        if (/\W/.test(field)) answered.sent[0] = answered.sent[0].replace(plain, `"${field}":`);
      }
    }
    return answered;
  },
};

/** Takes hyphens out of the placeholders of names that have them. */
function withoutHyphens(text: string): string {
  const { ExpressionAttributeNames: names = {} } = JSON.parse(text) as Request;
  const odd = Object.keys(names).filter((name) => name.includes("-"));
  const plain = odd.reduce(
    (all, name) =>
      ["#", ":"].reduce(
        (some, sign) =>
          some.replaceAll(`${sign}${name.slice(1)}`, `${sign}${name.slice(1).replaceAll("-", "")}`),
        all,
      ),
    text,
  );
  return odd.length === 0 ? text : canonical(JSON.parse(plain));
}

export const hyphenInScan: Correction = {
  name: "a scan of an index whose key is an attribute with a hyphen in its field",
  reason: "3.9.3 uses the field as a placeholder there, which DynamoDB refuses",
  correct: (test, _theirs, expected) =>
    test.call.method === "scan" && changesRequests(expected, withoutHyphens) ? test : null,
  restore: (outcome) => inRequests(outcome, withoutHyphens),
};

export const undefinedComposite: Correction = {
  name: "a sort composite that is there and undefined, in a query",
  reason:
    "3.9.3 takes it for a value, so that it leaves out the filter that keeps other entities' items away",
  correct({ call, ...test }) {
    const given = call.args[0];
    if (call.method !== "query" || typeof given !== "object" || given === null) return null;
    const kept = Object.entries(given).filter(([, value]) => !isNothing(value));
    if (kept.length === Object.keys(given).length) return null;
    return { ...test, call: { ...call, args: [Object.fromEntries(kept)] } };
  },
};

export const openBounds: Correction = {
  name: "`between` without a value for the composite that it bounds, on an index whose keys are attributes",
  reason:
    "3.9.3 sends a bound that is undefined; the value that the query is given for it is right",
  correct(test, _theirs, expected) {
    const { call, model, members } = test;
    if (!/":\w+k_[01]":\{"\$undefined":true\}/.test(requestOf(expected))) return null;
    const own = members?.[0]?.model ?? model;
    const index = own.definition.indexes[members ? "placed" : (call.index ?? "")];
    if (index?.type !== "composite") return null;
    const key = (call.args[0] ?? {}) as Record<string, unknown>;
    const given = compositesOf(index.sk).filter((name) => name in key && !isNothing(key[name]));
    const boundOf = (bound: unknown) => ({
      ...Object.fromEntries(given.map((name) => [name, key[name]])),
      ...Object.fromEntries(
        Object.entries(bound ?? {}).filter(([, value]) => !isNothing(value)) as never,
      ),
    });
    const steps = call.steps.map((step) =>
      step.name === "between"
        ? { ...step, args: [0, 1].map((at) => boundOf(step.args?.[at])) }
        : step,
    );
    // Such an index is compared by its attributes, whatever the option says.
    const { compare: _compare, ...options } = (call.options ?? {}) as Record<string, unknown>;
    return withCall(test, { steps, options });
  },
  // Behind a composite that is skipped, 3.9.3 goes on with those that are equal.
  restore: (outcome) =>
    inRequests(outcome, (text) =>
      text.replace(
        /(?<="KeyConditionExpression":"[^"]*)(#\w+ BETWEEN :\w+ AND :\w+) AND ([^"]*)/,
        "$2 AND $1",
      ),
    ),
};

export const clauseOfBatchGet: Correction = {
  name: "a clause of a batch get on what no attribute declares",
  reason: "3.9.3 crashes with a bare TypeError over a clause that it does not send",
  correct(test, _theirs, { refusal }) {
    const { method, args, steps } = test.call;
    const isBatch = method === "get" && Array.isArray(args[0]);
    if (!isBatch || refusal?.name !== "TypeError" || !steps.some(({ clause }) => clause))
      return null;
    return withCall(test, { steps: steps.filter(({ clause }) => !clause) });
  },
};

/** An operand as a record that has for its own what it inherits of these names; none where it inherits none of them. */
function withInherited(operand: unknown, names: readonly string[]): unknown {
  const given = revive(operand) as Record<string, unknown> | null | undefined;
  if (typeof given !== "object" || given === null) return null;
  const isInherited = (name: string) => !Object.keys(given).includes(name) && name in given;
  if (!names.some(isInherited)) return null;
  const read = names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  return JSON.parse(canonical(Object.fromEntries(read)));
}

export const inheritedOperand: Correction = {
  name: "a sort composite that the operand of a comparison inherits",
  reason: "3.9.3 reads it for `begins` and for the query itself, and answers more for the others",
  correct(test) {
    const { call, model } = test;
    const names = compositesOf(model.definition.indexes?.[call.index ?? ""]?.sk);
    let found = false;
    const steps = call.steps.map((step) => {
      if (!/^(between|[gl]te?)$/.test(step.name) || step.args === undefined) return step;
      const args = step.args.map((operand) => {
        const record = withInherited(operand, names);
        found ||= record !== null;
        return record ?? operand;
      });
      return { ...step, args };
    });
    return found ? withCall(test, { steps }) : null;
  },
};
