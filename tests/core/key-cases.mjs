// The key definitions and the calls that record-keys.mjs makes of electrodb. It makes none itself.

export const attributes = {
  a: { type: "string" },
  b: { type: "string" },
  c: { type: "string" },
  d: { type: "string" },
  f: { type: "string", field: "ff" },
  l: { type: "string", label: "LBL" },
  p: { type: "string", padding: { length: 5, char: "0" } },
  w: { type: "number", padding: { length: 4, char: "ab" } },
  n: { type: "number" },
  m: { type: "number" },
  t: { type: "boolean" },
  e: { type: ["U", "V"] },
  y: { type: "string", label: "" },
};
export const table = {
  pk: { field: "pk", composite: ["a"] },
  sk: { field: "sk", composite: ["b"] },
};
export const key = (field, composite, more) => ({ field, composite, ...more });
export const written = (field, template, more) => ({ field, template, ...more });
export const gsi = (more) => ({
  index: "g1",
  pk: key("g1pk", ["c"]),
  sk: key("g1sk", ["d"]),
  ...more,
});
export const sort = (...composite) => key("g1sk", composite);
export const bare = (index) =>
  Object.fromEntries(Object.entries(index).filter(([, value]) => value !== undefined));

/** Table keys, each with a key to get by. */
export const TABLES = {
  "two halves": table,
  "no sort key": { pk: key("pk", ["a", "b"]) },
  "no sort key, scope": { scope: "Zone", pk: key("pk", ["a", "b"]) },
  "empty sort key": { pk: key("pk", ["a", "b"]), sk: key("sk", []) },
  scope: { ...table, scope: "Zone" },
  collection: { ...table, collection: "Col" },
  "sub-collections": { ...table, collection: ["Col", "Sub"] },
  clustered: { ...table, type: "clustered" },
  "clustered collection": { ...table, type: "clustered", collection: "Col" },
  "casing none, upper": {
    pk: key("pk", ["a"], { casing: "none" }),
    sk: key("sk", ["b"], { casing: "upper" }),
  },
  "casing default, lower": {
    pk: key("pk", ["a"], { casing: "default" }),
    sk: key("sk", ["b"], { casing: "lower" }),
  },
  "labels and padding": { pk: key("pk", ["a", "l", "p"]), sk: key("sk", ["b", "w", "f"]) },
  "every type": { pk: key("pk", ["a", "t"]), sk: key("sk", ["b", "n", "e"]) },
  "empty labels": { pk: key("pk", ["a", "y"]), sk: key("sk", ["y", "b"]) },
  templates: { pk: written("pk", "App#${a}"), sk: written("sk", "X${b}#y_${n}_Z") },
  "template, padding": { pk: written("pk", "${a}-${p}"), sk: written("sk", "w${w}") },
  "template, upper": {
    pk: written("pk", "App#${a}", { casing: "upper" }),
    sk: written("sk", "x${b}", { casing: "none" }),
  },
  static: { pk: written("pk", "Static"), sk: key("sk", ["b"]) },
  "all static": { pk: written("pk", "Static"), sk: written("sk", "Also") },
  "attribute alone": { pk: written("pk", "${a}"), sk: written("sk", "${b}") },
  "attribute alone, padded": { pk: written("pk", "${p}"), sk: written("sk", "${t}") },
  "attribute alone, cased": {
    pk: written("pk", "${a}", { casing: "upper" }),
    sk: written("sk", "${b}", { casing: "none" }),
  },
  "number alone": { pk: written("pk", "${n}"), sk: written("sk", "${m}") },
  "number as string": { pk: written("pk", "${n}", { cast: "string" }), sk: key("sk", ["b"]) },
  "string as number": { pk: key("pk", ["a"]), sk: key("sk", ["p"], { cast: "number" }) },
  "number, text dropped": {
    pk: key("pk", ["n"], { cast: "number" }),
    sk: written("sk", "1${m}2", { cast: "number" }),
  },
  "cast string": { pk: key("pk", ["n"], { cast: "string" }), sk: key("sk", ["b"]) },
  "attributes as keys": { pk: key("a", ["a"]), sk: key("n", ["n"]) },
  "attribute as key, cased": {
    pk: key("a", ["a"], { casing: "upper" }),
    sk: key("b", ["b"], { casing: "none" }),
  },
  "composed twice": { pk: written("pk", "${a}/${a}"), sk: key("sk", ["b", "b"]) },
  adjacent: { pk: written("pk", "${a}${b}"), sk: written("sk", "$#$${c}$") },
  unclosed: { pk: written("pk", "x#${a"), sk: written("sk", "y${b}${") },
  "empty template": { pk: key("pk", ["a"]), sk: written("sk", "") },
};
export const SAMPLES = [
  {
    a: "A1",
    b: "B2",
    c: "C3",
    d: "D4",
    f: "F5",
    l: "L6",
    p: "12",
    w: 7,
    n: 8,
    m: 9,
    t: true,
    e: "U",
    y: "Y",
  },
  { a: "", b: "", c: "", f: "", l: "", p: "", w: 0, n: 0, m: -1, t: false, e: "V", y: "" },
  {
    a: "É x#y",
    b: "ßİ",
    c: "#",
    f: "😀",
    l: "$",
    p: "1234567",
    w: 123456,
    n: 1.5,
    m: 1e21,
    t: true,
    e: "U",
    y: "é",
  },
];
export const ODD = [
  null,
  { $number: "NaN" },
  { $number: "Infinity" },
  { $bigint: "12345678901234567890" },
  5,
  true,
  {},
  [1, [2, null]],
  "12",
  " 7 ",
  "1e3",
  "0x1f",
  "-12.5",
  "+5",
  "é",
  "",
];

