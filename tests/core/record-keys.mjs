// Records the keys that electrodb itself makes into keys.json, so that the native tests compare with facts. It knows nothing of electroxide.
// Run with `node tests/core/record-keys.mjs` from the root of the repository.
import { writeFileSync } from "node:fs";
import { createConversions, Entity } from "electrodb";
import {
  attributes,
  COMPARED,
  CONDITIONS,
  INDEXES,
  ODD,
  OPERANDS,
  PARSED,
  PAYLOADS,
  REFUSED,
  REMOVED,
  SAMPLES,
  STATED,
  TABLES,
  UPPERS,
  bare,
  gsi,
  key,
  table,
} from "./key-cases.mjs";

const HOOKS = { held: () => true, failed: () => false };

function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if ("$bigint" in value) return BigInt(value.$bigint);
  if ("$number" in value) return Number(value.$number);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner)]));
}

function tagged(value) {
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  return typeof value === "number" && Math.abs(value) > 2 ** 53
    ? { $number: String(value) }
    : value;
}

function entity(indexes) {
  const definitions = Object.fromEntries(
    Object.entries(structuredClone(indexes)).map(([name, index]) => {
      return [name, bare({ ...index, condition: index.condition && HOOKS[index.condition.$hook] })];
    }),
  );
  const model = { entity: "User", version: "1", service: "App" };
  return new Entity(
    { model, attributes: structuredClone(attributes), indexes: definitions },
    { table: "t" },
  );
}

const rows = [];
const seen = new Set();

function record(indexes, call, answer) {
  let expected;
  try {
    expected = answer(entity(indexes));
  } catch (error) {
    if (typeof error.code !== "number") return;
    expected = { code: error.code };
  }
  const row = {
    indexes: Object.fromEntries(
      Object.entries(indexes).map(([name, index]) => [name, bare(index)]),
    ),
    call,
    expected,
  };
  // Of writes and queries, one row of each kind of outcome is enough; `--all` keeps every one.
  const { code, condition, filter, set = {}, removed = [] } = expected;
  const outcome = [
    code,
    condition,
    filter,
    Object.keys(set),
    removed,
    call.operation === "put" && Object.keys(expected),
  ];
  const kind =
    ["get", "scan", "define", "parse"].includes(call.operation) || process.argv.includes("--all")
      ? row
      : [row.indexes, call.operation, call.compare, outcome];
  const text = JSON.stringify(kind);
  if (seen.has(text)) return;
  seen.add(text);
  rows.push(row);
}

const fields = (index) => [index?.pk?.field, index?.sk?.field].filter(Boolean);
const own = (object, names) =>
  Object.fromEntries(
    names.filter((name) => name in object).map((name) => [name, tagged(object[name])]),
  );

/** What an update does to the key fields of the secondary index. */
function changes(params, index) {
  const names = fields(index).filter(
    (field) => !fields(table).includes(field) && !(field in attributes),
  );
  const [set, removed = ""] = params.UpdateExpression.split(" REMOVE ");
  const removes = removed
    .split(/ (?:ADD|DELETE) /)[0]
    .split(", ")
    .map((name) => name.slice(1));
  const sets = names.filter((name) => new RegExp(`#${name} = `).test(set));
  const twice = names.some((name) => sets.includes(name) && removes.includes(name));
  const wrong = sets.some(
    (name) => params.ExpressionAttributeValues[`:${name}_u0`] === "undefined",
  );
  // DynamoDB refuses one field in two clauses, and `undefined` is no key: no facts to repeat.
  if (twice || wrong) return undefined;
  return {
    set: Object.fromEntries(
      sets.map((name) => [name, tagged(params.ExpressionAttributeValues[`:${name}_u0`])]),
    ),
    removed: removes.filter((name) => names.includes(name)),
  };
}

for (const [, index] of Object.entries(TABLES)) {
  for (const sample of SAMPLES) {
    record({ table: index }, { operation: "get", key: sample }, (it) =>
      own(it.get(revive(sample)).params().Key, fields(index)),
    );
  }
  record({ table: index }, { operation: "scan" }, (it) => {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = it.scan.params();
    return Object.fromEntries(
      fields(index)
        .filter((field) => names[`#${field}`])
        .map((field) => [field, values[field === index.pk.field ? ":pk" : ":sk"]]),
    );
  });
  record({ table: index }, { operation: "get", key: { a: "x" } }, (it) =>
    own(it.get({ a: "x" }).params().Key, fields(index)),
  );
}
for (const odd of ODD) {
  for (const name of ["two halves", "attribute alone", "number alone", "string as number"]) {
    const index = TABLES[name];
    const sample = { ...SAMPLES[0], a: odd, n: odd, p: odd };
    record({ table: index }, { operation: "get", key: sample }, (it) =>
      own(it.get(revive(sample)).params().Key, fields(index)),
    );
  }
}

