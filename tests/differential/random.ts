/** The seeded source of all choices of the generators: the same seed gives the same case on every machine. It knows nothing of models. */

/** A small generator of the sfc32 family, with the choices that the generators make. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: number, stream: number) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    this.#c = (seed ^ (stream << 7)) | 0;
    for (let round = 0; round < 15; round += 1) this.#next();
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return this.#next() % limit;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.#next() / 4294967296 < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** One of the choices, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let rest = (this.#next() / 4294967296) * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      rest -= weight;
      if (rest < 0) return choice;
    }
    return (choices.at(-1) as readonly [number, T])[1];
  }

  /** Up to `count` different entries in random order. */
  sample<T>(entries: readonly T[], count: number): T[] {
    const rest = [...entries];
    const result: T[] = [];
    while (result.length < count && rest.length > 0) {
      result.push(rest.splice(this.below(rest.length), 1)[0] as T);
    }
    return result;
  }

  /** The entries that each pass a throw of their own, in their order. */
  some<T>(entries: readonly T[], probability: number): T[] {
    return entries.filter(() => this.chance(probability));
  }
}
