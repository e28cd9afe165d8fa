// Starts and stops the embedded database of the tests and the demo; it creates no table. Plain JavaScript, because the
// demo runs it without a TypeScript loader.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../.tools/dynoxide/bin/dynoxide", import.meta.url));
const attempts = 3;
const patience = 10_000;

/**
 * A running database.
 * @typedef {{ endpoint: string, stop(): Promise<void> }} Database
 */

/** @returns {Promise<number>} A port of the loopback interface that nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * Waits until the database answers, or says that its process ended before.
 * @param {string} endpoint
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<boolean>}
 */
async function isReady(endpoint, child) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
      return true;
    } catch {
      await sleep(10);
    }
  }
  return false;
}

/**
 * Ends the process and waits for its end.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<void>}
 */
function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill();
  });
}

/** @returns {Promise<Database | undefined>} Nothing when another program took the port in between. */
async function launch() {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(
    program,
    ["serve", "--host", "127.0.0.1", "--port", String(port), "--log", "quiet"],
    { stdio: "ignore" },
  );
  child.on("error", () => undefined);
  child.unref();
  const endWithParent = () => child.kill();
  process.once("exit", endWithParent);
  const stop = async () => {
    process.off("exit", endWithParent);
    await end(child);
  };
  if (await isReady(endpoint, child)) return { endpoint, stop };
  await stop();
  return undefined;
}

/**
 * Starts a database in memory on a free port of the loopback interface. When DYNAMODB_ENDPOINT names another one,
 * nothing is started and stopping does nothing.
 * @returns {Promise<Database>}
 */
export async function startDatabase() {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given) return { endpoint: given, stop: async () => undefined };
  if (!existsSync(program)) {
    throw new Error(
      "The embedded database is not built: run `make tools`, or set DYNAMODB_ENDPOINT.",
    );
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const database = await launch();
    if (database) return database;
  }
  throw new Error(`The embedded database did not start: \`${program}\`.`);
}
