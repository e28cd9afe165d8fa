// `where`: operators that fit the attribute, paths into maps, lists and untyped values.
import { check, type Equal } from "./assert.js";
import { Task, type UserId } from "./models.js";
import type { Placeholder, WhereCallback, WhereOperators } from "electroxide";

type Callback = WhereCallback<(typeof Task)["schema"]["attributes"]>;
type Attributes = Parameters<Callback>[0];

check<Equal<ReturnType<Callback>, string>>();
check<
  Equal<
    keyof WhereOperators,
    | "eq"
    | "ne"
    | "gt"
    | "gte"
    | "lt"
    | "lte"
    | "between"
    | "begins"
    | "contains"
    | "notContains"
    | "in"
    | "exists"
    | "notExists"
    | "eqOrNotExists"
    | "type"
    | "size"
    | "name"
    | "value"
    | "field"
    | "escape"
  >
>();

export function right(a: Attributes, o: WhereOperators): string[] {
  const name = o.name(a.owner);
  check<Equal<typeof name, Placeholder<UserId>>>();
  const value = o.value(a.points, 3);
  check<Equal<typeof value, Placeholder<number>>>();
  const escaped = o.escape(2);
  check<Equal<typeof escaped, Placeholder<number>>>();
  return [
    o.eq(a.title, "x"),
    o.eq(a.status, "DONE"),
    o.eq(a.done, false),
    o.eq(a.owner, "user_1"),
    o.ne(a.points, 3),
    o.gt(a.points, 3),
    o.gte(a.createdAt, "2025"),
    o.lt(a.owner, "user_9"),
    o.lte(a.status, "DONE"),
    o.between(a.points, 1, 3),
    o.begins(a.title, "x"),
    o.begins(a.status, "D"),
    o.begins(a.owner, "user_"),
    o.contains(a.title, "x"),
    o.contains(a.tags, "x"),
    o.contains(a.links, "x"),
    o.contains(a.sizes, 2),
    o.contains(a.comments, { user: "u" }),
    o.notContains(a.tags, "x"),
    o.in(a.status, ["OPEN", "DOING"]),
    o.in(a.points, [1, 2]),
    o.exists(a.address),
    o.notExists(a.token),
    o.eqOrNotExists(a.done, true),
    o.type(a.points, "N"),
    `${o.size(a.tags)} > ${o.escape(2)}`,
    `${o.field("ttl")} < ${o.escape(100)}`,
    o.eq(a.title, o.name(a.title)),
    o.eq(a.title, a.owner),
    o.gt(a.points, a.address.geo.lat),
    o.gt(a.points, o.size(a.tags)),
    o.begins(a.title, a.owner),
    o.contains(a.tags, a.title),
    `${o.field(a.title)} = ${o.field("other")}`,
    o.gt(a.points, o.value(a.points, 3)),
    // Paths.
    o.eq(a.address.city, "Lviv"),
    o.eq(a.address.geo.lat, 1),
    o.eq(a.address.secret, "x"),
    o.eq(a.comments[0].user, "u"),
    o.begins(a.links[1], "https:"),
    o.eq(a.extra.depth.n, 1),
    o.eq(a.extra.kind, "a"),
    o.eq(a.free, [1]),
    o.eq(a.free.any.place, 1),
    o.gt(a.free["any"], 1),
    o.eq(a.address, { city: "Lviv", country: "UA" }),
  ];
}

export function wrong(a: Attributes, o: WhereOperators) {
  // @ts-expect-error -- No such attribute.
  o.eq(a.titel, "x");
  // @ts-expect-error -- A text.
  o.eq(a.title, 1);
  // @ts-expect-error -- Not one of the listed texts.
  o.eq(a.status, "CLOSED");
  // @ts-expect-error -- A flag.
  o.eq(a.done, "true");
  // @ts-expect-error -- Not a user's id.
  o.eq(a.owner, "someone");
  // @ts-expect-error -- `undefined` compares with nothing.
  o.eq(a.title, undefined);
  // @ts-expect-error -- The value is missing.
  o.eq(a.title);
  // @ts-expect-error -- A text is no attribute.
  o.eq("title", "x");
  // @ts-expect-error -- A number.
  o.gte(a.points, "60");
  // @ts-expect-error -- Compared with a number.
  o.gte(a.title, 60);
  // @ts-expect-error -- Flags have no order.
  o.gt(a.done, true);
  // @ts-expect-error -- Maps have no order.
  o.lt(a.address, { city: "Lviv" });
  // @ts-expect-error -- Sets have no order.
  o.lte(a.tags, ["x"]);
  // @ts-expect-error -- Two ends.
  o.between(a.points, 1);
  // @ts-expect-error -- Numbers.
  o.between(a.points, 1, "3");
  // @ts-expect-error -- A number has no beginning.
  o.begins(a.points, "1");
  // @ts-expect-error -- A set has no beginning.
  o.begins(a.tags, "x");
  // @ts-expect-error -- A text.
  o.begins(a.title, 1);
  // @ts-expect-error -- A number contains nothing.
  o.contains(a.points, 1);
  // @ts-expect-error -- A text.
  o.contains(a.tags, 1);
  // @ts-expect-error -- Not one of the listed numbers.
  o.contains(a.sizes, 4);
  // @ts-expect-error -- A map contains nothing in this sense.
  o.contains(a.address, "city");
  // @ts-expect-error -- Values, in an array.
  o.in(a.status, "OPEN");
  // @ts-expect-error -- Not one of the listed texts.
  o.in(a.status, ["OPEN", "CLOSED"]);
  // @ts-expect-error -- Existence compares with nothing.
  o.exists(a.title, true);
  // @ts-expect-error -- Not a type of DynamoDB.
  o.type(a.points, "number");
  // @ts-expect-error -- Numbers have no size.
  o.size(a.points);
  // @ts-expect-error -- Flags have no size.
  o.size(a.done);
  // @ts-expect-error -- A number.
  o.value(a.points, "3");
  // @ts-expect-error -- A placeholder for a text.
  o.eq(a.points, o.value(a.title, "x"));
  // @ts-expect-error -- A place that holds a text.
  o.eq(a.points, a.title);
  // @ts-expect-error -- A place that holds a number.
  o.contains(a.tags, a.points);
  // @ts-expect-error -- The size of something is a number.
  o.eq(a.done, o.size(a.tags));
  // @ts-expect-error -- No such property.
  o.eq(a.address.street, "x");
  // @ts-expect-error -- A number.
  o.eq(a.address.geo.lat, "1");
  // @ts-expect-error -- No such property.
  o.eq(a.comments[0].name, "u");
  // @ts-expect-error -- A list has no names.
  o.eq(a.links.first, "x");
  // @ts-expect-error -- A text has nothing below it.
  o.eq(a.title.length, 1);
  // @ts-expect-error -- `kind` is "a" or "b".
  o.eq(a.extra.kind, "c");
  // @ts-expect-error -- No such property.
  o.eq(a.extra.depth.m, 1);
  // @ts-expect-error -- No such operator.
  o.like(a.title, "x");
  // @ts-expect-error -- A number is not an expression.
  Task.scan.where((attributes) => 1);
}
