// Several calls, of one entity or of many, that cross to the core at once. It writes no call and sends nothing.

import { Refusal, runAll, type CoreEntity, type Outcomes } from "./core.js";
import { Encoder } from "./encode.js";
import type { EntityCore } from "./entity-core.js";
import { buildFirst, buildParams, type Params, type Shape, type Shaper } from "./params.js";

/** More bytes than this cross in several parts: the core's memory grows to what crosses at once and never shrinks. */
const MOST = 3 << 18;

/** Calls under construction; one after the other is begun and then written with the functions of `calls.ts`. */
export class Together {
  private readonly entities: CoreEntity[] = [];
  private readonly starts: number[] = [];
  private readonly outcomes: Outcomes = { shapes: [], texts: [] };

  private constructor(private readonly encoder: Encoder) {}

  /** No calls yet. Give it back with `close`. */
  static open(): Together {
    return new Together(Encoder.acquire());
  }

  /** How many calls there are. */
  get count(): number {
    return this.starts.length;
  }

  /** Begins the next call: what the encoder is given from now on, up to the call's end, is its own. */
  begin({ core }: EntityCore): Encoder {
    const { encoder, entities, starts } = this;
    if (encoder.length > MOST) this.cross();
    encoder.word(core.current());
    entities.push(core);
    starts.push(encoder.count);
    return encoder;
  }

  /**
   * Writes calls of one structure: the first is begun already, and of the others only the values cross.
   * @param rows The values of all of them, so many for each call.
   * @param from The position of the first among them; answers the position of the first that has no room in this crossing.
   */
  repeat({ core }: EntityCore, rows: readonly unknown[], width: number, from: number): number {
    const { encoder, entities, starts } = this;
    let at = (from + 1) * width;
    for (; at < rows.length && encoder.length <= MOST; at += width) {
      entities.push(core);
      starts.push(encoder.count);
      for (let i = 0; i < width; i++) encoder.again(rows[at + i]);
    }
    return at / width;
  }

  /**
   * Carries all calls out, in one crossing unless they are huge.
   * @throws The refusal of the first call that is refused, with its position.
   */
  run(): Answered {
    this.cross();
    const { encoder } = this;
    return new Answered(this.outcomes, encoder.values.slice(0, encoder.count), this.starts);
  }

  private cross(): void {
    const { encoder, entities, outcomes } = this;
    const before = outcomes.shapes.length;
    try {
      runAll(encoder, entities, outcomes);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.error, before + error.position);
    }
    encoder.rewind();
  }

  /** Gives the memory back; requests can still be built of what `run` has answered. */
  close(): void {
    this.encoder.release();
  }
}

/** The requests of several calls, by the position of the call. */
export class Answered {
  constructor(
    private readonly outcomes: Outcomes,
    private readonly values: readonly unknown[],
    private readonly starts: readonly number[],
  ) {}

  /** The whole request of a call. */
  params(at: number, shaper: Shaper, table: string): Params {
    return buildParams(this.shape(at), this.valuesOf(at), this.textsOf(at), shaper, table);
  }

  /** Only the first parameter of a call: the key of a get or delete, the item of a put. */
  first(at: number, shaper: Shaper): Params {
    return buildFirst(this.shape(at), this.valuesOf(at), this.textsOf(at), shaper);
  }

  private shape(at: number): Shape {
    return this.outcomes.shapes[at] as Shape;
  }

  private valuesOf(at: number): unknown[] {
    return this.values.slice(this.starts[at], this.starts[at + 1]);
  }

  private textsOf(at: number): readonly string[] {
    return this.outcomes.texts[at] as readonly string[];
  }
}
