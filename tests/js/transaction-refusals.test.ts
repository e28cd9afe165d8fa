// What of a transaction is refused before anything is sent, in both entries.
import * as main from "electroxide";
import * as dropIn from "electroxide/electrodb";
import { describe, expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal.js";
import { refusalOf } from "./bad-input-refusal.js";
import { place } from "./transaction-place.js";

describe("what is refused before anything is sent", () => {
  const many = (count: number) => (app: Loose) =>
    Array.from({ length: count }, (_, at) => app.user.put({ id: String(at) }));
  const mistakes: [
    what: string,
    kind: "get" | "write",
    source: unknown,
    code: number,
    told: RegExp,
  ][] = [
    ["no callback", "write", undefined, 1010, /callback/],
    ["a list of writes", "write", [], 1010, /callback/],
    ["neither callback nor list", "get", 5, 1010, /callback or a list/],
    ["no list", "write", () => 5, 1010, /return a list/],
    ["nothing", "write", () => undefined, 1010, /return a list/],
    ["one operation", "write", (app: Loose) => app.user.put({ id: "1" }), 1010, /return a list/],
    ["a promise of a list", "write", async () => [], 1010, /synchronous/],
    [
      "a list within the list",
      "write",
      (app: Loose) => [[app.user.put({ id: "1" })]],
      1010,
      /position 0.*spread/,
    ],
    [
      "params",
      "write",
      (app: Loose) => [app.user.put({ id: "1" }).params()],
      1010,
      /position 0.*`commit`/,
    ],
    ["a batch", "write", (app: Loose) => [app.user.put([{ id: "1" }])], 1010, /position 0.*batch/],
    ["null", "write", () => [null], 1010, /position 0.*null/],
    ["a hole", "write", () => new Array<unknown>(2), 1010, /position 0/],
    ["a text", "write", (app: Loose) => [app.user.put({ id: "1" }), "x"], 1010, /position 1/],
    ["a get among writes", "write", (app: Loose) => [app.user.get({ id: "1" })], 1010, /`get`/],
    [
      "a query among gets",
      "get",
      (app: Loose) => [app.user.query.main({ id: "1" })],
      1010,
      /`query`/,
    ],
    ["a check among gets", "get", (app: Loose) => [app.user.check({ id: "1" })], 1010, /`check`/],
    ["101 items", "write", many(101), 1010, /at most 100.*101/],
    [
      "101 keys",
      "get",
      Array.from({ length: 101 }, () => ({ user: { id: "1" } })),
      1010,
      /at most 100/,
    ],
    [
      "two entities in one key",
      "get",
      [{ user: { id: "1" }, session: { id: "1" } }],
      1010,
      /one entity/,
    ],
    ["a key without an entity", "get", [{}], 1010, /one entity/],
    ["a key that is a text", "get", ["user"], 1010, /one entity/],
    ["a list of keys under one name", "get", [{ user: [{ id: "1" }] }], 1010, /batch/],
    ["an unknown entity in the list", "get", [{ usr: { id: "1" } }], 1010, /`usr`.*`user`/],
  ];

  for (const [entry, library] of Object.entries({ main, dropIn })) {
    test.each(mistakes)(`${entry}: %s`, async (_, kind, source, code, told) => {
      const { service, sent } = place(library);
      const error = await refusalOf(() => service.transaction[kind](source).go());
      expect(error).toMatchObject({ code, isElectroError: true });
      expect(error?.message).toMatch(told);
      expect(sent).toHaveLength(0);
      expect(() => service.transaction[kind](source).params()).toThrow(told);
    });

    test.each(["get", "write"])(`${entry}: conditions of a whole %s transaction`, async (kind) => {
      const { service, sent } = place(library);
      const source = (app: Loose) => [
        kind === "get" ? app.user.get({ id: "1" }) : app.user.put({ id: "1" }),
      ];
      const options = { conditions: { count: 1 } };
      const error = await refusalOf(() => service.transaction[kind](source).go(options));
      expect(error).toMatchObject({ code: 1010, message: expect.stringContaining("`conditions`") });
      expect(sent).toHaveLength(0);
    });
  }

  const onlyMain: [what: string, build: (place: Loose) => Loose, code: number, told: RegExp][] = [
    ["no items", ({ service }) => service.transaction.write(() => []), 1010, /at least one/],
    [
      "an unknown name",
      ({ service }) => service.transaction.write((app: Loose) => [app.usr.put({})]),
      1010,
      /`usr`.*`user`/,
    ],
    [
      "two writes of one key",
      ({ service }) =>
        service.transaction.write(({ user, session }: Loose) => [
          user.put({ id: "1" }),
          session.put({ id: "1" }),
          user.check({ id: "1" }).commit({ conditions: { count: 1 } }),
        ]),
      1010,
      /positions 0 and 2/,
    ],
    [
      "two gets of one key",
      ({ service }) => service.transaction.get([{ user: { id: "1" } }, { user: { id: "1" } }]),
      1010,
      /positions 0 and 1/,
    ],
    [
      "an entity of another service",
      ({ service }) => service.transaction.write(() => [place().user.put({ id: "1" })]),
      1009,
      /position 0.*`user`/,
    ],
    [
      "a check without a condition",
      ({ service }) => service.transaction.write((app: Loose) => [app.user.check({ id: "1" })]),
      1012,
      /position 0.*condition/,
    ],
    [
      "new values on failure",
      ({ service }) =>
        service.transaction.write((app: Loose) => [
          app.user.put({ id: "1" }).commit({ response: "all_new" }),
        ]),
      1010,
      /`all_old`/,
    ],
    [
      "an unknown option of commit",
      ({ service }) =>
        service.transaction.write((app: Loose) => [
          app.user.put({ id: "1" }).commit({ respnse: "none" }),
        ]),
      1010,
      /`respnse`.*`response`/,
    ],
    [
      "options of commit that are none",
      ({ service }) =>
        service.transaction.write((app: Loose) => [app.user.put({ id: "1" }).commit("all_old")]),
      1010,
      /position 0.*options/,
    ],
    [
      "conditions of a get",
      ({ service }) =>
        service.transaction.get((app: Loose) => [
          app.user.get({ id: "1" }).commit({ conditions: { count: 1 } }),
        ]),
      1010,
      /conditions/,
    ],
    [
      "an undefined condition",
      ({ service }) =>
        service.transaction.write((app: Loose) => [
          app.user.remove({ id: "1" }).commit({ conditions: { count: undefined } }),
        ]),
      1012,
      /count/,
    ],
    [
      "an unknown attribute",
      ({ service }) =>
        service.transaction.write((app: Loose) => [
          app.user.put({ id: "1" }),
          app.user.put({ id: "2", cont: 1 }),
        ]),
      4004,
      /position 1.*`cont`/,
    ],
    [
      "a missing key",
      ({ service }) => service.transaction.get([{ user: {} }]),
      2002,
      /position 0.*`id`/,
    ],
    [
      "a wrong type",
      ({ service }) =>
        service.transaction.write((app: Loose) => [app.user.put({ id: "1", count: "x" })]),
      4002,
      /position 0.*`count`/,
    ],
  ];

  test.each(onlyMain)("main: %s", async (_, build, code, told) => {
    const here = place();
    const error = await refusalOf(() => build(here).go());
    expect(error).toMatchObject({ code });
    expect(error?.message).toMatch(told);
    expect(here.sent).toHaveLength(0);
  });

  const options: [what: string, kind: "get" | "write", options: unknown, told: RegExp][] = [
    ["an unknown option", "write", { tokn: "x" }, /`tokn`.*`token`/],
    ["the token of gets", "get", { token: "x" }, /`token`/],
    ["a token that is a number", "write", { token: 5 }, /`token`/],
    ["an empty token", "write", { token: "" }, /`token`/],
    ["a token of 37 characters", "write", { token: "x".repeat(37) }, /36/],
    ["an unknown form of data", "write", { data: "roh" }, /`data`/],
    ["options that are none", "write", "token", /object/],
  ];
  test.each(options)("main: %s", async (_, kind, given, told) => {
    const { service, sent } = place();
    const source = (app: Loose) => [
      kind === "get" ? app.user.get({ id: "1" }) : app.user.put({ id: "1" }),
    ];
    const error = await refusalOf(() => service.transaction[kind](source).go(given));
    expect(error).toMatchObject({ code: 1010 });
    expect(error?.message).toMatch(told);
    expect(sent).toHaveLength(0);
  });

  test("an operation that has been sent by itself", async () => {
    const { service, sent } = place();
    const error = await refusalOf(() =>
      service.transaction.write((app: Loose) => [app.user.put({ id: "1" }).go()]).go(),
    );
    expect(error).toMatchObject({ code: 1010 });
    expect(error?.message).toMatch(/promise.*`go`/);
    expect(sent.map((command) => command.constructor.name)).toEqual(["PutCommand"]);
  });

  test("entities of both entries", async () => {
    const { user } = place(dropIn);
    const { service, session, sent } = place();
    const error = await refusalOf(() =>
      service.transaction.write(() => [user.put({ id: "1" })]).go(),
    );
    expect(error).toMatchObject({ code: 1009 });
    expect(() => main.createWriteTransaction({ user, session }, () => [])).toThrow(/other entry/);
    expect(() => main.createWriteTransaction({}, () => [])).toThrow(/needs entities/);
    expect(sent).toHaveLength(0);
  });

  test("what the callback throws is the cause, and the drop-in lets it through", async () => {
    const thrown = new RangeError("mine");
    const source = () => {
      throw thrown;
    };
    const error = await refusalOf(() => place().service.transaction.write(source).go());
    expect(error).toMatchObject({ code: 4005, cause: thrown });
    expect(await refusalOf(() => place(dropIn).service.transaction.write(source).go())).toBe(
      thrown,
    );
  });

  test("a check is not sent alone", async () => {
    const { user, sent } = place();
    const check = () => user.check({ id: "1" }).where((a: Loose, op: Loose) => op.exists(a.count));
    expect(await refusalOf(() => check().go())).toMatchObject({ code: 1010 });
    expect(() => check().params()).toThrow(/transaction/);
    expect(sent).toHaveLength(0);
  });

  test("no client and no table", async () => {
    const bare = new main.Entity({
      model: { entity: "bare", service: "app", version: "1" },
      attributes: { id: { type: "string", required: true } },
      indexes: { main: { pk: { field: "pk", composite: ["id"] } } },
    });
    const transaction = main.createWriteTransaction({ bare }, (app) => [app.bare.put({ id: "1" })]);
    expect(await refusalOf(() => transaction.go())).toMatchObject({ code: 2003 });
    const error = await refusalOf(() => transaction.go({ table: "app" }));
    expect(error).toMatchObject({ code: 1001 });
    expect((error as Loose).params().TransactItems).toHaveLength(1);
  });
});
