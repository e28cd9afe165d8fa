#!/usr/bin/env node
// The command electroxide-preview: serves the page on loopback and opens it in the browser, with a file of models if one is named.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { serve } from "./server.mjs";

const USAGE = `electroxide-preview [models.js] [--port <number>] [--no-open]

Opens a page that shows the keys and params of electroxide models. The file imports only
electroxide; it is opened as text and run in the browser's sandbox. Nothing is sent anywhere.`;

/** A larger file is no file of models. */
const LARGEST = 1_000_000;

function fail(message) {
  console.error(`electroxide-preview: ${message}`);
  process.exit(1);
}

function readWords() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: "string" },
        "no-open": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    return fail(`${error.message}\n\n${USAGE}`);
  }
}

function readModels(file) {
  try {
    const source = readFileSync(file, "utf8");
    if (source.length <= LARGEST) return { name: basename(file), source };
  } catch (error) {
    return fail(error.message);
  }
  return fail(`${file} is larger than a megabyte`);
}

/** The browser is a convenience: the address is printed, and who has none opens it elsewhere. */
function openBrowser(url) {
  const programs = { darwin: ["open", url], win32: ["explorer", url] };
  const [program, ...words] = programs[process.platform] ?? ["xdg-open", url];
  spawn(program, words, { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

const { values, positionals } = readWords();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
if (positionals.length > 1) fail("it opens one file at a time");
const port = Number(values.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail("--port takes a number up to 65535");

const opened = positionals.length === 0 ? undefined : readModels(positionals[0]);
const { url } = await serve({ port, opened }).catch((error) => fail(error.message));
console.log(`electroxide-preview: ${url} (Ctrl+C ends it)`);
if (!values["no-open"]) openBrowser(url);
