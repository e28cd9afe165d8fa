// The chapter on transactions: writes over several entities that happen together or not at all, and a read of one moment.
import assert from "node:assert/strict";
import { App } from "./collection.mjs";
import { chapter, step } from "./tell.mjs";

export async function transaction() {
  chapter("Transactions");
  const orgId = "org_123";
  const written = () =>
    App.transaction.write(({ member, course }) => [
      member.create({ memberId: "m3", orgId, name: "Cid" }).commit(),
      course
        .patch({ courseId: "c1" })
        .set({ title: "Logic II" })
        .commit({ conditions: { title: "Logic" } }),
    ]);
  await step("a new member and a changed course, together", written, {
    expect: ({ canceled }) => assert.equal(canceled, false),
  });
  await step("once more: neither may happen again, so nothing does", written, {
    expect: ({ canceled, data }) => {
      assert.equal(canceled, true);
      assert.deepEqual(
        data.map(({ rejected, code }) => [rejected, code]),
        [
          [true, "ConditionalCheckFailed"],
          [true, "ConditionalCheckFailed"],
        ],
      );
    },
  });
  await step(
    "both, as they were at one moment",
    () => App.transaction.get([{ member: { memberId: "m3" } }, { course: { courseId: "c1" } }]),
    {
      expect: ({ data }) =>
        assert.deepEqual(
          data.map(({ item }) => item.name ?? item.title),
          ["Cid", "Logic II"],
        ),
    },
  );
}
