// What late.ts gives: the parts that are only reached through it. Whatever is imported elsewhere, too, is no late part.

export { BatchChain } from "./batch-chain.js";
export { conversionsOf } from "./conversions.js";
export { hydratePage, hydrationOf } from "./hydrate.js";
export { refusing } from "./scope.js";
export { find, match } from "./search.js";
export { batchesOf } from "./service-batch.js";
export { ServiceCore, configurationOf } from "./service-core.js";
export { tableDefinition } from "./table.js";
export { createTransaction, transactionsOf } from "./transaction.js";
