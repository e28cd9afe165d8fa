// What the page shows: no network, no SDK, only the core.
import { Entity } from "electroxide";

const note = new Entity(
  {
    model: { entity: "note", version: "1", service: "browser" },
    attributes: { id: { type: "string", required: true }, text: { type: "string" } },
    indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
  },
  { table: "browser" },
);

/** The params of one write. */
export const params = note.create({ id: "É1", text: "Zoë" }).params();
