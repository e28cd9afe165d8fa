// What the runtime tests share: both libraries as they are loaded, stub clients, and callbacks that note their calls.
import { Entity as Oracle } from "electrodb";
import { Entity as Main } from "electroxide";
import { Entity as DropIn } from "electroxide/electrodb";
import { canonical } from "../../models/tagged";

/** A value whose type the tests leave open, since two libraries with types of their own are driven alike. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

export type Library = new (model: Loose, configuration?: Loose) => Loose;

export const oracle = Oracle as unknown as Library;
export const main = Main as unknown as Library;
export const dropIn = DropIn as unknown as Library;

/** The identifiers of an item of entity `e`. */
export const OWN = { __edb_e__: "e", __edb_v__: "1" };

/** A model of entity `e`, keyed by `id` unless other indexes are given. */
export function modelOf(attributes: Loose, indexes?: Loose): Loose {
  return {
    model: { entity: "e", version: "1", service: "s" },
    attributes: { id: { type: "string" }, ...attributes },
    indexes: indexes ?? {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
    },
  };
}

/** Callbacks that note their arguments and answers. */
export class Notes {
  calls: string[] = [];

  note(name: string, callback: (...given: Loose[]) => unknown = (value: unknown) => value): Loose {
    return (...given: unknown[]) => {
      const seen = given.map((value) => canonical(value)).join(" ");
      const answer = callback(...given);
      this.calls.push(`${name} ${seen} -> ${canonical(answer)}`);
      return answer;
    };
  }

  /** What was noted since the last time. */
  take(): string[] {
    const { calls } = this;
    this.calls = [];
    return calls;
  }
}

/** A client that answers what it is told to and keeps what it was sent. */
export function stubClient(answer: Loose): { client: Loose; sent: Loose[] } {
  const sent: Loose[] = [];
  const client = {
    send: async (command: Loose) => {
      sent.push([command.constructor.name, command.input]);
      return Promise.resolve(typeof answer === "function" ? answer(command) : answer);
    },
  };
  return { client, sent };
}

/** What a call gives, or the code and the fields that it was refused with. */
export async function outcomeOf(call: () => unknown): Promise<Loose> {
  try {
    return { value: await call() };
  } catch (thrown) {
    const error = thrown as Loose;
    const fields = error.fields?.map(({ field }: { field: string }) => field);
    return { code: error.code, fields, ref: error.ref?.name, params: error.params?.() ?? null };
  }
}

/** The error that a call ends with. */
export async function errorOf(call: () => unknown): Promise<Loose> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("the call was not refused");
}
