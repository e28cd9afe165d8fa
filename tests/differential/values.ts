/** Generates values of attributes as tagged JSON, right ones and wrong ones. It knows attribute definitions, not items. */
import type { AttributeDefinition } from "./model";
import type { Random } from "./random";

const STRINGS = [
  "abc",
  "Abc",
  "x",
  "hello world",
  "a#b",
  "a_b",
  "$app",
  "2024-01-01",
  "100",
  "ÄÖ",
  "zürich",
  "x#sid_y",
  "İstanbul",
  "😀",
  "trailing ",
  "~",
];
const NUMBERS = [0, 1, 2, 5, 10, 42, -1, 3.25, 1e21, 1e-7, 123456789, -0.5];

function stringOf(random: Random): string {
  return random.chance(0.7) ? random.pick(STRINGS.slice(0, 8)) : random.pick(STRINGS);
}

function numberOf(random: Random): number {
  return random.chance(0.6) ? random.between(0, 20) : random.pick(NUMBERS);
}

/** A value that the definition allows. */
export function valueOf(random: Random, definition: AttributeDefinition): unknown {
  const type = definition.type;
  if (Array.isArray(type)) return type.length > 0 ? random.pick(type) : "x";
  if (typeof type === "object" && type !== null) {
    const custom = (type as { $custom?: string }).$custom;
    return custom === undefined ? "x" : valueOf(random, { type: custom });
  }
  switch (type) {
    case "number":
      return numberOf(random);
    case "boolean":
      return random.chance(0.5);
    case "any":
      return random.pick<unknown>(["any", 7, true, ["x", 1], { deep: { er: [1] } }, null]);
    case "set":
      return setOf(random, definition.items);
    case "list":
      return listOf(random, definition.items);
    case "map":
      return mapOf(random, definition.properties);
    default:
      return stringOf(random);
  }
}

/** One member of a set with these items. */
export function memberOf(random: Random, items: unknown): unknown {
  return valueOf(random, { type: items === undefined ? "string" : items });
}

function setOf(random: Random, items: unknown): unknown {
  const members = Array.from({ length: random.between(1, 3) }, () => memberOf(random, items));
  const unique = [...new Set(members)];
  return random.chance(0.2) ? { $set: unique } : random.chance(0.1) ? members : unique;
}

function listOf(random: Random, items: unknown): unknown {
  const definition =
    typeof items === "object" && items !== null ? (items as AttributeDefinition) : { type: items };
  const absent = { $undefined: true };
  return Array.from({ length: random.between(0, 3) }, () =>
    random.chance(0.02) ? absent : valueOf(random, definition),
  );
}

function mapOf(random: Random, properties: AttributeDefinition["properties"]): unknown {
  const value: Record<string, unknown> = {};
  if (typeof properties !== "object" || properties === null) return value;
  for (const [name, definition] of Object.entries(properties)) {
    if (definition.required || random.chance(0.75)) value[name] = valueOf(random, definition);
  }
  if (random.chance(0.05)) value.stranger = "x";
  return value;
}

/** A value that is likely wrong for any attribute. */
export function wrongValue(random: Random): unknown {
  return random.pick<unknown>([
    null,
    { $undefined: true },
    "",
    { $number: "NaN" },
    { $number: "Infinity" },
    0,
    false,
    true,
    -1,
    5,
    "text",
    [],
    {},
    [null],
    ["x", 5],
    { street: 5 },
    { $set: [] },
    { $set: ["x"] },
    { $bigint: "9007199254740993" },
    { $date: "2024-01-01T00:00:00.000Z" },
    { $bytes: "AAEC" },
  ]);
}
