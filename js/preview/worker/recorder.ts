// Collects what the program does: entities, calls with their requests, what it prints and what goes wrong. It calls nothing.

import type { EntityCore } from "../../src/entity/entity-core.js";
import { NOTHING, type CallReport, type Problem, type Report } from "../shared/report.js";
import { describeEntity } from "./anatomy.js";
import { KeyFinder, type Owner } from "./keys.js";
import { currentLine, lineIn } from "./place.js";
import { dynamoParams, jsonText } from "./values.js";

/** More than this is no preview any more. */
const MOST_CALLS = 1000;
const MOST_PRINTS = 200;
const LONGEST_PRINT = 2000;

/** A call while it runs. */
export interface Call {
  report: CallReport;
  /** Whose keys its requests have: their runtimes or cores. */
  owners: readonly object[];
  requests: Request[];
}

/** What would be sent. */
export interface Request {
  /** DynamoDB's name of the operation. */
  operation: string;
  params: Record<string, unknown>;
}

/** What a call is, before it runs. */
export interface Opening {
  method: string;
  target?: string | undefined;
  owner: string;
  via: CallReport["via"];
  /** The entities that it is about; any where it names none. */
  owners: readonly object[];
}

interface MadeEntity {
  core: EntityCore;
  definition: object;
  line: number;
}

/** What an error says, as the page shows it. */
export function problemOf(error: unknown, line: number): Problem {
  const at = line > 0 ? line : 0;
  if (typeof error !== "object" || error === null) {
    return { line: at, name: "Thrown", message: clipped(String(error)) };
  }
  const { name, message, stack, code, kind } = error as Record<string, unknown>;
  return {
    line: lineIn(stack) || at,
    name: typeof name === "string" && name !== "" ? name : "Error",
    message: clipped(typeof message === "string" ? message : "Something was thrown"),
    ...(typeof code === "number" ? { code } : {}),
    ...(typeof kind === "string" ? { kind } : {}),
  };
}

function clipped(text: string): string {
  return text.length > LONGEST_PRINT ? `${text.slice(0, LONGEST_PRINT)}…` : text;
}

/** One run of a program. */
export class Recorder {
  private readonly entities: MadeEntity[] = [];
  private readonly calls: Call[] = [];
  private readonly problems: Problem[] = [];
  private readonly prints: Report["prints"] = [];
  /** Errors that belong to a call already; rethrown, they are no news. */
  private readonly known = new WeakSet<object>();

  /** Notes an entity; a service makes some of its own, which are noted with it. */
  entity(core: EntityCore, definition: object): void {
    if (this.entities.some((known) => known.core === core)) return;
    this.entities.push({ core, definition, line: currentLine() });
  }

  /** Notes a call. */
  open({ owners, target, ...rest }: Opening): Call {
    const call: Call = {
      report: {
        ...rest,
        line: currentLine(),
        ...(target === undefined ? {} : { target }),
        requests: [],
      },
      owners,
      requests: [],
    };
    if (this.calls.length < MOST_CALLS) this.calls.push(call);
    return call;
  }

  /** Notes that a call was refused or failed. */
  fail(call: Call, error: unknown): void {
    call.report.problem = problemOf(error, call.report.line);
    if (call.report.line > 0) call.report.problem.line = call.report.line;
    if (typeof error === "object" && error !== null) this.known.add(error);
  }

  /** Notes what ended the program, or what nobody has caught. */
  problem(error: unknown, line = 0): void {
    if (typeof error === "object" && error !== null) {
      if (this.known.has(error)) return;
      this.known.add(error);
    }
    this.problems.push(problemOf(error, line));
  }

  /** Notes what the program prints. */
  print(values: readonly unknown[]): void {
    if (this.prints.length >= MOST_PRINTS) return;
    const text = values.map((value) => (typeof value === "string" ? value : shown(value)));
    this.prints.push({ line: currentLine(), text: clipped(text.join(" ")) });
  }

  /** All of it, as it is now. */
  report(): Report {
    const owners: Owner[] = this.entities.map(({ core, definition, line }, number) => {
      return { number, report: describeEntity(core, definition, line) };
    });
    return {
      ...NOTHING,
      entities: owners.map(({ report }) => report),
      calls: this.calls.map((call) => this.finished(call, owners)),
      problems: this.problems,
      prints: this.prints,
    };
  }

  private finished({ report, owners, requests }: Call, all: readonly Owner[]): CallReport {
    const own = all.filter(({ number }) => owners.includes(this.entities[number]?.core ?? this));
    const [only, ...others] = own;
    const isOne = only !== undefined && others.length === 0 && report.method !== "collections";
    const result: CallReport = { ...report, ...(isOne ? { entity: only.number } : {}) };
    result.requests = requests.map(({ operation, params }) => {
      const finder = new KeyFinder(own.length > 0 ? own : all, report.target);
      finder.search(params);
      let dynamo: Record<string, unknown> = {};
      try {
        dynamo = dynamoParams(params);
      } catch (error) {
        result.problem ??= { ...problemOf(error, report.line), line: report.line };
      }
      return { operation, json: jsonText(params), dynamo, keys: finder.found };
    });
    return result;
  }
}

function shown(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === "function") return `[function ${value.name}]`;
  try {
    return jsonText(value);
  } catch {
    return String(value);
  }
}
