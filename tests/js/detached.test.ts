// Methods of chains can be taken from their chain and called by themselves, as ElectroDB's can, and replaced by mocks.
import { describe, expect, test } from "vitest";
import { canonical } from "../models/tagged";
import { stubClient, type Loose } from "./runtime/libraries";
import { entries, modelOf, oracle, type Services } from "./service";

const KEY = { id: "1" };
const ITEM = { id: "1", org: "o" };

function serviceOf({ Entity, Service }: Services): Loose {
  const { client } = stubClient({ Items: [] });
  return new Service({ user: new Entity(modelOf("user")) }, { client, table: "t" });
}

type Call = (user: Loose, service: Loose) => unknown;

const calls: [name: string, call: Call][] = [
  ["params", ({ get }, { entities }) => take(get.call(entities.user, KEY), "params")()],
  ["where", (user) => take(user.scan, "where")((a: Loose, o: Loose) => o.eq(a.name, "n")).params()],
  ["set", (user) => take(user.update(KEY), "set")({ name: "n" }).params()],
  ["gt", (user) => take(user.query.byOrg({ org: "o" }), "gt")({ name: "n" }).params()],
  ["params of a batch", (user) => take(user.put([ITEM]), "params")()],
  [
    "params of a collection",
    (_, { collections }) => take(collections.team({ org: "o" }), "params")(),
  ],
  [
    "params and commit in a transaction",
    (_, { transaction }) =>
      take(
        transaction.write(({ user }: Loose) => [take(user.put(ITEM), "commit")()]),
        "params",
      )(),
  ],
];

/** The method by itself. */
function take(chain: Loose, name: string): (...given: unknown[]) => Loose {
  const { [name]: method } = chain;
  return (...given) => method(...given);
}

describe.each(entries)("of chains of %s", (_, library) => {
  test.each(calls)("%s stays with its chain", (_, call) => {
    const [own, theirs] = [library, oracle].map(serviceOf) as [Loose, Loose];
    const wanted = canonical(call(theirs.entities.user, theirs));
    expect(canonical(call(own.entities.user, own))).toBe(wanted);
  });

  test("go stays with its chain", async () => {
    const { entities } = serviceOf(library);
    const { go } = entities.user.scan;
    await expect(go()).resolves.toMatchObject({ data: [] });
  });

  test("a mock takes a method's place in one chain only", () => {
    const { user } = serviceOf(library).entities;
    const chain = user.get(KEY);
    chain.params = () => "mocked";
    expect(chain.params()).toBe("mocked");
    expect(user.get(KEY).params()).toHaveProperty("Key");
  });
});
