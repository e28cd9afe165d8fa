// Lays a stored key's text over the parts that the core says it is made of. It knows no rule of keys but those parts.

import type { KeyReport, Part } from "../shared/report.js";

/** A key's text in its parts. */
export interface Split {
  parts: Part[];
  /** Whether it can be laid over the parts in another way, too: values are not escaped in keys. */
  isAmbiguous: boolean;
}

/** More ways than this are not told apart. */
const MOST = 32;

function cased(text: string, casing: KeyReport["casing"]): string {
  if (casing === "lower") return text.toLowerCase();
  return casing === "upper" ? text.toUpperCase() : text;
}

/** The literal pieces up to a value, or to the end. */
interface Run {
  literals: Part[];
  text: string;
  value: Part | undefined;
}

function runsOf(key: KeyReport): Run[] {
  const runs: Run[] = [];
  let literals: Part[] = [];
  const close = (value: Part | undefined): void => {
    runs.push({ literals, text: literals.map(({ text }) => text).join(""), value });
    literals = [];
  };
  for (const part of key.parts) {
    if (part.kind === "value") close(part);
    else literals.push(part);
  }
  close(undefined);
  return runs;
}

/** The first characters of literal pieces. */
function beginning(literals: readonly Part[], length: number): Part[] {
  const parts: Part[] = [];
  let left = length;
  for (const part of literals) {
    if (left <= 0) break;
    parts.push({ ...part, text: part.text.slice(0, left) });
    left -= part.text.length;
  }
  return parts;
}

/** One way to lay a text over runs, and how many of them it covers. */
interface Way {
  parts: Part[];
  runs: number;
}

/** Every way in which the rest of a text fits the runs from this one on. */
function ways(text: string, runs: readonly Run[], number: number): Way[] {
  const run = runs[number];
  if (run === undefined) return [];
  if (!text.startsWith(run.text)) {
    // A query compares with the beginning of a sort key, which may end within a label.
    const begins = run.text.startsWith(text);
    return begins ? [{ parts: beginning(run.literals, text.length), runs: number }] : [];
  }
  const rest = text.slice(run.text.length);
  const { value } = run;
  if (value === undefined)
    return rest === "" ? [{ parts: [...run.literals], runs: number + 1 }] : [];
  const found: Way[] = [];
  const add = (length: number, tails: readonly Way[]): void => {
    const own = [...run.literals, { ...value, text: rest.slice(0, length) }];
    for (const tail of tails) found.push({ parts: [...own, ...tail.parts], runs: tail.runs });
  };
  const separator = runs[number + 1]?.text ?? "";
  if (separator !== "") {
    let at = rest.indexOf(separator);
    while (at >= 0 && found.length < MOST) {
      add(at, ways(rest.slice(at), runs, number + 1));
      at = rest.indexOf(separator, at + 1);
    }
  }
  // Or the text ends with this value, as the beginning of a key does.
  add(rest.length, [{ parts: [], runs: number + 1 }]);
  return found;
}

/**
 * The parts of a key's text; undefined where it is no text of this key.
 * @param known What the attributes are known to be, to tell ambiguous texts apart.
 */
export function splitKey(
  key: KeyReport,
  text: string,
  known: ReadonlyMap<string, string>,
): Split | undefined {
  const all = ways(text, runsOf(key), 0);
  const most = Math.max(...all.map(({ runs }) => runs));
  const whole = all.filter(({ runs }) => runs === most).map(({ parts }) => parts);
  const agrees = (parts: Part[]): boolean =>
    parts.every(({ kind, attribute, text: value }) => {
      const own = kind === "value" && attribute !== undefined ? known.get(attribute) : undefined;
      return own === undefined || cased(own, key.casing) === value;
    });
  const parts = whole.find(agrees) ?? whole[0];
  if (parts === undefined) return undefined;
  return { parts: parts.filter(({ text: piece }) => piece !== ""), isAmbiguous: whole.length > 1 };
}
