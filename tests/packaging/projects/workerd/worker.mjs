// What runs in workerd: prints the params that both entries make, or writes and reads one item with `.go()`.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Entity } from "electroxide";
import { Entity as DropIn } from "electroxide/electrodb";
import user from "../user.cjs";

async function go({ endpoint, table }) {
  const client = new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const User = new Entity(user.definition, { client, table });
  await User.create({ ...user.attributes, tags: ["a", "b"] }).go();
  const { data } = await User.get({ id: "u1" }).go();
  const refusal = await User.create(user.attributes)
    .go()
    .then(
      () => "none",
      (error) => error.code,
    );
  return [{ ...data, tags: [...data.tags].sort() }, refusal];
}

export default {
  async fetch(request, env) {
    const answer =
      new URL(request.url).pathname === "/go"
        ? await go(env)
        : [JSON.parse(user.paramsOf(Entity)), JSON.parse(user.paramsOf(DropIn))];
    return new Response(JSON.stringify(answer));
  },
};
