// What a transaction or batch of several entities is about: the entities by name, their client and their tables. It builds no request.

import { tableOf } from "../chain/build.js";
import { recogniseClient, type Client } from "../send/client.js";
import type { EntityCore } from "../entity/entity-core.js";
import { hookFailed, refuse } from "../error.js";
import { readListeners, type Listener } from "../send/listeners.js";
import type { GoOptions } from "../send/options.js";
import { refuser } from "./refuser.js";
import type { Member } from "./service-core.js";
import { define, isRecord, type Members } from "../tags.js";

/** The entities that a transaction or batch may be about, and what they are sent with. */
export interface Scope {
  readonly dropIn: boolean;
  /** The name of the service, where there is one. */
  readonly name?: string | undefined;
  readonly members: ReadonlyMap<string, Member>;
  readonly client: Client | undefined;
  readonly table: string | undefined;
  /** What error messages say of a name that is none of these. */
  suggestion(name: string, names: readonly string[]): string;
}

/** An object whose members are made later. In the main entry, a name that is none is refused instead of being `undefined`. */
export function refusing<T>(
  scope: Scope,
  what: string,
  names: () => readonly string[],
): Record<string, T> {
  if (scope.dropIn) return {};
  const prototype = refuser((name) => {
    throw unknownName(scope, what, name, names());
  });
  return Object.create(prototype) as Record<string, T>;
}

function unknownName(scope: Scope, what: string, name: string, names: readonly string[]): Error {
  const owner = scope.name === undefined ? "There is" : `The service \`${scope.name}\` has`;
  const message = `${owner} no ${what} \`${name}\`${scope.suggestion(name, names)}`;
  return refuse(scope.dropIn, "InvalidOptions", message);
}

/** What a callback over the entities answers. */
export function answerOf(
  scope: Scope,
  what: string,
  callback: (entities: object) => unknown,
): unknown {
  const names = () => [...scope.members.keys()];
  const entities = refusing(scope, "entity", names);
  for (const { name, entity } of scope.members.values()) define(entities, name, entity);
  try {
    return callback(entities);
  } catch (error) {
    throw hookFailed(scope.dropIn, `The callback of the ${what}`, error);
  }
}

/** The member and the value of `{ user: value }`. */
export function named(scope: Scope, entry: unknown, position: number): [Member, unknown] {
  const names = isRecord(entry) ? Object.keys(entry) : [];
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const message = `At position ${position}: a key is given as \`{ entity: key }\`, with the name of one entity`;
    throw refuse(scope.dropIn, "InvalidOptions", message);
  }
  const member = scope.members.get(name);
  if (member === undefined) throw unknownName(scope, "entity", name, [...scope.members.keys()]);
  try {
    return [member, (entry as Members)[name]];
  } catch (cause) {
    throw hookFailed(scope.dropIn, `A getter of \`${name}\``, cause);
  }
}

/** Whether somebody has forgotten to wait for this. */
export function isPromise(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && typeof (value as Members)["then"] === "function"
  );
}

/** The client: the call's own, the service's, or that of the first entity that has one. */
export function clientFor(
  { dropIn, client, members }: Scope,
  entities: readonly EntityCore[],
  given: unknown,
): Client | undefined {
  if (given !== undefined) return recogniseClient(given, dropIn);
  if (client !== undefined) return client;
  for (const { core } of members.values()) {
    if (core.runtime.client !== undefined) return core.runtime.client;
  }
  return entities.find(({ runtime }) => runtime.client !== undefined)?.runtime.client;
}

/**
 * The table of an entity: the given one, else the entity's, else the service's.
 * @throws Where there is none.
 */
export function tableFor(entity: EntityCore, { table }: Scope, given: unknown): string {
  const known = given === undefined ? (entity.runtime.table ?? table) : given;
  return tableOf(entity, { table: known });
}

/**
 * Who is told: listeners of the entities, to which those of a service belong, and of this call. ElectroDB asks the first
 * entity of the service only.
 */
export function listenersOf(
  scope: Scope,
  entities: readonly EntityCore[],
  options: GoOptions,
): readonly Listener[] {
  const [first] = scope.members.values();
  const asked = scope.dropIn && first !== undefined ? [first.core] : entities;
  const ofEntities = asked.flatMap(({ runtime }) => runtime.listeners);
  return [...new Set(ofEntities), ...readListeners(options, scope.dropIn, true)];
}
