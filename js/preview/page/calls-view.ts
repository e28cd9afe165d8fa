// Draws the calls: what each asks of DynamoDB, its keys in parts, what it consumes, and the request in the chosen format.

import type { CallReport, KeyText, Problem, Report, RequestReport } from "../shared/report.js";
import { h } from "./dom.js";
import { FORMATS, textOf, type Format } from "./formats.js";
import { highlight } from "./highlight.js";
import { keyNode } from "./parts.js";
import { costOf, type Tables } from "./units.js";

/** What the views do beside drawing. */
export interface Actions {
  /** Shows a line of the program. */
  goTo(line: number): void;
  /** Puts a text into the clipboard. */
  copy(text: string, what: string): void;
}

/** The formats are chosen for all calls at once. */
let format: Format = "json";

/** A button that leads to a line of the program. */
export function lineButton(line: number, { goTo }: Actions): HTMLElement | undefined {
  if (line === 0) return undefined;
  return h("button", { type: "button", class: "line", onclick: () => goTo(line) }, `line ${line}`);
}

/** A refusal or an error. */
export function problemNode(problem: Problem, actions: Actions): HTMLElement {
  const { name, code, kind, message, line } = problem;
  const title = code === undefined ? name : `${code} ${kind ?? name}`;
  return h(
    "div",
    { class: "problem" },
    h("p", { class: "problem-title" }, h("strong", {}, title), lineButton(line, actions)),
    h("p", { class: "problem-text" }, message),
  );
}

function titleOf({ owner, method, target }: CallReport): string {
  return [owner, method, target].filter((word) => word !== undefined && word !== "").join(".");
}

/** Where a key stands: its field, which item of several it belongs to, and the placeholder of a value in an expression. */
function placeOf({ path, field }: KeyText): string {
  const number = path.find((step) => /^\d+$/.test(step));
  const item = number === undefined ? "" : `${Number(number) + 1}. `;
  const last = path.at(-1) ?? "";
  return item + (last.startsWith(":") ? `${field} (${last})` : field);
}

function keyRow(key: KeyText, report: Report): HTMLElement {
  const place = placeOf(key);
  const note = "Other values would make the very same text: values are not escaped in keys";
  return h(
    "div",
    { class: "key-row" },
    h("span", { class: "key-field" }, place),
    h(
      "span",
      { class: "key-cell" },
      keyNode(`Key ${place}`, key.parts, report.entities[key.entity]),
      key.isAmbiguous && h("span", { class: "note" }, note),
    ),
  );
}

function requestNode(request: RequestReport, report: Report, tables: Tables, actions: Actions) {
  const pre = h("pre", {
    class: "code",
    tabindex: 0,
    "aria-label": `${request.operation} request`,
  });
  const draw = (): void => pre.replaceChildren(...highlight(textOf(request, format)));
  draw();
  pre.addEventListener("redraw", draw);
  const copy = h(
    "button",
    {
      type: "button",
      class: "copy",
      onclick: () => actions.copy(textOf(request, format), `${request.operation} request`),
    },
    "Copy",
  );
  copy.setAttribute("aria-label", `Copy the ${request.operation} request`);
  return h(
    "div",
    { class: "request" },
    request.keys.length > 0 &&
      h(
        "div",
        { class: "keys" },
        request.keys.map((key) => keyRow(key, report)),
      ),
    h(
      "ul",
      { class: "costs" },
      costOf(request, tables).map((cost) => h("li", {}, cost)),
    ),
    h("div", { class: "request-text" }, pre, copy),
  );
}

function callNode(
  call: CallReport,
  number: number,
  report: Report,
  tables: Tables,
  actions: Actions,
) {
  const operations = [...new Set(call.requests.map(({ operation }) => operation))].join(", ");
  return h(
    "article",
    { class: "call", "aria-labelledby": `call-${number}` },
    h(
      "header",
      { class: "call-head" },
      h("h2", { id: `call-${number}` }, titleOf(call)),
      operations !== "" && h("span", { class: "operation" }, operations),
      lineButton(call.line, actions),
    ),
    call.problem !== undefined && problemNode(call.problem, actions),
    call.requests.map((request) => requestNode(request, report, tables, actions)),
  );
}

function formatPicker(root: HTMLElement): HTMLElement {
  const radios = FORMATS.map(({ format: own, name }) =>
    h(
      "label",
      {},
      h("input", {
        type: "radio",
        name: "format",
        value: own,
        checked: own === format,
        onchange: () => {
          format = own;
          for (const pre of root.querySelectorAll("pre")) pre.dispatchEvent(new Event("redraw"));
        },
      }),
      h("span", {}, name),
    ),
  );
  return h("fieldset", { class: "formats" }, h("legend", {}, "Requests as"), radios);
}

/** Draws all calls into `root`. */
export function drawCalls(
  root: HTMLElement,
  report: Report,
  tables: Tables,
  actions: Actions,
): void {
  if (report.calls.length === 0) {
    root.replaceChildren(
      h(
        "p",
        { class: "empty" },
        "No calls yet. Call ",
        h("code", {}, ".params()"),
        " or ",
        h("code", {}, ".go()"),
        " on an entity: nothing is sent.",
      ),
    );
    return;
  }
  const calls = report.calls.map((call, number) => callNode(call, number, report, tables, actions));
  root.replaceChildren(formatPicker(root), ...calls);
}
