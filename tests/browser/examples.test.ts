// Every example of the menu, as a user sees it: its calls, its access patterns and its table.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Preview, type Visit } from "./preview.js";

let preview: Preview;
beforeAll(async () => {
  preview = await Preview.start();
});
afterAll(() => preview.stop());

async function choose(visit: Visit, title: string): Promise<void> {
  await visit.page.selectOption("#example", { label: title });
  await visit.results();
}

async function view(visit: Visit, name: string): Promise<string> {
  await visit.page.getByRole("tab", { name }).click();
  return await visit.page.getByRole("tabpanel", { name }).innerText();
}

describe("the examples", () => {
  test("all of them render without a problem, a complaint or a request to anywhere else", async () => {
    await preview.visit(async (visit) => {
      const titles = await visit.page.locator("#example option").allTextContents();
      expect(titles).toEqual([
        "Users, sessions and courses",
        "Collections",
        "Transactions and batches",
        "Sparse index",
        "Time to live",
      ]);
      for (const title of titles) {
        await choose(visit, title);
        expect(await visit.text("#problems"), title).toBe("");
        expect(await visit.page.locator("#calls .problem").count(), title).toBe(0);
        expect((await visit.requests()).length, title).toBeGreaterThan(2);
        expect(await view(visit, "Access patterns"), title).toContain("query.");
        expect(await view(visit, "Table"), title).toMatch(/\d+ B/);
        await view(visit, "Calls");
      }
      expect(visit.complaints).toEqual([]);
      expect(visit.outside).toEqual([]);
    });
  });

  test("users, sessions and courses: keys stand in their parts, each with its meaning", async () => {
    await preview.visit(async ({ page }) => {
      const key = page.getByRole("list", { name: "Key gsi2pk" }).first();
      const parts = key.getByRole("listitem");
      expect(await parts.locator(".part-body").allTextContents()).toEqual([
        "$",
        "myapp",
        "#",
        "role",
        "_",
        "student",
      ]);
      await parts.last().hover();
      expect(await page.getByRole("tooltip").innerText()).toBe(
        "The value of the attribute role (enum)",
      );
      await parts.nth(1).hover();
      expect(await page.getByRole("tooltip").innerText()).toBe("The name of the service");
    });
  });

  test("the formats are JSON, DynamoDB's JSON and a command, and the chosen one is copied", async () => {
    await preview.visit(async ({ page }) => {
      const call = page.getByRole("article", { name: "user.get" });
      const copied = async (format: string): Promise<string> => {
        await page.getByRole("radio", { name: format, exact: true }).check();
        await call.getByRole("button", { name: /^Copy/ }).click();
        return page.evaluate(() => navigator.clipboard.readText());
      };
      const key = { pk: "$myapp#userid_user_123", sk: "$user_1" };
      const params = { Key: key, TableName: "school", ConsistentRead: true };
      const stored = { ...params, Key: { pk: { S: key.pk }, sk: { S: key.sk } } };
      expect(JSON.parse(await copied("JSON"))).toEqual(params);
      expect(JSON.parse(await copied("DynamoDB JSON"))).toEqual(stored);
      const command = await copied("AWS CLI");
      const [, json] = /^aws dynamodb get-item --cli-input-json '(.*)'$/s.exec(command) ?? [];
      expect(JSON.parse(json ?? "")).toEqual(stored);
    });
  });

  test("the table: rows of a partition in the order of the sort key, with sizes", async () => {
    await preview.visit(async (visit) => {
      await view(visit, "Table");
      const index = visit.page.locator(".lie", { hasText: "Index gsi2" });
      const sessions = index.locator("tbody", { hasText: "userid_user_123" });
      const dates = await sessions.locator("td:first-child .kind-value").allTextContents();
      expect(dates).toEqual(["2025-01-15", "2025-01-22"]);
      expect(await sessions.locator(".number").first().innerText()).toMatch(/^\d+ B/);
      expect(await index.locator(".absent").innerText()).toMatch(/Not in gsi2: 1 item\s+course/);
    });
  });

  test("a sparse index shows who is not in it and which field is missing", async () => {
    await preview.visit(async (visit) => {
      await choose(visit, "Sparse index");
      await view(visit, "Table");
      const index = visit.page.locator(".lie", { hasText: "Index gsi1" });
      expect(await index.locator("td:first-child").allInnerTexts()).toEqual([
        expect.stringContaining("2025-01-10"),
        expect.stringContaining("2025-02-01"),
      ]);
      const absent = await index.locator(".absent").innerText();
      expect(absent).toContain("Not in gsi1: 1 item");
      expect(absent).toContain("post_2");
      expect(absent).toContain("has no gsi1pk, gsi1sk");
    });
  });

  test("a collection: one query in the parts of its key, and its members in one partition", async () => {
    await preview.visit(async (visit) => {
      await choose(visit, "Collections");
      const call = visit.page.getByRole("article", { name: "myapp.collections.organization" });
      expect(await call.locator(".operation").textContent()).toBe("Query");
      const key = call.getByRole("list", { name: /^Key gsi1sk/ });
      expect(await key.locator(".kind-collection .part-body").textContent()).toBe("organization");
      await view(visit, "Table");
      const index = visit.page.locator(".lie", { hasText: "Index gsi1" });
      expect(await index.locator("tbody").count()).toBe(1);
      expect(await index.locator("tbody .chip").allTextContents()).toEqual([
        "course",
        "lesson",
        "lesson",
        "user",
        "user",
      ]);
      expect(await view(visit, "Access patterns")).toContain("Shared by user, course, lesson");
    });
  });

  test("a transaction: one request with the keys of all its items and its price", async () => {
    await preview.visit(async (visit) => {
      await choose(visit, "Transactions and batches");
      const call = visit.page.getByRole("article", { name: "myapp.transaction.write" });
      expect(await call.locator(".operation").textContent()).toBe("TransactWriteItems");
      expect(await call.locator(".key").count()).toBe(6);
      expect(await call.locator(".costs li").allTextContents()).toEqual([
        "at least 2 write units on the table, and more for each index entry that changes",
        expect.stringMatching(/^\d+ bytes: 2 write units on the table, 2 on gsi1$/),
      ]);
      for (const [kind, operation] of [
        ["write", "BatchWriteItem"],
        ["get", "BatchGetItem"],
      ]) {
        const batch = visit.page.getByRole("article", { name: `myapp.batch.${kind}` });
        expect(await batch.locator(".operation").textContent()).toBe(operation);
        expect(await batch.locator(".key").count()).toBeGreaterThan(1);
      }
      await view(visit, "Table");
      expect(await visit.text("#table")).toContain("session_456");
      expect(await visit.text("#table")).toContain("user_2");
    });
  });

  test("time to live: the requests that make the table", async () => {
    await preview.visit(async (visit) => {
      await choose(visit, "Time to live");
      const call = visit.page.getByRole("article", { name: "tableDefinition" });
      expect(await call.locator(".operation").textContent()).toBe("CreateTable, UpdateTimeToLive");
      expect(JSON.parse((await call.locator("pre").last().textContent()) ?? "")).toEqual({
        TableName: "tokens",
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      });
    });
  });
});
