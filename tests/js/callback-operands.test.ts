// What an operator's answer may be inside another operator of `where` and `data` callbacks: the wrapper's share of it, in both entries.
import { Entity } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { describe, expect, test } from "vitest";

const model = {
  model: { entity: "note", version: "1", service: "app" },
  attributes: {
    id: { type: "string", required: true },
    title: { type: "string" },
    heading: { type: "string", field: "h" },
    views: { type: "number" },
    tags: { type: "list", items: { type: "string" } },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
} as const;

const entries = {
  electroxide: new Entity(model, { table: "notes" }),
  "electroxide/electrodb": new DropInEntity(model, { table: "notes" }),
};

describe.each(Object.entries(entries))("%s", (_, notes) => {
  const update = () => notes.update({ id: "1" });
  const stored = (params: Record<string, unknown>) =>
    String(params.UpdateExpression).replace(/, #id = .*$/, "");

  test("the answer of ifNotExists is stored as an expression and is no action of its own", () => {
    const params = update()
      .data((a, o) => {
        const title = o.ifNotExists(a.title, "untitled");
        o.set(a.heading, title as unknown as string);
      })
      .params<Record<string, unknown>>();
    expect(stored(params)).toBe("SET #heading = if_not_exists(#title, :title_u0)");
  });

  test("an answer of ifNotExists that nothing takes is an action", () => {
    const params = update()
      .data((a, o) => {
        o.ifNotExists(a.title, "untitled");
        o.set(a.heading, "x");
      })
      .params<Record<string, unknown>>();
    expect(stored(params)).toBe(
      "SET #title = if_not_exists(#title, :title_u0), #heading = :heading_u0",
    );
  });

  test("field takes an attribute as well as a stored name", () => {
    const params = notes.scan
      .where((a, o) => `${o.field(a.heading as never)} = ${o.field("t")}`)
      .params<Record<string, unknown>>();
    expect(params.FilterExpression).toContain("(#heading = #t)");
    expect(params.ExpressionAttributeNames).toMatchObject({ "#heading": "h", "#t": "t" });
  });

  test("a text around an operator's answer is no operand", () => {
    const clause = () =>
      notes.scan
        .where((a, o) => o.eq(a.title, `${o.name(a.heading)} and more`))
        .params<Record<string, unknown>>();
    expect(clause).toThrow(expect.objectContaining({ code: 1012 }));
  });

  test("attributes and sizes are operands", () => {
    const params = notes.scan
      .where(
        (a, o) =>
          `${o.eq(a.title, a.heading as never)} AND ${o.gt(a.views, o.size(a.tags) as never)}`,
      )
      .params<Record<string, unknown>>();
    expect(params.FilterExpression).toContain("#title = #heading AND #views > size(#tags)");
  });
});