/** Secondary indexes. */
export const INDEXES = {
  plain: gsi(),
  "two and two": gsi({ pk: key("g1pk", ["c", "f"]), sk: sort("d", "n") }),
  "three sort composites": gsi({ sk: sort("d", "n", "m") }),
  collection: gsi({ collection: "Col", sk: sort("d", "n", "m") }),
  clustered: gsi({ collection: ["Col", "Sub"], type: "clustered", sk: sort("d", "n", "m") }),
  "clustered alone": gsi({ type: "clustered", sk: sort("d", "n", "m") }),
  "clustered, no sort composite": gsi({ type: "clustered", collection: "Col", sk: sort() }),
  scope: gsi({ scope: "Zone" }),
  "no sort key": gsi({ sk: undefined }),
  "no sort composite": gsi({ sk: sort() }),
  "no partition composite": gsi({ pk: key("g1pk", []) }),
  "static partition": gsi({ pk: written("g1pk", "STAT"), sk: sort("d", "n") }),
  "static sort key": gsi({ sk: written("g1sk", "Stat") }),
  "nothing composed": gsi({ pk: written("g1pk", "STAT"), sk: written("g1sk", "ST") }),
  "sort template": gsi({ sk: written("g1sk", "X#${d}#y_${n}#${m}_z") }),
  "sort template begins with a composite": gsi({ sk: written("g1sk", "${d}#${n}") }),
  "attribute alone": gsi({ pk: written("g1pk", "${c}"), sk: written("g1sk", "${d}") }),
  "numbers alone": gsi({ pk: written("g1pk", "${n}"), sk: written("g1sk", "${m}") }),
  "attributes as keys": gsi({ pk: key("c", ["c"]), sk: key("d", ["d"]) }),
  padded: gsi({ sk: sort("p", "w") }),
  upper: gsi({
    pk: key("g1pk", ["c"], { casing: "upper" }),
    sk: key("g1sk", ["d", "n"], { casing: "upper" }),
  }),
  "partition of the table's": gsi({ pk: key("g1pk", ["a"]) }),
  "sort of the table's": gsi({ sk: sort("a") }),
  "both of the table's": gsi({ pk: key("g1pk", ["b"]), sk: sort("a") }),
  "mixed with the table's": gsi({ pk: key("g1pk", ["a", "c"]), sk: sort("b", "d") }),
  local: { index: "l1", pk: key("pk", ["a"]), sk: key("l1sk", ["d"]) },
  reversed: { index: "g1", pk: key("sk", ["b"]), sk: key("pk", ["a"]) },
  "attributes themselves": gsi({
    type: "composite",
    pk: { composite: ["c", "f"] },
    sk: { composite: ["d", "n"] },
  }),
};
export const CONDITIONS = [
  "plain",
  "two and two",
  "no sort key",
  "no sort composite",
  "partition of the table's",
  "attribute alone",
  "local",
];

/** Indexes whose queries are recorded in every `compare` mode. */
export const COMPARED = [
  "plain",
  "three sort composites",
  "clustered",
  "numbers alone",
  "attributes themselves",
  "sort template",
  "attributes as keys",
];

export const PAYLOADS = [
  {},
  { c: "C" },
  { d: "D" },
  { n: 1 },
  { m: 2 },
  { c: "C", f: "F" },
  { d: "D", n: 1 },
  { c: "C", d: "D" },
  { c: "C", f: "F", d: "D" },
  { c: "C", f: "F", n: 1 },
  { c: "C", f: "F", d: "D", n: 1 },
  { c: "C", f: "F", d: "D", n: 1, m: 2 },
  { c: "", d: "" },
  { n: 0, m: 0 },
  { n: 3, m: 4, p: "1", w: 2, c: "X" },
];
export const REMOVED = [[], ["c"], ["d"], ["c", "f"], ["d", "n"], ["c", "f", "d", "n"], ["n"]];
export const STATED = [
  { f: "F" },
  { c: "C", f: "F" },
  { d: "D", n: 1 },
  { c: "C", f: "F", d: "D", n: 1, m: 2 },
];

