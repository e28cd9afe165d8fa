/** What options name beside data: who listens, when a call is called off, and how its cursors are written. It compares nothing. */
import { canonical, type Resolver } from "../models/tagged";

interface Event {
  type: string;
  method: string;
  params?: unknown;
  success?: boolean;
  results?: unknown;
}

/**
 * A listener whose events stand among what is sent: a request as that which was sent, and one that was called off before as a request
 * of its own.
 */
function listener(sent: string[], place: string): (event: Event) => void {
  return ({ type, method, params, success, results }) => {
    const told = canonical(params);
    const isSent = sent.some((line) => line.endsWith(`Command ${told}`));
    const end = results instanceof Error ? results.name : typeof results;
    if (type !== "query") sent.push(`${place}: ${method} ended with ${success} and ${end}`);
    else sent.push(isSent ? `${place}: ${method} as it was sent` : `Unsent ${told}`);
  };
}

const answers = new WeakMap<string[], number>();

/** Notes that one more request is answered. */
export function noteAnswer(sent: string[]): void {
  answers.set(sent, (answers.get(sent) ?? 0) + 1);
}

/** A signal that has happened as soon as so many requests have been answered. */
class Signal {
  readonly #sent: string[];
  readonly #count: number;

  constructor(sent: string[], count: number) {
    this.#sent = sent;
    this.#count = count;
  }

  get aborted(): boolean {
    return (answers.get(this.#sent) ?? 0) >= this.#count;
  }

  addEventListener(): void {}

  removeEventListener(): void {}
}

/** What formats cursors: a key's text, and the key again; nothing of nothing. */
export const FORMATS = {
  keyText: (key: unknown) => (key ? `key ${JSON.stringify(key)}` : key),
  textKey: (text: string | null) =>
    text ? (JSON.parse(text.replace(/^key /, "")) as unknown) : text,
};

const OBSERVERS: Record<string, (sent: string[], place: string) => unknown> = {
  listener,
  called: (sent) => new Signal(sent, 0),
  calledAfterOne: (sent) => new Signal(sent, 1),
  calledAfterTwo: (sent) => new Signal(sent, 2),
  keyText: () => FORMATS.keyText,
  textKey: () => FORMATS.textKey,
};

/** Reads options in which these stand for code, and all else as before. */
export function observing(resolver: Resolver, sent: string[]): Resolver {
  return {
    ...resolver,
    hook: (name, place) =>
      Object.hasOwn(OBSERVERS, name) ? OBSERVERS[name]?.(sent, place) : resolver.hook(name, place),
  };
}
