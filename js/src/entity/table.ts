// The table that entities imply, asked of the core; it knows nothing of keys itself.

import { askTable } from "../border/core.js";
import { Refusal } from "../border/instance.js";
import { coreOf } from "./entity.js";
import { fromCore, refuse } from "../error.js";
import { checkNames } from "../send/option-names.js";

const OPTIONS = ["table", "ttl"];

/** The input of CreateTable, and with `ttl` that of UpdateTimeToLive beside it. */
export function tableDefinition(
  entities: readonly object[],
  options: { table?: string; ttl?: string } = {},
): unknown {
  if (!Array.isArray(entities)) {
    throw refuse(false, "InvalidModel", "`tableDefinition` takes a list of entities");
  }
  const cores = entities.map(coreOf);
  const [first] = cores;
  if (first === undefined) {
    throw refuse(false, "InvalidModel", "`tableDefinition` needs at least one entity");
  }
  checkNames(Object.keys(options), OPTIONS, "`tableDefinition`", first.suggestion.bind(first));
  const table = options.table ?? tableOf(cores.map((core) => core.runtime.table));
  try {
    return askTable(
      cores.map(({ core }) => core),
      table,
      options.ttl,
    );
  } catch (error) {
    throw error instanceof Refusal ? fromCore(error.error, first.dropIn) : error;
  }
}

function tableOf(tables: readonly (string | undefined)[]): string {
  const names = new Set(tables.filter((table) => table !== undefined));
  const [name] = names;
  if (names.size > 1) {
    const list = [...names].map((table) => `\`${table}\``).join(", ");
    throw refuse(false, "InvalidModel", `The entities have different tables: ${list}`);
  }
  if (name === undefined) {
    throw refuse(false, "MissingTable", "None of the entities has a table: give `table`");
  }
  return name;
}
