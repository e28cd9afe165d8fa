// Runs in jest's realm, where Set, Uint8Array and RegExp are not those that Node's own modules see.
const electroxide = require("electroxide");
const { bytes, definition, emailOfNobody, set } = require("../user.cjs");

test("a set of this realm is a set", () => {
  expect(set(electroxide)).toEqual(["a"]);
});

test("bytes of this realm are bytes", () => {
  expect(bytes(electroxide)).toEqual([1, 255]);
});

test("what is loaded late belongs to what was loaded first, whatever the registry forgets", () => {
  const { Entity, Service } = electroxide;
  const user = new Entity(definition, { table: "realms" });
  jest.resetModules();
  const service = new Service({ user });
  const [{ RequestItems }] = user.get([{ id: "u1" }]).params();
  expect(RequestItems.realms.Keys).toEqual([{ pk: "$packaging#id_u1", sk: "$user_1" }]);
  expect(service.entities.user).toBe(user);
});

test("a regular expression of this realm refuses", () => {
  expect(emailOfNobody(electroxide)).toEqual(["email"]);
});
