// Records what electrodb 3.9.3 renders for the rows below into expressions.json; tests/core/expression.rs holds the core against it.
// Run it with `node tests/core/record-expressions.mjs`. Rows where electroxide differs on purpose do not belong here.
import { writeFileSync } from "node:fs";
import { Entity } from "electrodb";

const attributes = {
  id: { type: "string" },
  sid: { type: "string" },
  a: { type: "string" },
  b: { type: "string", field: "bb" },
  n: { type: "number" },
  boo: { type: "boolean" },
  en: { type: ["A", "B"] },
  any: { type: "any" },
  m: {
    type: "map",
    properties: {
      x: { type: "string", field: "xx" },
      y: { type: "map", properties: { z: { type: "number" } } },
      l: { type: "list", items: { type: "string" } },
    },
  },
  l: { type: "list", items: { type: "string" } },
  ll: { type: "list", items: { type: "list", items: { type: "string" } } },
  lm: { type: "list", items: { type: "map", properties: { p: { type: "string" } } } },
  st: { type: "set", items: "string" },
  ns: { type: "set", items: "number" },
  "a-b": { type: "string" },
  "a b": { type: "string" },
  ab: { type: "string" },
  é: { type: "string" },
  or: { type: "boolean" },
};
const model = (indexes) => ({
  model: { entity: "my-entity", version: "1", service: "s" },
  attributes,
  indexes,
});
const models = {
  plain: model({
    p: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: ["sid"] } },
  }),
  odd: model({
    p: {
      pk: { field: "part-key", composite: ["id"] },
      sk: { field: "sort.key", composite: ["sid"] },
    },
  }),
  bare: model({ p: { pk: { field: "pk", composite: ["id"] } } }),
  multi: model({
    p: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: ["sid"] } },
    q: {
      index: "g",
      type: "composite",
      pk: { composite: ["a", "en"] },
      sk: { composite: ["b", "n"] },
    },
  }),
  wide: model({
    p: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: ["sid"] } },
    q: {
      index: "g",
      pk: { field: "gpk", composite: ["a"] },
      sk: { field: "gsk", composite: ["b", "n", "en"] },
    },
  }),
};

const rows = [];
const row = (name, call) => rows.push({ name, model: "plain", operation: "query", ...call });
const one = (...token) => [{ text: ["", ""], tokens: [token] }];
const joined = (glue, ...tokens) => [
  { text: ["", ...tokens.slice(1).map(() => glue), ""], tokens },
];

const binary = ["eq", "ne", "gt", "gte", "lt", "lte", "begins", "contains", "notContains"];
for (const operator of [...binary, "eqOrNotExists", "type"]) {
  row(`${operator} of a string`, { where: one(operator, ["a"], "S") });
  row(`${operator} of an aliased attribute`, { where: one(operator, ["b"], "x") });
  row(`${operator} below a map`, { where: one(operator, ["m", "y", "z"], 3) });
  row(`${operator} with undefined`, { where: one(operator, ["a"], { $undefined: true }) });
  row(`${operator} without operand`, { where: one(operator, ["n"]) });
}
for (const operator of ["exists", "notExists", "name", "size", "field"])
  row(`${operator} below a list`, { where: one(operator, ["lm", 2, "p"]) });
for (const operator of binary.slice(0, 6)) {
  row(`${operator} with another attribute`, {
    where: one(operator, ["a"], { $token: ["name", ["b"]] }),
  });
  row(`${operator} with a value of another attribute`, {
    where: joined(
      " AND ",
      [operator, ["n"], { $token: ["value", ["m", "y", "z"], 4] }],
      ["exists", ["m", "y", "z"]],
    ),
  });
}
for (const [name, value] of Object.entries({
  number: 5,
  boolean: true,
  null: null,
  text: "x",
  list: ["x"],
  map: { x: 1 },
}))
  for (const attribute of ["a", "n", "boo", "any", "m", "l", "st", "en"])
    if (!(["list", "map"].includes(name) && ["a", "en"].includes(attribute)))
      row(`a ${name} compared with ${attribute}`, { where: one("eq", [attribute], value) });

