// Finds the keys in a request: in items, in keys, and among the values that expressions compare key fields with.

import type { EntityReport, IndexReport, KeyReport, KeyText } from "../shared/report.js";
import { splitKey } from "./split.js";

type Members = Record<string, unknown>;

/** An entity with its number. */
export interface Owner {
  number: number;
  report: EntityReport;
}

interface Place {
  index: IndexReport;
  half: KeyText["half"];
  key: KeyReport;
}

function placesOf(report: EntityReport, field: string): Place[] {
  const places: Place[] = [];
  for (const index of report.indexes) {
    const halves: [KeyText["half"], KeyReport | undefined][] = [
      ["partition", index.partition],
      ["sort", index.sort],
    ];
    for (const [half, key] of halves) {
      if (key === undefined) continue;
      if (key.isFields ? isFieldOf(report, key, field) : key.field === field) {
        places.push({ index, half, key });
      }
    }
  }
  return places;
}

/** Whether a key that is made of the attributes' own fields has this one. */
function isFieldOf(report: EntityReport, key: KeyReport, field: string): boolean {
  const names = report.attributes.filter((entry) => entry.field === field).map(({ name }) => name);
  return key.parts.some(({ attribute }) => attribute !== undefined && names.includes(attribute));
}

/** The attributes whose values the request itself shows, to tell ambiguous key texts apart. */
function knownValues(report: EntityReport, values: Members): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const { name, field } of report.attributes) {
    const value = values[field];
    if (["string", "number", "boolean", "bigint"].includes(typeof value)) {
      known.set(name, String(value));
    }
  }
  return known;
}

/** Finds keys in one request. */
export class KeyFinder {
  readonly found: KeyText[] = [];

  /**
   * @param owners Whose keys they may be, the likeliest first.
   * @param target The access pattern that is read, if one is.
   */
  constructor(
    private readonly owners: readonly Owner[],
    private readonly target: string | undefined,
  ) {}

  /** Looks through params and the requests within them. */
  search(params: Members, path: string[] = []): void {
    for (const [name, value] of Object.entries(params)) {
      if (typeof value !== "object" || value === null) continue;
      const at = [...path, name];
      if (name === "Item" || name === "Key" || name === "ExclusiveStartKey") {
        this.stored(value as Members, at);
      } else if (name === "ExpressionAttributeValues") {
        this.compared(params, value as Members, at);
      } else if (name === "Keys" && Array.isArray(value)) {
        value.forEach((key, position) => this.stored(key as Members, [...at, String(position)]));
      } else if (name !== "ExpressionAttributeNames") {
        this.search(value as Members, at);
      }
    }
  }

  private stored(record: Members, path: string[]): void {
    const owners = this.ownersOf(record);
    for (const [field, value] of Object.entries(record)) {
      this.add(field, value, [...path, field], owners, record);
    }
  }

  /** An item says whose it is; a key does not. */
  private ownersOf(record: Members): readonly Owner[] {
    const own = this.owners.filter(({ report: { identifiers, entity, version } }) => {
      return record[identifiers.entity] === entity && record[identifiers.version] === version;
    });
    return own.length > 0 ? own : this.owners;
  }

  /** Values stand beside the names of the fields that they are compared with or written to. */
  private compared(params: Members, values: Members, path: string[]): void {
    const names = (params["ExpressionAttributeNames"] ?? {}) as Members;
    const expressions = Object.entries(params)
      .filter(([name, text]) => name.endsWith("Expression") && typeof text === "string")
      .map(([, text]) => String(text))
      .join(" ");
    const fields = new Map<string, string>();
    const pair = (name: string | undefined, value: string | undefined): void => {
      if (name === undefined || value === undefined || fields.has(value)) return;
      fields.set(value, String(names[name] ?? name));
    };
    for (const [, name, value] of expressions.matchAll(/(#\w+)\s*(?:=|<=|>=|<|>)\s*(:\w+)/g)) {
      pair(name, value);
    }
    for (const [, name, value] of expressions.matchAll(/begins_with\(\s*(#\w+),\s*(:\w+)/gi)) {
      pair(name, value);
    }
    const between = /(#\w+) BETWEEN (:\w+) AND (:\w+)/gi;
    for (const [, name, low, high] of expressions.matchAll(between)) {
      pair(name, low);
      pair(name, high);
    }
    for (const [value, field] of fields) {
      this.add(field, values[value], [...path, value], this.owners, {});
    }
  }

  private add(
    field: string,
    value: unknown,
    path: string[],
    owners: readonly Owner[],
    record: Members,
  ): void {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "bigint") return;
    for (const { number, report } of owners) {
      const known = knownValues(report, record);
      for (const { index, half, key } of this.sorted(placesOf(report, field))) {
        const split = key.isFields
          ? fieldValue(report, field, String(value))
          : splitKey(key, String(value), known);
        if (split === undefined) continue;
        this.found.push({ path, field, entity: number, index: index.name, half, ...split });
        return;
      }
    }
  }

  /** Access patterns may share a key field; the one that is read comes first. */
  private sorted(places: Place[]): Place[] {
    return places.sort(
      (a, b) => Number(b.index.name === this.target) - Number(a.index.name === this.target),
    );
  }
}

function fieldValue(
  report: EntityReport,
  field: string,
  text: string,
): ReturnType<typeof splitKey> {
  const attribute = report.attributes.find((entry) => entry.field === field)?.name ?? field;
  return { parts: [{ kind: "value", text, attribute }], isAmbiguous: false };
}
