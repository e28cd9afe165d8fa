// What a person reads of the types: hovers, error messages and completions, as the language service gives them to an editor.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { completions } from "./readable/completions.mjs";
import { errors } from "./readable/errors.mjs";
import { hovers } from "./readable/hovers.mjs";
import { usual } from "./virtual.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const path = join(here, "examples", "readable.ts");

const prelude = `
import { Entity, Service, type CollectionItem, type CreateEntityItem, type EntityIdentifiers, type EntityItem, type QueryResponse,
  type UpdateEntityItem } from "electroxide";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { App, Session, User, cursor } from "./given.js";
const Old = new DropInEntity(User.schema);
const Plot = new Entity({
  model: { entity: "plot", service: "app", version: "1" },
  attributes: { plotId: { type: "string" }, state: { type: "string" }, size: { type: "number" } },
  indexes: {
    primary: { pk: { field: "pk", composite: ["plotId"] } },
    byState: { index: "gsi1", projection: ["state"], pk: { field: "gsi1pk", composite: ["state"] }, sk: { field: "gsi1sk", composite: [] } },
  },
});
void [App, Session, cursor, Plot, Old, Service];
`;

/** A language service over one text, which stands beside the models of the examples. */
function serviceOf(text) {
  const { fileExists, readFile, readDirectory, directoryExists, getDirectories } = ts.sys;
  return ts.createLanguageService({
    getScriptFileNames: () => [path],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const content = name === path ? text : readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => here,
    getCompilationSettings: () => usual,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => name === path || fileExists(name),
    readFile,
    readDirectory,
    directoryExists,
    getDirectories,
  });
}

/** A service over the codes of these cases, each in a function of its own, with the place of the mark `§` of each. */
function programOf(cases) {
  let text = prelude;
  const places = cases.map(([code], number) => {
    text += `export async function case${number}() {\n`;
    const start = text.length;
    text += `${code.replace("§", "")}\n}\n`;
    return { start, end: text.length, mark: start + code.indexOf("§") };
  });
  return { service: serviceOf(text), places };
}

/** A text without line breaks and indentation, as short as it can be read. */
function plain(text) {
  return text.replace(/\s+/g, " ");
}

function judge([code, said, most], text) {
  const problems = [];
  if (!text.includes(said)) problems.push(`does not say «${said}»`);
  if (text.length > most) problems.push(`is ${text.length} characters long, not ${most}`);
  return problems.map((problem) => `${code}\n  ${problem}: ${text}`);
}

function checkHovers() {
  const { service, places } = programOf(hovers);
  const wrong = service
    .getSemanticDiagnostics(path)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  const read = hovers.flatMap((hover, number) => {
    const info = service.getQuickInfoAtPosition(path, places[number].mark);
    return judge(hover, plain(ts.displayPartsToString(info?.displayParts)));
  });
  return [...wrong, ...read];
}

function checkErrors() {
  const { service, places } = programOf(errors);
  const found = service.getSemanticDiagnostics(path);
  return errors.flatMap((error, number) => {
    const { start, end, mark } = places[number];
    const [first] = found.filter((one) => one.start >= start && one.start < end);
    if (first === undefined) return [`${error[0]}\n  is no error`];
    const text = plain(ts.flattenDiagnosticMessageText(first.messageText, "\n"));
    const place = first.start === mark ? [] : [`${error[0]}\n  is told elsewhere: ${text}`];
    return [...place, ...judge(error, text)];
  });
}

function checkCompletions() {
  const { service, places } = programOf(completions);
  return completions.flatMap(([code, ...names], number) => {
    const { entries = [] } = service.getCompletionsAtPosition(path, places[number].mark, {}) ?? {};
    const offered = entries
      .filter(({ kind }) => kind === "property" || kind === "method" || kind === "string")
      .map(({ name }) => name);
    const missing = names.filter((name) => !offered.includes(name));
    return missing.map((name) => `${code}\n  does not offer ${name}: ${offered.join(" ")}`);
  });
}

/** How many texts were looked at, and which of them do not read as they should. */
export function checkReadable() {
  return {
    count: hovers.length + errors.length + completions.length,
    problems: [...checkHovers(), ...checkErrors(), ...checkCompletions()],
  };
}