row("between", { where: one("between", ["n"], 1, 2) });
row("between with one bound", { where: one("between", ["n"], 1) });
row("between with undefined as its first bound", {
  where: one("between", ["n"], { $undefined: true }, 2),
});
row("escape of lists and maps", {
  where: joined(" = ", ["escape", [], ["q", 1, [true, null]]], ["escape", [], { q: 1 }]),
});
row("between two attributes", {
  where: one(
    "between",
    ["n"],
    { $token: ["name", ["m", "y", "z"]] },
    { $token: ["name", ["any"]] },
  ),
});
row("a size compared with a value", {
  where: [
    {
      text: ["", " > ", " AND ", ""],
      tokens: [
        ["size", ["l"]],
        ["value", ["n"], 3],
        ["exists", ["n"]],
      ],
    },
  ],
});
row("escape and field", {
  where: joined(" = ", ["field", [], "foo.bar"], ["escape", [], "hello world"]),
});
row("escape of numbers and booleans", {
  where: joined(
    " = ",
    ["escape", [], -1.5],
    ["escape", [], true],
    ["escape", [], "true"],
    ["escape", [], ""],
    ["escape", [], "p"],
  ),
});
row("escape shares its numbers with names", {
  where: joined(" = ", ["escape", [], "a"], ["eq", ["a"], "x"], ["escape", [], "a"]),
});
row("one value twice", { where: joined(" AND ", ["eq", ["a"], "x"], ["eq", ["a"], "x"]) });
row("many values of one attribute", {
  where: joined(" AND ", ...Array.from({ length: 12 }, (_, i) => ["ne", ["n"], i])),
});
row("names that share a placeholder", {
  where: joined(
    " AND ",
    ["eq", ["a-b"], "1"],
    ["eq", ["a b"], "2"],
    ["eq", ["ab"], "3"],
    ["eq", ["é"], "4"],
    ["eq", ["a b"], "5"],
  ),
});
row("paths below any", { where: one("eq", ["any", "foo", "bar", 0, "x y"], 5) });
row("a position of any", { where: one("eq", ["any", 3], 5) });
row("lists and lists of lists", {
  where: joined(
    " AND ",
    ["eq", ["l", 0], "x"],
    ["eq", ["ll", 0, 1], "y"],
    ["eq", ["lm", 2, "p"], "z"],
    ["eq", ["m", "l", 3], "q"],
  ),
});
row("two names of one property", {
  where: joined(" AND ", ["eq", ["m", "x"], "1"], ["eq", ["m", "x"], "2"]),
});
row("spaces around a clause", { where: [{ text: ["  ", "  "], tokens: [["eq", ["a"], "x"]] }] });
row("line breaks beside spaces", {
  where: [
    {
      text: ["\n  ", "\n  AND\r\n  ", "\n"],
      tokens: [
        ["eq", ["a"], "x"],
        ["exists", ["b"]],
      ],
    },
  ],
});
row("NOT", { where: [{ text: ["NOT ", ""], tokens: [["eq", ["boo"], true]] }] });

const OR = [
  {
    text: ["", " OR ", ""],
    tokens: [
      ["eq", ["a"], "x"],
      ["eq", ["a"], "y"],
    ],
  },
];
row("a lone OR", { where: OR });
row("a lone OR in lower case", { where: [{ text: ["", " or ", ""], tokens: OR[0].tokens }] });
row("an OR before another clause", { where: [...OR, ...one("exists", ["b"])] });
row("an OR in brackets as the second clause", {
  where: [...one("exists", ["b"]), { text: ["(", " OR ", ")"], tokens: OR[0].tokens }],
});
row("an attribute named or", { where: [...one("eq", ["or"], true), ...one("exists", ["b"])] });
row("eqOrNotExists as the second clause", {
  where: [...one("exists", ["b"]), ...one("eqOrNotExists", ["a"], "x")],
});
row("two clauses", { where: [...one("eq", ["a"], "x"), ...one("eq", ["b"], "y")] });
row("three clauses", {
  where: [...one("eq", ["a"], "x"), ...one("eq", ["b"], "y"), ...one("eq", ["n"], 3)],
});
row("four clauses of which the first is a function", {
  where: [
    ...one("exists", ["a"]),
    ...one("eq", ["b"], "y"),
    ...one("eq", ["n"], 3),
    ...one("eq", ["n"], 4),
  ],
});
row("clauses in brackets", {
  where: [{ text: ["(", ")"], tokens: [["eq", ["a"], "x"]] }, ...one("eq", ["b"], "y")],
});
row("an unknown attribute", { where: one("eq", ["zzz"], 1) });
row("a value as first argument", { where: one("eq", [], "a", "x") });

