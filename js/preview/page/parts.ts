// Draws a key in its parts, each coloured, named below, and explained when pointed at or reached by the arrow keys.

import type { EntityReport, Part, PartKind } from "../shared/report.js";
import { h } from "./dom.js";
import { hideTip, showTip } from "./tip.js";

const NAMES: Readonly<Record<PartKind, string>> = {
  service: "service",
  collection: "collection",
  entity: "entity",
  version: "version",
  scope: "scope",
  label: "label",
  value: "value",
  text: "",
};

const MEANINGS: Readonly<Record<PartKind, string>> = {
  service: "The name of the service",
  collection: "The name of the collection",
  entity: "The name of the entity",
  version: "The version of the entity",
  scope: "The scope of the index",
  label: "The label of the attribute",
  value: "The value of the attribute",
  text: "Text of the key itself",
};

/** What a part is, in a sentence. */
export function meaningOf({ kind, attribute }: Part, entity: EntityReport | undefined): string {
  if (attribute === undefined) return MEANINGS[kind];
  const own = entity?.attributes.find(({ name }) => name === attribute);
  const type = own === undefined ? "" : ` (${own.kind}`;
  const field = own === undefined || own.field === own.name ? "" : `, stored as ${own.field}`;
  return `${MEANINGS[kind]} ${attribute}${type}${field}${own === undefined ? "" : ")"}`;
}

function caption({ kind, attribute }: Part): string {
  return kind === "value" ? (attribute ?? "value") : NAMES[kind];
}

/** How a key is drawn: with a name below each part, with holes where values go, or on one line. */
export type Drawing = "named" | "template" | "compact";

function partNode(part: Part, entity: EntityReport | undefined, drawing: Drawing): HTMLElement {
  const isHole = drawing === "template" && part.kind === "value";
  const text = isHole ? `{${part.attribute ?? ""}}` : part.text;
  const meaning = meaningOf(part, entity);
  const node = h(
    "span",
    { class: `part kind-${part.kind}`, role: "listitem", "data-meaning": meaning },
    h("span", { class: "part-body" }, text),
    drawing !== "compact" && h("span", { class: "part-name" }, isHole ? "" : caption(part)),
  );
  node.addEventListener("pointerenter", () => showTip(node, meaning));
  node.addEventListener("pointerleave", hideTip);
  node.addEventListener("focus", () => showTip(node, meaning));
  node.addEventListener("blur", hideTip);
  return node;
}

/** The arrow keys go from part to part, so that a key is one stop of the Tab key. */
function steer(list: HTMLElement): void {
  const stops = [...list.children] as HTMLElement[];
  stops.forEach((stop, position) => stop.setAttribute("tabindex", position === 0 ? "0" : "-1"));
  list.addEventListener("keydown", (event) => {
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: stops.length - 1,
    };
    const next = stops[steps[event.key] ?? -1];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    stops.forEach((stop) => stop.setAttribute("tabindex", stop === next ? "0" : "-1"));
    next.focus();
  });
}

/** A key in its parts. */
export function keyNode(
  label: string,
  parts: readonly Part[],
  entity: EntityReport | undefined,
  drawing: Drawing = "named",
): HTMLElement {
  const list = h("span", { class: `key key-${drawing}`, role: "list", "aria-label": label });
  list.append(...parts.map((part) => partNode(part, entity, drawing)));
  if (parts.length === 0) list.append(h("span", { class: "key-empty", role: "listitem" }, "empty"));
  steer(list);
  return list;
}
