// Stands where the AWS SDK would: commands that are only their input, and clients that note what they are told to send.

/** A command of the document client: its name and its input, and nothing that could be sent. */
export class Command {
  constructor(readonly input: Record<string, unknown>) {}
}

export class GetCommand extends Command {}
export class PutCommand extends Command {}
export class UpdateCommand extends Command {}
export class DeleteCommand extends Command {}
export class QueryCommand extends Command {}
export class ScanCommand extends Command {}
export class BatchGetCommand extends Command {}
export class BatchWriteCommand extends Command {}
export class TransactGetCommand extends Command {}
export class TransactWriteCommand extends Command {}

const OPERATIONS = new Map<unknown, string>([
  [GetCommand, "GetItem"],
  [PutCommand, "PutItem"],
  [UpdateCommand, "UpdateItem"],
  [DeleteCommand, "DeleteItem"],
  [QueryCommand, "Query"],
  [ScanCommand, "Scan"],
  [BatchGetCommand, "BatchGetItem"],
  [BatchWriteCommand, "BatchWriteItem"],
  [TransactGetCommand, "TransactGetItems"],
  [TransactWriteCommand, "TransactWriteItems"],
]);

/** DynamoDB's name for what a command does. */
export function operationOf(command: Command): string {
  return OPERATIONS.get(command.constructor) ?? "Unknown";
}

/** A client that programs may make; what is called through the library is noted before it would get here. */
export class DynamoDBClient {
  send(): Promise<never> {
    return Promise.reject(new Error("Nothing is sent from the preview"));
  }
}

/** The document client, which is told from the other by its name only. */
export class DynamoDBDocumentClient extends DynamoDBClient {
  static from(): DynamoDBDocumentClient {
    return new DynamoDBDocumentClient();
  }
}