for (const operation of ["create", "patch", "remove", "delete", "put"])
  for (const on of ["plain", "odd", "bare"]) {
    if (operation !== "put" && operation !== "delete")
      row(`${operation} on ${on}`, { operation, model: on });
    row(`${operation} on ${on} with two clauses`, {
      operation,
      model: on,
      where: [...one("eq", ["a"], "x"), ...one("eq", ["b"], "y")],
    });
  }

for (const operator of ["begins", "gt", "gte", "lt", "lte"]) {
  row(`a query with ${operator}`, { sort: [operator, { sid: "2" }] });
  row(`a query of a multi-attribute key with ${operator}`, {
    model: "multi",
    index: "q",
    key: { a: "1", en: "A" },
    sort: [operator, { b: "x" }],
  });
  row(`a query with ${operator} by attributes`, {
    model: "wide",
    index: "q",
    key: { a: "1" },
    sort: [operator, { b: "2", n: 3 }],
    where: one("eq", ["n"], 7),
    compare: "attributes",
  });
}
row("a query of the partition alone", { model: "bare" });
row("a query with between", { sort: ["between", { sid: "2" }, { sid: "3" }] });
row("a query of a multi-attribute key with between", {
  model: "multi",
  index: "q",
  key: { a: "1", en: "A", b: "x" },
  sort: ["between", { n: 1 }, { n: 2 }],
});
row("a multi-attribute query with a clause", {
  model: "multi",
  index: "q",
  key: { a: "1", en: "A", b: "x" },
  where: [...one("eq", ["b"], "q"), ...one("eq", ["a"], "q")],
});
row("a query with between by attributes", {
  model: "wide",
  index: "q",
  key: { a: "1" },
  sort: ["between", { b: "1", n: 2 }, { b: "2", n: 3, en: "B" }],
  compare: "attributes",
});
row("composites that are given and composites that are compared", {
  model: "wide",
  index: "q",
  key: { a: "1", b: "2" },
  sort: ["gt", { n: 3 }],
  where: [...one("eq", ["b"], "x"), ...one("exists", ["n"])],
  compare: "attributes",
});
row("a scan", { operation: "scan" });
row("a scan without sort key", { operation: "scan", model: "bare" });
row("a scan with OR", { operation: "scan", where: OR });
row("a scan with two clauses", {
  operation: "scan",
  where: [...one("eq", ["a"], "x"), ...one("eq", ["b"], "y")],
});

row("get of attributes", { operation: "get", attributes: ["a", "b", "n"] });
row("get of attributes by odd keys", { operation: "get", model: "odd", attributes: ["a", "a"] });
row("get of an unknown attribute", { operation: "get", attributes: ["zzz", "a.b"] });
row("get of names that share a placeholder", {
  operation: "get",
  attributes: ["a-b", "a b", "ab"],
});
row("query of attributes", { attributes: ["n", "b"] });
row("query of a secondary index of attributes", {
  model: "wide",
  index: "q",
  key: { a: "1" },
  attributes: ["n", "b", "id"],
});
row("query of attributes with a clause", {
  model: "wide",
  index: "q",
  key: { a: "1" },
  where: joined(" AND ", ["eq", ["n"], 1], ["eq", ["a b"], "1"]),
  attributes: ["n", "a-b", "a b"],
});
row("scan of attributes", { operation: "scan", attributes: ["n", "a-b"] });
row("multi-attribute query of attributes", {
  model: "multi",
  index: "q",
  key: { a: "1", en: "A", b: "x" },
  attributes: ["a", "m"],
});

const update = (name, actions, more) =>
  row(`update: ${name}`, { operation: "update", actions, ...more });
