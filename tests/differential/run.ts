/** Carries out one case with one library and records what can be observed. It compares nothing. */
import { canonical, revive, type Resolver } from "../models/tagged";
import { Trace, type HookCall } from "../models/fixtures";
import type { Call, Case, Clause, Path, Step, Token } from "./case";
import { Stored } from "./stored";
import { stubClient } from "./stub";
import { convert, startingAt } from "./convert";
import { observing } from "./observe";
import { twinOf } from "./calls/transaction";
import { transact } from "./transact";

type Method = (...args: unknown[]) => unknown;
type Loose = Record<string, unknown>;

/** The part of electrodb and of electroxide/electrodb that cases use. */
export interface Library {
  Entity: new (definition: never, config?: never) => unknown;
  Service: new (entities: never, config?: never) => unknown;
  CustomAttributeType(type: never): unknown;
  createConversions(entity: never): unknown;
  createWriteTransaction(entities: never, callback: never): unknown;
  createGetTransaction(entities: never, callback: never): unknown;
}

/** A refusal as far as it is compared: where it came up and its code, never its text. */
export interface Refusal {
  phase: "construct" | "call" | "go";
  code: number | null;
  /** The main entry's name for the code. */
  kind?: string;
  name: string;
  message: string;
  fields: string[] | null;
}

/** Everything that is compared of one run. */
export interface Outcome {
  refusal: Refusal | null;
  result: string | null;
  trace: HookCall[];
  mutated: string[];
  /** The commands that a stub client was sent, with their inputs, in order. */
  sent: string[];
}

export function refusalOf(error: unknown, phase: Refusal["phase"]): Refusal {
  const record = (typeof error === "object" && error !== null ? error : {}) as Loose;
  const fields = Array.isArray(record.fields)
    ? record.fields.map((entry) => String((entry as Loose | null)?.field))
    : null;
  return {
    phase,
    code: record.isElectroError === true && typeof record.code === "number" ? record.code : null,
    ...(typeof record.kind === "string" ? { kind: record.kind } : {}),
    name: String(record.name),
    message: String(record.message),
    fields,
  };
}

function attributeAt(attributes: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => (at as Loose | undefined)?.[part], attributes);
}

function applyToken(
  attributes: unknown,
  operations: unknown,
  token: Token,
  resolver: Resolver,
): unknown {
  const [operator, path, ...rest] = token;
  const args = rest.map((argument) => {
    const nested = (argument as Loose | null)?.$token as Token | undefined;
    return nested
      ? applyToken(attributes, operations, nested, resolver)
      : revive(argument, resolver);
  });
  const method = (operations as Record<string, Method>)[operator] as Method;
  return operator === "field" || operator === "escape"
    ? method(...args)
    : method(attributeAt(attributes, path), ...args);
}

function clauseCallback(clause: Clause, resolver: Resolver): Method {
  return (attributes, operations) =>
    clause.text.reduce((text, piece, at) => {
      const token = clause.tokens[at];
      return (
        text + piece + (token ? String(applyToken(attributes, operations, token, resolver)) : "")
      );
    }, "");
}

function dataCallback(tokens: Token[], resolver: Resolver): Method {
  return (attributes, operations) => {
    for (const token of tokens) applyToken(attributes, operations, token, resolver);
  };
}

/** Callbacks that use nothing of what they are given. */
const CALLBACKS: Record<NonNullable<Step["callback"]>, Method> = {
  throws: () => {
    throw new RangeError("callback failed");
  },
  nothing: () => undefined,
  number: () => 5,
  object: () => ({}),
  empty: () => "",
};

export function take(step: Step, chain: unknown, resolver: Resolver): unknown {
  const method = (chain as Record<string, Method>)[step.name] as Method;
  if (step.callback) return method.call(chain, CALLBACKS[step.callback]);
  if (step.clause) return method.call(chain, clauseCallback(step.clause, resolver));
  if (step.data) return method.call(chain, dataCallback(step.data, resolver));
  const args = (step.args ?? []).map((argument) => revive(argument, resolver));
  return method.apply(chain, args);
}

export function start(entity: Loose, call: Call, args: unknown[]): unknown {
  if (call.method === "scan") {
    return call.index === undefined ? entity.scan : (entity.scan as Loose)[call.index];
  }
  if (call.method === "collection") {
    return ((entity.collections as Record<string, Method>)[call.index ?? ""] as Method)(...args);
  }
  if (call.method === "query") {
    return ((entity.query as Record<string, Method>)[call.index ?? ""] as Method)(...args);
  }
  return (entity[call.method] as Method).apply(entity, args);
}

