/** Plays one golden case with one library and answers its request, its result or its refusal. It knows no expected answers. */
import { readFileSync } from "node:fs";
import { HOOKS, Trace } from "../models/fixtures";
import { revive, tag } from "../models/tagged";
import { refusalOf, run, start, take, type Library, type Refusal } from "../differential/run";
import type { Call, Clause, Step, Token } from "../differential/case";
import type { Model } from "../differential/model";

type Loose = Record<string, unknown>;

/** A golden case as its file holds it. */
export interface GoldenCase {
  model?: string;
  definition?: unknown;
  dialect: "electrodb" | "electroxide";
  operation: string;
  attributes?: Loose;
  key?: Loose;
  batch?: Loose[];
  index?: string;
  composite?: Loose;
  sort?: Record<string, unknown>;
  raw?: unknown;
  members?: string[];
  kind?: "get" | "write";
  items?: TransactionItem[];
  actions?: Loose[];
  where?: Clause[];
  options?: unknown;
  afterHooks?: [string, unknown][];
  indexConditions?: Record<string, boolean>;
  only?: "package";
  expect: Expectation;
}

/** One item of a transaction: a call on the entity of this name, whose options are those of `commit`. */
type TransactionItem = Pick<
  GoldenCase,
  "operation" | "attributes" | "key" | "actions" | "where" | "options"
> & { entity: string };

/** What must come of a case. */
export interface Expectation {
  params?: unknown;
  result?: unknown;
  error?: { code: number | null; kind?: string; fields?: string[] };
}

/** Where the model files are. */
export type ModelReader = (name: string) => Model;

/** Reads models from a folder. */
export function modelsIn(folder: URL): ModelReader {
  return (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Model;
}

function stepsOf(golden: GoldenCase): Step[] {
  const steps: Step[] = [];
  for (const [name, bounds] of Object.entries(golden.sort ?? {})) {
    steps.push({ name, args: name === "between" ? (bounds as unknown[]) : [bounds] });
  }
  for (const action of golden.actions ?? []) {
    for (const [name, value] of Object.entries(action)) {
      steps.push(name === "data" ? { name, data: value as Token[] } : { name, args: [value] });
    }
  }
  for (const clause of golden.where ?? []) steps.push({ name: "where", clause });
  return steps;
}

function callOf(golden: GoldenCase): Call {
  const { operation } = golden;
  const call: Call = {
    method: operation,
    args: [],
    steps: stepsOf(golden),
    options: golden.options,
  };
  if (operation === "parse")
    return {
      ...call,
      args: [golden.raw, ...(golden.options === undefined ? [] : [golden.options])],
    };
  if (operation === "query") return { ...call, index: golden.index, args: [golden.composite] };
  if (operation === "collection") return { ...call, index: golden.index, args: [golden.composite] };
  if (operation === "scan") return { ...call, index: golden.index };
  return { ...call, args: [golden.batch ?? golden.attributes ?? golden.key] };
}

/** A set of a document client and a native one are the same fact to a golden case. */
function withPlainSets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainSets);
  if (typeof value !== "object" || value === null) return value;
  const record = value as Loose;
  if (record.wrapperName === "Set" && Array.isArray(record.values)) return { $set: record.values };
  return Object.fromEntries(
    Object.entries(record).map(([name, entry]) => [name, withPlainSets(entry)]),
  );
}

function playModel(golden: GoldenCase, library: Library): Expectation {
  try {
    const definition = revive(golden.definition, new Trace().resolver(library as never));
    new library.Entity(definition as never, { table: "table" } as never);
    return { result: "accepted" };
  } catch (error) {
    return { error: errorOf(error as Loose) };
  }
}

function errorOf(error: Loose): NonNullable<Expectation["error"]> {
  const code = error.isElectroError === true ? (error.code as number) : null;
  const fields = Array.isArray(error.fields)
    ? { fields: error.fields.map((entry: Loose) => String(entry.field)) }
    : {};
  return { code, ...(typeof error.kind === "string" ? { kind: error.kind } : {}), ...fields };
}