update("set of every type", [
  [
    "set",
    {
      a: "1",
      b: "2",
      n: 3,
      m: { x: "1", y: { z: 2 } },
      l: ["1"],
      st: ["x"],
      boo: false,
      any: { q: [1] },
    },
  ],
]);
update("set below", [
  ["set", { "m.x": "1", "m.y.z": 3, "l[0]": "q", "any.foo": 1, "any.p[3].q r": 2, "lm[1].p": "z" }],
]);
update("set of names that share a placeholder", [["set", { "a-b": "1", ab: "2" }]]);
update("set twice", [
  ["set", { a: "1" }],
  ["set", { a: "2" }],
]);
update("set and add", [
  ["set", { n: 1 }],
  ["add", { n: 2 }],
]);
update("remove twice", [
  ["remove", ["boo"]],
  ["remove", ["boo", "any"]],
]);
update("remove below", [["remove", ["m.x", "l[0]"]]]);
update("add to numbers and sets", [["add", { n: 1, ns: [1, 2], any: 5, "m.y.z": 5 }]]);
update("subtract", [["subtract", { n: 1, any: 2 }]]);
update("append", [["append", { l: ["a"], any: ["b"], "m.l": ["q"] }]]);
update("delete of members", [["delete", { st: ["a"], any: ["a"] }]]);
update("ifNotExists", [["ifNotExists", { a: "1", n: 3 }]]);
update("an unknown attribute", [
  ["set", { zzz: 1, a: "1" }],
  ["add", { yyy: 1 }],
]);
update("remove of an unknown attribute", [["remove", ["zzz"]]]);
update("undefined", [["set", { boo: { $undefined: true }, n: 1 }]]);
update("every section", [
  ["set", { a: "1" }],
  ["add", { n: 1 }],
  ["delete", { st: ["x"] }],
  ["remove", ["boo"]],
  ["append", { l: ["x"] }],
  ["subtract", { any: 1 }],
]);
update("add to a boolean", [["add", { boo: true }]]);
update("a clause on the attribute that is set", [["set", { a: "1" }]], {
  where: one("eq", ["a"], "0"),
});

const data = (name, ...steps) => row(`data: ${name}`, { operation: "update", data: steps });
data("set", ["set", ["a"], "1"], ["set", ["b"], "2"], ["set", ["n"], 3], ["set", ["st"], ["q"]]);
data(
  "set below",
  ["set", ["m", "x"], "1"],
  ["set", ["l", 2], "2"],
  ["set", ["lm", 0, "p"], "3"],
  ["set", ["any", "foo", "bar"], 4],
);
data("a number set to a string", ["set", ["a"], 5]);
data("an attribute of another", ["set", ["a"], { $token: ["name", ["b"]] }]);
data(
  "an attribute of a value of another",
  ["set", ["a"], { $token: ["value", ["b"], "q"] }],
  ["remove", ["b"]],
);
data(
  "one text twice",
  ["set", ["a"], { $token: ["name", ["b"]] }],
  ["set", ["a"], { $token: ["name", ["b"]] }],
);
data(
  "ifNotExists",
  ["ifNotExists", ["a"], "1"],
  ["ifNotExists", ["b"], { $token: ["name", ["a"]] }],
);
data(
  "add",
  ["add", ["n"], 1],
  ["add", ["st"], ["x"]],
  ["add", ["any"], 5],
  ["add", ["m", "y", "z"], 5],
);
data("add with a start", ["add", ["n"], 1, 5], ["add", ["m", "y", "z"], 1, 0]);
data("add of another attribute", ["add", ["n"], { $token: ["name", ["m", "y", "z"]] }]);
data(
  "add of a value",
  ["add", ["n"], { $token: ["value", ["n"], 5] }],
  ["add", ["st"], { $token: ["value", ["st"], ["x"]] }],
);
data(
  "subtract",
  ["subtract", ["n"], 1],
  ["subtract", ["m", "y", "z"], 1, 5],
  ["subtract", ["any"], 1],
);
data("subtract of another attribute", ["subtract", ["n"], { $token: ["name", ["m", "y", "z"]] }]);
data("append", ["append", ["l"], ["x"]], ["append", ["any", "q"], ["x"]]);
data("append to items of lists", ["append", ["ll", 0], ["x"]]);
data("append of another attribute", ["append", ["l"], { $token: ["name", ["m", "l"]] }]);
data("remove", ["remove", ["a"]], ["remove", ["m", "x"]], ["remove", ["l", 1]]);
data("delete", ["delete", ["st"], ["x"]], ["delete", ["ns"], { $token: ["value", ["ns"], [2]] }]);
data("a map by its stored names", ["set", ["m"], { x: "1" }]);
data("the value of a map by its stored names", [
  "set",
  ["m"],
  { $token: ["value", ["m"], { x: "2" }] },
]);
data("an unknown attribute", ["set", ["zzz"], 1]);
data("nothing");
data("undefined", ["set", ["a"], { $undefined: true }]);

