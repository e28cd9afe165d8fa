// `data`: changes of attributes and of places below them.
import { check, type Equal } from "./assert.js";
import { Task, key } from "./models.js";
import type { DataCallback, DataOperators, Placeholder } from "electroxide";

type Model = (typeof Task)["schema"];
type Attributes = Parameters<DataCallback<Model["attributes"], keyof typeof key>>[0];

check<
  Equal<
    keyof DataOperators,
    | "set"
    | "ifNotExists"
    | "add"
    | "subtract"
    | "append"
    | "delete"
    | "del"
    | "remove"
    | "name"
    | "value"
  >
>();

Task.update(key)
  .data(({ title, points }, { set, add }) => {
    set(title, "x");
    add(points, 1);
  })
  .go();

export function right(a: Attributes, o: DataOperators) {
  o.set(a.title, "x");
  o.set(a.status, "DONE");
  o.set(a.address.zip, "1");
  o.set(a.address.geo.lat, 1);
  o.set(a.comments[0], { user: "u" });
  o.set(a.comments[0].body, "x");
  o.set(a.links[1], "x");
  o.set(a.owner, "user_1");
  o.set(a.extra.depth.n, 2);
  o.set(a.free.any.place, 2);
  o.set(a.points, o.name(a.points));
  o.set(a.title, o.name(a.taskId));
  o.ifNotExists(a.points, 0);
  o.set(a.points, o.ifNotExists(a.points, 0));
  o.set(a.title, a.taskId);
  o.add(a.points, 1);
  o.add(a.points, 1, 10);
  o.add(a.points, o.value(a.points, 2));
  o.add(a.tags, ["x"]);
  o.add(a.address.geo.lat, 1);
  o.subtract(a.points, 1);
  o.subtract(a.points, 1, 0);
  o.append(a.links, ["x"]);
  o.append(a.comments, [{ user: "u" }]);
  o.delete(a.tags, ["x"]);
  o.del(a.sizes, [1]);
  o.remove(a.points);
  o.remove(a.address.zip);
  o.remove(a.comments[0]);
  const value = o.value(a.tags, ["x"]);
  check<Equal<typeof value, Placeholder<string[]>>>();
}

export function wrong(a: Attributes, o: DataOperators) {
  // @ts-expect-error -- No such attribute.
  o.set(a.titel, "x");
  // @ts-expect-error -- A text.
  o.set(a.title, 1);
  // @ts-expect-error -- Read-only.
  o.set(a.createdAt, "2025");
  // @ts-expect-error -- Part of the key.
  o.set(a.taskId, "t");
  // @ts-expect-error -- Read-only, inside a map.
  o.set(a.address.since, 1);
  // @ts-expect-error -- No such property.
  o.set(a.address.street, "x");
  // @ts-expect-error -- A text.
  o.set(a.links[0], 1);
  // @ts-expect-error -- Not one of the listed texts.
  o.set(a.status, "CLOSED");
  // @ts-expect-error -- A placeholder for a text.
  o.set(a.points, o.name(a.title));
  // @ts-expect-error -- A place that holds a text.
  o.set(a.points, a.title);
  // @ts-expect-error -- Not a number.
  o.add(a.title, 1);
  // @ts-expect-error -- A number.
  o.add(a.points, "1");
  // @ts-expect-error -- Members, in an array.
  o.add(a.tags, "x");
  // @ts-expect-error -- Not a number.
  o.subtract(a.tags, ["x"]);
  // @ts-expect-error -- Not a list.
  o.append(a.tags, ["x"]);
  // @ts-expect-error -- Elements, in an array.
  o.append(a.links, "x");
  // @ts-expect-error -- Not a set.
  o.delete(a.links, ["x"]);
  // @ts-expect-error -- They are texts.
  o.delete(a.tags, [1]);
  // @ts-expect-error -- It is required.
  o.remove(a.title);
  // @ts-expect-error -- Required, inside a map.
  o.remove(a.address.city);
  // @ts-expect-error -- Part of the key.
  o.remove(a.projectId);
  // @ts-expect-error -- Read-only.
  o.ifNotExists(a.createdAt, "2025");
  // @ts-expect-error -- Conditions belong into `where`.
  o.eq(a.title, "x");
}
