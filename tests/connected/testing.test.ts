// The seed's own test file in vitest, with the createTestTable that it leaves to the reader made from the models.
import { beforeAll, describe, expect, test } from "vitest";
import { newUserEntity } from "./entities";
import { openPlace, tableName } from "./place";

const { client: localClient, createTable } = openPlace();
const UserEntity = newUserEntity({ client: localClient, table: tableName() });
const createTestTable = () => createTable([UserEntity]);

describe("UserEntity", () => {
  beforeAll(async () => {
    await createTestTable();
  });

  test("creates user", async () => {
    const result = await UserEntity.create({
      userId: "user_123",
      email: "test@example.com",
      name: "Test User",
      role: "STUDENT",
    }).go();
    expect(result.data).toMatchObject({
      userId: "user_123",
      email: "test@example.com",
      name: "Test User",
    });
  });

  test("queries users by role", async () => {
    const result = await UserEntity.query.byRole({ role: "STUDENT" }).go();
    expect(result.data.length).toBeGreaterThan(0);
  });
});
