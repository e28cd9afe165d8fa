/** A client of the SDK's third version that sends nothing: it notes what it is given and answers from the case. */
import { canonical, revive } from "../models/tagged";
import { noteAnswer } from "./observe";
import type { Stored } from "./stored";

type Loose = Record<string, unknown>;

/** How a batch is answered: the items and keys whose position leaves no rest are found, or left undone. */
interface BatchAnswer {
  /** Every nth key is found; 0 for none. */
  found: number;
  /** Every nth item is left undone; 0 for none. */
  left: number;
  /** Whether the answer says nothing of what is left undone, which is nothing then. */
  isBare: boolean;
  /** What found items hold beside their keys. */
  items: Loose[];
}

const everyNth = <T>(all: readonly T[], n: number) =>
  n === 0 ? [] : all.filter((_, at) => at % n === n - 1);

/** DynamoDB answers in no order. */
const shuffled = <T>(all: readonly T[]) => [...all].reverse();

function batchAnswer({ found, items, ...answer }: BatchAnswer, input: Loose): Loose {
  const left = answer.isBare ? 0 : answer.left;
  const responses: Loose = {};
  const keys: Loose = {};
  const writes: Loose = {};
  for (const [table, part] of Object.entries((input.RequestItems ?? {}) as Loose)) {
    if (Array.isArray(part)) {
      writes[table] = everyNth<unknown>(part, left);
    } else {
      const all = ((part as Loose).Keys ?? []) as Loose[];
      const undone = everyNth(all, left);
      keys[table] = { Keys: undone };
      responses[table] = shuffled(
        everyNth(all, found)
          .filter((key) => !undone.includes(key))
          .map((key, at) => ({ ...items[at % items.length], ...key })),
      );
    }
  }
  const isRead = Object.keys(responses).length > 0;
  if (answer.isBare) return isRead ? { Responses: responses } : {};
  return isRead ? { Responses: responses, UnprocessedKeys: keys } : { UnprocessedItems: writes };
}

/** DynamoDB writes whole numbers out. */
function digits(value: number | bigint): string {
  return String(Number.isInteger(value) ? BigInt(value) : value);
}

/** A value in DynamoDB's own notation, as errors carry it. */
function marshalled(value: unknown): Loose {
  if (value === null || value === undefined) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "number" || typeof value === "bigint") return { N: digits(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value instanceof Set) {
    const [first] = value;
    return typeof first === "number"
      ? { NS: [...(value as Set<number>)].map(digits) }
      : { SS: [...value].map(String) };
  }
  if (ArrayBuffer.isView(value)) return { B: value };
  if (Array.isArray(value)) return { L: value.map(marshalled) };
  return { M: members(value) };
}

function members(value: object): Loose {
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, marshalled(own)]));
}

/** An answer or a reason with its item as errors carry it. */
function notated(reason: Loose): Loose {
  return reason.Item === undefined ? reason : { ...reason, Item: members(reason.Item as object) };
}

/**
 * The client; `sent` receives the commands with their inputs, in order.
 * @param stored The table from which batches of gets are answered, which only exists when the client is made.
 */
export function stubClient(answers: unknown[], sent: string[], stored?: () => Stored): unknown {
  let position = 0;
  return {
    send: async (command: { constructor: { name: string }; input: unknown }) => {
      const { name } = command.constructor;
      sent.push(`${name} ${canonical(command.input)}`);
      // What is sent together is answered one after the other.
      await new Promise(setImmediate);
      noteAnswer(sent);
      if (stored && name === "BatchGetCommand") return stored().batch(command.input as Loose);
      const answer = revive(answers[Math.min(position, answers.length - 1)] ?? {}) as Loose;
      // What is answered again and again comes to an end all the same.
      if (position > answers.length) delete answer.LastEvaluatedKey;
      position += 1;
      if (answer.$batch !== undefined) {
        return batchAnswer(answer.$batch as BatchAnswer, command.input as Loose);
      }
      if (answer.$failure === undefined) return stored?.().page(answer) ?? answer;
      const { $failure: failure, $reasons: reasons, ...more } = answer;
      const told = Array.isArray(reasons) ? { CancellationReasons: reasons.map(notated) } : {};
      throw Object.assign(new Error("refused"), { name: failure, ...notated(more), ...told });
    },
  };
}
