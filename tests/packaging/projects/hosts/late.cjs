// Prints which of the package's files Node has read: with the definition and one call, and with the first batch.
const { Entity } = require("electroxide");
const { definition } = require("./user.cjs");
const path = require("node:path");

const files = () =>
  Object.keys(require.cache)
    .filter((file) => file.includes(path.join("electroxide", "node")))
    .map((file) => path.basename(file));

const user = new Entity(definition, { table: "packaging" });
user.get({ id: "u1" }).params();
const first = files();
user.get([{ id: "u1" }]).params();
console.log(JSON.stringify([first, files()]));
