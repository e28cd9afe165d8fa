// A Lambda function as a user writes it: the entity stands at the top of the module and the handler uses it.
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Entity } from "electroxide";

const table = `lambda-${process.pid}-${Date.now()}`;
const client = new DynamoDBClient({
  endpoint: process.env.DYNAMODB_ENDPOINT,
  region: process.env.AWS_REGION ?? "local",
  ...(process.env.AWS_ACCESS_KEY_ID === undefined && {
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  }),
});

const Order = new Entity(
  {
    model: { entity: "order", version: "1", service: "lambda" },
    attributes: {
      id: { type: "string", required: true },
      total: { type: "number", required: true },
    },
    indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
  },
  { client, table },
);

/** What Lambda calls. */
export async function handler(event: { id: string; total: number }) {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
  await Order.create(event).go();
  const { data } = await Order.get([{ id: event.id }]).go();
  return data[0];
}