const untag = (value) => (value?.$undefined ? undefined : value);
const untagAll = (record) =>
  Array.isArray(record)
    ? record
    : Object.fromEntries(Object.entries(record).map(([name, value]) => [name, untag(value)]));
const at = (path, from) => path.reduce((value, step) => value[step], from);

/** What an operator of the row answers in a callback. */
function run(token, attributes, operators) {
  const [operator, path, ...values] = token;
  const given = values.map((value) =>
    value?.$token ? run(value.$token, attributes, operators) : untag(value),
  );
  return operators[operator](...(path.length > 0 ? [at(path, attributes)] : []), ...given);
}

function chain(entity, call) {
  const key = { id: "1", sid: "2" };
  switch (call.operation) {
    case "query": {
      let query = entity.query[call.index ?? "p"](call.key ?? { id: "1" });
      if (call.sort) query = query[call.sort[0]](...call.sort.slice(1));
      return query;
    }
    case "scan":
      return entity.scan;
    case "patch":
      return entity.patch(key).set({ n: 1 });
    case "update": {
      let changes = entity.update(key);
      for (const [verb, record] of call.actions ?? []) changes = changes[verb](untagAll(record));
      if (!call.data) return changes;
      return changes.data((attributes, operators) => {
        for (const [verb, path, operand, start] of call.data) {
          const given = operand?.$token
            ? run(operand.$token, attributes, operators)
            : untag(operand);
          operators[verb](
            at(path, attributes),
            ...(operand === undefined ? [] : [given]),
            ...(start === undefined ? [] : [start]),
          );
        }
      });
    }
    default:
      return entity[call.operation](key);
  }
}

function expected(call) {
  let built = chain(new Entity(structuredClone(models[call.model]), { table: "t" }), call);
  for (const clause of call.where ?? [])
    built = built.where((attributes, operators) =>
      clause.tokens.reduce(
        (text, token, position) =>
          text + run(token, attributes, operators) + clause.text[position + 1],
        clause.text[0],
      ),
    );
  const options = {};
  if (call.attributes) options.attributes = call.attributes;
  if (call.compare) options.compare = call.compare;
  const params = built.params(options);
  return {
    key: params.KeyConditionExpression,
    condition: params.FilterExpression ?? params.ConditionExpression,
    update: params.UpdateExpression,
    projection: params.ProjectionExpression,
    names: params.ExpressionAttributeNames,
    values: params.ExpressionAttributeValues,
  };
}

const recorded = rows.map((call) => {
  try {
    return { ...call, expect: expected(call) };
  } catch (error) {
    if (error.constructor.name === "TypeError")
      throw new Error(`electrodb crashes on: ${call.name}`);
    return { ...call, expect: { error: error.code ?? 3001 } };
  }
});
/** Sets as tagged JSON, whichever form the document client wants. */
function tag(value) {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Set) return { $set: [...value] };
  if (value.wrapperName === "Set") return { $set: value.values };
  if (Array.isArray(value)) return value.map(tag);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, tag(member)]));
}
const tagged = JSON.stringify(tag({ models, rows: recorded }));
const lines = tagged.replace(/\{"name":/g, '\n{"name":');
writeFileSync(new URL("expressions.json", import.meta.url), `${lines}\n`);
console.log(`${recorded.length} rows`);
