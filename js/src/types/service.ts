// The `Service` type and its constructor; what its collections return is in collection.ts.
import type { Collections } from "./collection.js";
import type { DynamoClient } from "./config.js";
import type { Dialect, MainDialect } from "./dialect.js";
import type { AnyEntity } from "./entity.js";
import type { ElectroEventListener } from "./event.js";
import type { ServiceBatches } from "./service-batch.js";
import type { CreateTable, ExpiringTable, TableOptions } from "./table.js";
import type { Transactions } from "./transaction.js";

/** The entities of a service by the names that it has for them. */
export interface ServiceEntities {
  readonly [name: string]: AnyEntity;
}

/**
 * Where a service lives and who listens to it.
 *
 * @example
 * new Service({ user: User, session: Session }, { client: new DynamoDBClient({}), table: "app" });
 */
export interface ServiceConfiguration {
  /** The client that sends requests; entities that have none take it. */
  readonly client?: DynamoClient | undefined;
  /** The name of the table; entities that have none take it. */
  readonly table?: string | undefined;
  /** Called with every event; the same as one listener. */
  readonly logger?: ElectroEventListener | undefined;
  /** Called with every event. */
  readonly listeners?: readonly ElectroEventListener[] | undefined;
}

/** What a service is called, and where it lives. */
export interface ServiceName {
  /** The name that its entities have for it. */
  readonly name: string;
  /** The table, when there is one. */
  readonly table: string | undefined;
}

/**
 * Several entities of one table. `E` are the entities by the names that the service has for them.
 *
 * @example
 * const App = new Service({ user: User, session: Session });
 */
export interface Service<in out E extends ServiceEntities, in out Y extends Dialect = MainDialect> {
  /**
   * The entities.
   *
   * @example
   * await App.entities.user.get({ userId: "u1" }).go();
   */
  readonly entities: E;
  /**
   * Queries of several entities at once, by the names of the collections that their indexes are in.
   *
   * @example
   * const { data } = await App.collections.activity({ userId: "u1" }).go();
   */
  readonly collections: Collections<E, Y>;
  /** The name of the service and of its table. */
  readonly service: ServiceName;
  /**
   * Sends all later requests of the service and of its entities with this client.
   *
   * @example
   * App.setClient(new DynamoDBClient({}));
   */
  setClient(client: DynamoClient): void;
  /**
   * Sends all later requests of the service and of its entities to this table.
   *
   * @example
   * App.setTableName("app");
   */
  setTableName(table: string): void;
  /**
   * The table that all entities of the service imply.
   *
   * @example
   * await client.send(new CreateTableCommand(App.tableDefinition({ table: "app" })));
   */
  tableDefinition(options: TableOptions & { readonly ttl: string }): ExpiringTable;
  tableDefinition(options?: TableOptions & { readonly ttl?: undefined }): CreateTable;
  /**
   * Transactions: all items or none.
   *
   * @example
   * const { canceled } = await App.transaction.write(({ user }) => [user.remove({ userId: "u1" })]).go();
   */
  readonly transaction: Transactions<E>;
  /**
   * Batches: many items of several entities, each by itself.
   *
   * @example
   * const { data } = await App.batch.get([{ user: { userId: "u1" } }, { session: { sessionId: "s1" } }]).go();
   */
  readonly batch: ServiceBatches<E>;
  /**
   * The name of the table, when there is one.
   *
   * @example
   * const table = App.getTableName();
   */
  getTableName(): string | undefined;
}

/** Any service, as a parameter of code that works with all of them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Service is invariant, so only `any` stands for all entities.
export type AnyService = Service<any, any>;

/** What `Service` is as a value. The type parameter is inferred from the entities. */
export interface ServiceConstructor<Y extends Dialect = MainDialect> {
  /**
   * Makes a service of entities.
   *
   * @example
   * const App = new Service({ user: User, session: Session }, { client, table: "app" });
   */
  new <E extends ServiceEntities>(entities: E, configuration?: ServiceConfiguration): Service<E, Y>;
}
