// One call under construction: what it says, as a place in the tree of structures, and its values. It is written into the core's memory only where
// no recipe answers it.

import { classOf } from "./classes.js";
import type { Outcome } from "./core.js";
import { Encoder } from "./encode.js";
import { cutOff, generation } from "./instance.js";
import type { Recipe } from "./recipe.js";
import type { Mark, Place, Structures } from "./structure.js";

/** More of something in one call than its count can say. */
export class TooMany extends Error {}

/** A list of no more values than this is kept for the next call. */
const FEW_VALUES = 64;

/** Calls under construction, one after the other; a user's getter may call the library while one is half made. */
export class Draft {
  /**
   * The caller's values in the order in which they were given: a request refers to them by position. The list is used
   * again, so what stands behind `count` of them is nothing.
   */
  values: unknown[] = [];
  /** How many values there are, those of earlier calls too. */
  count = 0;
  /** Where the values of the last call begin. */
  start = 0;
  /** Whether objects of a class are told from plain ones, which alone can be stored. */
  classes = false;
  /** What came of the last call, where it does not have to cross. */
  answer: Outcome | undefined = undefined;
  /** The place of the last call's structure, where the core is asked for the recipe. */
  asking: Place | undefined = undefined;
  /** What stands before each call that is written, where several cross together. */
  handle: number | undefined = undefined;
  /** Where calls are written that have to cross. */
  encoder: Encoder | undefined = undefined;
  private place: Place | undefined = undefined;
  /** What crosses instead of the values, where it is not the same. */
  private instead: unknown[] | undefined = undefined;
  private generation = 0;

  private static readonly free: Draft[] = [];

  /** A draft without calls; give it back with `release`. */
  static acquire(): Draft {
    const draft = Draft.free.pop() ?? new Draft();
    draft.generation = generation;
    return draft;
  }

  /** Gives the draft back, with its values. */
  release(): void {
    const { values, count } = this;
    if (count > FEW_VALUES) this.values = [];
    else for (let i = 0; i < count; i++) values[i] = undefined;
    this.count = 0;
    this.place = undefined;
    this.instead = undefined;
    this.answer = undefined;
    this.asking = undefined;
    this.handle = undefined;
    this.classes = false;
    this.encoder?.release();
    this.encoder = undefined;
    Draft.free.push(this);
  }

  /** Begins a call of the entity whose structures these are. */
  begin(structures: Structures): void {
    this.place = structures.start;
    this.start = this.count;
    this.instead = undefined;
    this.answer = undefined;
    this.asking = undefined;
  }

  /** Says one thing more of the call's structure. */
  mark(mark: Mark): void {
    this.place = (this.place as Place).then(mark);
  }

  /** Says something of which there are so many, at most. */
  counted(mark: number, count: number, most: number): void {
    if (count > most) throw new TooMany();
    this.mark(mark | (count << 8));
  }

  /** A value of the caller to which the request may refer; its class is said beside something else. */
  given(value: unknown, beside: number): void {
    this.values[this.count++] = value;
    if (this.instead !== undefined) this.instead.push(value);
    this.mark(beside | classOf(value, this.classes));
  }

  /** A value of the caller of which the core is to see something else. */
  givenAs(value: unknown, seen: unknown, beside: number): void {
    this.unnumbered(seen);
    this.values[this.count++] = value;
    this.mark(beside | classOf(seen, this.classes));
  }

  /** A value that the core is to see and no request refers to. */
  unnumbered(value: unknown): void {
    this.instead ??= this.values.slice(this.start, this.count);
    this.instead.push(value);
  }

  /** An operator's argument: of an array, how many it holds is part of the structure. */
  argument(value: unknown): void {
    this.given(value, 0);
    if (Array.isArray(value)) this.mark(value.length);
  }

  /** A value of the caller after which a request's text is named: it is part of the structure as a whole. */
  named(value: unknown): void {
    this.given(value, 0);
    this.mark(this.writer().spelled(value));
  }

  /** A value of a further call of the same structure, which says its class already. */
  further(value: unknown): unknown {
    return (this.values[this.count++] = value);
  }

  private writer(): Encoder {
    if (this.generation !== generation) throw cutOff();
    const encoder = (this.encoder ??= Encoder.acquire());
    encoder.classes = this.classes;
    return encoder;
  }

  /** How calls of the last call's structure are answered without crossing, as far as it is known. */
  get recipe(): Recipe | undefined {
    return this.place?.recipe;
  }

  /**
   * Ends the call: answers it by its recipe or else writes it.
   * @param more Writes the values of further calls behind those of this one, which cross with it.
   */
  finish(more?: (encoder: Encoder) => void): void {
    const place = this.place as Place;
    const { recipe } = place;
    if (recipe !== undefined && this.instead === undefined) {
      const texts = recipe.texts(this.values, this.start);
      if (texts !== undefined) {
        this.answer = { shape: recipe.shape, texts };
        return;
      }
    }
    const encoder = this.writer();
    if (this.handle !== undefined) encoder.word(this.handle);
    encoder.begin();
    const { instead, values, start, count } = this;
    if (instead === undefined) {
      for (let i = start; i < count; i++) encoder.value(values[i]);
    } else {
      for (const value of instead) encoder.value(value);
    }
    more?.(encoder);
    const asks = place.asks();
    if (asks) this.asking = place;
    encoder.finish(place, asks);
  }
}
