// CommonJS: prints the params that both entries make.
const main = require("electroxide");
const dropIn = require("electroxide/electrodb");
const { paramsOf } = require("./user.cjs");

console.log(paramsOf(main.Entity));
console.log(paramsOf(dropIn.Entity));
