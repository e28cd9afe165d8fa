// The table, made from the models that live in it, with its time to live; and its end.
import assert from "node:assert/strict";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "electroxide";
import { client, TABLE } from "./database.mjs";
import { Session, SessionToken, User } from "./entities.mjs";
import { chapter, happen } from "./tell.mjs";

export async function createTable() {
  chapter("The table that the models imply");
  const { createTable, updateTimeToLive } = await happen(
    'tableDefinition([User, Session, SessionToken], { ttl: "expiresAt" })',
    () => tableDefinition([User, Session, SessionToken], { ttl: "expiresAt" }),
    (definition) => {
      assert.equal(definition.createTable.TableName, TABLE);
      assert.deepEqual(
        definition.createTable.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName).sort(),
        ["gsi1", "gsi2"],
      );
    },
  );
  await happen(
    "CreateTable is accepted as it is",
    async () => {
      await client.send(new CreateTableCommand(createTable));
      await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: TABLE });
      const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
      return { name: Table.TableName, status: Table.TableStatus, key: Table.KeySchema };
    },
    ({ status, key }) => {
      assert.equal(status, "ACTIVE");
      assert.deepEqual(
        key.map(({ AttributeName }) => AttributeName),
        ["pk", "sk"],
      );
    },
  );
  await happen(
    "UpdateTimeToLive is accepted as it is",
    async () => {
      await client.send(new UpdateTimeToLiveCommand(updateTimeToLive));
      const answer = await client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }));
      return answer.TimeToLiveDescription;
    },
    ({ AttributeName, TimeToLiveStatus }) => {
      assert.equal(AttributeName, "expiresAt");
      assert.match(TimeToLiveStatus, /^ENABL(ED|ING)$/);
    },
  );
}

export async function deleteTable() {
  await client.send(new DeleteTableCommand({ TableName: TABLE }));
}
