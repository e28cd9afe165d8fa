// Calls that are answered without crossing, held against calls that cross: a recipe must never show in what comes of a call.
import { expect, test } from "vitest";
import type { Call, Case, Token } from "../differential/case";
import { caseOf } from "../differential/generate";
import { Random } from "../differential/random";
import { run, type Library, type Outcome } from "../differential/run";

let crossings = 0;
const { Instance } = WebAssembly;

/** The core, whose calls are counted. */
function counted(module: WebAssembly.Module, imports: WebAssembly.Imports): object {
  const exports: Record<string, unknown> = { ...new Instance(module, imports).exports };
  for (const name of ["run", "run_all"]) {
    const cross = exports[name] as (...numbers: number[]) => number;
    exports[name] = (...numbers: number[]) => {
      crossings++;
      return cross(...numbers);
    };
  }
  return { exports };
}

WebAssembly.Instance = counted as never;
const [main, dropIn] = (await Promise.all([
  import("electroxide"),
  import("electroxide/electrodb"),
])) as unknown as [Library, Library];
WebAssembly.Instance = Instance;

const TEXTS = [
  ...[
    "plain",
    "Mixed Case",
    "2024-01-01",
    "A",
    "x".repeat(3000),
    "",
    " ",
    "\t",
    "\u0000",
    "\u007f",
  ],
  ...[
    "ß",
    "İ",
    "\u212a",
    "ΑΣ",
    "Σ",
    "e\u0301",
    "É",
    "\ud800",
    "x\udfff",
    "😀",
    "__proto__",
    "#",
    "-0",
    "NaN",
  ],
];
const NUMBERS: unknown[] = [
  ...[7, 12.5, -1, 0.1, 1e-6, 1e-7, 1e15, 1e21, 2 ** 53 - 1, 2 ** 53, 5e-324, -0.000_001_5],
  ...["-0", "NaN", "Infinity", "-Infinity"].map((text) => ({ $number: text })),
];
const OTHERS: unknown[] = [
  null,
  { $undefined: true },
  { $bigint: "9007199254740993" },
  { $set: ["a", "b"] },
];

/** The same call with other values: mostly of the same classes, so that mostly the structure is the same. */
function varied(random: Random, value: unknown, odd: number): unknown {
  if (random.chance(0.01)) return random.pick<unknown>(OTHERS);
  if (typeof value === "string") {
    if (!random.chance(0.5)) return value;
    return random.chance(odd)
      ? random.pick(TEXTS)
      : random.pick(TEXTS.slice(0, 4)) + random.below(99);
  }
  if (typeof value === "number") {
    if (!random.chance(0.5)) return value;
    return random.chance(odd) ? random.pick(NUMBERS) : random.below(1000);
  }
  if (typeof value === "boolean") return random.chance(0.5);
  if (Array.isArray(value)) return value.map((member) => varied(random, member, odd));
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value);
  if (names[0]?.startsWith("$") === true && names[0] !== "$set") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, varied(random, member, odd)]),
  );
}

function variedTokens(random: Random, tokens: Token[], odd: number): Token[] {
  return tokens.map(([operator, path, ...rest]) =>
    ["field", "escape", "name", "type"].includes(operator)
      ? [operator, path, ...rest]
      : [operator, path, ...rest.map((value) => varied(random, value, odd))],
  );
}

function variedCall(random: Random, call: Call, odd: number): Call {
  return {
    ...call,
    args: call.args.map((value) => varied(random, value, odd)),
    steps: call.steps.map((step) => {
      const { clause, data, args } = step;
      if (clause) {
        return { ...step, clause: { ...clause, tokens: variedTokens(random, clause.tokens, odd) } };
      }
      if (data) return { ...step, data: variedTokens(random, data, odd) };
      // `remove` is given names.
      return step.name === "remove" || args === undefined
        ? step
        : { ...step, args: args.map((value) => varied(random, value, odd)) };
    }),
  };
}

/** The library with one entity, or one service, for all calls, whose structures become known. */
function warmed(library: Library, { members }: Case): Library {
  let service: object | undefined;
  class Service {
    constructor(entities: never, config?: never) {
      return (service ??= new library.Service(entities, config) as object);
    }
  }
  if (members !== undefined) return { ...library, Service };
  let entity: object | undefined;
  class Entity {
    constructor(definition: never, config?: never) {
      return (entity ??= new library.Entity(definition, config) as object);
    }
  }
  return { ...library, Entity };
}

const seen = ({ refusal, result, mutated }: Outcome) => ({ refusal, result, mutated });