function recordWrites(index) {
  const indexes = { table, other: index };
  const names = fields(index).filter((field) => !fields(table).includes(field));
  for (const payload of PAYLOADS) {
    const item = { a: "A", b: "B", ...payload };
    record(indexes, { operation: "put", item }, (it) =>
      own(
        it.put(revive(item)).params().Item,
        names.filter((name) => !(name in attributes)),
      ),
    );
    const upsert = entityOf(indexes, (it) => changes(it.upsert(revive(item)).params(), index));
    if (upsert) record(indexes, { operation: "upsert", item }, () => upsert());
    for (const removed of REMOVED) {
      for (const stated of [
        undefined,
        ...(index.condition || removed.length === 0 ? STATED : []),
      ]) {
        if (Object.keys(payload).length + removed.length === 0) continue;
        if (removed.some((name) => name in payload)) continue;
        // electrodb takes a number key of 0 for none in updates: no fact to repeat.
        if (payload.n === 0 && index.pk.template === "${n}") continue;
        const made = entityOf(indexes, (it) => {
          let chain = it.update({ a: "A", b: "B" });
          if (Object.keys(payload).length > 0) chain = chain.set(revive(payload));
          if (removed.length > 0) chain = chain.remove(removed);
          return changes((stated ? chain.composite(revive(stated)) : chain).params(), index);
        });
        if (made)
          record(
            indexes,
            {
              operation: "update",
              key: { a: "A", b: "B" },
              set: payload,
              removed,
              stated: stated ?? {},
            },
            () => made(),
          );
      }
    }
  }
}

/** An answer to record, or its refusal; nothing where there is no fact. */
function entityOf(indexes, answer) {
  try {
    const value = answer(entity(indexes));
    return value && (() => value);
  } catch (error) {
    return typeof error.code === "number"
      ? () => {
          throw error;
        }
      : undefined;
  }
}

for (const [name, index] of Object.entries(INDEXES)) {
  recordWrites(index);
  if (CONDITIONS.includes(name)) {
    for (const hook of ["held", "failed"]) recordWrites({ ...index, condition: { $hook: hook } });
  }
}

/** Of a query: its key condition, the compare filters, and their values. */
function queried(params) {
  const values = Object.fromEntries(
    Object.entries(params.ExpressionAttributeValues)
      .filter(([name]) => !name.startsWith(":__edb"))
      .map(([name, value]) => [name, tagged(value)]),
  );
  const filter = (params.FilterExpression ?? "")
    .split(" AND ")
    .map((part) => part.replace(/^\(|\)$/g, ""))
    .filter((part) => part !== "" && !part.includes("__edb"));
  // A condition without its value is refused by DynamoDB.
  const placeholders = params.KeyConditionExpression.match(/:\w+/g);
  if (placeholders.some((name) => !(name in params.ExpressionAttributeValues))) return undefined;
  return { condition: params.KeyConditionExpression, filter, values };
}

for (const [name, index] of Object.entries(INDEXES)) {
  if (["local", "reversed"].includes(name)) continue;
  const indexes = { table, other: index };
  const partition = {
    a: "A",
    b: "B",
    c: "C1",
    f: "F1",
    ...(name === "numbers alone" ? { n: 6 } : {}),
  };
  const given = Object.fromEntries(
    Object.entries(partition).filter(
      ([slot]) => index.pk.composite?.includes(slot) || index.pk.template?.includes(`{${slot}}`),
    ),
  );
  const query = (call, run) => {
    const made = entityOf(indexes, (it) => queried(run(it)));
    if (made) record(indexes, call, () => made());
  };
  for (const compare of COMPARED.includes(name) ? ["keys", "attributes", "v2"] : ["keys"]) {
    for (const operand of OPERANDS) {
      const whole = { ...given, ...operand };
      query({ operation: "query", key: whole, compare }, (it) =>
        it.query.other(revive(whole)).params({ compare }),
      );
      for (const operator of ["begins", "gt", "gte", "lt", "lte"]) {
        query({ operation: "query", key: given, operator, operand, compare }, (it) =>
          it.query.other(revive(given))[operator](revive(operand)).params({ compare }),
        );
      }
    }
    const before = { ...given, d: "D1" };
    for (const operator of ["begins", "gt", "lte"]) {
      query({ operation: "query", key: before, operator, operand: { n: 1 }, compare }, (it) =>
        it.query.other(revive(before))[operator]({ n: 1 }).params({ compare }),
      );
    }
    OPERANDS.forEach((operand, at) => {
      const upper = UPPERS[at];
      query(
        { operation: "query", key: given, operator: "between", operand, upper, compare },
        (it) =>
          it.query.other(revive(given)).between(revive(operand), revive(upper)).params({ compare }),
      );
    });
    query(
      {
        operation: "query",
        key: before,
        operator: "between",
        operand: { n: 1 },
        upper: { n: 2 },
        compare,
      },
      (it) => it.query.other(revive(before)).between({ n: 1 }, { n: 2 }).params({ compare }),
    );
  }
  query({ operation: "query", key: {}, compare: "keys" }, (it) => it.query.other({}).params());
}
for (const last of ["x", "xÉ", "xZ", "x@", "x`", "x😀", "xé"]) {
  for (const casing of ["lower", "upper", "none"]) {
    const index = gsi({ sk: key("g1sk", ["d"], { casing }) });
    const call = {
      operation: "query",
      key: { c: "C" },
      operator: "lte",
      operand: { d: last },
      compare: "v2",
    };
    record({ table, other: index }, call, (it) =>
      queried(it.query.other({ c: "C" }).lte({ d: last }).params({ compare: "v2" })),
    );
  }
}

for (const index of REFUSED) record({ table, other: index }, { operation: "define" }, () => ({}));

for (const [index, [pk, sk]] of PARSED) {
  record({ table, other: index }, { operation: "parse", pk, sk }, (it) =>
    createConversions(it).byAccessPattern.other.fromKeys.toComposite({ g1pk: pk, g1sk: sk }),
  );
}

writeFileSync(
  new URL("./keys.json", import.meta.url),
  `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`,
);
const count = {};
rows.forEach((row) => (count[row.call.operation] = (count[row.call.operation] ?? 0) + 1));
console.log(rows.length, "rows", count);
