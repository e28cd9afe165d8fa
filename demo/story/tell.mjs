// Tells one step of the story: prints the call, its params and its result, and stops the story when the result is not the expected one.
import assert from "node:assert/strict";
import { inspect } from "node:util";

const colour = process.stdout.isTTY
  ? (code, text) => `\u001b[${code}m${text}\u001b[0m`
  : (_, text) => text;
const bold = (text) => colour(1, text);
const dim = (text) => colour(2, text);

let steps = 0;

export function chapter(title) {
  console.log(`\n${bold(`=== ${title} ===`)}`);
}

export function told() {
  return steps;
}

function indent(text, by) {
  return text
    .split("\n")
    .map((line) => `${" ".repeat(by)}${line}`)
    .join("\n");
}

function show(value) {
  return inspect(value, { depth: 6, breakLength: 100, maxArrayLength: 4, maxStringLength: 90 });
}

/** The chain as it stands in the story's file, without the arrow before it. */
function sourceOf(chain) {
  const lines = chain
    .toString()
    .replace(/^\s*\(\)\s*=>\s*/, "")
    .split("\n");
  const rest = lines.slice(1).filter((line) => line.trim() !== "");
  const depth = Math.min(...rest.map((line) => line.length - line.trimStart().length), Infinity);
  return [
    lines[0],
    ...lines.slice(1).map((line) => (depth < Infinity ? line.slice(depth) : line)),
  ].join("\n");
}

function printCall(title, chain, options) {
  steps += 1;
  console.log(`\n${bold(`${steps}. ${title}`)}`);
  console.log(indent(`${sourceOf(chain)}.go(${options === undefined ? "" : show(options)})`, 3));
}

function printParams(params) {
  console.log(dim(indent(`params  ${show(params)}`, 3)));
}

/** Ends the story with what was told last, so that the reader sees where it went wrong. */
async function checked(title, check) {
  try {
    await check();
  } catch (error) {
    throw new Error(`Step ${steps} (${title}) did not end as expected: ${error.message}`, {
      cause: error,
    });
  }
}

/** A call that goes well; `expect` looks at its result. */
export async function step(title, chain, { options, expect }) {
  printCall(title, chain, options);
  printParams(chain().params(options));
  const result = await chain().go(options);
  console.log(indent(`result  ${show(result)}`, 3));
  await checked(title, () => expect(result));
  return result;
}

/** A call that is refused with `code` and `kind`: before it is sent, or by the database when `sent` is true. */
export async function refused(title, chain, { options, code, kind, sent = false, expect }) {
  printCall(title, chain, options);
  if (sent) printParams(chain().params(options));
  let error;
  try {
    await chain().go(options);
  } catch (thrown) {
    error = thrown;
  }
  await checked(title, async () => {
    assert.ok(error, "the call went through");
    console.log(indent(`refused ${error.code} ${error.kind}: ${error.message}`, 3));
    assert.deepEqual({ code: error.code, kind: error.kind }, { code, kind });
    await expect?.(error);
  });
  return error;
}

/** Something beside the entities' calls, such as a command of the SDK; printed and checked the same way. */
export async function happen(title, run, expect) {
  steps += 1;
  console.log(`\n${bold(`${steps}. ${title}`)}`);
  const result = await run();
  console.log(indent(`result  ${show(result)}`, 3));
  await checked(title, () => expect(result));
  return result;
}
