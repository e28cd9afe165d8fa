// A model that every host runs; CommonJS, so that each module system can load it.

/** The definition of the entity. */
exports.definition = {
  model: { entity: "user", version: "1", service: "packaging" },
  attributes: {
    id: { type: "string", required: true },
    email: { type: "string", required: true },
    visits: { type: "number", default: 1 },
    tags: { type: "set", items: "string" },
    place: { type: "map", properties: { street: { type: "string" } } },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["id"] },
      sk: { field: "sk", composite: [] },
    },
    byEmail: {
      index: "gsi1",
      pk: { field: "gsi1pk", composite: ["email"] },
      sk: { field: "gsi1sk", composite: [] },
    },
  },
};

/** The attributes of the item that is written. */
exports.attributes = { id: "u1", email: "Ada@Example.com", place: { street: "Main" } };

/** The params of one write, one query and one batch, as text: both files of Node's build are needed for them. */
exports.paramsOf = (Entity) => {
  const user = new Entity(exports.definition, { table: "packaging" });
  return JSON.stringify([
    user.create(exports.attributes).params(),
    user.query.byEmail({ email: "Ada@Example.com" }).params(),
    user.get([{ id: "u1" }, { id: "u2" }]).params(),
  ]);
};
