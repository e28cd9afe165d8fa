// The story of the seed from its first line to its last, against a real database; each chapter stands in a file beside this one.
import { batch } from "./batch.mjs";
import { collection } from "./collection.mjs";
import { branches, expiry, validation } from "./fail.mjs";
import { fill, filter, get, pages, query, scan } from "./read.mjs";
import { createTable, deleteTable } from "./table.mjs";
import { told } from "./tell.mjs";
import { transaction } from "./transaction.mjs";
import { conditions, create, remove, update } from "./write.mjs";

await createTable();
try {
  await create();
  await get();
  await fill();
  await query();
  await filter();
  await pages();
  await scan();
  await collection();
  await transaction();
  await batch();
  await update();
  await conditions();
  await remove();
  await validation();
  await branches();
  await expiry();
} finally {
  await deleteTable();
}
console.log(`\n${told()} steps, each with the expected result.`);
