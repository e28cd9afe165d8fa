// Several calls, of one entity or of many, that cross to the core at once. It writes no call and sends nothing.

import { end } from "./calls.js";
import { runAll, type CoreEntity, type Outcome, type Written } from "./core.js";
import { Draft } from "./draft.js";
import type { Encoder } from "./encode.js";
import type { EntityCore } from "../entity/entity-core.js";
import { buildFirst, buildParams, type Params, type Shaper } from "./params.js";
import type { Recipe } from "./recipe.js";

/** More bytes than this cross in several parts: the core's memory grows to what crosses at once and never shrinks. */
const MOST = 3 << 18;

/** Calls under construction; one after the other is begun and then written with the functions of `calls.ts`. */
export class Together {
  /** Where the values of each call begin. */
  private readonly starts: number[] = [];
  /** What came of each call; a hole where it has still to cross. */
  private readonly outcomes: Outcome[] = [];
  /** The calls that wait to cross. */
  private waiting: Written[] = [];
  /** The entity of the call that was begun last, whose outcome is not noted yet. */
  private begun: CoreEntity | undefined = undefined;

  private constructor(private readonly draft: Draft) {}

  /** No calls yet. Give it back with `close`. */
  static open(): Together {
    return new Together(Draft.acquire());
  }

  /** How many calls there are. */
  get count(): number {
    return this.starts.length;
  }

  /** Begins the next call: what the draft is given from now on, up to the call's end, is its own. */
  begin({ core, dropIn }: EntityCore): Draft {
    const { draft } = this;
    this.settle();
    if (this.isFull) this.cross();
    draft.handle = core.current();
    draft.classes = !dropIn;
    this.begun = core;
    this.starts.push(draft.count);
    return draft;
  }

  private get isFull(): boolean {
    const { encoder } = this.draft;
    return encoder !== undefined && encoder.length > MOST;
  }

  /** Notes what came of the last call, and that further ones stand behind it. */
  private settle(times = 1): void {
    const { begun, starts } = this;
    if (begun === undefined) return;
    this.begun = undefined;
    const { answer, asking, start, count } = this.draft;
    const position = starts.length - times;
    if (answer !== undefined) this.outcomes[position] = answer;
    else this.waiting.push({ entity: begun, asking, start, count: count - start, position, times });
  }

  /**
   * Ends the call that is begun, and makes further ones that differ from it in nothing but their values: as many as its recipe answers
   * one after the other, or else all of them, which cross.
   * @param rows The values of all of them, so many for each call.
   * @param from The position of the first among them; answers the position of the first that is left.
   */
  repeat(rows: readonly unknown[], width: number, from: number): number {
    const { draft, starts } = this;
    let times = 1;
    end(draft, (encoder) => {
      let at = (from + 1) * width;
      for (; at < rows.length && encoder.length <= MOST; at += width) {
        starts.push(draft.count);
        times++;
        for (let i = 0; i < width; i++) encoder.value(draft.further(rows[at + i]));
      }
    });
    if (draft.answer !== undefined) return this.lay(rows, width, from);
    this.settle(times);
    return from + times;
  }

  /** Makes further calls by the recipe that has answered the one that is begun. */
  private lay(rows: readonly unknown[], width: number, from: number): number {
    const { draft, starts, outcomes } = this;
    const recipe = draft.recipe as Recipe;
    const { shape } = recipe;
    this.settle();
    let at = from + 1;
    for (; at * width < rows.length; at++) {
      const start = draft.count;
      for (let i = 0; i < width; i++) draft.further(rows[at * width + i]);
      const texts = recipe.texts(draft.values, start);
      if (texts === undefined) {
        draft.count = start;
        break;
      }
      outcomes[starts.push(start) - 1] = { shape, texts };
    }
    return at;
  }

  /**
   * Carries all calls out, in one crossing unless they are huge; none where recipes have answered all of them.
   * @throws The refusal of the first call that is refused, with its position.
   */
  run(): Answered {
    this.settle();
    if (this.waiting.length > 0) this.cross();
    return new Answered(this.outcomes, this.draft.values, this.starts);
  }

  private cross(): void {
    const { draft, waiting, outcomes } = this;
    const encoder = draft.encoder as Encoder;
    runAll(encoder, waiting, draft.values, outcomes);
    this.waiting = [];
    encoder.rewind();
  }

  /** Gives the memory back; requests can still be built of what `run` has answered. */
  close(): void {
    const { draft } = this;
    draft.values = [];
    draft.count = 0;
    draft.release();
  }
}

/** The requests of several calls, by the position of the call. */
export class Answered {
  constructor(
    private readonly outcomes: readonly Outcome[],
    private readonly values: readonly unknown[],
    private readonly starts: readonly number[],
  ) {}

  /** The whole request of a call. */
  params(at: number, shaper: Shaper, table: string): Params {
    const { shape, texts } = this.outcomes[at] as Outcome;
    return buildParams(shape, this.values, this.starts[at] as number, texts, shaper, table);
  }

  /** Only the first parameter of a call: the key of a get or delete, the item of a put. */
  first(at: number, shaper: Shaper): Params {
    const { shape, texts } = this.outcomes[at] as Outcome;
    return buildFirst(shape, this.values, this.starts[at] as number, texts, shaper);
  }
}
