// Vitest's global set-up for tests that need a database: one for the whole run. A test asks for it by inject("endpoint").
import type { TestProject } from "vitest/node";
import { startDatabase } from "./database.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    endpoint: string;
  }
}

/** Starts the database and answers how to stop it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startDatabase();
  project.provide("endpoint", database.endpoint);
  return database.stop;
}
