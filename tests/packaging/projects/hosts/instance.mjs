// Prints whether import and require, and the two entries, share what has to be one thing.
import { createRequire } from "node:module";
import * as imported from "electroxide";
import * as importedDropIn from "electroxide/electrodb";
import defaultDropIn from "electroxide/electrodb";

const require = createRequire(import.meta.url);
const required = require("electroxide");
const requiredDropIn = require("electroxide/electrodb");
const { default: asDefault, ...named } = importedDropIn;
const same = (left, right) => Object.keys(left).every((name) => left[name] === right[name]);

console.log(
  JSON.stringify({
    main: same(imported, required) && same(required, imported),
    dropIn: same(named, requiredDropIn) && same(requiredDropIn, named),
    default: asDefault === defaultDropIn && same(asDefault, named) && same(named, asDefault),
    // What a program that was compiled to CommonJS reads.
    requiredDefault: requiredDropIn.default === requiredDropIn,
    error: imported.ElectroError === importedDropIn.ElectroError,
    entities: imported.Entity !== undefined && importedDropIn.Entity !== undefined,
  }),
);
