// `make bench`: measures electroxide beside electrodb and dynamodb-toolbox and says of each gate PASS or BELOW; it never fails on a time.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { agree } from "./agree.mjs";
import { CASES } from "./cases.mjs";
import { measureLoading } from "./load.mjs";
import { measure } from "./measure.mjs";
import { TOOLBOX } from "./toolbox.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "25" },
    "round-ms": { type: "string", default: "40" },
    "load-runs": { type: "string", default: "15" },
    entry: { type: "string", default: "electroxide" },
    "without-toolbox": { type: "boolean", default: false },
    readme: { type: "boolean", default: false },
  },
});

/** Loading gates: at most 8 ms over a bare import, and at most half of electrodb's time to the first operations. */
const LOAD_LIMIT_MS = 8;
const FIRST_SHARE = 0.5;

const chosen = new Set(options.only.split(",").filter((name) => name !== ""));
const isChosen = (name) => chosen.size === 0 || chosen.has(name);
const known = new Set([...CASES.map(({ name }) => name), "load"]);
for (const name of chosen) {
  if (!known.has(name)) {
    throw new Error(`There is no case \`${name}\`; there are: ${[...known].join(", ")}.`);
  }
}

const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: "local", credentials: { accessKeyId: "a", secretAccessKey: "b" } }),
);
const ours = await import(options.entry);
const theirs = await import("electrodb");

const micros = (value) => (value === undefined ? "-" : `${value.toFixed(2)} us`);
const verdict = (passed) => (passed ? "PASS" : "BELOW");

async function runCase({ name, gate, prepare, resolves }) {
  const contestants = [
    { name: "ours", call: prepare({ Entity: ours.Entity, Service: ours.Service, client }) },
    {
      name: "electrodb",
      call: prepare({ Entity: theirs.Entity, Service: theirs.Service, client }),
    },
  ];
  const [left, right] = await Promise.all(contestants.map(({ call }) => call(1)));
  const same = name === "new-entity" || agree(left, right);
  // dynamodb-toolbox has no params of a whole transaction.
  if (!options["without-toolbox"] && TOOLBOX[name] !== undefined) {
    contestants.push({ name: "toolbox", call: TOOLBOX[name](client) });
  }
  const times = await measure(contestants, {
    rounds: Number(options.rounds),
    roundMs: Number(options["round-ms"]),
    resolves,
  });
  const factor = times.electrodb / times.ours;
  return {
    name,
    cells: [
      micros(times.ours),
      micros(times.electrodb),
      micros(times.toolbox),
      `${factor.toFixed(1)}x`,
      gate === null ? "-" : `${gate}x`,
      gate === null ? "-" : verdict(factor >= gate),
    ],
    note: same ? "" : "the answers differ from electrodb's",
  };
}

function runLoading() {
  const best = measureLoading(
    [
      { name: "empty", args: ["empty", "./empty.mjs"] },
      { name: "load", args: ["load", options.entry] },
      { name: "electrodbLoad", args: ["load", "electrodb"] },
      { name: "first", args: ["first", options.entry] },
      { name: "electrodbFirst", args: ["first", "electrodb"] },
    ],
    Number(options["load-runs"]),
  );
  const millis = (value) => `${value.toFixed(1)} ms`;
  const over = best.load - best.empty;
  const theirsOver = best.electrodbLoad - best.empty;
  const share = best.first / best.electrodbFirst;
  const factor = (mine, other) => `${(other / mine).toFixed(1)}x`;
  return [
    {
      name: "load + initialise",
      cells: [
        millis(over),
        millis(theirsOver),
        "-",
        factor(over, theirsOver),
        `${LOAD_LIMIT_MS} ms`,
        verdict(over <= LOAD_LIMIT_MS),
      ],
      note: "over a bare import, the SDK loaded before",
    },
    {
      name: "load + 2 entities + first operations",
      cells: [
        millis(best.first),
        millis(best.electrodbFirst),
        "-",
        factor(best.first, best.electrodbFirst),
        `${1 / FIRST_SHARE}x`,
        verdict(share <= FIRST_SHARE),
      ],
      note: "the SDK loaded before",
    },
  ];
}

const HEADER = ["", "electroxide", "electrodb 3.9.3", "dynamodb-toolbox", "factor", "gate", ""];

function printTable(rows) {
  const lines = [HEADER, ...rows.map(({ name, cells }) => [name, ...cells])];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  lines.forEach((line, at) => {
    const text = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
    );
    const note = at === 0 ? "" : rows[at - 1].note;
    console.log(`${text.join("  ")}${note === "" ? "" : `   (${note})`}`);
  });
}

function toolboxVersion() {
  const file = new URL("../../node_modules/dynamodb-toolbox/package.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}

function markdownTable(rows) {
  const header = `| call | electroxide | electrodb 3.9.3 | dynamodb-toolbox ${toolboxVersion()} | times faster than electrodb | asked |`;
  const body = rows.map(({ name, cells }) => {
    const [mine, electrodb, toolbox, factor, gate] = cells;
    return `| ${name} | ${mine} | ${electrodb} | ${toolbox} | ${factor} | ${gate} |`;
  });
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.versions.node}`;
  const date = new Date().toISOString().slice(0, 10);
  return [
    `Measured on ${date}: ${machine}. CPU time per call of \`.params()\` (\`parse\`: of a page of 100 items; \`collection-100\`: of a whole \`.go()\` whose client answers such a page of three entities at once), best of ${options.rounds} interleaved rounds.`,
    "",
    header,
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...body,
    "",
  ].join("\n");
}

/** Puts the table between the README's two marks, so that its figures are never typed by hand. */
async function writeReadme(rows) {
  const file = new URL("../../README.md", import.meta.url);
  const [before, , after] = readFileSync(file, "utf8").split(/<!-- \/?bench -->/);
  const text = `${before}<!-- bench -->\n\n${markdownTable(rows)}\n<!-- /bench -->${after}`;
  writeFileSync(file, await format(text, { parser: "markdown", printWidth: 100 }));
}

const rows = [];
for (const one of CASES) if (isChosen(one.name)) rows.push(await runCase(one));
if (isChosen("load")) rows.push(...runLoading());
printTable(rows);
if (options.readme) await writeReadme(rows);