/** The operations of a transaction over a service's entities, and the request that they become. */
function playTransaction(golden: GoldenCase, library: Library, models: ModelReader): Expectation {
  const resolver = new Trace().resolver(library as never);
  const entities = (golden.members ?? []).map((name) => {
    const { definition, table } = models(name);
    return [name, new library.Entity(revive(definition, resolver) as never, { table } as never)];
  });
  try {
    const service = new library.Service(Object.fromEntries(entities) as never, undefined as never);
    const { transaction } = service as unknown as { transaction: Record<string, Method> };
    const itemOf = (all: Loose, item: TransactionItem): unknown => {
      const call = callOf({ ...item, dialect: golden.dialect, expect: {} });
      const args = call.args.map((argument) => revive(argument, resolver));
      let chain = start(all[item.entity] as Loose, call, args);
      for (const step of call.steps) chain = take(step, chain, resolver);
      // Only our own transactions take an item without `commit`.
      const isBare = golden.dialect === "electroxide" && item.options === undefined;
      return isBare ? chain : (chain as Record<string, Method>).commit?.(revive(item.options, resolver));
    };
    const callback = (all: Loose) => (golden.items ?? []).map((item) => itemOf(all, item));
    const made = transaction[golden.kind ?? ""]?.(callback) as Record<string, Method>;
    const params = made.params?.(revive(golden.options, resolver));
    return { params: withPlainSets(tag(params)) };
  } catch (error) {
    return { error: toldOf(refusalOf(error, "call")) };
  }
}

type Method = (...args: unknown[]) => unknown;

function toldOf({ code, kind, fields }: Refusal): NonNullable<Expectation["error"]> {
  return { code, ...(kind === undefined ? {} : { kind }), ...(fields ? { fields } : {}) };
}

/** Plays a case. */
export async function play(
  golden: GoldenCase,
  library: Library,
  models: ModelReader,
): Promise<Expectation> {
  if (golden.operation === "model") return playModel(golden, library);
  if (golden.operation === "transaction") return playTransaction(golden, library, models);
  const members = golden.members?.map((name) => ({ name, model: models(name) }));
  const model = members?.[0]?.model ?? models(golden.model ?? "");
  const test = { family: "golden", model, ...(members && { members }), call: callOf(golden) };
  const outcome = await run(test, library);
  if (outcome.refusal) return { error: toldOf(outcome.refusal) };
  const answer = withPlainSets(JSON.parse(outcome.result ?? "null"));
  return golden.operation === "parse" ? { result: answer } : { params: answer };
}

function hasHooks(definition: Loose): boolean {
  return ["set", "default", "watch"].some((name) => definition[name] !== undefined);
}

/** The attributes as they stand in a request: what a native run, which has no hooks, starts from. */
export function afterHooksOf(
  golden: GoldenCase,
  models: ModelReader,
  params: unknown,
): [string, unknown][] | undefined {
  if (golden.model === undefined || params === undefined) return undefined;
  const { attributes } = models(golden.model).definition;
  if (!Object.values(attributes).some((definition) => hasHooks(definition as unknown as Loose)))
    return undefined;
  const request = params as {
    Item?: Loose;
    UpdateExpression?: string;
    ExpressionAttributeNames?: Loose;
    ExpressionAttributeValues?: Loose;
  };
  const byField = new Map(
    Object.entries(attributes).map(([name, definition]) => [definition.field ?? name, name]),
  );
  const found: [string, unknown][] = [];
  const add = (field: string, value: unknown) => {
    const name = byField.get(field);
    if (name !== undefined && !Object.hasOwn(golden.key ?? {}, name)) found.push([name, value]);
  };
  if (request.Item) {
    for (const [name, definition] of Object.entries(attributes)) {
      const field = definition.field ?? name;
      if (Object.hasOwn(request.Item, field)) add(field, request.Item[field]);
    }
    return found;
  }
  for (const [, name, value] of (request.UpdateExpression ?? "").matchAll(
    /(#[^\s,]+) = (:[^\s,]+)(?=,| [A-Z]|$)/g,
  )) {
    add(
      String(request.ExpressionAttributeNames?.[name as string]),
      request.ExpressionAttributeValues?.[value as string],
    );
  }
  return found.length > 0 ? found : undefined;
}

/** What each index condition of the model answers for the attributes after the hooks. */
export function indexConditionsOf(
  golden: GoldenCase,
  models: ModelReader,
  params: unknown,
): Record<string, boolean> | undefined {
  if (golden.model === undefined) return undefined;
  const { indexes } = models(golden.model).definition;
  const request = params as { Item?: Loose } | undefined;
  const item = request?.Item ?? {
    ...golden.key,
    ...Object.assign({}, ...(golden.actions ?? []).map((action) => action.set ?? {})),
    ...golden.attributes,
  };
  const answers: Record<string, boolean> = {};
  for (const [name, index] of Object.entries(indexes)) {
    const hook = index.condition && HOOKS[index.condition.$hook];
    if (hook) answers[name] = Boolean(hook(item as never));
  }
  return Object.keys(answers).length > 0 ? answers : undefined;
}

/** Tagged JSON with the keys in order, for comparing two expectations. */
export function textOf(expectation: unknown): string {
  return JSON.stringify(tag(expectation));
}
