// Answers calls of a structure that the core has answered before without crossing, as the core has told how. What is not plain has to cross.

import type { Shape } from "./params.js";
import { isPlain, isPlainAs, isPlainNumber } from "./plain.js";
import type { AttributePlan } from "../entity/plan.js";

// The casings, in the numbering of `Casing` in src/schema/index.rs.
const NONE = 0;
const LOWER = 1;
const UPPER = 2;

/** How many words the core tells at a time, and what stands where another has the number of a text. */
const ENTRY = 5;
const NO_TEXT = 0xffffffff;

// Printable texts of ASCII are cased letter by letter; of others the rest of a key may have a say in it. No key is empty.
const PRINTABLE = /^[ -~]+$/;
const LOWERED = /^[ -@[-~]+$/;
const UPPERED = /^[ -`{-~]+$/;

/** A value that goes into texts. */
interface Piece {
  readonly number: number;
  readonly casing: number;
}

/** A value that has to be what its attribute says; without one, any scalar. */
interface Guard {
  readonly number: number;
  readonly attribute: AttributePlan | undefined;
}

/** A text: pieces by their position, and what stands before, between and behind them. */
interface Text {
  readonly head: string;
  readonly pieces: readonly number[];
  readonly tails: readonly string[];
}

/** The pieces of the texts under construction. No code of the user's runs while they are. */
const made: string[] = [];

/** How calls of one structure become requests. It holds nothing of the core's, so it outlives an instance of it. */
export class Recipe {
  private constructor(
    readonly shape: Shape,
    private readonly guards: readonly Guard[],
    private readonly pieces: readonly Piece[],
    private readonly laid: readonly Text[],
  ) {}

  /**
   * Compiles what the core tells of a call (`Recipe` in src/request.rs); none where the call itself is not plain.
   * @param texts The call's texts.
   * @param values The call's values.
   */
  static compile(
    told: readonly number[],
    { shape, texts }: { shape: Shape; texts: readonly string[] },
    attributes: readonly AttributePlan[],
    values: readonly unknown[],
  ): Recipe | undefined {
    if (!texts.every((text) => text === "" || PRINTABLE.test(text))) return undefined;
    const pieces: Piece[] = [];
    const laid = texts.map((text, at) => layOut(text, at, told, pieces));
    const guards: Guard[] = [];
    for (let number = 0; number < values.length; number++) {
      const guard = guardOf(told, number);
      const attribute = guard === undefined ? undefined : attributes[guard >> 1];
      let isPiece = pieces.some((piece) => piece.number === number);
      // What composes a key that is not written has to be as plain, or else the key might be written.
      if (guard !== undefined && guard % 2 === 1 && !isPiece) {
        isPiece = pieces.push({ number, casing: NONE }) > 0;
      }
      if (isGuarded(attribute, values[number], isPiece)) guards.push({ number, attribute });
    }
    const recipe = new Recipe(shape, guards, pieces, laid);
    const again = recipe.texts(values, 0);
    return again?.every((text, at) => text === texts[at]) === true ? recipe : undefined;
  }

  /** The texts of a call with these values; none where it has to cross. */
  texts(values: readonly unknown[], start: number): readonly string[] | undefined {
    const { guards, pieces, laid } = this;
    for (let i = 0; i < guards.length; i++) {
      const { number, attribute } = guards[i] as Guard;
      const value = values[start + number];
      if (attribute === undefined ? !isPlain(value) : !isPlainAs(attribute, value)) {
        return undefined;
      }
    }
    for (let i = 0; i < pieces.length; i++) {
      const { number, casing } = pieces[i] as Piece;
      const piece = textOf(values[start + number], casing);
      if (piece === undefined) return undefined;
      made[i] = piece;
    }
    // An array that grows takes room for seventeen at once.
    const texts = new Array<string>(laid.length);
    for (let i = 0; i < laid.length; i++) {
      const { head, pieces: own, tails } = laid[i] as Text;
      let text = head;
      for (let j = 0; j < own.length; j++) {
        text += (made[own[j] as number] as string) + (tails[j] as string);
      }
      texts[i] = text;
    }
    return texts;
  }
}

/** What the core asks of the value of this number; nothing where it only has to be plain. */
function guardOf(told: readonly number[], number: number): number | undefined {
  for (let i = 0; i < told.length; i += ENTRY) {
    if (told[i] === NO_TEXT && told[i + 3] === number) return told[i + 4];
  }
  return undefined;
}

/** Whether a value's class, which the structure says, leaves anything to ask. A piece of a text is looked at as such. */
function isGuarded(
  attribute: AttributePlan | undefined,
  value: unknown,
  isPiece: boolean,
): boolean {
  if (attribute?.kind === "enum") return true;
  return !(isPiece || value === undefined || value === null || typeof value === "boolean");
}

/** The position of a value among the pieces. */
function pieceOf(pieces: Piece[], number: number, casing: number): number {
  const known = pieces.findIndex((piece) => piece.number === number && piece.casing === casing);
  return known < 0 ? pieces.push({ number, casing }) - 1 : known;
}

/** Cuts a text where the core says that values stand in it. */
function layOut(text: string, at: number, told: readonly number[], pieces: Piece[]): Text {
  const own: number[] = [];
  const literals: string[] = [];
  let end = 0;
  for (let i = 0; i < told.length; i += ENTRY) {
    if (told[i] !== at) continue;
    const [from, to, number, casing] = told.slice(i + 1, i + ENTRY) as number[];
    literals.push(text.slice(end, from));
    own.push(pieceOf(pieces, number as number, casing as number));
    end = to as number;
  }
  literals.push(text.slice(end));
  return { head: literals[0] as string, pieces: own, tails: literals.slice(1) };
}

/** The text of a value within a key; none where the core has to say what it is. */
function textOf(value: unknown, casing: number): string | undefined {
  if (typeof value === "string") {
    if (casing === LOWER) {
      return LOWERED.test(value) ? value : PRINTABLE.test(value) ? value.toLowerCase() : undefined;
    }
    if (casing === UPPER) {
      return UPPERED.test(value) ? value : PRINTABLE.test(value) ? value.toUpperCase() : undefined;
    }
    return PRINTABLE.test(value) ? value : undefined;
  }
  if (typeof value === "number") return isPlainNumber(value) ? String(value) : undefined;
  if (typeof value !== "boolean") return undefined;
  return casing === UPPER ? String(value).toUpperCase() : String(value);
}
