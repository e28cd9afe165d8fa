// Time to live
import { Entity, tableDefinition } from "electroxide";

// DynamoDB deletes a token by itself some time after the second that expiresAt names.
const Token = new Entity(
  {
    model: { entity: "token", version: "1", service: "myapp" },
    attributes: {
      token: { type: "string", required: true },
      userId: { type: "string", required: true },
      expiresAt: {
        type: "number",
        required: true,
        default: () => Math.floor(Date.now() / 1000) + 86_400,
      },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["token"] }, sk: { field: "sk", composite: [] } },
      byUser: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["userId"] },
        sk: { field: "gsi1sk", composite: ["expiresAt"] },
      },
    },
  },
  { table: "tokens" },
);

await Token.create({ token: "t-1", userId: "user_123" }).go();
await Token.create({ token: "t-2", userId: "user_123", expiresAt: 1_767_225_600 }).go();

// Expired items may still be there for a while, so a read leaves them out itself.
await Token.query
  .byUser({ userId: "user_123" })
  .where(({ expiresAt }, { gt }) => gt(expiresAt, Math.floor(Date.now() / 1000)))
  .go();

// The table that the model implies, and the request that turns its time to live on.
tableDefinition([Token], { ttl: "expiresAt" });
