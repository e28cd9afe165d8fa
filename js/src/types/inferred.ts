// The types that are read off an entity by name, as ElectroDB exports them.
import type {
  Addable,
  Appendable,
  ChangeAttributes,
  Deletable,
  RemovableName,
  SetAttributes,
  Subtractable,
} from "./change.js";
import type { AnyEntity } from "./entity.js";
import type { FullItem, Key, NewItem } from "./item.js";
import type { KeyNameOf } from "./result.js";

/** The attributes of the model of `E`, and the names of those in the primary key. */
type AttributesOf<E extends AnyEntity> = E["schema"]["attributes"];
type KeyNames<E extends AnyEntity> = KeyNameOf<E["schema"]>;

/**
 * An item as reads give it.
 *
 * @example
 * type User = EntityItem<typeof UserEntity>;
 */
export type EntityItem<E extends AnyEntity> = E["model"]["schema"];

/**
 * Every attribute of an item, none of them optional.
 *
 * @example
 * type UserRecord = EntityRecord<typeof UserEntity>;
 */
export type EntityRecord<E extends AnyEntity> = FullItem<AttributesOf<E>>;

/**
 * The primary key of an item.
 *
 * @example
 * type UserKey = EntityIdentifiers<typeof UserEntity>;
 */
export type EntityIdentifiers<E extends AnyEntity> = Key<AttributesOf<E>, KeyNames<E>>;

/**
 * What create and put take.
 *
 * @example
 * type NewUser = CreateEntityItem<typeof UserEntity>;
 */
export type CreateEntityItem<E extends AnyEntity> = NewItem<AttributesOf<E>, KeyNames<E>>;

/**
 * What create and put take; the same as `CreateEntityItem`.
 *
 * @example
 * type NewUser = PutEntityItem<typeof UserEntity>;
 */
export type PutEntityItem<E extends AnyEntity> = CreateEntityItem<E>;

/**
 * What upsert takes when all attributes come at once.
 *
 * @example
 * type UpsertUser = UpsertEntityItem<typeof UserEntity>;
 */
export type UpsertEntityItem<E extends AnyEntity> = CreateEntityItem<E>;

/**
 * What `set` takes.
 *
 * @example
 * type UserChange = UpdateEntityItem<typeof UserEntity>;
 */
export type UpdateEntityItem<E extends AnyEntity> = SetAttributes<AttributesOf<E>, KeyNames<E>>;

/**
 * What `add` takes.
 *
 * @example
 * type UserAdd = UpdateAddEntityItem<typeof UserEntity>;
 */
export type UpdateAddEntityItem<E extends AnyEntity> = ChangeAttributes<
  AttributesOf<E>,
  KeyNames<E>,
  Addable
>;

/**
 * What `subtract` takes.
 *
 * @example
 * type UserSubtract = UpdateSubtractEntityItem<typeof UserEntity>;
 */
export type UpdateSubtractEntityItem<E extends AnyEntity> = ChangeAttributes<
  AttributesOf<E>,
  KeyNames<E>,
  Subtractable
>;

/**
 * What `append` takes.
 *
 * @example
 * type UserAppend = UpdateAppendEntityItem<typeof UserEntity>;
 */
export type UpdateAppendEntityItem<E extends AnyEntity> = ChangeAttributes<
  AttributesOf<E>,
  KeyNames<E>,
  Appendable
>;

/**
 * What `delete` of an update takes.
 *
 * @example
 * type UserDelete = UpdateDeleteEntityItem<typeof UserEntity>;
 */
export type UpdateDeleteEntityItem<E extends AnyEntity> = ChangeAttributes<
  AttributesOf<E>,
  KeyNames<E>,
  Deletable
>;

/**
 * What `remove` of an update takes.
 *
 * @example
 * type UserRemove = UpdateRemoveEntityItem<typeof UserEntity>;
 */
export type UpdateRemoveEntityItem<E extends AnyEntity> = RemovableName<
  AttributesOf<E>,
  KeyNames<E>
>[];

/**
 * What a query resolves with.
 *
 * @example
 * type Users = QueryResponse<typeof UserEntity>;
 */
export type QueryResponse<E extends AnyEntity> = {
  data: EntityItem<E>[];
  cursor: string | null;
};

/**
 * The items of a batch get.
 *
 * @example
 * type Users = BatchGetEntityItem<typeof UserEntity>;
 */
export type BatchGetEntityItem<E extends AnyEntity> = EntityItem<E>[];

/**
 * What a batch put takes.
 *
 * @example
 * type NewUsers = BatchWriteEntityItem<typeof UserEntity>;
 */
export type BatchWriteEntityItem<E extends AnyEntity> = CreateEntityItem<E>[];

/**
 * What a batch get of found items resolves with.
 *
 * @example
 * type Users = BatchGetResponse<typeof UserEntity>;
 */
export type BatchGetResponse<E extends AnyEntity> = {
  data: EntityItem<E>[];
  unprocessed: EntityIdentifiers<E>[];
};

/**
 * What a batch delete resolves with.
 *
 * @example
 * type Undone = BatchWriteResponse<typeof UserEntity>;
 */
export type BatchWriteResponse<E extends AnyEntity> = { unprocessed: EntityIdentifiers<E>[] };

/**
 * What create and put resolve with.
 *
 * @example
 * type Created = CreateEntityResponse<typeof UserEntity>;
 */
export type CreateEntityResponse<E extends AnyEntity> = { data: EntityItem<E> };

/**
 * What an update gives back: the key of the item.
 *
 * @example
 * type Updated = UpdateEntityResponseItem<typeof UserEntity>;
 */
export type UpdateEntityResponseItem<E extends AnyEntity> = EntityIdentifiers<E>;

/**
 * What an update resolves with.
 *
 * @example
 * type Updated = UpdateEntityResponse<typeof UserEntity>;
 */
export type UpdateEntityResponse<E extends AnyEntity> = { data: UpdateEntityResponseItem<E> };