function clientOf({ model, call }: Case, sent: string[], stored?: () => Stored): object {
  const { answers = [] } = call;
  return model.client || call.answers ? { client: stubClient(answers, sent, stored) } : {};
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** What else the entity, or the service, is configured with. */
function configuredOf({ call }: Case, library: Library, trace: Trace, sent: string[]): object {
  return revive(call.configured ?? {}, observing(trace.resolver(library as never), sent)) as object;
}

/** The entity that a case is about, or the service. */
function subjectOf(test: Case, library: Library, trace: Trace, sent: string[]): unknown {
  const { answers, table } = test.call;
  if (test.members === undefined) {
    const made: unknown[] = [];
    const stored = table && once(() => new Stored(table, made, library));
    const configured = configuredOf(test, library, trace, sent);
    const client = clientOf(test, sent, stored);
    const entity = entityOf(test, library, trace, { ...client, ...configured });
    made.push(entity);
    return entity;
  }
  const entities = test.members.map(({ name, model }) => {
    const member = { ...test, model, call: { ...test.call, answers: undefined } };
    return [name, entityOf(member, library, trace, clientOf(member, sent))];
  });
  const made = entities.map(([, entity]) => entity);
  const stored = table && once(() => new Stored(table, made, library));
  const client = answers ? { client: stubClient(answers, sent, stored) } : {};
  const configured = configuredOf(test, library, trace, sent);
  const configuration = { ...test.service, ...client, ...configured };
  return new library.Service(Object.fromEntries(entities) as never, configuration as never);
}

function entityOf(test: Case, library: Library, trace: Trace, client: object): unknown {
  const { model } = test;
  const definition = revive(model.definition, trace.resolver(library as never));
  const entity = new library.Entity(
    definition as never,
    { table: model.table, ...client, ...(revive(model.config ?? {}) as object) } as never,
  ) as Loose;
  for (const [kind, name] of Object.entries(model.identifiers ?? {})) {
    (entity.setIdentifier as Method).call(entity, kind, name);
  }
  return entity;
}

/** The case with the other entity of a transaction. */
function twinCase(test: Case): Case {
  const { definition } = test.model;
  const model = { ...definition.model, entity: twinOf(definition.model.entity) };
  return { ...test, model: { ...test.model, definition: { ...definition, model } } };
}

/** How many requests of a batch a case has under way at once, at most. */
const MOST_AT_ONCE = 5;

/** Carries out one case. */
export async function run(test: Case, library: Library): Promise<Outcome> {
  const trace = new Trace();
  const outcome: Outcome = {
    refusal: null,
    result: null,
    trace: trace.calls,
    mutated: [],
    sent: [],
  };
  let phase: Refusal["phase"] = "construct";
  try {
    const entity = subjectOf(test, library, trace, outcome.sent) as Loose;
    phase = "call";
    const resolver = observing(trace.resolver(library as never), outcome.sent);
    const { call } = test;
    const given = call.args.map((argument) => revive(argument, resolver));
    const options = revive(call.options, resolver);
    const before = given.map(canonical);
    const optionsBefore = canonical(options);
    const source = call.isForeign ? entityOf(twinCase(test), library, trace, {}) : entity;
    if (call.method === "conversions") {
      const converted = convert(library, { entity, source }, call, given[0], options);
      outcome.result = canonical(converted);
      return outcome;
    }
    const build = (own: unknown, item: Call) => {
      const args = item === call ? given : item.args.map((value) => revive(value, resolver));
      let built = start(own as Loose, item, args);
      for (const step of item.steps) built = take(step, built, resolver);
      return { chain: built, options: item === call ? options : revive(item.options, resolver) };
    };
    if (call.transaction) {
      const twin = entityOf(twinCase(test), library, trace, clientOf(test, outcome.sent));
      const all = transact(library, { own: entity, twin }, call, build) as Record<string, Method>;
      const around = revive(call.transaction.options, resolver);
      if (call.answers) phase = "go";
      const told = await (call.answers ? all.go : all.params)?.call(all, around);
      if (canonical(options) !== optionsBefore) outcome.mutated.push("options");
      outcome.result = canonical(told);
      return outcome;
    }
    const { chain } = build(entity, call);
    let result = chain;
    if (call.answers) {
      const started = startingAt(library, source, call, options, revive(call.startAt?.composites));
      const promise = ((chain as Loose).go as Method).call(chain, started);
      phase = "go";
      result = await promise;
    } else if (call.method !== "parse") {
      result = ((chain as Loose).params as Method).call(chain, options);
    }
    given.forEach((value, at) => {
      if (canonical(value) !== before[at]) outcome.mutated.push(`argument ${at}`);
    });
    if (canonical(options) !== optionsBefore) outcome.mutated.push("options");
    outcome.result = canonical(result);
  } catch (error) {
    outcome.refusal = refusalOf(error, phase);
    // Of requests that were sent with the one that failed, listeners are told later.
    for (let turn = 0; turn < MOST_AT_ONCE && phase === "go"; turn += 1)
      await new Promise(setImmediate);
  }
  return outcome;
}
