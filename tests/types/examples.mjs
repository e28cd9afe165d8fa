// Compiles the examples of the doc comments, each in a function of its own, against the models of examples/given.ts.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { problemsOf, programOf } from "./virtual.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, "..", "..", "js", "src");

const imports = `
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as given from "./given.js";
import {
  ComparisonTypes, CustomAttributeType, ElectroError, ElectroValidationError, Entity, EntityIdentifierFields,
  EntityIdentifiers, Service, createConversions, createCustomAttribute, createGetTransaction, createSchema,
  createWriteTransaction, tableDefinition,
  type Attributes, type CollectionItem, type CollectionResponse, type CreateEntityItem, type ElectroEventListener, type EntityItem, type EntityRecord, type Index, type TransactionItem,
  type BatchGetEntityItem, type BatchGetResponse, type BatchWriteEntityItem, type BatchWriteResponse,
  type CreateEntityResponse, type UpdateEntityResponse, type UpdateEntityResponseItem,
  type PutEntityItem, type QueryResponse, type UpdateAddEntityItem, type UpdateAppendEntityItem,
  type UpdateDeleteEntityItem, type UpdateEntityItem, type UpdateRemoveEntityItem, type UpdateSubtractEntityItem,
  type UpsertEntityItem,
} from "electroxide";
const { App, Session, Token, UserEntity, cursor, model, client, user, error, record, unmarshall } = given;
`;

/** The examples of one file, in order, as text. */
function examplesOf(text) {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) => {
    const lines = comment
      .replace(/\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ""));
    const [, ...blocks] = lines.join("\n").split(/^@example$/m);
    return blocks;
  });
}

/** An example may define what others take for granted; the names do not meet, because it stands in a block. */
function functionOf(block, number) {
  return `export async function example${number}() {\n  const { User } = given;\n  {\n${block}\n  }\n  void User;\n}`;
}

/** The number of examples in the doc comments, and what is wrong with them. */
export function checkExamples() {
  const folder = join(sources, "types");
  const files = [
    ...readdirSync(folder).map((name) => join(folder, name)),
    join(sources, "index.ts"),
    join(sources, "electrodb.ts"),
  ];
  const examples = files.flatMap((file) => examplesOf(readFileSync(file, "utf8")));
  const path = join(here, "examples", "all.ts");
  const text = `${imports}\n${examples.map(functionOf).join("\n")}\n`;
  const problems = problemsOf(programOf(new Map([[path, text]])));
  return { count: examples.length, problems };
}
