// What the realm tests do: a set, bytes and a regular expression, each made in whichever realm loads this file.

/** The definition of the entity. */
const definition = {
  model: { entity: "user", version: "1", service: "packaging" },
  attributes: {
    id: { type: "string", required: true },
    email: { type: "string", required: true, validate: /^[^@]+@[^@]+$/ },
    tags: { type: "set", items: "string" },
    photo: { type: "any" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
  },
};

const create = ({ Entity }, attributes) =>
  new Entity(definition, { table: "realms" })
    .create({ id: "u1", email: "ada@example.com", ...attributes })
    .params().Item;

exports.definition = definition;

/** The members of a set as it is sent. */
exports.set = (electroxide) => {
  const { tags } = create(electroxide, { tags: new Set(["a"]) });
  return tags.values instanceof Function ? [...tags] : tags.values;
};

/** Bytes as they are sent. */
exports.bytes = (electroxide) => [
  ...create(electroxide, { photo: new Uint8Array([1, 255]) }).photo,
];

/** The fields that the model's regular expression refuses. */
exports.emailOfNobody = (electroxide) => {
  try {
    create(electroxide, { email: "nobody" });
    return [];
  } catch (error) {
    return error instanceof electroxide.ElectroError
      ? error.fields.map(({ field }) => field)
      : error;
  }
};
