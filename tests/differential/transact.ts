/** Builds the transaction of a case with one library. The chains of its items are built by the caller's function. */
import type { Call, Transaction, TransactionItem } from "./case";
import type { Library } from "./run";

type Method = (...args: unknown[]) => unknown;
type Loose = Record<string, Method>;

/** The items of a transaction, the case's own call among them. */
export function itemsOf({ before, after }: Transaction, call: Call): TransactionItem[] {
  return [...before, { isTwins: false, call }, ...after];
}

function formed(items: unknown[], form: Transaction["form"]): unknown {
  switch (form) {
    case "first":
      return items[0];
    case "promise":
      return Promise.resolve(items);
    case "nested":
      return [items];
    case "hole":
      return [...items, null];
    case "absent":
      return undefined;
    case "text":
      return "items";
    default:
      return items;
  }
}

/**
 * The transaction, which can be looked at and sent.
 * @param build The chain of an item and the options that it is committed with.
 */
export function transact(
  library: Library,
  entities: { own: unknown; twin: unknown },
  call: Call,
  build: (entity: unknown, call: Call) => { chain: unknown; options: unknown },
): unknown {
  const transaction = call.transaction as Transaction;
  const { kind, via, form } = transaction;
  const callback = (given: unknown): unknown => {
    if (form === "none") return [];
    const { own, twin } = given as { own: unknown; twin: unknown };
    const items = itemsOf(transaction, call).map(({ isTwins, call: item }) => {
      const { chain, options } = build(isTwins ? twin : own, item);
      return form === "open" ? chain : ((chain as Loose).commit as Method).call(chain, options);
    });
    return formed(items, form);
  };
  const source: unknown = form === "uncallable" ? {} : callback;
  if (via === "service") {
    const { transaction: all } = new library.Service(entities as never) as { transaction: Loose };
    return (all[kind] as Method)(source);
  }
  const make = kind === "get" ? library.createGetTransaction : library.createWriteTransaction;
  return make(entities as never, source as never);
}
