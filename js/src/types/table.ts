// What `tableDefinition` gives: the inputs of the commands that make a table for a list of entities.
import type { AnyEntity } from "./entity.js";

/** One attribute that a key of the table is made of. */
export interface TableKey {
  AttributeName: string;
  KeyType: "HASH" | "RANGE";
}

/** What an index of the table contains. */
export interface TableProjection {
  ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  NonKeyAttributes?: string[];
}

/** One secondary index of the table. */
export interface TableIndex {
  IndexName: string;
  KeySchema: TableKey[];
  Projection: TableProjection;
}

/** The input of a `CreateTableCommand`. */
export interface CreateTable {
  TableName: string;
  BillingMode: "PAY_PER_REQUEST";
  AttributeDefinitions: { AttributeName: string; AttributeType: "S" | "N" | "B" }[];
  KeySchema: TableKey[];
  GlobalSecondaryIndexes?: TableIndex[];
  LocalSecondaryIndexes?: TableIndex[];
}

/** The input of an `UpdateTimeToLiveCommand`. */
export interface UpdateTimeToLive {
  TableName: string;
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
}

/** The inputs for a table whose items expire. */
export interface ExpiringTable {
  /** The input of a `CreateTableCommand`. */
  createTable: CreateTable;
  /** The input of an `UpdateTimeToLiveCommand`. */
  updateTimeToLive: UpdateTimeToLive;
}

/** The options of `tableDefinition`. */
export interface TableOptions {
  /** The name of the table, where the entities name none. */
  readonly table?: string;
  /** The attribute that holds the second at which an item expires. */
  readonly ttl?: string;
}

/**
 * Gives the table that these entities imply. Entities that contradict each other are refused.
 *
 * @example
 * await client.send(new CreateTableCommand(tableDefinition([User, Session])));
 *
 * @example
 * const { createTable, updateTimeToLive } = tableDefinition([Token], { ttl: "expiresAt" });
 */
export interface TableDefinition {
  (entities: readonly AnyEntity[], options: TableOptions & { readonly ttl: string }): ExpiringTable;
  (
    entities: readonly AnyEntity[],
    options?: TableOptions & { readonly ttl?: undefined },
  ): CreateTable;
}
