// The rules that the preview page works by, without a browser: sizes and units, DynamoDB's JSON, keys laid over their parts.
import { marshall } from "@aws-sdk/util-dynamodb";
import { describe, expect, test } from "vitest";
import { itemSize, readUnits, valueSize, writeUnits } from "../../js/preview/page/cost.js";
import { compareTexts } from "../../js/preview/page/items.js";
import { readReport } from "../../js/preview/shared/read-report.js";
import { NOTHING, type KeyReport, type Part } from "../../js/preview/shared/report.js";
import { splitKey } from "../../js/preview/worker/split.js";
import {
  attributeValue,
  dynamoParams,
  itemValue,
  jsonText,
} from "../../js/preview/worker/values.js";

describe("sizes", () => {
  test.each([
    ["a text is its UTF-8 bytes", { S: "aé😀" }, 7],
    ["a number is half its significant digits and one more", { N: "123456" }, 4],
    ["zeros before and behind count nothing", { N: "0.00120" }, 2],
    ["an exponent counts nothing", { N: "1.5e+300" }, 2],
    ["bytes are counted before base64", { B: "AQID" }, 3],
    ["padding is no byte", { B: "AQ==" }, 1],
    ["a boolean is one byte", { BOOL: false }, 1],
    ["null is one byte", { NULL: true as const }, 1],
    ["a set is its members", { SS: ["ab", "c"] }, 3],
    ["a list has three bytes and one for each element", { L: [{ S: "ab" }, { BOOL: true }] }, 8],
    ["a map has its names, too", { M: { name: { S: "x" } } }, 9],
  ])("%s", (_, value, size) => {
    expect(valueSize(value)).toBe(size);
  });

  test("an item is its names and values", () => {
    expect(itemSize({ pk: { S: "a" }, n: { N: "1" } })).toBe(2 + 1 + 1 + 2);
  });

  test("units: a kilobyte begun is written, four are read; transactions pay twice", () => {
    expect([1, 1024, 1025].map((size) => writeUnits(size))).toEqual([1, 1, 2]);
    expect(writeUnits(1025, true)).toBe(4);
    expect([0, 4096, 4097].map((size) => readUnits(size, "eventual"))).toEqual([0.5, 0.5, 1]);
    expect(readUnits(4097, "consistent")).toBe(2);
    expect(readUnits(1, "transaction")).toBe(2);
  });

  test("sort keys are ordered by code points", () => {
    const texts = ["\u{1f600}", "\uffee", "b", "ab", "a"];
    expect(texts.sort(compareTexts)).toEqual(["a", "ab", "b", "\uffee", "\u{1f600}"]);
  });
});

describe("DynamoDB's JSON", () => {
  const values = {
    text: "a",
    number: 1.5,
    big: 2n ** 60n,
    yes: true,
    nothing: null,
    list: [1, "a", [null]],
    map: { inner: { deep: 1 } },
    texts: new Set(["a", "b"]),
    numbers: new Set([1, 2]),
  };

  test("is what the SDK makes of the same values", () => {
    expect(itemValue(values)).toEqual(marshall(values));
  });

  test("bytes are base64, a wrapped set is a set, what is undefined is left out", () => {
    const wrapped = { wrapperName: "Set", type: "Number", values: [1] };
    const item = itemValue({ bytes: new Uint8Array([1, 2, 3]), wrapped, none: undefined });
    expect(item).toEqual({ bytes: { B: "AQID" }, wrapped: { NS: ["1"] } });
  });

  test("what is no value of DynamoDB is refused", () => {
    expect(() => attributeValue(new Date(0))).toThrow("Date");
    expect(() => attributeValue(() => 1)).toThrow("function");
  });

  test("only what holds values is translated, at any depth", () => {
    const put = { TableName: "t", Item: { a: 1 } };
    expect(dynamoParams({ TransactItems: [{ Put: put }] })).toEqual({
      TransactItems: [{ Put: { TableName: "t", Item: { a: { N: "1" } } } }],
    });
    expect(dynamoParams({ RequestItems: { t: { Keys: [{ pk: "a" }] } } })).toEqual({
      RequestItems: { t: { Keys: [{ pk: { S: "a" } }] } },
    });
  });

  test("an attribute may be called __proto__", () => {
    const item = itemValue(JSON.parse('{"__proto__": "a"}') as object);
    expect(JSON.stringify(item)).toBe('{"__proto__":{"S":"a"}}');
  });

  test("as JSON text, all digits of a big integer stay", () => {
    expect(jsonText({ n: 2n ** 70n, s: new Set(["a"]) })).toBe(
      '{\n  "n": 1180591620717411303424,\n  "s": [\n    "a"\n  ]\n}',
    );
  });
});

