// The `Service` type and its constructor; what its collections return is in collection.ts.
import type { DynamoClient } from "./config.js";
import type { AnyEntity } from "./entity.js";
import type { ElectroEventListener } from "./event.js";

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

/**
 * Several entities of one table. `E` are the entities by the names that the service has for them.
 *
 * @example
 * const App = new Service({ user: User, session: Session });
 */
export interface Service<in out E extends ServiceEntities> {
  /**
   * The entities.
   *
   * @example
   * await App.entities.user.get({ userId: "u1" }).go();
   */
  readonly entities: E;
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
export type AnyService = Service<any>;

/** What `Service` is as a value. The type parameter is inferred from the entities. */
export interface ServiceConstructor {
  /**
   * Makes a service of entities.
   *
   * @example
   * const App = new Service({ user: User, session: Session }, { client, table: "app" });
   */
  new <E extends ServiceEntities>(entities: E, configuration?: ServiceConfiguration): Service<E>;
}
