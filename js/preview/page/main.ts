// The page: puts the editor, the sandbox and the views together. The program's text goes into the sandbox, and only a report comes out.

import examples from "virtual:examples";
import type { Problem, Report } from "../shared/report.js";
import { drawCalls, problemNode, type Actions } from "./calls-view.js";
import { byId, count, h } from "./dom.js";
import { Editor } from "./editor.js";
import { liesOf, writtenRows } from "./items.js";
import { drawPatterns } from "./patterns-view.js";
import { Sandbox, type Outcome } from "./sandbox.js";
import { fragmentOf, programOf } from "./share.js";
import { drawTable } from "./table-view.js";
import { makeTabs } from "./tabs.js";
import { hideTip, watchTip } from "./tip.js";

/** How long the page waits after an edit. */
const PAUSE = 250;

/** What is said to a screen reader, too. */
function say(text: string): void {
  byId("status").textContent = text;
}

let timer = 0;
let fileName = "models.ts";
let editor: Editor;

const actions: Actions = {
  goTo: (line) => editor.goTo(line),
  copy(text, what) {
    navigator.clipboard.writeText(text).then(
      () => say(`Copied: ${what}`),
      () => say("The browser does not allow this page to copy"),
    );
  },
};

const sandbox = new Sandbox(byId<HTMLIFrameElement>("sandbox"), show);

function show(outcome: Outcome): void {
  // Edits that are not run yet have results to come.
  if (timer === 0) document.body.dataset["state"] = "done";
  performance.mark("first-results");
  hideTip();
  if ("message" in outcome) {
    const problem: Problem = { line: 0, name: "Stopped", message: outcome.message };
    byId("problems").replaceChildren(problemNode(problem, actions));
    byId("results").classList.add("stale");
    editor.show([]);
    say(outcome.message);
    return;
  }
  const { report } = outcome;
  drawProblems(report);
  const refused = report.calls.flatMap(({ problem }) => problem ?? []);
  const wrong = report.problems.length + refused.length;
  editor.show([...report.problems, ...refused]);
  // While somebody types, a program is often no program: what it last showed stays in view, marked as being of before.
  const isNothing = report.problems.length > 0 && report.entities.length === 0;
  byId("results").classList.toggle("stale", isNothing);
  if (!isNothing || byId("calls").childElementCount === 0) drawViews(report);
  const parts = [
    count(report.calls.length, "call"),
    count(report.entities.length, "entity", "entities"),
    ...(wrong === 0 ? [] : [count(wrong, "problem")]),
  ];
  say(isNothing ? count(wrong, "problem") : parts.join(", "));
}

function drawViews(given: Report): void {
  const calls = given.calls.map((call) => ({ ...call, line: editor.statementLine(call.line) }));
  const report = { ...given, calls };
  const tables = { rows: writtenRows(report), lies: liesOf(report) };
  drawCalls(byId("calls"), report, tables, actions);
  drawPatterns(byId("patterns"), report, tables.lies, actions);
  drawTable(byId("table"), report, tables, actions);
}

function drawProblems({ problems, prints }: Report): void {
  const lines = prints.map(({ line, text }) =>
    h("li", {}, h("span", { class: "faint" }, line === 0 ? "" : `${line} `), text),
  );
  byId("problems").replaceChildren(
    ...problems.map((problem) => problemNode(problem, actions)),
    ...(lines.length === 0 ? [] : [h("ul", { class: "prints", "aria-label": "Printed" }, lines)]),
  );
}

function edited(source: string): void {
  clearTimeout(timer);
  document.body.dataset["state"] = "running";
  timer = setTimeout(() => {
    timer = 0;
    void sandbox.start(source);
    void keep(source);
  }, PAUSE);
}

/** Keeps the program in the address, so that a reload or a copied address has it. */
async function keep(source: string): Promise<void> {
  const fragment = await fragmentOf(source);
  if (source === editor.source) history.replaceState(undefined, "", fragment);
}

async function copyLink(): Promise<void> {
  await keep(editor.source);
  actions.copy(location.href, "link to this program");
}

function download(): void {
  const url = URL.createObjectURL(new Blob([editor.source], { type: "text/plain" }));
  h("a", { href: url, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The program of the address, else the file that the command has opened, else the first example. */
async function firstProgram(): Promise<string> {
  const shared = await sharedProgram();
  if (shared !== undefined) return shared;
  const opened = openedFile();
  if (opened !== undefined) {
    fileName = opened.name;
    byId<HTMLSelectElement>("example").prepend(
      h("option", { selected: true, value: "" }, opened.name),
    );
    return opened.source;
  }
  return examples[0]?.source ?? "";
}

async function sharedProgram(): Promise<string | undefined> {
  try {
    return await programOf(location.hash);
  } catch {
    say("The program in this address cannot be read");
    return undefined;
  }
}

/** The file that the command writes into the page, as text in a block of data. */
function openedFile(): { name: string; source: string } | undefined {
  const value = JSON.parse(byId("opened").textContent ?? "null") as unknown;
  if (typeof value !== "object" || value === null) return undefined;
  const { name, source } = value as Record<string, unknown>;
  return typeof name === "string" && typeof source === "string" ? { name, source } : undefined;
}

function fillMenu(menu: HTMLSelectElement): void {
  menu.append(...examples.map(({ name, title }) => h("option", { value: name }, title)));
  menu.addEventListener("change", () => {
    const example = examples.find(({ name }) => name === menu.value);
    if (example !== undefined) editor.replace(example.source);
  });
}

async function open(): Promise<void> {
  fillMenu(byId<HTMLSelectElement>("example"));
  makeTabs(byId("tabs"));
  watchTip();
  byId("share").addEventListener("click", () => void copyLink());
  byId("download").addEventListener("click", download);
  const source = await firstProgram();
  editor = new Editor(byId("editor"), source, edited);
  void sandbox.start(source);
  addEventListener("hashchange", () => {
    void sharedProgram().then((shared) => {
      if (shared !== undefined && shared !== editor.source) editor.replace(shared);
    });
  });
}

void open();