export const OPERANDS = [
  {},
  { d: "D1" },
  { d: "D1", n: 1 },
  { d: "D1", n: 1, m: 2 },
  { n: 1 },
  { m: 3 },
  { p: "7" },
  { p: "7", w: 2 },
];
export const UPPERS = [
  {},
  { d: "D2" },
  { d: "D1", n: 9 },
  { d: "D2", n: 1, m: 2 },
  { n: 5 },
  { m: 9 },
  { p: "8" },
  { p: "8", w: 3 },
];
/** Definitions of keys that are refused. */
export const REFUSED = [
  gsi({ pk: written("g1pk", "X#${zz}") }),
  gsi({ pk: key("g1pk", ["zz"]) }),
  gsi({ pk: written("g1pk", "X#${ c }") }),
  gsi({ pk: written("g1pk", "X#${}") }),
  gsi({ pk: written("g1pk", "X#${c#${n}") }),
  gsi({ pk: key("g1pk", ["c"], { template: "X#${d}" }) }),
  gsi({ pk: key("g1pk", ["c", "n"], { template: "X#${n}#${c}" }) }),
  gsi({ pk: key("g1pk", ["c", "n"], { template: "X#${c}" }) }),
  gsi({ sk: key("g1sk", ["n", "m"], { cast: "number" }) }),
  gsi({ sk: written("g1sk", "1${n}2${m}", { cast: "number" }) }),
  gsi({ pk: key("c", ["c", "d"]), sk: sort() }),
  gsi({ pk: key("c", ["d"]), sk: sort() }),
  gsi({ pk: key("c", []) }),
  gsi({ collection: "zz", pk: key("c", ["c"]) }),
  gsi({ sk: key("ff", ["f"]) }),
  gsi({ sk: key("p", ["p"]) }),
];

/** Index definitions and key texts to read back. */
export const PARSED = [
  [gsi(), ["$app#c_c1", "$user_1#d_d1"]],
  [gsi(), ["$APP#c_C1", "$User_1#d_D1"]],
  [gsi(), ["$app#c_", "$user_1#d_d1"]],
  [gsi(), ["$app#c_1", "$user_1#d_"]],
  [gsi(), ["zz", "$user_1#d_d1"]],
  [gsi(), ["$app#c_c\n1", "$user_1#d_d1"]],
  [gsi({ pk: key("g1pk", ["p"]), sk: sort("w") }), ["$app#p_00012", "$user_1#w_0007"]],
  [
    gsi({ pk: written("g1pk", "X#${c}"), sk: written("g1sk", "Y${d}#${n}_z") }),
    ["x#c1", "yd1#5_z"],
  ],
  [gsi({ pk: written("g1pk", "X.(${c}"), sk: written("g1sk", "${d}${n}") }), ["x.(c1", "abc12"]],
  [gsi({ type: "clustered", collection: "Col" }), ["$app#c_c1", "$col#d_d1#user_1#user_1"]],
  [gsi({ type: "clustered" }), ["$app#c_c1", "#d_d1$user_1"]],
  [gsi({ sk: sort("d", "d") }), ["$app#c_c1", "$user_1#d_x#d_y"]],
  [gsi({ sk: written("g1sk", "ST") }), ["$app#c_c1", "st"]],
  [gsi({ sk: written("g1sk", "ST") }), ["$app#c_c1", "zz"]],
  [gsi({ sk: sort() }), ["$app#c_c1", "$user_1"]],
  [gsi({ sk: sort() }), ["$app#c_c1", "$user_1#"]],
  [gsi({ pk: key("g1pk", ["c", "f"]) }), ["$app#c_a#f_b#f_c", "$user_1#d_d1"]],
  [gsi({ pk: key("g1pk", ["c", "f"]) }), ["$app#c_a#f_b#f_", "$user_1#d_d1"]],
  [gsi({ sk: sort("d", "n", "t") }), ["$app#c_a", "$user_1#d_d#n_4#n_5#t_true"]],
  [gsi({ sk: sort("d", "n", "t") }), ["$app#c_a", "$user_1#d_d#n_1.5#t_false"]],
  [gsi({ sk: sort("d", "n", "t") }), ["$app#c_a", "$user_1#d_d#n_#t_false"]],
  [gsi({ sk: sort("d", "n", "t") }), ["$app#c_a", "$user_1#d_d#n_5"]],
  [gsi({ sk: sort("d", "t") }), ["$app#c_a", "$user_1#d_d#t_other"]],
  [gsi({ pk: written("g1pk", "${n}"), sk: written("g1sk", "${d}") }), ["5", "dd"]],
  [gsi({ pk: written("g1pk", "${n}"), sk: written("g1sk", "${d}") }), ["5", ""]],
];
