// What one run of a user's program tells the page: plain data, types only. `read-report.ts` checks it, the views show it.

/** One part of a key's text and what it stands for; `text` is what the definition writes itself and what separates parts. */
export type PartKind =
  "service" | "collection" | "entity" | "version" | "scope" | "label" | "value" | "text";

/** One part of a key. */
export interface Part {
  kind: PartKind;
  text: string;
  /** The attribute whose label or value this is. */
  attribute?: string;
}

/** One half of an index's key: its parts, with an empty text where an attribute's value goes. */
export interface KeyReport {
  field: string;
  /** DynamoDB's type of the field. */
  type: "S" | "N";
  parts: Part[];
  casing: "none" | "lower" | "upper";
  /** Whether the attributes' own fields are the key, in which case there is no field. */
  isFields: boolean;
}

/** One access pattern. */
export interface IndexReport {
  name: string;
  /** DynamoDB's name of the index; absent for the table's own key. */
  index?: string;
  local: boolean;
  partition: KeyReport;
  sort?: KeyReport;
  collections: string[];
  kind: "isolated" | "clustered" | "composite";
  /** Whether a condition says which items are in it. */
  conditional: boolean;
  /** What the index holds of an item: everything, the keys, or these fields beside them. */
  projection: "all" | "keys_only" | string[];
}

/** One attribute. */
export interface AttributeReport {
  name: string;
  field: string;
  kind: string;
}

/** One entity that the program made. */
export interface EntityReport {
  entity: string;
  service: string;
  version: string;
  /** The fields that tell whose an item is. */
  identifiers: { entity: string; version: string };
  table?: string;
  line: number;
  attributes: AttributeReport[];
  indexes: IndexReport[];
}

/** A key's text within a request. */
export interface KeyText {
  /** Where it stands in the request. */
  path: string[];
  /** The stored name of the key field. */
  field: string;
  /** The number of the entity whose key it is. */
  entity: number;
  /** The access pattern that the field belongs to. */
  index: string;
  half: "partition" | "sort";
  parts: Part[];
  /** Whether other values would make the very same text. */
  isAmbiguous: boolean;
}

/** A value of DynamoDB as its JSON form writes it. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { L: AttributeValue[] }
  | { M: Record<string, AttributeValue> };

/** A stored item. */
export type Item = Record<string, AttributeValue>;

/** One request to DynamoDB. */
export interface RequestReport {
  /** The operation's name in DynamoDB, such as `PutItem`. */
  operation: string;
  /** The params as JSON text. */
  json: string;
  /** The params with values in DynamoDB's JSON. */
  dynamo: Record<string, unknown>;
  keys: KeyText[];
}

/** Something that was refused or thrown, at its line; 0 where there is none. */
export interface Problem {
  line: number;
  name: string;
  message: string;
  code?: number;
  kind?: string;
}

/** One call that the program made. */
export interface CallReport {
  line: number;
  /** What was called: the entity's operation, `collection`, `transaction` and the like. */
  method: string;
  /** The access pattern or the collection. */
  target?: string;
  /** The entity or the service that was called. */
  owner: string;
  via: "params" | "go";
  /** The number of the entity, where it is the call of one. */
  entity?: number;
  requests: RequestReport[];
  problem?: Problem;
}

/** Something that the program printed. */
export interface Print {
  line: number;
  text: string;
}

/** All of it. */
export interface Report {
  entities: EntityReport[];
  calls: CallReport[];
  /** What ended the program, and what it left unhandled. */
  problems: Problem[];
  prints: Print[];
}

/** A report of nothing. */
export const NOTHING: Report = { entities: [], calls: [], problems: [], prints: [] };
