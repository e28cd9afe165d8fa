// What both entries export beside their Entity: the values, by their public types, and the types themselves.

import {
  createCustomAttribute as customAttribute,
  customAttributeType,
} from "./entity/attribute.js";
import { coreOf } from "./entity/entity.js";
import * as errors from "./error.js";
import { late, provideLate } from "./late/late.js";
import { readLate } from "./late/late-source.js";
import type {
  CreateCustomAttributeFunction,
  CustomAttributeTypeFunction,
} from "./types/attribute.js";
import type { CreateConversionsFunction } from "./types/conversion.js";
import type { AnyEntity } from "./types/entity.js";
import type { EntityIdentifiers as IdentifiersOf } from "./types/inferred.js";
import type {
  ElectroError as ElectroErrorType,
  ElectroValidationError as ElectroValidationErrorType,
  ErrorClass,
} from "./types/error.js";
import type { TableDefinition } from "./types/table.js";
import type { CreateGetTransaction, CreateWriteTransaction } from "./types/transaction.js";

provideLate(readLate);

/**
 * The table that these entities imply.
 *
 * @example
 * await client.send(new CreateTableCommand(tableDefinition([User])));
 */
export const tableDefinition = ((entities: never, options: never) =>
  late().tableDefinition(entities, options)) as unknown as TableDefinition;

/**
 * The `type` of an attribute whose TypeScript type is given as a type parameter.
 *
 * @example
 * const attributes = { userId: { type: CustomAttributeType<`user_${string}`>("string") } };
 */
export const CustomAttributeType = customAttributeType as unknown as CustomAttributeTypeFunction;

/**
 * An attribute whose TypeScript type is given as a type parameter.
 *
 * @example
 * const attributes = { place: createCustomAttribute<{ lat: number; lon: number }>() };
 */
export const createCustomAttribute = customAttribute as unknown as CreateCustomAttributeFunction;

/**
 * The conversions of an entity between composite attributes, keys and cursors; the same as `entity.conversions`.
 *
 * @example
 * const keys = createConversions(User).fromComposite.toKeys({ userId: "u1" });
 */
export const createConversions = ((entity: object) =>
  late().conversionsOf(coreOf(entity))) as unknown as CreateConversionsFunction;

/**
 * The usual names of the two fields that tell the items of one entity from others in the table.
 *
 * @example
 * const field = EntityIdentifiers.entity; // "__edb_e__"
 */
export const EntityIdentifiers = { entity: "__edb_e__", version: "__edb_v__" } as const;
/**
 * The primary key of an item.
 *
 * @example
 * type UserKey = EntityIdentifiers<typeof UserEntity>;
 */
export type EntityIdentifiers<E extends AnyEntity> = IdentifiersOf<E>;

/**
 * The names of the identifier fields in a list.
 *
 * @example
 * const isIdentifier = EntityIdentifierFields.some((field) => field === "__edb_e__");
 */
export const EntityIdentifierFields = [
  EntityIdentifiers.entity,
  EntityIdentifiers.version,
] as const;

/**
 * What `compare` of a query takes.
 *
 * @example
 * const compare = ComparisonTypes.attributes;
 */
export const ComparisonTypes = { keys: "keys", attributes: "attributes", v2: "v2" } as const;

/**
 * A transaction of writes over entities that need no service.
 *
 * @example
 * await createWriteTransaction({ user: UserEntity }, ({ user }) => [user.remove({ userId: "u1" })]).go();
 */
export const createWriteTransaction = ((entities: unknown, source: unknown) =>
  late().createTransaction("write", entities, source)) as unknown as CreateWriteTransaction;

/**
 * A transaction of gets over entities that need no service.
 *
 * @example
 * await createGetTransaction({ user: UserEntity }, ({ user }) => [user.get({ userId: "u1" })]).go();
 */
export const createGetTransaction = ((entities: unknown, source: unknown) =>
  late().createTransaction("get", entities, source)) as unknown as CreateGetTransaction;

/**
 * Everything that this library throws or rejects with.
 *
 * @example
 * if (error instanceof ElectroError && error.code === 5003) console.log("there is one already");
 */
export const ElectroError = errors.ElectroError as unknown as ErrorClass<ElectroErrorType>;
/** An error of this library. */
export type ElectroError = ElectroErrorType;

/**
 * An error of one or several attributes, which are in `fields`.
 *
 * @example
 * if (error instanceof ElectroValidationError) console.log(error.fields.map(({ field }) => field));
 */
export const ElectroValidationError =
  errors.ElectroValidationError as unknown as ErrorClass<ElectroValidationErrorType>;
/** An error of attributes. */
export type ElectroValidationError<T extends Error = Error> = ElectroValidationErrorType<T>;

