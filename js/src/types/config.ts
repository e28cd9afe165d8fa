// The second argument of `new Entity`, and the least that a DynamoDB client must have.
import type { ElectroEventListener } from "./event.js";

/**
 * A `DynamoDBClient` or `DynamoDBDocumentClient` of AWS SDK v3, or anything else with its `send`. It is described by
 * its shape so that these types need no import of the SDK.
 */
export interface DynamoClient {
  /** Sends a command of the SDK. */
  readonly send: (...parameters: never) => unknown;
}

/** The two fields that tell the items of one entity from others in the table. */
export interface IdentifierFields {
  /** The field with the name of the entity; `"__edb_e__"` when omitted. */
  readonly entity?: string | undefined;
  /** The field with the version of the model; `"__edb_v__"` when omitted. */
  readonly version?: string | undefined;
}

/**
 * Where an entity lives and who listens to it.
 *
 * @example
 * new Entity(model, { client: new DynamoDBClient({}), table: "app" });
 */
export interface EntityConfiguration {
  /** The client that sends requests; without one only `params()` works. */
  readonly client?: DynamoClient | undefined;
  /** The name of the table. */
  readonly table?: string | undefined;
  /** The names of the identifier fields of stored items. */
  readonly identifiers?: IdentifierFields | undefined;
  /** Whether reads give items without this entity's identifiers, when a call says nothing of it. */
  readonly ignoreOwnership?: boolean | undefined;
  /** Called with every event; the same as one listener. */
  readonly logger?: ElectroEventListener | undefined;
  /** Called with every event. */
  readonly listeners?: readonly ElectroEventListener[] | undefined;
}
