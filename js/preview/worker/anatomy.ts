// What an entity's plan says, for the page: its attributes, its access patterns and the parts that their keys are made of.

import type { EntityCore } from "../../src/entity/entity-core.js";
import type { EntityPlan, IndexPlan, KeyPlan } from "../../src/entity/plan.js";
import type { EntityReport, IndexReport, KeyReport, Part } from "../shared/report.js";
import { markedPlan, piecesOf } from "./marks.js";

/** The definition's texts as they are stored. */
function cased(text: string, casing: KeyPlan["casing"]): string {
  if (casing === "lower") return text.toLowerCase();
  return casing === "upper" ? text.toUpperCase() : text;
}

function partsOf(plan: EntityPlan, key: KeyPlan, marked: KeyPlan): Part[] {
  const names = key.composites.map((slot) => plan.attributes[slot]?.name ?? "");
  const value = (attribute: string): Part => ({ kind: "value", text: "", attribute });
  if (key.head === undefined) return names.map(value);
  const parts = piecesOf(marked.head ?? key.head);
  names.forEach((attribute, position) => {
    parts.push(...piecesOf(marked.labels?.[position] ?? "", attribute), value(attribute));
  });
  parts.push(...piecesOf(marked.tail ?? ""));
  return parts.map((part) => ({ ...part, text: cased(part.text, key.casing) }));
}

function keyReport(
  plan: EntityPlan,
  index: IndexPlan,
  key: KeyPlan,
  marked: KeyPlan | undefined,
): KeyReport {
  const alone = plan.attributes[key.composites[0] ?? -1];
  return {
    field: key.field,
    // A key that is an attribute alone has that attribute's type; numbers are told from texts by the item itself.
    type: key.head === undefined && alone?.kind === "number" ? "N" : "S",
    parts: partsOf(plan, key, marked ?? key),
    casing: key.casing ?? "none",
    isFields: index.kind === "composite",
  };
}

function indexReport(plan: EntityPlan, index: IndexPlan, marked: IndexPlan): IndexReport {
  const { projection } = index;
  return {
    name: index.name,
    ...(index.index === undefined ? {} : { index: index.index }),
    local: index.local,
    partition: keyReport(plan, index, index.partition, marked.partition),
    ...(index.sort === undefined ? {} : { sort: keyReport(plan, index, index.sort, marked.sort) }),
    collections: [...index.collections],
    kind: index.kind,
    conditional: index.condition !== undefined,
    projection:
      typeof projection === "string"
        ? projection
        : projection.map((slot) => plan.attributes[slot]?.field ?? ""),
  };
}

/** What the page has to know of an entity. */
export function describeEntity(core: EntityCore, definition: object, line: number): EntityReport {
  const { plan, table } = core.runtime;
  const marked = markedPlan(definition, core.dropIn, plan);
  return {
    entity: plan.entity,
    service: plan.service,
    version: plan.version,
    identifiers: { ...plan.identifiers },
    ...(table === undefined ? {} : { table }),
    line,
    attributes: plan.attributes.map(({ name, field, kind }) => ({ name, field, kind })),
    indexes: plan.indexes.map((index, number) =>
      indexReport(plan, index, marked.indexes[number] ?? index),
    ),
  };
}
