// Where the story takes place: the client of the database that the environment names, and the table's name.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** A name of its own per run, since the endpoint may be a database that somebody else uses too. */
export const TABLE = `MyAppTable-${process.pid}`;

export const client = new DynamoDBClient({
  endpoint: process.env.DYNAMODB_ENDPOINT,
  region: process.env.AWS_REGION ?? "local",
  ...(process.env.AWS_ACCESS_KEY_ID === undefined && {
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  }),
});
