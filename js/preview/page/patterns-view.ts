// Draws the access patterns: for the table and each index, how its keys are made, who shares it, and which calls it serves.

import type { EntityReport, IndexReport, KeyText, Report } from "../shared/report.js";
import { lineButton, type Actions } from "./calls-view.js";
import { h } from "./dom.js";
import type { Lie } from "./items.js";
import { keyNode } from "./parts.js";

/** The title of a table or index. */
export function lieTitle({ table, index }: Lie): string {
  return index === undefined ? `Table ${table}` : `Index ${index}`;
}

function keyLine(
  entity: EntityReport,
  index: IndexReport,
  half: KeyText["half"],
): HTMLElement | undefined {
  const key = index[half];
  if (key === undefined) return undefined;
  const name = key.isFields ? "own fields" : key.field;
  return h(
    "div",
    { class: "key-row" },
    h("span", { class: "key-field" }, name),
    h("span", { class: "key-cell" }, keyNode(`${half} key ${name}`, key.parts, entity, "template")),
  );
}

/** How a program asks by this access pattern. */
function usage({ partition, sort, name }: IndexReport): string {
  const composites = (key: IndexReport["sort"]): string[] =>
    (key?.parts ?? []).flatMap(({ kind, attribute }) =>
      kind === "value" ? (attribute ?? []) : [],
    );
  const given = composites(partition);
  const rest = composites(sort);
  const call = `query.${name}({${given.length === 0 ? "" : ` ${given.join(", ")} `}})`;
  return rest.length === 0 ? call : `${call} · then ${rest.join(", ")}`;
}

function linesOf(report: Report, entity: number, index: IndexReport): number[] {
  const isPrimary = index.index === undefined;
  const byKey = ["get", "put", "create", "update", "patch", "upsert", "delete", "remove"];
  const lines = report.calls
    .filter((call) => call.entity === entity)
    .filter(({ method, target }) => target === index.name || (isPrimary && byKey.includes(method)))
    .map(({ line }) => line);
  return [...new Set(lines)];
}

function collectionLines(report: Report, collections: readonly string[]): number[] {
  const lines = report.calls
    .filter(({ method, target }) => method === "collections" && collections.includes(target ?? ""))
    .map(({ line }) => line);
  return [...new Set(lines)];
}

function patternNode(report: Report, number: number, index: IndexReport, actions: Actions) {
  const entity = report.entities[number];
  if (entity === undefined) return undefined;
  const lines = [...linesOf(report, number, index), ...collectionLines(report, index.collections)];
  return h(
    "div",
    { class: "pattern" },
    h(
      "div",
      { class: "pattern-head" },
      h("h3", {}, `${entity.entity}.${index.name}`),
      index.collections.map((name) => h("span", { class: "chip" }, `collection ${name}`)),
      index.kind !== "isolated" && h("span", { class: "chip" }, index.kind),
      index.local && h("span", { class: "chip" }, "local"),
      index.conditional && h("span", { class: "chip" }, "by condition"),
      h("code", { class: "usage" }, usage(index)),
    ),
    keyLine(entity, index, "partition"),
    keyLine(entity, index, "sort"),
    h(
      "p",
      { class: "served" },
      lines.length === 0 ? "Not called in this program" : "Serves ",
      lines.map((line) => lineButton(line, actions)),
    ),
  );
}

/** Draws the access patterns into `root`. */
export function drawPatterns(
  root: HTMLElement,
  report: Report,
  lies: readonly Lie[],
  actions: Actions,
): void {
  if (lies.length === 0) {
    root.replaceChildren(h("p", { class: "empty" }, "No entities yet."));
    return;
  }
  const sections = lies.map((lie) => {
    const owners = [
      ...new Set(lie.patterns.map(({ entity }) => report.entities[entity]?.entity ?? "")),
    ];
    const fields = [...lie.partition, ...lie.sort].join(", ");
    return h(
      "section",
      { class: "lie" },
      h("h2", {}, lieTitle(lie), h("span", { class: "fields" }, fields)),
      owners.length > 1 && h("p", { class: "shared" }, `Shared by ${owners.join(", ")}`),
      lie.patterns.map(({ entity, index }) => patternNode(report, entity, index, actions)),
    );
  });
  root.replaceChildren(...sections);
}