export type {
  EntityItem,
  EntityRecord,
  CreateEntityItem,
  PutEntityItem,
  UpsertEntityItem,
  UpdateEntityItem,
  UpdateAddEntityItem,
  UpdateSubtractEntityItem,
  UpdateAppendEntityItem,
  UpdateDeleteEntityItem,
  UpdateRemoveEntityItem,
  QueryResponse,
  BatchGetEntityItem,
  BatchGetResponse,
  BatchWriteEntityItem,
  BatchWriteResponse,
  CreateEntityResponse,
  UpdateEntityResponse,
  UpdateEntityResponseItem,
} from "./types/inferred.js";
export type {
  Attribute,
  Attributes,
  CustomAttributeProperties,
  CustomAttributeTypeName,
} from "./types/attribute.js";
export type { Model, Schema, Index, Indexes, Projection } from "./types/definition.js";
// ElectroDB's names.
export type { KeyCasing as KeyCasingOption, KeyCast as KeyCastOption } from "./types/definition.js";
export type { DynamoClient as DocumentClient } from "./types/config.js";
export type { EntityConfiguration, DynamoClient } from "./types/config.js";
export type {
  ElectroEvent,
  ElectroEventListener,
  ElectroEventType,
  ElectroQueryEvent,
  ElectroResultsEvent,
} from "./types/event.js";
export type {
  ElectroValidationErrorFieldReference,
  ElectroErrorReference,
  ErrorClass,
} from "./types/error.js";
export type {
  Conversions,
  ConversionsOf,
  ConversionOptions,
  ConvertedKeys,
} from "./types/conversion.js";
export type { Condition, Conditions } from "./types/condition.js";
export type { CreateTable, ExpiringTable, UpdateTimeToLive } from "./types/table.js";
export type {
  GetParams,
  PutParams,
  UpdateParams,
  DeleteParams,
  QueryParams,
  ScanParams,
  BatchGetParams,
  BatchGetPart,
  BatchWrite,
  BatchWriteParams,
  TransactGetParams,
  TransactWriteParams,
  StoredItem,
} from "./types/params.js";
export type { RawGet, RawPage, RawWrite } from "./types/result.js";
export type {
  AnyPath,
  CustomPath,
  Holding,
  Path,
  Paths,
  Placeholder,
  Reference,
} from "./types/path.js";
export type { CheckOperation, Committable, Committed } from "./types/commit.js";
export type {
  CreateGetTransaction,
  CreateWriteTransaction,
  GetTransaction,
  RawTransaction,
  TransactionItem,
  TransactionItemCode,
  TransactionResult,
  Transactions,
  WriteTransaction,
} from "./types/transaction.js";
export type { WhereCallback, WhereOperators } from "./types/where.js";
export type { DataAttributes, DataCallback, DataOperators } from "./types/data.js";
export type { Found, GetOperation, QueryOperation, Scan, ScanOperation } from "./types/read.js";
export type {
  FoundOperation,
  PartialQueryOperation,
  PartialScanOperation,
  PartialSortOperation,
} from "./types/projection.js";
export type {
  PartialCollectionOperation,
  PartialCollectionSortOperation,
} from "./types/partial-collection.js";
export type {
  NoComposites,
  Queries,
  SortComposites,
  SortOperation,
  SortOperators,
} from "./types/query.js";
export type {
  DeleteOperation,
  PlainDeleteOperation,
  PlainPutOperation,
  PutOperation,
} from "./types/write.js";
export type {
  ServiceBatches,
  ServiceBatchGet,
  ServiceBatchGetResult,
  ServiceBatchWrite,
  UndoneByEntity,
  UndoneWrites,
} from "./types/service-batch.js";
export type {
  BatchEntries,
  BatchGetOperation,
  BatchGetResult,
  Batchable,
  BatchWriteOperation,
  RawItem,
  UnprocessedForm,
} from "./types/batch.js";
export type {
  PatchOperation,
  UpdateOperation,
  UpdateStart,
  UpsertOperation,
  UpsertStart,
} from "./types/update.js";
// Declaration files that TypeScript writes for code over any model name these.
export type { HiddenAttribute, RequiredAttribute } from "./types/item.js";
export type { AnyModel, KeyNameOf } from "./types/result.js";
export type { ValueOf } from "./types/value.js";
// A declaration file that TypeScript writes for a user's entity needs a name for this very interface.
export type { Entity as EntityInstance } from "./types/entity.js";
export type {
  DropInEntityConstructor,
  DropInError,
  DropInValidationError,
} from "./types/drop-in.js";
export type {
  DeleteForms,
  DeleteMethod,
  DropInDeleteForms,
  DropInGetForms,
  DropInPutForms,
  DropInUpsertForm,
  GetForms,
  GetMethod,
  PutForms,
  PutMethod,
  UpsertForm,
  UpsertMethod,
} from "./types/methods.js";
export type { Dialect, DropInDialect, MainDialect } from "./types/dialect.js";
export type { AnyEntity, EntityConstructor, EntityModel } from "./types/entity.js";
export type { Service as ServiceInstance } from "./types/service.js";
export type {
  AnyService,
  ServiceConfiguration,
  ServiceConstructor,
  ServiceEntities,
  ServiceName,
} from "./types/service.js";
export type {
  CollectionItem,
  CollectionName,
  CollectionOperation,
  CollectionResponse,
  CollectionSortOperation,
  Collections,
} from "./types/collection.js";
