// What late.ts gives: the parts that are only reached through it. Whatever is imported elsewhere, too, is no late part.

export { BatchChain } from "../batch/batch-chain.js";
export { conversionsOf } from "../entity/conversions.js";
export { hydratePage, hydrationOf } from "../send/hydrate.js";
export { refusing } from "../service/scope.js";
export { find, match } from "../entity/search.js";
export { batchesOf } from "../batch/service-batch.js";
export { ServiceCore, configurationOf } from "../service/service-core.js";
export { tableDefinition } from "../entity/table.js";
export { createTransaction, transactionsOf } from "../transaction/transaction.js";
