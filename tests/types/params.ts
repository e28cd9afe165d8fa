// `params()`: what it gives is what the SDK's DocumentClient commands take; and the SDK's clients are clients.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { check, type Equal } from "./assert.js";
import { Flag, Task, key } from "./models.js";
import { Entity } from "electroxide";

declare const signal: AbortSignal;

new GetCommand(Task.get(key).params());
new PutCommand(Flag.put({ name: "x" }).params());
new UpdateCommand(Task.update(key).set({ title: "x" }).params());
new UpdateCommand(Task.patch(key).set({ title: "x" }).params());
new UpdateCommand(Flag.upsert({ name: "x" }).params());
new DeleteCommand(Task.remove(key).params());
new QueryCommand(Task.query.byOwner({ owner: "user_1" }).params());
new ScanCommand(Task.scan.params());

const own = Task.get(key).params<{ Key: { pk: string } }>();
check<Equal<typeof own, { Key: { pk: string } }>>();

const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client);
Task.setClient(client);
Task.setClient(documents);
Task.get(key).go({ client: documents, abortSignal: signal });
new Entity(Flag.schema, { client, table: "t" });

export async function answers() {
  const got = Task.parse(await documents.send(new GetCommand({ TableName: "t", Key: {} })));
  check<Equal<NonNullable<typeof got.data>["title"], string>>();
  const page = Task.parse(await documents.send(new QueryCommand({ TableName: "t" })));
  check<Equal<(typeof page.data)[number]["title"], string>>();
  const written = Task.parse(await documents.send(new PutCommand({ TableName: "t", Item: {} })));
  check<Equal<NonNullable<typeof written.data>["title"], string>>();
}

export function wrong() {
  // @ts-expect-error -- A request to read is none to write.
  new PutCommand(Task.get(key).params());
  // @ts-expect-error -- A scan has no key.
  Task.scan.params().Key;
  // @ts-expect-error -- No such option.
  Task.scan.params({ order: "asc" });
}
