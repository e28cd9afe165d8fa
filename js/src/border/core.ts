// The core's entities: what is compiled in it, and calls carried across to it, one or many at once.

import { ASCII, CLEARED, FAILED, FRESH, HEADER, RECIPE, readTexts, valueAt } from "./answer.js";
import { Decoder, type CoreValue } from "./decode.js";
import type { Draft } from "./draft.js";
import { Encoder } from "./encode.js";
import {
  Refusal,
  broken,
  bytes,
  core,
  cross,
  cutOff,
  generation,
  look,
  revive,
  trapped,
  word,
} from "./instance.js";
import { compileShape, type Shape } from "./params.js";
import type { AttributePlan } from "../entity/plan.js";
import { Recipe } from "./recipe.js";
import { Structures, type Place } from "./structure.js";

/** What the core made of a call: the request's shape and its texts. */
export interface Outcome {
  shape: Shape;
  texts: readonly string[];
}

/** A call that has been written, as far as its answer depends on it. */
export interface Written {
  readonly entity: CoreEntity;
  /** The place of its structure, where the core was asked for the recipe. */
  readonly asking: Place | undefined;
  /** Where its values begin, and how many it has. */
  readonly start: number;
  readonly count: number;
  /** Its position among all calls. */
  readonly position: number;
  /** How many calls it stands for: the others differ from it in nothing but their values, and have the positions behind it. */
  readonly times: number;
}

const unreachable = new FinalizationRegistry<{ handle: number; generation: number }>((entity) => {
  if (broken || entity.generation !== generation) return;
  try {
    core.release(entity.handle);
  } catch (cause) {
    trapped(cause);
  }
});

/** What is compiled: how it is written, and which of the core's functions reads it. */
interface Source {
  write(encoder: Encoder): void;
  compile(encoder: Encoder): number;
}

/** An entity's definition, and the fields that name an item's entity and version where they are not the usual ones. */
export function entitySource(definition: unknown, identifiers: unknown, dropIn: boolean): Source {
  return {
    write(encoder) {
      encoder.value(definition);
      encoder.value(identifiers);
    },
    compile: ({ depth, length }) => core.compile(depth, length, dropIn ? 1 : 0),
  };
}

/** A collection of entities, each by the service's name for it and what it was compiled from. */
export function collectionSource(
  name: string,
  members: readonly (readonly [name: string, source: Source])[],
  dropIn: boolean,
): Source {
  return {
    write(encoder) {
      encoder.text(name);
      for (const [member, source] of members) {
        encoder.text(member);
        source.write(encoder);
      }
    },
    compile: ({ depth, length }) => core.collection(depth, length, dropIn ? 1 : 0),
  };
}

/** One compiled entity or collection in the core, which is compiled again when the instance had to be replaced. */
export class CoreEntity {
  /** What the core answered to the definition. */
  readonly plan: CoreValue;
  private handle = 0;
  private generation = 0;
  private shapes: Shape[] = [];
  /** What the core knows of this entity's calls. */
  readonly structures = new Structures();
  private registered: { handle: number; generation: number } | undefined = undefined;

  /**
   * @param source What the user wrote, or made of what others have.
   * @param hooks Receives the definition's functions and regular expressions, at the numbers that the plan uses.
   */
  constructor(
    readonly source: Source,
    hooks: unknown[],
  ) {
    this.plan = this.compile(hooks);
  }

  private compile(hooks: unknown[]): CoreValue {
    revive();
    const encoder = Encoder.acquire();
    let plan: CoreValue;
    try {
      encoder.hooks = hooks;
      this.source.write(encoder);
      checkCore(encoder);
      const at = cross(() => this.source.compile(encoder));
      plan = valueAt(at);
      this.handle = word(at + 4);
    } finally {
      encoder.release();
    }
    this.generation = generation;
    this.shapes = [];
    this.structures.forget();
    if (this.registered === undefined) {
      this.registered = { handle: this.handle, generation };
      unreachable.register(this, this.registered);
    } else {
      this.registered.handle = this.handle;
      this.registered.generation = generation;
    }
    return plan;
  }

  /** The handle in the core as it is now. */
  current(): number {
    revive();
    if (this.generation !== generation) this.compile([]);
    return this.handle;
  }

  /** Carries out the call that the draft has ended, unless it is answered already. */
  run(draft: Draft): Outcome {
    return draft.answer ?? this.cross(draft, draft.encoder as Encoder);
  }

  private cross(draft: Draft, encoder: Encoder): Outcome {
    checkCore(encoder);
    if (this.generation !== generation) throw cutOff();
    try {
      const at = core.run(this.handle, encoder.depth, encoder.length) >>> 0;
      encoder.crossed();
      look();
      const flags = word(at);
      if ((flags & FAILED) !== 0) valueAt(at);
      const count = word(at + 8);
      const size = word(at + 12);
      const ascii = (flags & ASCII) !== 0;
      const texts = readTexts(at + HEADER, count, size, ascii);
      const plans = new Decoder(bytes.subarray(at + HEADER + count * 4 + size), ascii, undefined);
      const { asking, start } = draft;
      const written = {
        ...{ entity: this, asking, start, count: draft.count - start },
        ...{ position: 0, times: 1 },
      };
      return outcomeOf(written, draft.values, flags, word(at + 4), texts, plans);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // Beside traps: an exhausted stack, after which the core and this entity may know different shapes.
      throw trapped(error);
    }
  }

