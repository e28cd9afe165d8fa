// Writes and reads one item with `.go()`, by each kind of SDK client, and prints what came back.
const { CreateTableCommand, DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient } = require("@aws-sdk/lib-dynamodb");
const { Entity } = require("electroxide");
const { attributes, definition } = require("./user.cjs");

const client = new DynamoDBClient({
  endpoint: process.env.DYNAMODB_ENDPOINT,
  region: process.env.AWS_REGION ?? "local",
  ...(process.env.AWS_ACCESS_KEY_ID === undefined && {
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  }),
});
const table = `packaging-${process.pid}-${Date.now()}`;
const text = (AttributeName) => ({ AttributeName, AttributeType: "S" });
const keys = (hash, range) => [
  { AttributeName: hash, KeyType: "HASH" },
  { AttributeName: range, KeyType: "RANGE" },
];

async function main() {
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map(text),
      KeySchema: keys("pk", "sk"),
      GlobalSecondaryIndexes: [
        {
          IndexName: "gsi1",
          KeySchema: keys("gsi1pk", "gsi1sk"),
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  const user = new Entity(definition, { client, table });
  await user.create({ ...attributes, tags: ["a", "b"] }).go();
  const other = new Entity(definition, { client: DynamoDBDocumentClient.from(client), table });
  const read = await other.get({ id: "u1" }).go();
  const found = await user.query.byEmail({ email: "Ada@Example.com" }).go();
  const refusal = await user
    .create(attributes)
    .go()
    .then(
      () => "none",
      (error) => [error.code, error.cause.name],
    );
  console.log(
    JSON.stringify([{ ...read.data, tags: read.data.tags.sort() }, found.data.length, refusal]),
  );
}

main();
