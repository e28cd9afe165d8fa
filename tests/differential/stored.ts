/** The table of a case: items under the keys that the library itself makes of them, as an index and a batch of gets answer them. */
import { revive } from "../models/tagged";
import type { StoredItem, Table } from "./case";
import type { Library } from "./run";

type Loose = Record<string, unknown>;

interface Keys {
  fromComposite: { toKeys(composites: unknown, options: unknown): Loose };
}

function keysOf(library: Library, entity: unknown, { composites }: StoredItem): Loose {
  const { fromComposite } = library.createConversions(entity as never) as Keys;
  return fromComposite.toKeys(revive(composites), { strict: "none" });
}

/** The items of a table with the entities that they are of. */
export class Stored {
  readonly #items: (Loose | null)[];

  constructor(
    readonly table: Table,
    entities: readonly unknown[],
    library: Library,
  ) {
    const taken = new Set<string>();
    this.#items = table.items.map((item) => {
      const keys = keysOf(library, entities[item.member], item);
      const own = JSON.stringify(table.key.map((field) => keys[field]));
      if (taken.has(own)) return null;
      taken.add(own);
      return { ...(revive(item.fields) as Loose), ...keys };
    });
  }

  /** A page with the items in place of their numbers, each as far as the index holds it. */
  page(answer: Loose): Loose {
    if (!Array.isArray(answer.Items)) return answer;
    const items = (answer.Items as Loose[]).flatMap((entry) => {
      if (typeof entry.$stored !== "number") return [entry];
      const item = this.#items[entry.$stored] ?? null;
      if (item === null) return [];
      const held = entry.held as string[] | undefined;
      const fields = Object.entries(item).filter(([field]) => held?.includes(field) ?? true);
      return [Object.fromEntries(fields)];
    });
    return { ...answer, Items: items };
  }

  /** The answer to a batch of gets. */
  batch(input: Loose): Loose {
    const { lost, left, isShuffled } = this.table;
    const responses: Loose = {};
    const undone: Loose = {};
    for (const [name, part] of Object.entries((input.RequestItems ?? {}) as Loose)) {
      const keys = (part as { Keys: Loose[] }).Keys;
      const isNth = (at: number, n: number) => n > 0 && at % n === n - 1;
      const asked = keys.filter((_, at) => !isNth(at, left) && !isNth(at, lost));
      undone[name] = { Keys: keys.filter((_, at) => isNth(at, left)) };
      // DynamoDB answers in no order.
      if (isShuffled) asked.reverse();
      responses[name] = asked.flatMap((key) => this.#items.find((item) => isAt(item, key)) ?? []);
    }
    return { Responses: responses, UnprocessedKeys: undone };
  }
}

const isAt = (item: Loose | null, key: Loose) =>
  item !== null && Object.entries(key).every(([field, value]) => item[field] === value);
