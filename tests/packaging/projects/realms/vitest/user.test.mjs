// Runs in vitest's pools; in `vmThreads` Set, Uint8Array and RegExp are not those that Node's own modules see.
import * as electroxide from "electroxide";
import { bytes, emailOfNobody, set } from "../user.cjs";

test("a set of this realm is a set", () => {
  expect(set(electroxide)).toEqual(["a"]);
});

test("bytes of this realm are bytes", () => {
  expect(bytes(electroxide)).toEqual([1, 255]);
});

test("a regular expression of this realm refuses", () => {
  expect(emailOfNobody(electroxide)).toEqual(["email"]);
});
