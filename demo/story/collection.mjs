// The chapter on collections: the seed's organization, whose users and courses are read by one query.
import assert from "node:assert/strict";
import { Entity, Service } from "electroxide";
import { client, TABLE } from "./database.mjs";
import { chapter, step } from "./tell.mjs";

const member = (entity, key, name) => ({
  model: { entity, version: "1", service: "myapp" },
  attributes: {
    [key]: { type: "string", required: true },
    orgId: { type: "string", required: true },
    [name]: { type: "string", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: [key] }, sk: { field: "sk", composite: [] } },
    byOrg: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["orgId"] },
      sk: { field: "gsi1sk", composite: [key] },
      collection: "organization",
    },
  },
});

/** The organization's entities; the chapter on transactions goes on with them. */
export const App = new Service(
  {
    member: new Entity(member("member", "memberId", "name")),
    course: new Entity(member("course", "courseId", "title")),
  },
  { client, table: TABLE },
);

export async function collection() {
  chapter("Collections");
  const orgId = "org_123";
  for (const [memberId, name] of [
    ["m1", "Ada"],
    ["m2", "Bob"],
  ]) {
    await App.entities.member.create({ memberId, orgId, name }).go();
  }
  await App.entities.course.create({ courseId: "c1", orgId, title: "Logic" }).go();
  const organization = () => App.collections.organization({ orgId });
  await step("members and courses of an organization, in one query", organization, {
    expect: ({ data }) => assert.deepEqual([data.member.length, data.course.length], [2, 1]),
  });
  await step(
    "filtered by attributes that only one of them has",
    () =>
      organization().where(
        ({ name, title }, { eq }) => `${eq(name, "Ada")} OR ${eq(title, "Logic")}`,
      ),
    { expect: ({ data }) => assert.deepEqual([data.member.length, data.course.length], [1, 1]) },
  );
  const first = await step("a page of two", organization, {
    options: { limit: 2 },
    expect: ({ cursor }) => assert.ok(cursor !== null),
  });
  await step("the page behind it", organization, {
    options: { cursor: first.cursor },
    expect: ({ data }) =>
      assert.deepEqual(
        data.member.map(({ name }) => name),
        ["Bob"],
      ),
  });
}
