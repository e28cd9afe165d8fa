// What holds for every model and every value, through the built package: stated as properties, with inputs that fast-check makes up.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as electroxide from "electroxide";
import * as dropIn from "electroxide/electrodb";

type Loose = Record<string, unknown>;
type Chain = Record<string, (...args: unknown[]) => Chain> & { params(options?: unknown): Loose };
interface LooseEntity {
  put(item: Loose): Chain;
  create(item: Loose): Chain;
  get(key: Loose): Chain;
  update(key: Loose): Chain;
  delete(key: Loose): Chain;
  query: Record<string, (composite: Loose) => Chain>;
  parse(response: Loose): { data: Loose };
}

const definition = () => ({
  model: { entity: "note", version: "1", service: "app" },
  attributes: {
    id: { type: "string", required: true },
    org: { type: "string", required: true },
    rank: { type: "number" },
    title: { type: "string" },
    done: { type: "boolean" },
    tags: { type: "set", items: "string" },
    place: { type: "map", properties: { street: { type: "string" }, zip: { type: "number" } } },
    steps: { type: "list", items: { type: "string" } },
    extra: { type: "any" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["org"] }, sk: { field: "sk", composite: ["id"] } },
    byRank: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["org"] },
      sk: { field: "gsi1sk", composite: ["rank", "title"] },
    },
  },
});

function entityOf(library: unknown): LooseEntity {
  const { Entity } = library as {
    Entity: new (definition: unknown, config: unknown) => LooseEntity;
  };
  return new Entity(definition(), { table: "table" });
}

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
  fc.constantFrom(
    "#title",
    ":title0",
    "\u00010\u0002",
    "x OR y",
    ") OR (",
    "a AND b",
    "\n",
    "$app#org_",
    "${id}",
  ),
);
// Numbers beyond 2^53 or below what DynamoDB stores are refused by the main entry, and are not spoken of here.
const number = fc.oneof(
  fc.integer(),
  fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 64),
);
const record = fc.record(
  {
    id: text,
    org: text,
    rank: number,
    title: text,
    done: fc.boolean(),
    tags: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
    place: fc.record({ street: text, zip: number }, { requiredKeys: [], noNullPrototype: true }),
    steps: fc.array(text, { maxLength: 4 }),
    extra: fc.anything({
      // The AWS SDK's document client loses a member of this name, so it is refused (tests/connected/untrusted.test.ts).
      key: fc.string().filter((name) => name !== "__proto__"),
      maxDepth: 3,
      values: [text, fc.boolean(), number, fc.constant(null)],
      withNullPrototype: false,
    }),
  },
  { requiredKeys: ["id", "org", "rank", "title"], noNullPrototype: true },
);

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

function plainSets(value: unknown): unknown {
  const set = value as { wrapperName?: string; values?: unknown[] };
  if (set?.wrapperName === "Set") return new Set(set.values);
  return value;
}

const COMPARISONS = ["eq", "ne", "gt", "gte", "lt", "lte", "begins", "contains"] as const;
const ATTRIBUTES = ["id", "rank", "title", "done", "extra"] as const;
const term = fc.tuple(fc.constantFrom(...COMPARISONS), fc.constantFrom(...ATTRIBUTES), text);
type Term = readonly [(typeof COMPARISONS)[number], (typeof ATTRIBUTES)[number], unknown];

function whereOf(terms: readonly Term[]) {
  return (
    attributes: Loose,
    operators: Record<string, (attribute: unknown, value: unknown) => string>,
  ) =>
    terms
      .map(([operator, name, value]) => operators[operator]?.(attributes[name], value))
      .join(" AND ");
}

const RUNS = { numRuns: 200 };

