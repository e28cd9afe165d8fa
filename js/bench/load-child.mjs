// One cold start: loads a package after the AWS SDK, does the task it is told, and prints the milliseconds of CPU that took.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { setTimeout } from "node:timers/promises";
import { sessionInput, sessionModel, userModel } from "./models.mjs";

const SETTLING_MS = 300;
const [task, specifier] = process.argv.slice(2);
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "local" }));

function cpuMillis() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function firstOperations({ Entity }) {
  const User = new Entity(userModel(), { table: "MyAppTable", client });
  const Session = new Entity(sessionModel(), { table: "MyAppTable", client });
  return [
    User.create({ userId: "u", email: "e@example.com", name: "n" }).params(),
    User.get({ userId: "u" }).params(),
    User.update({ userId: "u" }).set({ name: "m" }).params(),
    Session.create(sessionInput(1)).params(),
    Session.query
      .byCourse({ courseId: "c" })
      .begins({ scheduledDate: "2025" })
      .where(({ status }, { eq }) => eq(status, "COMPLETED"))
      .params(),
  ];
}

// What loading the SDK has left to the compiler's threads is not the price of what follows.
await setTimeout(SETTLING_MS);
const before = cpuMillis();
const library = await import(specifier);
const kept = task === "first" ? firstOperations(library) : library;
const spent = cpuMillis() - before;
process.stdout.write(String(kept === undefined ? Number.NaN : spent));
