// `tableDefinition`: the table alone, or the table with the attribute by which its items expire.
import { CreateTableCommand, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { check, type Equal } from "./assert.js";
import { Flag, Task } from "./models.js";
import { tableDefinition, type CreateTable, type ExpiringTable } from "electroxide";

const table = tableDefinition([Task, Flag]);
check<Equal<typeof table, CreateTable>>();
const named = tableDefinition([Task], { table: "t" });
check<Equal<typeof named, CreateTable>>();
const expiring = tableDefinition([Task], { ttl: "expiresAt" });
check<Equal<typeof expiring, ExpiringTable>>();
check<Equal<(typeof table)["KeySchema"][number]["KeyType"], "HASH" | "RANGE">>();

// The SDK takes them as they are.
new CreateTableCommand(table);
new CreateTableCommand({ ...expiring.createTable, BillingMode: "PAY_PER_REQUEST" });
new UpdateTimeToLiveCommand(expiring.updateTimeToLive);

export function wrong() {
  // @ts-expect-error -- A list of entities.
  tableDefinition(Task);
  // @ts-expect-error -- Not an entity.
  tableDefinition([{ model: {} }]);
  // @ts-expect-error -- No such option.
  tableDefinition([Task], { tll: "expiresAt" });
  // @ts-expect-error -- A name.
  tableDefinition([Task], { ttl: true });
  // @ts-expect-error -- Only with `ttl`.
  table.updateTimeToLive;
  // @ts-expect-error -- With `ttl` there are two inputs.
  expiring.TableName;
}
