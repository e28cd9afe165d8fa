// The three texts of a request that can be copied: plain JSON, DynamoDB's JSON, and a command of the AWS CLI.

import type { RequestReport } from "../shared/report.js";

/** A way to write a request. */
export type Format = "json" | "dynamo" | "cli";

/** The ways by their names. */
export const FORMATS: readonly { format: Format; name: string }[] = [
  { format: "json", name: "JSON" },
  { format: "dynamo", name: "DynamoDB JSON" },
  { format: "cli", name: "AWS CLI" },
];

/** `PutItem` as the CLI says it. */
function commandName(operation: string): string {
  return operation.replace(/(?!^)([A-Z])/g, "-$1").toLowerCase();
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A request in one of the ways. */
export function textOf({ operation, json, dynamo }: RequestReport, format: Format): string {
  if (format === "json") return json;
  const text = JSON.stringify(dynamo, undefined, 2);
  if (format === "dynamo") return text;
  return `aws dynamodb ${commandName(operation)} --cli-input-json ${quoted(text)}`;
}
