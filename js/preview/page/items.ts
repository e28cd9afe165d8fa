// The items that a program's puts write, and the table and indexes in which they lie. It draws nothing.

import type {
  AttributeValue,
  EntityReport,
  IndexReport,
  Item,
  KeyText,
  Part,
  Report,
} from "../shared/report.js";
import { itemSize } from "./cost.js";

type Members = Record<string, unknown>;

/** One item as it would be stored. */
export interface Row {
  table: string;
  item: Item;
  size: number;
  /** The line of the call that writes it. */
  line: number;
  /** The number of its entity; none where nothing tells it. */
  entity: number | undefined;
  /** Its keys in parts. */
  keys: readonly KeyText[];
}

/** A table's own key or one of its indexes, as DynamoDB sees it. */
export interface Lie {
  table: string;
  /** DynamoDB's name of the index; none for the table itself. */
  index: string | undefined;
  partition: readonly string[];
  sort: readonly string[];
  patterns: { entity: number; index: IndexReport }[];
  /** What the index holds beside the keys. */
  projection: IndexReport["projection"];
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

/** Whether this is a value of DynamoDB, at any depth; a report may say anything. */
function isValue(value: unknown): value is AttributeValue {
  const entries = Object.entries(membersOf(value));
  const [only] = entries;
  if (only === undefined || entries.length > 1) return false;
  const [type, content] = only;
  if (type === "S" || type === "N" || type === "B") return typeof content === "string";
  if (type === "BOOL" || type === "NULL") return typeof content === "boolean";
  if (type === "M") return isItem(content);
  if (!Array.isArray(content)) return false;
  return type === "L" ? content.every(isValue) : content.every((text) => typeof text === "string");
}

/** Whether this is an item. */
export function isItem(value: unknown): value is Item {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(isValue);
}

/** A put somewhere in a request. */
interface Put {
  table: unknown;
  item: unknown;
  path: string[];
}

function putsIn(operation: string, dynamo: Members): Put[] {
  if (operation === "PutItem") {
    return [{ table: dynamo["TableName"], item: dynamo["Item"], path: ["Item"] }];
  }
  if (operation === "TransactWriteItems") {
    return listOf(dynamo["TransactItems"]).map((member, position) => {
      const put = membersOf(membersOf(member)["Put"]);
      const path = ["TransactItems", String(position), "Put", "Item"];
      return { table: put["TableName"], item: put["Item"], path };
    });
  }
  if (operation !== "BatchWriteItem") return [];
  return Object.entries(membersOf(dynamo["RequestItems"])).flatMap(([table, requests]) =>
    listOf(requests).map((member, position) => {
      const item = membersOf(membersOf(member)["PutRequest"])["Item"];
      return { table, item, path: ["RequestItems", table, String(position), "PutRequest", "Item"] };
    }),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((step, position) => path[position] === step);
}

/** The items in the order in which they are written; a later one of the same key takes the place of an earlier one. */
export function writtenRows(report: Report): Row[] {
  const rows = new Map<string, Row>();
  for (const { requests, line, entity, problem } of report.calls) {
    if (problem !== undefined) continue;
    for (const { operation, dynamo, keys } of requests) {
      for (const { table, item, path } of putsIn(operation, dynamo)) {
        if (typeof table !== "string" || !isItem(item)) continue;
        const own = keys.filter((key) => startsWith(key.path, path));
        const row: Row = {
          table,
          item,
          size: itemSize(item),
          line,
          entity: own[0]?.entity ?? entity,
          keys: own,
        };
        rows.set(identity(report, row), row);
      }
    }
  }
  return [...rows.values()];
}

function identity(report: Report, row: Row): string {
  const entity = row.entity === undefined ? undefined : report.entities[row.entity];
  const primary = entity?.indexes.find(({ index }) => index === undefined);
  if (entity === undefined || primary === undefined) return JSON.stringify([row.table, row.item]);
  const fields = [...fieldsOf(entity, primary, "partition"), ...fieldsOf(entity, primary, "sort")];
  return JSON.stringify([row.table, ...fields.map((field) => row.item[field])]);
}

/** The fields of one half of a key. */
export function fieldsOf(
  entity: EntityReport,
  index: IndexReport,
  half: KeyText["half"],
): string[] {
  const key = index[half];
  if (key === undefined) return [];
  if (!key.isFields) return [key.field];
  return key.parts.flatMap(({ attribute }) => {
    return entity.attributes.find(({ name }) => name === attribute)?.field ?? [];
  });
}

/** Every table and index of the report's entities, the table before its indexes. */
export function liesOf(report: Report): Lie[] {
  const lies = new Map<string, Lie>();
  report.entities.forEach((entity, number) => {
    const table = entity.table ?? "";
    for (const index of entity.indexes) {
      const name = JSON.stringify([table, index.index ?? null]);
      const lie = lies.get(name);
      if (lie === undefined) {
        lies.set(name, {
          table,
          index: index.index,
          partition: fieldsOf(entity, index, "partition"),
          sort: fieldsOf(entity, index, "sort"),
          patterns: [{ entity: number, index }],
          projection: index.projection,
        });
      } else {
        lie.patterns.push({ entity: number, index });
      }
    }
  });
  const rank = ({ index }: Lie): string => (index === undefined ? "" : `1${index}`);
  return [...lies.values()].sort(
    (a, b) => compareTexts(a.table, b.table) || compareTexts(rank(a), rank(b)),
  );
}

/** A key half's text, and in parts where the core has told them. */
export interface Cell {
  text: string;
  parts: readonly Part[];
}

function scalar(value: AttributeValue): string {
  if ("S" in value) return value.S;
  if ("N" in value) return value.N;
  return "B" in value ? value.B : JSON.stringify(value);
}

/** What a row has for a key half; undefined where a field of it is absent. */
export function cellOf(row: Row, fields: readonly string[]): Cell | undefined {
  const texts: string[] = [];
  const parts: Part[] = [];
  for (const field of fields) {
    const value = Object.hasOwn(row.item, field) ? row.item[field] : undefined;
    if (value === undefined) return undefined;
    const text = scalar(value);
    if (texts.length > 0) parts.push({ kind: "text", text: " " });
    texts.push(text);
    const own = row.keys.find((key) => key.field === field);
    parts.push(...(own?.parts ?? [{ kind: "text", text } as const]));
  }
  return { text: texts.join(" "), parts };
}

/** The rows of a table or index, in its order, and those that are not in it. */
export interface Laid {
  groups: { partition: Cell; rows: { row: Row; sort: Cell | undefined }[] }[];
  absent: { row: Row; missing: string[] }[];
}

/** Lays the rows of its table into a table or index. */
export function layRows(lie: Lie, rows: readonly Row[]): Laid {
  const groups = new Map<string, Laid["groups"][number]>();
  const absent: Laid["absent"] = [];
  for (const row of rows.filter(({ table }) => table === lie.table)) {
    const partition = cellOf(row, lie.partition);
    const sort = cellOf(row, lie.sort);
    if (partition === undefined || sort === undefined) {
      const fields = [...lie.partition, ...lie.sort];
      absent.push({ row, missing: fields.filter((field) => !Object.hasOwn(row.item, field)) });
      continue;
    }
    const group = groups.get(partition.text) ?? { partition, rows: [] };
    groups.set(partition.text, group);
    group.rows.push({ row, sort: lie.sort.length === 0 ? undefined : sort });
  }
  const ordered = [...groups.values()].sort((a, b) =>
    compareTexts(a.partition.text, b.partition.text),
  );
  for (const { rows: members } of ordered) {
    members.sort((a, b) => compareRows(a.row, b.row, lie.sort));
  }
  return { groups: ordered, absent };
}

/** The order of a sort key: numbers by size, texts by their UTF-8 bytes. */
function compareRows(a: Row, b: Row, sort: readonly string[]): number {
  for (const field of sort) {
    const [left, right] = [a.item[field], b.item[field]];
    if (left === undefined || right === undefined) return 0;
    const order =
      "N" in left && "N" in right
        ? Number(left.N) - Number(right.N)
        : compareTexts(scalar(left), scalar(right));
    if (order !== 0) return order;
  }
  return 0;
}

/** UTF-8 orders texts by code points, which UTF-16 units do not beyond the basic plane. */
export function compareTexts(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const order = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** What an index holds of an item. */
export function projected(lie: Lie, row: Row, primary: readonly string[]): Item {
  const { projection } = lie;
  if (projection === "all") return row.item;
  const names = new Set([...primary, ...lie.partition, ...lie.sort]);
  if (typeof projection !== "string") projection.forEach((name) => names.add(name));
  return Object.fromEntries(Object.entries(row.item).filter(([name]) => names.has(name)));
}