describe.each([
  ["electroxide", electroxide],
  ["electroxide/electrodb", dropIn],
])("%s", (_name, library) => {
  const entity = entityOf(library);

  test("the key that put writes is the key that get and delete ask for", () => {
    fc.assert(
      fc.property(record, (item) => {
        const { Item } = entity.put(item).params() as { Item: Loose };
        const key = { pk: Item.pk, sk: Item.sk };
        const { id, org } = item;
        expect(entity.get({ id, org }).params().Key).toEqual(key);
        expect(entity.delete({ org, id }).params().Key).toEqual(key);
        expect(entity.update({ id, org }).set({ done: true }).params().Key).toEqual(key);
      }),
      RUNS,
    );
  });

  test("an item that is put is read back as it was", () => {
    fc.assert(
      fc.property(record, (item) => {
        const { Item } = entity.put(item).params() as { Item: Loose };
        const stored = Object.fromEntries(
          Object.entries(Item).map(([name, value]) => [name, plainSets(value)]),
        );
        expect(entity.parse({ Item: stored }).data).toEqual(item);
      }),
      RUNS,
    );
  });

  test("different keys are equal only where lower-casing or separators make them so", () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(word, word, word, word, (org, id, otherOrg, otherId) => {
        const one = entity.get({ org, id }).params().Key;
        const other = entity.get({ org: otherOrg, id: otherId }).params().Key;
        const equal = JSON.stringify(one) === JSON.stringify(other);
        expect(equal).toBe(org === otherOrg && id === otherId);
      }),
      RUNS,
    );
  });

  test("each value has a placeholder of its own, counted per attribute, and none is left over", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(term, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        (clauses) => {
          let chain = entity.delete({ id: "i", org: "o" });
          for (const terms of clauses)
            chain = (chain.where as (callback: unknown) => Chain)(whereOf(terms));
          const params = chain.params() as {
            ConditionExpression: string;
            ExpressionAttributeNames: Record<string, string>;
            ExpressionAttributeValues: Loose;
          };
          const counts = new Map<string, number>();
          const expected: Loose = {};
          for (const [, name, value] of clauses.flat()) {
            const count = counts.get(name) ?? 0;
            counts.set(name, count + 1);
            expected[`:${name}${count}`] = value;
          }
          expect(params.ExpressionAttributeValues).toEqual(expected);
          const used = (pattern: RegExp) =>
            [...new Set(params.ConditionExpression.match(pattern))].sort();
          expect(used(/:\w+/g)).toEqual(Object.keys(expected).sort());
          expect(used(/#\w+/g)).toEqual(Object.keys(params.ExpressionAttributeNames).sort());
        },
      ),
      RUNS,
    );
  });

  test("text in values never changes an expression", () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), text, (terms, change) => {
        const paramsFor = (values: readonly Term[], title: string) =>
          (
            entity.update({ id: "i", org: "o" }).set({ title, rank: 1 }).where as (
              callback: unknown,
            ) => Chain
          )(whereOf(values)).params();
        const odd = paramsFor(terms, change);
        const plain = paramsFor(
          terms.map(([operator, name]) => [operator, name, "plain"] as const),
          "plain",
        );
        expect(odd.ConditionExpression).toBe(plain.ConditionExpression);
        expect(odd.UpdateExpression).toBe(plain.UpdateExpression);
        expect(odd.ExpressionAttributeNames).toEqual(plain.ExpressionAttributeNames);
      }),
      RUNS,
    );
  });

  test("what is passed in is never changed", () => {
    fc.assert(
      fc.property(record, fc.array(term, { minLength: 1, maxLength: 2 }), (item, terms) => {
        const frozen = deepFreeze(item);
        const options = deepFreeze({ table: "other", params: { ReturnConsumedCapacity: "TOTAL" } });
        const { id, org, ...rest } = frozen;
        const before = JSON.stringify([frozen, options]);
        entity.put(frozen).params(options);
        entity.create(frozen).params(options);
        entity.update(deepFreeze({ id, org })).set(deepFreeze(rest)).params(options);
        const query = entity.query.byRank?.(deepFreeze({ org }));
        (query?.where as (callback: unknown) => Chain)(whereOf(terms)).params(options);
        expect(JSON.stringify([frozen, options])).toBe(before);
      }),
      RUNS,
    );
  });

  test("an entity that was used before answers as a new one", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (items) => {
        const fresh = entityOf(library);
        for (const item of items) {
          const { id, org, ...rest } = item;
          const calls = (of: LooseEntity) => [
            of.create(item).params(),
            of.update({ id, org }).set(rest).params(),
            of.query.byRank?.({ org, rank: item.rank }).params(),
          ];
          expect(calls(entity)).toEqual(calls(fresh));
        }
      }),
      { numRuns: 50 },
    );
  });

  test("a model that is frozen is accepted and left alone", () => {
    const { Entity } = library as unknown as {
      Entity: new (definition: unknown, config: unknown) => LooseEntity;
    };
    const model = definition();
    const before = JSON.stringify(model);
    const made = new Entity(deepFreeze(model), Object.freeze({ table: "table" }));
    expect(made.get({ id: "i", org: "o" }).params().TableName).toBe("table");
    expect(JSON.stringify(model)).toBe(before);
  });
});
