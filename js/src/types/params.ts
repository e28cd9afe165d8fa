// What `params()` gives: the inputs of the DocumentClient commands that `go()` would send.

/** A stored item or a part of it, by field. */
export interface StoredItem {
  [field: string]: unknown;
}

/** The placeholders of an expression. */
export interface ExpressionParams {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: StoredItem;
}

/** The input of a `GetCommand`. */
export interface GetParams extends Pick<ExpressionParams, "ExpressionAttributeNames"> {
  TableName: string;
  Key: StoredItem;
  ProjectionExpression?: string;
  ConsistentRead?: boolean;
}

/** The input of a `BatchGetCommand`. */
export interface BatchGetParams {
  RequestItems: Record<string, BatchGetPart>;
}

/** The part of a table in a `BatchGetCommand`. */
export interface BatchGetPart extends Pick<ExpressionParams, "ExpressionAttributeNames"> {
  Keys: StoredItem[];
  ProjectionExpression?: string;
  ConsistentRead?: boolean;
}

/** The input of a `BatchWriteCommand`. */
export interface BatchWriteParams {
  RequestItems: Record<string, BatchWrite[]>;
}

/** One write of a `BatchWriteCommand`: a put or a delete. */
export interface BatchWrite {
  PutRequest?: { Item: StoredItem };
  DeleteRequest?: { Key: StoredItem };
}

/** The input of a `PutCommand`. */
export interface PutParams extends ExpressionParams {
  TableName: string;
  Item: StoredItem;
  ConditionExpression?: string;
  ReturnValues?: "NONE" | "ALL_OLD";
}

/** The input of an `UpdateCommand`. */
export interface UpdateParams extends ExpressionParams {
  TableName: string;
  Key: StoredItem;
  UpdateExpression: string;
  ConditionExpression?: string;
  ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
}

/** The input of a `DeleteCommand`. */
export interface DeleteParams extends ExpressionParams {
  TableName: string;
  Key: StoredItem;
  ConditionExpression?: string;
  ReturnValues?: "NONE" | "ALL_OLD";
}

/** The input of a `QueryCommand`. */
export interface QueryParams extends ExpressionParams {
  TableName: string;
  IndexName?: string;
  KeyConditionExpression: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ExclusiveStartKey?: StoredItem;
  ScanIndexForward?: boolean;
  ConsistentRead?: boolean;
  Limit?: number;
}

/** The input of a `ScanCommand`. */
export interface ScanParams extends ExpressionParams {
  TableName: string;
  IndexName?: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ExclusiveStartKey?: StoredItem;
  ConsistentRead?: boolean;
  Limit?: number;
  TotalSegments?: number;
  Segment?: number;
}

/** The input of a `TransactWriteCommand`. */
export interface TransactWriteParams {
  TransactItems: {
    Put?: CommittedParams<PutParams>;
    Update?: CommittedParams<UpdateParams>;
    Delete?: CommittedParams<DeleteParams>;
    ConditionCheck?: CommittedParams<DeleteParams>;
  }[];
  ClientRequestToken?: string;
}

/** The parameters of one write within a transaction. */
export type CommittedParams<T> = Omit<T, "ReturnValues"> & {
  ReturnValuesOnConditionCheckFailure?: "NONE" | "ALL_OLD";
};

/** The input of a `TransactGetCommand`. */
export interface TransactGetParams {
  TransactItems: { Get: GetParams }[];
}