  /**
   * The shape of this number.
   * @param fresh Reads the shape's plan, where it has just been made.
   */
  shape(number: number, isCleared: boolean, fresh: Decoder | undefined): Shape {
    if (isCleared) this.shapes = [];
    if (fresh !== undefined) this.shapes[number] = compileShape(fresh.value());
    return this.shapes[number] as Shape;
  }

  /** The attributes by slot, as far as recipes ask for them. */
  get attributes(): readonly AttributePlan[] {
    return (this.plan as unknown as { attributes: readonly AttributePlan[] }).attributes;
  }

  /** Whether its handle belongs to the core as it is. */
  get isCurrent(): boolean {
    return this.generation === generation;
  }

  /** Asks the core a question about this entity (src/wasm/entity.rs lists them). */
  ask(...operands: unknown[]): CoreValue {
    const handle = this.current();
    return withEncoder((encoder) => {
      encoder.value(operands);
      checkCore(encoder);
      return valueAt(cross(() => core.ask(handle, encoder.depth, encoder.length)));
    });
  }
}

/** The outcome of a call. What the core tells for all of its kind is read from `plans` and kept. */
function outcomeOf(
  { entity, asking, start, count, times }: Written,
  all: readonly unknown[],
  flags: number,
  number: number,
  texts: readonly string[],
  plans: Decoder,
): Outcome {
  const fresh = (flags & FRESH) === 0 ? undefined : plans;
  const outcome = { shape: entity.shape(number, (flags & CLEARED) !== 0, fresh), texts };
  if ((flags & RECIPE) !== 0) {
    const values = all.slice(start, start + count / times);
    const recipe = Recipe.compile(plans.words(), outcome, entity.attributes, values);
    if (asking !== undefined) asking.recipe ??= recipe;
  } else {
    asking?.askNoMore();
  }
  return outcome;
}

/**
 * Carries out the calls that the encoder holds, each behind its entity's handle.
 * @param calls These calls, in their order.
 * @param values The values of all of them.
 * @param outcomes Receives what comes of each, at its position.
 * @throws The refusal of the first call that is refused, with its position.
 */
export function runAll(
  encoder: Encoder,
  calls: readonly Written[],
  values: readonly unknown[],
  outcomes: Outcome[],
): void {
  checkCore(encoder);
  if (!calls.every(({ entity }) => entity.isCurrent)) throw cutOff();
  try {
    const at = core.run_all(encoder.depth, encoder.length) >>> 0;
    look();
    readOutcomes(at, calls, values, outcomes);
    encoder.crossed();
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.error, positionOf(calls, error.position));
    throw trapped(error);
  }
}

/** The position of the call that crossed as this one. */
function positionOf(calls: readonly Written[], crossed: number): number {
  let before = 0;
  for (const { position, times } of calls) {
    if (crossed < before + times) return position + crossed - before;
    before += times;
  }
  return 0;
}

function readOutcomes(
  at: number,
  calls: readonly Written[],
  values: readonly unknown[],
  outcomes: Outcome[],
): void {
  const flags = word(at);
  if ((flags & FAILED) !== 0) valueAt(at);
  let next = at + HEADER;
  const lengths = next + word(at + 4) * 4;
  const count = word(at + 8);
  const size = word(at + 12);
  const ascii = (flags & ASCII) !== 0;
  const all = readTexts(lengths, count, size, ascii);
  const plans = new Decoder(bytes.subarray(lengths + count * 4 + size), ascii, undefined);
  let start = 0;
  for (const call of calls) {
    // The recipe is told with the first of several calls.
    const further = call.times === 1 ? call : { ...call, asking: undefined };
    for (let i = 0; i < call.times; i++) {
      const outcome = word(next);
      next += 4;
      const end = start + ((outcome >>> 16) & 0xfff);
      const texts = all.slice(start, end);
      start = end;
      const shape = outcome & 0xffff;
      const told = i === 0 ? call : further;
      outcomes[call.position + i] = outcomeOf(told, values, outcome >>> 28, shape, texts, plans);
    }
  }
}

/** The table that these entities imply, as `src/table.rs` writes it. */
export function askTable(
  entities: readonly CoreEntity[],
  table: string,
  ttl: string | undefined,
): CoreValue {
  const handles = entities.map((entity) => entity.current());
  return withEncoder((encoder) => {
    encoder.value([table, ttl, ...handles]);
    checkCore(encoder);
    return valueAt(cross(() => core.table_definition(encoder.depth, encoder.length)));
  });
}

/** What an encoder of a replaced core has written must not be read: it is elsewhere. */
function checkCore(encoder: Encoder): void {
  if (broken || encoder.isForgotten) throw cutOff();
}

function withEncoder<T>(use: (encoder: Encoder) => T): T {
  const encoder = Encoder.acquire();
  try {
    return use(encoder);
  } finally {
    encoder.release();
  }
}
