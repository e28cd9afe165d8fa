// What one request consumes, in a sentence: write units of the table and of its indexes, or read units of what it would find.

import type { AttributeValue, Item, RequestReport } from "../shared/report.js";
import { itemSize, readUnits, writeUnits, type Reading } from "./cost.js";
import { count } from "./dom.js";
import { cellOf, compareTexts, isItem, projected, type Lie, type Row } from "./items.js";

type Members = Record<string, unknown>;

/** The table of the page. */
export interface Tables {
  rows: readonly Row[];
  lies: readonly Lie[];
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The row that has this key. */
function rowOf({ rows }: Tables, table: unknown, key: unknown): Row | undefined {
  if (!isItem(key)) return undefined;
  return rows.find(
    (row) =>
      row.table === table &&
      Object.entries(key).every(([field, value]) => isSame(row.item[field], value)),
  );
}

function isSame(a: AttributeValue | undefined, b: AttributeValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const units = (number: number, kind: string): string =>
  `${number} ${kind} ${number === 1 ? "unit" : "units"}`;

/** What it costs to write an item that was not there before. */
function putCost(tables: Tables, table: unknown, item: Item, isTransaction: boolean): string {
  const row: Row = {
    table: String(table),
    item,
    size: itemSize(item),
    line: 0,
    entity: undefined,
    keys: [],
  };
  const own = tables.lies.filter((lie) => lie.table === row.table);
  const primary = own.find(({ index }) => index === undefined);
  const keys = primary === undefined ? [] : [...primary.partition, ...primary.sort];
  const costs = own
    .filter((lie) => lie.index !== undefined)
    .filter(
      (lie) => cellOf(row, lie.partition) !== undefined && cellOf(row, lie.sort) !== undefined,
    )
    .map((lie) => {
      const size = itemSize(projected(lie, row, keys));
      return `${writeUnits(size, isTransaction)} on ${lie.index ?? ""}`;
    });
  const table1 = `${units(writeUnits(row.size, isTransaction), "write")} on the table`;
  return [`${count(row.size, "byte")}: ${table1}`, ...costs].join(", ");
}

/** A change of what is there: its size is known only if the program has put it. */
function changeCost(tables: Tables, params: Members, isTransaction: boolean): string {
  const row = rowOf(tables, params["TableName"], params["Key"]);
  const least = writeUnits(row?.size ?? 0, isTransaction);
  return `at least ${units(least, "write")} on the table, and more for each index entry that changes`;
}

function getCost(tables: Tables, params: Members, reading: Reading): string {
  const row = rowOf(tables, params["TableName"], params["Key"]);
  const cost = units(readUnits(row?.size ?? 0, reading), "read");
  return row === undefined ? `at least ${cost}` : `${count(row.size, "byte")}: ${cost}`;
}

type Matcher = (value: AttributeValue) => boolean;

function scalar(value: AttributeValue | undefined): string {
  if (value === undefined) return "";
  return Object.values(value).map(String).join("");
}

function order(a: AttributeValue, b: AttributeValue | undefined): number {
  if ("N" in a) return Number(a.N) - Number(scalar(b));
  return compareTexts(scalar(a), scalar(b));
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** What a key condition asks of fields. */
function matchersOf(params: Members): [field: string, matches: Matcher][] {
  const text = String(params["KeyConditionExpression"] ?? "");
  const names = membersOf(params["ExpressionAttributeNames"]);
  const given = membersOf(params["ExpressionAttributeValues"]) as Item;
  const found: [string, Matcher][] = [];
  const add = (name: string | undefined, matches: Matcher): void => {
    found.push([String(names[name ?? ""]), matches]);
  };
  for (const [, name, sign, value] of text.matchAll(/(#\w+)\s*(<=|>=|=|<|>)\s*(:\w+)/g)) {
    add(name, (own) => COMPARISONS[sign ?? ""]?.(order(own, given[value ?? ""])) ?? false);
  }
  for (const [, name, value] of text.matchAll(/begins_with\(\s*(#\w+),\s*(:\w+)/gi)) {
    add(name, (own) => scalar(own).startsWith(scalar(given[value ?? ""])));
  }
  for (const [, name, low, high] of text.matchAll(/(#\w+) BETWEEN (:\w+) AND (:\w+)/gi)) {
    add(name, (own) => order(own, given[low ?? ""]) >= 0 && order(own, given[high ?? ""]) <= 0);
  }
  return found;
}

/** A query or scan pays for what its key condition covers, before any filter. */
function searchCost({ rows, lies }: Tables, params: Members): string {
  const { TableName: table, IndexName: index } = params;
  const lie = lies.find((one) => one.table === table && one.index === index);
  const matchers = matchersOf(params);
  const covered = rows.filter(
    (row) =>
      row.table === table &&
      (lie === undefined ||
        (cellOf(row, lie.partition) !== undefined && cellOf(row, lie.sort) !== undefined)) &&
      matchers.every(([field, matches]) => {
        const value = row.item[field];
        return value !== undefined && matches(value);
      }),
  );
  const size = covered.reduce((all, row) => all + row.size, 0);
  const cost = readUnits(size, params["ConsistentRead"] === true ? "consistent" : "eventual");
  const items = count(covered.length, "item");
  return `covers ${items} of this page, ${count(size, "byte")}: ${units(cost, "read")}`;
}

function transactionCost(tables: Tables, dynamo: Members): string[] {
  return listOf(dynamo["TransactItems"]).flatMap((member) =>
    Object.entries(membersOf(member)).map(([kind, request]) => {
      const params = membersOf(request);
      const item = params["Item"];
      if (kind === "Get") return getCost(tables, params, "transaction");
      if (kind === "Put" && isItem(item)) return putCost(tables, params["TableName"], item, true);
      return kind === "ConditionCheck"
        ? `at least ${units(writeUnits(0, true), "write")}`
        : changeCost(tables, params, true);
    }),
  );
}

function batchCost(tables: Tables, dynamo: Members): string[] {
  return Object.entries(membersOf(dynamo["RequestItems"])).flatMap(([table, requests]) => {
    if (Array.isArray(requests)) {
      return requests.map((member: unknown) => {
        const item = membersOf(membersOf(member)["PutRequest"])["Item"];
        const { Key: key } = membersOf(membersOf(member)["DeleteRequest"]);
        return isItem(item)
          ? putCost(tables, table, item, false)
          : changeCost(tables, { TableName: table, Key: key }, false);
      });
    }
    const reading = membersOf(requests)["ConsistentRead"] === true ? "consistent" : "eventual";
    return listOf(membersOf(requests)["Keys"]).map((key) =>
      getCost(tables, { TableName: table, Key: key }, reading),
    );
  });
}

/** What a request consumes, a line for each item where it has several. */
export function costOf({ operation, dynamo }: RequestReport, tables: Tables): string[] {
  switch (operation) {
    case "PutItem": {
      const item = dynamo["Item"];
      return isItem(item) ? [putCost(tables, dynamo["TableName"], item, false)] : [];
    }
    case "UpdateItem":
    case "DeleteItem":
      return [changeCost(tables, dynamo, false)];
    case "GetItem":
      return [
        getCost(tables, dynamo, dynamo["ConsistentRead"] === true ? "consistent" : "eventual"),
      ];
    case "Query":
    case "Scan":
      return [searchCost(tables, dynamo)];
    case "TransactWriteItems":
    case "TransactGetItems":
      return transactionCost(tables, dynamo);
    case "BatchWriteItem":
    case "BatchGetItem":
      return batchCost(tables, dynamo);
    default:
      return [];
  }
}
