// Where the connected tests take place: the embedded database (or DYNAMODB_ENDPOINT), a client for it, and tables made from models.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "electroxide";
import { afterAll, inject } from "vitest";

type Entities = Parameters<typeof tableDefinition>[0];

let tables = 0;

/** A table name that no other test file uses, since the endpoint may be shared. */
export function tableName(): string {
  tables += 1;
  return `electroxide-${process.pid}-${Date.now()}-${tables}`;
}

/** A client for one test file; the tables made here are deleted when the file is done. */
export function openPlace() {
  const endpoint = inject("endpoint");
  const client = new DynamoDBClient({
    endpoint,
    region: process.env["AWS_REGION"] ?? "local",
    ...(process.env["AWS_ACCESS_KEY_ID"] === undefined && {
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    }),
  });
  const made: string[] = [];

  /** The table that these entities imply, made as tableDefinition says. */
  async function createTable(entities: Entities, ttl?: string): Promise<void> {
    const create = async (input: CreateTableCommandInput) => {
      const { TableName = "" } = input;
      await client.send(new CreateTableCommand(input));
      made.push(TableName);
      await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
    };
    if (ttl === undefined) {
      await create(tableDefinition(entities));
    } else {
      const { createTable: input, updateTimeToLive } = tableDefinition(entities, { ttl });
      await create(input);
      await client.send(new UpdateTimeToLiveCommand(updateTimeToLive));
    }
  }

  afterAll(async () => {
    for (const TableName of made) await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
  });
  return { client, endpoint, createTable };
}
