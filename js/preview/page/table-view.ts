// Draws the table as it would lie: the items that the program puts, in the order of the table and of each index.

import type { AttributeValue, Report } from "../shared/report.js";
import type { Actions } from "./calls-view.js";
import { lineButton } from "./calls-view.js";
import { count, h } from "./dom.js";
import { layRows, projected, type Cell, type Lie, type Row } from "./items.js";
import { keyNode } from "./parts.js";
import { lieTitle } from "./patterns-view.js";
import { itemSize } from "./cost.js";

const LONGEST = 60;

function short(value: AttributeValue): string {
  const [type, content] = Object.entries(value)[0] ?? ["S", ""];
  const text =
    type === "S" || type === "N" || type === "BOOL" ? String(content) : JSON.stringify(content);
  return type === "NULL" ? "null" : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What an index holds of an item beside keys and identifiers. */
function attributesNode(
  report: Report,
  lie: Lie,
  row: Row,
  keys: ReadonlySet<string>,
): HTMLElement {
  const { identifiers } = report.entities[row.entity ?? -1] ?? {};
  const held = projected(lie, row, [...keys]);
  const shown = Object.entries(held).filter(
    ([name]) => !keys.has(name) && name !== identifiers?.entity && name !== identifiers?.version,
  );
  return h(
    "dl",
    { class: "attributes" },
    shown.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, short(value)))),
  );
}

function keyCell(report: Report, label: string, cell: Cell | undefined, row: Row): HTMLElement {
  if (cell === undefined) return h("td", {}, "");
  return h("td", {}, keyNode(label, cell.parts, report.entities[row.entity ?? -1], "compact"));
}

function rowNode(
  report: Report,
  lie: Lie,
  row: Row,
  sort: Cell | undefined,
  keys: ReadonlySet<string>,
  actions: Actions,
) {
  const held = projected(lie, row, [...keys]);
  return h(
    "tr",
    {},
    keyCell(report, lie.sort.join(", "), sort, row),
    h("td", {}, h("span", { class: "chip" }, report.entities[row.entity ?? -1]?.entity ?? "?")),
    h("td", {}, attributesNode(report, lie, row, keys)),
    h("td", { class: "number" }, `${itemSize(held)} B`, h("br"), lineButton(row.line, actions)),
  );
}

function absentNode(
  report: Report,
  lie: Lie,
  absent: ReturnType<typeof layRows>["absent"],
  actions: Actions,
) {
  if (absent.length === 0) return undefined;
  return h(
    "div",
    { class: "absent" },
    h("h3", {}, `Not in ${lie.index ?? "the table"}: ${count(absent.length, "item")}`),
    h(
      "ul",
      {},
      absent.map(({ row, missing }) =>
        h(
          "li",
          {},
          h("span", { class: "chip" }, report.entities[row.entity ?? -1]?.entity ?? "?"),
          h(
            "span",
            { class: "absent-key" },
            row.keys
              .slice(0, 2)
              .map(({ parts }) => parts.map(({ text }) => text).join(""))
              .join(" · "),
          ),
          h("span", { class: "note" }, `has no ${missing.join(", ")}`),
          lineButton(row.line, actions),
        ),
      ),
    ),
  );
}

function lieNode(
  report: Report,
  lie: Lie,
  rows: readonly Row[],
  keys: ReadonlySet<string>,
  actions: Actions,
) {
  const { groups, absent } = layRows(lie, rows);
  const bodies = groups.map(({ partition, rows: members }) => {
    const [first] = members;
    const label = lie.partition.join(", ");
    return h(
      "tbody",
      {},
      h(
        "tr",
        { class: "partition" },
        h(
          "th",
          { colspan: 4, scope: "rowgroup" },
          h("span", { class: "key-field" }, label),
          keyNode(label, partition.parts, report.entities[first?.row.entity ?? -1], "compact"),
          h("span", { class: "note" }, count(members.length, "item")),
        ),
      ),
      members.map(({ row, sort }) => rowNode(report, lie, row, sort, keys, actions)),
    );
  });
  const head = [
    lie.sort.length === 0 ? "No sort key" : lie.sort.join(", "),
    "Entity",
    "Attributes",
    "Size",
  ];
  return h(
    "section",
    { class: "lie" },
    h(
      "h2",
      {},
      lieTitle(lie),
      h("span", { class: "fields" }, [...lie.partition, ...lie.sort].join(", ")),
    ),
    groups.length === 0
      ? h("p", { class: "empty" }, "No item lies here.")
      : h(
          "div",
          { class: "scroll", tabindex: 0, role: "group", "aria-label": `Rows of ${lieTitle(lie)}` },
          h(
            "table",
            {},
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                head.map((name) => h("th", { scope: "col" }, name)),
              ),
            ),
            bodies,
          ),
        ),
    absentNode(report, lie, absent, actions),
  );
}

/** Draws the table and its indexes into `root`. */
export function drawTable(
  root: HTMLElement,
  report: Report,
  tables: { rows: readonly Row[]; lies: readonly Lie[] },
  actions: Actions,
): void {
  const { rows, lies } = tables;
  if (rows.length === 0) {
    root.replaceChildren(
      h(
        "p",
        { class: "empty" },
        "No items yet. They come from the program's ",
        h("code", {}, "put"),
        " and ",
        h("code", {}, "create"),
        " calls.",
      ),
    );
    return;
  }
  const sections = lies.map((lie) => {
    const keys = lies
      .filter(({ table }) => table === lie.table)
      .flatMap(({ partition, sort, patterns }) =>
        patterns.some(({ index }) => index.kind === "composite") ? [] : [...partition, ...sort],
      );
    return lieNode(report, lie, rows, new Set(keys), actions);
  });
  root.replaceChildren(...sections);
}
