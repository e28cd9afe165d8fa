// What the tests of services share: members of a service in both libraries and entries. No test stands here.
import * as oracleLibrary from "electrodb";
import * as mainLibrary from "electroxide";
import * as dropInLibrary from "electroxide/electrodb";
import type { Loose } from "./runtime/libraries";

export type Services = {
  Entity: new (model: Loose, configuration?: Loose) => Loose;
  Service: new (entities: Loose, configuration?: Loose) => Loose;
};

export const oracle = oracleLibrary as unknown as Services;
export const main = mainLibrary as unknown as Services;
export const dropIn = dropInLibrary as unknown as Services;

export const entries: [string, Services][] = [
  ["electroxide", main],
  ["electroxide/electrodb", dropIn],
];

/** The parts of a member's definition that the tests vary. */
export interface Parts {
  service?: string;
  version?: string;
  attributes?: Loose;
  index?: Loose;
  more?: Loose;
}

/** A model with an index in the collection `team`; its own attribute is named after the entity. */
export function modelOf(entity: string, parts: Parts = {}): Loose {
  return {
    model: { entity, service: parts.service ?? "app", version: parts.version ?? "1" },
    attributes: {
      id: { type: "string", required: true },
      org: { type: "string", required: true },
      name: { type: "string" },
      rank: { type: "number" },
      secret: { type: "string", hidden: true },
      [`${entity}Only`]: { type: "number" },
      ...parts.attributes,
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byOrg: {
        index: "gsi1",
        collection: "team",
        pk: { field: "gsi1pk", composite: ["org"] },
        sk: { field: "gsi1sk", composite: ["name"] },
        ...parts.index,
      },
      ...parts.more,
    },
  };
}

/** A stored item of such an entity. */
export function storedOf(entity: string, id: string, more: Loose = {}): Loose {
  return {
    pk: `$app#id_${id}`,
    sk: `$${entity}_1`,
    gsi1pk: "$app#org_o",
    gsi1sk: `$team#${entity}_1#name_n${id}`,
    __edb_e__: entity,
    __edb_v__: "1",
    id,
    org: "o",
    name: `n${id}`,
    secret: "s",
    ...more,
  };
}

/** The key of a stored item, as a page ends at it. */
export function keyOf({ pk, sk, gsi1pk, gsi1sk }: Loose): Loose {
  return { pk, sk, gsi1pk, gsi1sk };
}

/** The text of a cursor. */
export function cursorOf(key: Loose): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}