describe("a key in its parts", () => {
  const literal = (text: string, kind: Part["kind"] = "text"): Part => ({ kind, text });
  const value = (attribute: string): Part => ({ kind: "value", text: "", attribute });
  const key = (parts: Part[]): KeyReport => ({
    field: "sk",
    type: "S",
    parts,
    casing: "lower",
    isFields: false,
  });
  const two = key([
    literal("$"),
    literal("user", "entity"),
    literal("#id_"),
    value("id"),
    literal("#sid_"),
    value("sid"),
  ]);
  const texts = (report: KeyReport, text: string, known: [string, string][] = []) => {
    const split = splitKey(report, text, new Map(known));
    return split && [split.parts.map((part) => part.text), split.isAmbiguous];
  };

  test("a whole key", () => {
    expect(texts(two, "$user#id_a#sid_b")).toEqual([
      ["$", "user", "#id_", "a", "#sid_", "b"],
      false,
    ]);
  });

  test("a beginning that ends after a value, within a label and before any of them", () => {
    expect(texts(two, "$user#id_a")).toEqual([["$", "user", "#id_", "a"], false]);
    expect(texts(two, "$user#id_a#sid_")).toEqual([["$", "user", "#id_", "a", "#sid_"], false]);
    expect(texts(two, "$us")).toEqual([["$", "us"], false]);
  });

  test("a text that is none of this key", () => {
    expect(texts(two, "$session#id_a")).toBeUndefined();
  });

  test("a text that other values would make, too, is told apart by what is known, and said to be ambiguous", () => {
    const text = "$user#id_a#sid_b#sid_c";
    const known: [string, string][] = [
      ["id", "A#sid_B"],
      ["sid", "C"],
    ];
    expect(texts(two, text, known)).toEqual([["$", "user", "#id_", "a#sid_b", "#sid_", "c"], true]);
    expect(texts(two, text)).toEqual([["$", "user", "#id_", "a", "#sid_", "b#sid_c"], true]);
  });

  test("a tail belongs to the key and not to the last value", () => {
    const clustered = key([literal("$c#id_"), value("id"), literal("#user_1")]);
    expect(texts(clustered, "$c#id_a#user_1")).toEqual([["$c#id_", "a", "#user_1"], false]);
  });

  test("a text of many separators takes no long time", () => {
    const text = `$user#id_${"#sid_".repeat(5000)}`;
    expect(splitKey(two, text, new Map())?.isAmbiguous).toBe(true);
  });
});

describe("a report", () => {
  test("is taken when it is one", () => {
    expect(readReport(JSON.stringify(NOTHING))).toEqual(NOTHING);
  });

  test.each([
    "",
    "null",
    "[]",
    '"text"',
    JSON.stringify({ ...NOTHING, calls: [{}] }),
    JSON.stringify({ ...NOTHING, calls: "many" }),
    JSON.stringify({ ...NOTHING, prints: [{ line: "1", text: "a" }] }),
    JSON.stringify({ ...NOTHING, problems: [{ line: 1, name: "a", message: {} }] }),
    '{"__proto__": {"entities": [], "calls": [], "problems": [], "prints": []}}',
  ])("%s is none", (text) => {
    expect(readReport(text)).toBeUndefined();
  });
});
