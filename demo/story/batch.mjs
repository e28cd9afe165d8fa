// The chapter on batches over several entities: many items in few requests, each by itself, with every answer where its question stood.
import assert from "node:assert/strict";
import { App } from "./collection.mjs";
import { chapter, refused, step } from "./tell.mjs";

export async function batch() {
  chapter("Batches over several entities");
  const orgId = "org_123";
  await step(
    "two new members and a course, in one request",
    () =>
      App.batch.write(({ member, course }) => [
        member.put([
          { memberId: "m4", orgId, name: "Dot" },
          { memberId: "m5", orgId, name: "Eve" },
        ]),
        course.put({ courseId: "c2", orgId, title: "Sets" }),
      ]),
    {
      expect: ({ unprocessed }) => {
        const nothing = { put: [], delete: [] };
        assert.deepEqual(unprocessed, { member: nothing, course: nothing });
      },
    },
  );
  await step(
    "read back in one request, each answer in its place",
    () =>
      App.batch.get([
        { course: { courseId: "c2" } },
        { member: [{ memberId: "m5" }, { memberId: "nobody" }, { memberId: "m4" }] },
      ]),
    {
      expect: ({ data: [course, members] }) => {
        assert.equal(course.title, "Sets");
        assert.deepEqual(
          members.map((found) => found?.name ?? null),
          ["Eve", null, "Dot"],
        );
      },
    },
  );
  await refused(
    "a batch has no conditions, so what needs one is refused",
    () => App.batch.write([App.entities.member.create({ memberId: "m6", orgId, name: "Fay" })]),
    { code: 1010, kind: "InvalidOptions" },
  );
}