/** Runs a case with many values on one entity, and each of them on an entity that knows no structure. */
async function compare(random: Random, test: Case, library: Library): Promise<number> {
  const warm = warmed(library, test);
  let answered = 0;
  for (let round = 0; round < 8; round++) {
    const call = variedCall(random, test.call, round < 3 ? 0.1 : 0.5);
    const cold = await run({ ...test, call }, library);
    const before = crossings;
    const told = await run({ ...test, call }, warm);
    if (crossings === before && told.result !== null) answered++;
    expect(seen(told), JSON.stringify({ ...test, call })).toEqual(seen(cold));
  }
  return answered;
}

const SEED = Number(process.env["RECIPE_SEED"] ?? 20_261_122);
const CASES = Number(process.env["RECIPE_CASES"] ?? 60);

for (const family of [
  "keys",
  "crud",
  "update",
  "query",
  "where",
  "batch",
  "search",
  "collection",
]) {
  for (const [entry, library] of [
    ["electroxide", main],
    ["electroxide/electrodb", dropIn],
  ] as const) {
    test(`${family} of ${entry}: a recipe answers as the core does`, async () => {
      // A service takes as long to make as its entities together.
      const count = family === "collection" ? CASES / 3 : CASES;
      let answered = 0;
      for (let number = 0; number < count; number++) {
        const generated = caseOf(SEED, number, family);
        const call = { ...generated.call };
        delete call.answers;
        // Calls with options always cross.
        if (number % 4 > 0) delete call.options;
        answered += await compare(new Random(SEED, number), { ...generated, call }, library);
      }
      // Else nothing would have been compared.
      expect(answered).toBeGreaterThan(count / 2);
    });
  }
}

test("batches and transactions of known structures do not cross, but for the items that are not plain", () => {
  const definition = {
    model: { entity: "task", version: "1", service: "app" },
    attributes: {
      id: { type: "string" },
      rank: { type: "number" },
      kind: { type: ["a", "b"] },
      tags: { type: "set", items: "string" },
      place: { type: "map", properties: { street: { type: "string", required: true } } },
      steps: { type: "list", items: { type: "number" } },
    },
    indexes: {
      main: { pk: { field: "pk", composite: ["id"] } },
      byKind: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["kind"] },
        sk: { field: "gsi1sk", composite: ["rank"], casing: "upper" },
      },
    },
  };
  const entity = () =>
    new main.Entity(definition as never, { table: "app" } as never) as {
      put(items: object): { params(): unknown };
      delete(items: object): { params(): unknown };
    };
  const item = (at: number, id = `Task ${at}`) => ({
    ...{ id, rank: at / 4, kind: at % 2 === 0 ? "a" : "b", tags: [`t${at}`, "u"] },
    ...{ place: { street: `s ${at}` }, steps: [at, -0] },
  });
  const transaction = (of: object, items: object[]) =>
    (
      main.createWriteTransaction(
        { of } as never,
        (({ of: given }: { of: { put(one: object): { commit(): object } } }) =>
          items.map((one) => given.put(one).commit())) as never,
      ) as { params(): unknown }
    ).params();
  const warm = entity();
  const keys = (of: typeof warm, items: object[]) =>
    of.delete(items.map((one) => ({ id: (one as { id: string }).id }))).params();
  const kinds = [
    (of: typeof warm, items: object[]) => of.put(items).params(),
    (of: typeof warm, items: object[]) => transaction(of, items),
    keys,
  ];
  for (const build of kinds) {
    for (let round = 0; round < 6; round++) {
      const items = Array.from({ length: 12 }, (_, at) => item(round * 12 + at));
      // One key is beyond ASCII, and crosses among others that do not.
      if (round === 4) items[5] = item(round * 12 + 5, "ΌΔΟΣ");
      const before = crossings;
      const told = build(warm, items);
      expect(crossings - before).toBe(round < 2 || round === 4 ? 1 : 0);
      expect(told).toEqual(build(entity(), items));
    }
  }
  const refused = Array.from({ length: 5 }, (_, at) => item(at));
  refused[3] = { ...item(3), place: { street: 5 as never } };
  for (const of of [warm, entity()]) {
    expect(() => transaction(of, refused)).toThrow(/osition 3.*place\.street/s);
  }
});

test("a key that was not written when the recipe was asked for is written when its composite says something", () => {
  const entity = () =>
    new main.Entity(
      {
        model: { entity: "page", version: "1", service: "app" },
        attributes: { id: { type: "string" }, label: { type: "string" } },
        indexes: {
          main: { pk: { field: "pk", composite: ["id"] } },
          byLabel: { index: "gsi1", pk: { field: "gsi1pk", template: "${label}" } },
        },
      } as never,
      { table: "app" } as never,
    ) as { put(item: object): { params(): { Item: Record<string, unknown> } } };
  const warm = entity();
  for (const label of ["", "", "", "a", "", "B", "c", ""]) {
    const item = { id: `p${label}`, label };
    const { Item } = warm.put(item).params();
    expect(Item).toEqual(entity().put(item).params().Item);
    expect(Item["gsi1pk"]).toBe(label === "" ? undefined : label.toLowerCase());
  }
});
