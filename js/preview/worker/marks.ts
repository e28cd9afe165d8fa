// Finds out from the core which piece of a key's text is what: a copy of a definition whose names carry marks is compiled,
// and the marks stand in its templates where the core has put the names. It knows nothing of how keys are made.

import { DefinedCore } from "../../src/entity/entity-core.js";
import type { EntityPlan } from "../../src/entity/plan.js";
import type { Part, PartKind } from "../shared/report.js";

type Members = Record<string, unknown>;

// Private-use characters: no casing changes them. What is marked is a name, and it stands between two of them.
const START = "\ue000";
const END = "\ue001";
const KINDS: readonly PartKind[] = ["service", "collection", "entity", "version", "scope", "label"];
const FIRST_KIND = 0xe010;

function marked(kind: PartKind, text: string): string {
  return START + String.fromCharCode(FIRST_KIND + KINDS.indexOf(kind)) + text + END;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mark(record: Members, name: string, kind: PartKind): void {
  const value = record[name];
  if (typeof value === "string" && value !== "") record[name] = marked(kind, value);
}

function mapped(record: unknown, change: (member: Members, name: string) => Members): unknown {
  if (!isMembers(record)) return record;
  const entries = Object.entries(record).map(([name, value]) => [
    name,
    isMembers(value) ? change({ ...value }, name) : value,
  ]);
  return Object.fromEntries(entries) as unknown;
}

function markIndex(index: Members): Members {
  mark(index, "scope", "scope");
  mark(index, "collection", "collection");
  if (Array.isArray(index["collection"])) {
    index["collection"] = index["collection"].map((name) => marked("collection", String(name)));
  }
  return index;
}

function markAttribute(attribute: Members, name: string): Members {
  const { label } = attribute;
  // An empty label has a rule of its own, so it stays what it is.
  if (label === undefined) attribute["label"] = marked("label", name);
  else mark(attribute, "label", "label");
  return attribute;
}

function markedDefinition(definition: Members): Members {
  const copy = { ...definition };
  const names = isMembers(copy["model"]) ? { ...copy["model"] } : copy;
  if (names !== copy) copy["model"] = names;
  mark(names, "service", "service");
  mark(names, "entity", "entity");
  mark(names, "version", "version");
  copy["attributes"] = mapped(copy["attributes"], markAttribute);
  copy["indexes"] = mapped(copy["indexes"], markIndex);
  return copy;
}

/** The plan of the marked copy; the entity's own where there is none, so that its texts are one piece each. */
export function markedPlan(definition: object, dropIn: boolean, own: EntityPlan): EntityPlan {
  try {
    return new DefinedCore(markedDefinition({ ...definition }), undefined, dropIn).runtime.plan;
  } catch {
    return own;
  }
}

/** A text of a marked plan as its pieces. */
export function piecesOf(text: string, attribute?: string): Part[] {
  const pieces: Part[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(START, from);
    const end = text.indexOf(END, start);
    if (start < 0 || end < 0) break;
    if (start > from) pieces.push({ kind: "text", text: text.slice(from, start) });
    const kind = KINDS[text.charCodeAt(start + 1) - FIRST_KIND] ?? "text";
    const own = kind === "label" && attribute !== undefined ? { attribute } : {};
    pieces.push({ kind, text: text.slice(start + 2, end), ...own });
    from = end + 1;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}
