// Which key stands where in a batch or transaction, told by the texts of keys. It builds no key and knows no request.

import type { EntityCore } from "../entity/entity-core.js";
import { refuse } from "../error.js";
import type { Params } from "../border/params.js";
import type { IndexPlan } from "../entity/plan.js";
import type { EntityRuntime } from "../entity/runtime.js";

/** Whatever knows the entity whose keys these are. */
export interface Reader {
  readonly runtime: EntityRuntime;
}

/** What a key is told by: texts and numbers of both its fields. */
export function keyText({ runtime }: Reader, stored: Params): string {
  const { plan } = runtime;
  const { partition, sort } = plan.indexes[plan.primary] as IndexPlan;
  const first = String(stored[partition.field]);
  // The length stands for a mark between the two, which no text could hold.
  return sort === undefined ? first : `${first.length} ${first}${String(stored[sort.field])}`;
}

/** What an item is told by among those of several tables. */
export function placeText(table: unknown, reader: Reader, stored: Params): string {
  return `${JSON.stringify(table)}${keyText(reader, stored)}`;
}

/** Positions by the texts of keys, first those of partition keys: mostly they differ in these already. */
export class Positions {
  /** How many keys there are. */
  count = 0;
  private readonly partitions = new Map<string, number | Map<string, number>>();
  /** The texts of sort keys, by position. */
  private readonly sorts: string[] = [];
  private readonly partition: string;
  private readonly sort: string | undefined;

  constructor({ runtime: { plan } }: EntityCore) {
    const { partition, sort } = plan.indexes[plan.primary] as IndexPlan;
    this.partition = partition.field;
    this.sort = sort?.field;
  }

  /** The position of a key, or of an item by its key. */
  of(stored: Params): number | undefined {
    return this.among(this.partitions.get(this.first(stored)), this.second(stored));
  }

  /** Gives a key its position; answers the one that it had before. */
  put(stored: Params, at: number): number | undefined {
    const first = this.first(stored);
    const second = this.second(stored);
    const known = this.partitions.get(first);
    const before = this.among(known, second);
    this.sorts[at] = second;
    if (before === undefined) this.count++;
    if (known instanceof Map) known.set(second, at);
    else if (known === before) this.partitions.set(first, at);
    else
      this.partitions.set(
        first,
        new Map([
          [this.sorts[known as number] as string, known as number],
          [second, at],
        ]),
      );
    return before;
  }

  private among(
    known: number | Map<string, number> | undefined,
    second: string,
  ): number | undefined {
    if (typeof known === "number") return this.sorts[known] === second ? known : undefined;
    return known?.get(second);
  }

  private first(stored: Params): string {
    return String(stored[this.partition]);
  }

  private second(stored: Params): string {
    return this.sort === undefined ? "" : String(stored[this.sort]);
  }
}

/**
 * The positions of a batch's items, or nothing yet where their partition keys differ already, as most do.
 * @throws As `positionsOf`.
 */
export function checkPositions(
  entity: EntityCore,
  entries: readonly Params[],
): Positions | undefined {
  const { plan } = entity.runtime;
  const { field } = (plan.indexes[plan.primary] as IndexPlan).partition;
  const seen = new Set<string>();
  for (let at = 0; at < entries.length; at++) seen.add(String((entries[at] as Params)[field]));
  return seen.size === entries.length ? undefined : positionsOf(entity, entries);
}

/**
 * The positions of a batch's items; of several with one key, the last.
 * @throws In the main entry, where two items have one key: DynamoDB refuses them, and of two chunks either could win.
 */
export function positionsOf(entity: EntityCore, entries: readonly Params[]): Positions {
  const positions = new Positions(entity);
  for (let at = 0; at < entries.length; at++) {
    const before = positions.put(entries[at] as Params, at);
    if (before === undefined || entity.dropIn) continue;
    const message = `Positions ${before} and ${at} of the batch have the same key: DynamoDB takes each key once`;
    throw refuse(false, "InvalidOptions", message);
  }
  return positions;
}
