// Every public member says what it is, and what can be called shows how; that the examples compile is examples.mjs's business.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const sources = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "js", "src");

/** The files whose exports are what users see: the types, and the values of the entries. */
const files = [
  ...readdirSync(join(sources, "types")).map((name) => join("types", name)),
  ...["public.ts", "index.ts", "electrodb.ts"],
];

function isExported({ modifiers = [] }) {
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** The doc comment of a node: whether there is one, and whether it shows an example. */
function docOf(node) {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node).map(({ tagName }) => tagName.text);
  return { isThere: docs.length > 0, hasExample: tags.includes("example") };
}

/** The members of an interface, or of an object type, each by its name; forms of one method are one member. */
function membersOf(node) {
  const found = new Map();
  for (const member of node.members) {
    const name =
      member.name?.getText() ?? (ts.isConstructSignatureDeclaration(member) ? "new" : "");
    // What is named by a symbol is there for the compiler only.
    if (name.startsWith("[") || ts.isIndexSignatureDeclaration(member)) continue;
    const { isThere, hasExample } = docOf(member);
    const before = found.get(name) ?? { isThere: false, hasExample: false, isCalled: false };
    found.set(name, {
      isThere: before.isThere || isThere,
      hasExample: before.hasExample || hasExample,
      isCalled: before.isCalled || !ts.isPropertySignature(member) || isFunction(member.type),
    });
  }
  return found;
}

function isFunction(type) {
  return type !== undefined && ts.isFunctionTypeNode(type);
}

/** What DynamoDB has given a name; its documentation says what it is. */
const ofDynamoDB = /^[A-Z]/;

/** What others make, which is described here only as far as it is looked at. */
const foreign = ["DynamoClient", "Abort"];

/** The forms of a method: the method itself shows how it is called. */
const formsOfMethods = /Forms$/;

function missingOfMembers(node) {
  const name = node.name.text;
  const own = docOf(node);
  return [...membersOf(node)].flatMap(([member, { isThere, hasExample, isCalled }]) => {
    if (ofDynamoDB.test(member)) return [];
    // Of an interface that is one function, the interface itself may say it.
    const isSaid = isThere || (member === "" && own.isThere);
    const isShown = hasExample || (member === "" && own.hasExample);
    const needsExample = isCalled && !foreign.includes(name) && !formsOfMethods.test(name);
    return [
      ...(isSaid ? [] : [`${name}.${member} has no doc comment`]),
      ...(needsExample && !isShown ? [`${name}.${member} has no example`] : []),
    ];
  });
}

/** What is missing from the doc comments of one statement: a value has an example, a type says what it is. */
function missing(node) {
  if (ts.isVariableStatement(node)) {
    const [{ name }] = node.declarationList.declarations;
    const { isThere, hasExample } = docOf(node);
    return isThere && hasExample ? [] : [`${name.text} has no doc comment with an example`];
  }
  if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) return [];
  const own = docOf(node).isThere ? [] : [`${node.name.text} has no doc comment`];
  return ts.isInterfaceDeclaration(node) ? [...own, ...missingOfMembers(node)] : own;
}

/** How many public declarations there are, and what is missing from their doc comments. */
export function checkDocumented() {
  const found = files.map((file) => {
    const text = readFileSync(join(sources, file), "utf8");
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    return { file, declarations: parsed.statements.filter(isExported) };
  });
  return {
    count: found.reduce((sum, { declarations }) => sum + declarations.length, 0),
    problems: found.flatMap(({ file, declarations }) =>
      declarations.flatMap(missing).map((problem) => `${file}: ${problem}`),
    ),
  };
}
