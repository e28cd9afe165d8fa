// The seed's time to live, type helpers, error handling and best practices, against a real database.
import { DescribeTimeToLiveCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { ElectroError, Entity } from "electroxide";
import { describe, expect, test } from "vitest";
import { newUserEntity } from "./entities";
import { openPlace, tableName } from "./place";

const { client, createTable } = openPlace();
const table = tableName();
const UserEntity = newUserEntity({ client, table });

const SessionTokenEntity = new Entity(
  {
    model: { entity: "sessionToken", version: "1", service: "myapp" },
    attributes: {
      token: { type: "string", required: true },
      userId: { type: "string", required: true },
      expiresAt: {
        type: "number",
        required: true,
        default: () => Math.floor(Date.now() / 1000) + 86400,
      },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["token"] }, sk: { field: "sk", composite: [] } },
    },
  },
  { client, table },
);

const PersonEntity = new Entity(
  {
    model: { entity: "person", version: "1", service: "myapp" },
    attributes: {
      courseId: { type: "string", required: true },
      userId: { type: "string", required: true },
      firstName: { type: "string", required: true },
      lastName: { type: "string", required: true },
      email: {
        type: "string",
        required: true,
        validate: (email) => {
          if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
            throw new Error("Invalid email format");
          }
        },
      },
      fullName: {
        type: "string",
        hidden: true,
        get: (_, item) => `${item.firstName} ${item.lastName}`,
      },
    },
    indexes: {
      primary: {
        pk: { field: "pk", composite: [] },
        sk: { field: "sk", composite: ["courseId", "userId"] },
      },
    },
  },
  { client, table },
);
await createTable([UserEntity, SessionTokenEntity, PersonEntity], "expiresAt");

type User = typeof UserEntity.model.schema;
type UserItem = ReturnType<typeof UserEntity.parse>;
type UserKeys = Parameters<typeof UserEntity.get>[0];
export type QueryResult = Awaited<ReturnType<typeof UserEntity.query.byRole>>;
export type CreateResult = Awaited<ReturnType<typeof UserEntity.create>>;

async function getUser(userId: string): Promise<UserItem | null> {
  const result = await UserEntity.get({ userId }).go();
  return result.data;
}

async function requireUser(userId: string): Promise<UserItem> {
  const user = await getUser(userId);
  if (!user) {
    throw new Error("User not found");
  }
  return user;
}

const john = (userId: string) => ({ userId, email: "john@example.com", name: "John Doe" });

describe("time to live", () => {
  test("is set on the table by tableDefinition", async () => {
    const { TimeToLiveDescription } = await client.send(
      new DescribeTimeToLiveCommand({ TableName: table }),
    );
    expect(TimeToLiveDescription?.AttributeName).toBe("expiresAt");
    expect(TimeToLiveDescription?.TimeToLiveStatus).toMatch(/^ENABL(ED|ING)$/);
  });

  test("the default is stored as a number of seconds", async () => {
    const { data } = await SessionTokenEntity.create({ token: "t1", userId: "u1" }).go();
    const left = data.expiresAt - Date.now() / 1000;
    expect(left).toBeGreaterThan(86_300);
    expect(left).toBeLessThanOrEqual(86_400);
  });
});

describe("type helpers", () => {
  test("the seed's getUser and requireUser", async () => {
    const keys: UserKeys = { userId: "typed" };
    await UserEntity.create(john(keys.userId)).go();
    const user: User = await requireUser(keys.userId);
    expect(user.name).toBe("John Doe");
    expect(await getUser("nobody")).toBeNull();
    await expect(requireUser("nobody")).rejects.toThrow("User not found");
  });

  test("parse gives the item of a raw record, and null for another entity's", async () => {
    await SessionTokenEntity.create({ token: "raw", userId: "u1" }).go();
    await UserEntity.create(john("parsed")).go();
    const raw = await UserEntity.get({ userId: "parsed" }).go({ data: "raw" });
    const item: Record<string, unknown> =
      (raw.data as { Item?: Record<string, unknown> }).Item ?? {};
    expect(UserEntity.parse(item)).toMatchObject(john("parsed"));
    expect(SessionTokenEntity.parse(item)).toBeNull();
    expect(UserEntity.parse({ Item: item }).data).toMatchObject(john("parsed"));
  });
});

describe("error handling", () => {
  /** The catch block as the seed writes it, telling which way it went. */
  async function branchOf(call: () => Promise<unknown>): Promise<string> {
    try {
      await call();
      return "none";
    } catch (error) {
      if (error instanceof ElectroError) {
        if (error.code === 4001) {
          return "validation";
        } else if (error.code === 5003) {
          return "exists";
        }
        return `other ${error.code}`;
      } else {
        return "DynamoDB";
      }
    }
  }

  test("4001: a required attribute is missing", async () => {
    const bad = { userId: "u", name: "n" } as Parameters<typeof UserEntity.create>[0];
    expect(await branchOf(() => UserEntity.create(bad).go())).toBe("validation");
  });

  test("5003: the item exists already", async () => {
    await UserEntity.create(john("twice")).go();
    expect(await branchOf(() => UserEntity.create(john("twice")).go())).toBe("exists");
  });

  test("5001: DynamoDB failed; the SDK's own error is the cause", async () => {
    const call = () => UserEntity.create(john("u")).go({ table: tableName() });
    expect(await branchOf(call)).toBe("other 5001");
    const error = await call().catch((thrown: unknown) => thrown);
    expect((error as ElectroError).cause).toBeInstanceOf(ResourceNotFoundException);
  });

  test("an error of somebody else's is not an ElectroError", async () => {
    expect(await branchOf(() => Promise.reject(new Error("other")))).toBe("DynamoDB");
  });
});

describe("best practices", () => {
  const ann = { courseId: "123", userId: "456", firstName: "Ann", lastName: "Lee" };

  test("validation of a format by a callback that throws", async () => {
    const error = await PersonEntity.create({ ...ann, email: "nowhere" })
      .go()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 4002, fields: [{ field: "email" }] });
    expect((error as { fields: { cause?: Error }[] }).fields[0]?.cause?.message).toBe(
      "Invalid email format",
    );
  });

  test("read-only attributes are refused in an update", async () => {
    const change = { createdAt: "2020-01-01" } as object;
    await expect(UserEntity.update({ userId: "u" }).set(change).go()).rejects.toMatchObject({
      code: 4003,
    });
  });

  test("a hidden attribute is computed on read and not stored", async () => {
    await PersonEntity.create({ ...ann, email: "ann@example.com" }).go();
    const key = { courseId: "123", userId: "456" };
    const raw = await PersonEntity.get(key).go({ data: "raw" });
    expect(JSON.stringify(raw.data)).not.toContain("fullName");
    const plain = await PersonEntity.get(key).go();
    expect(plain.data).toEqual({ ...ann, email: "ann@example.com" });
    const all = await PersonEntity.get(key).go({ includeHidden: true });
    expect(all.data).toMatchObject({ fullName: "Ann Lee" });
  });

  test("composite attributes make the sort key", () => {
    const { Key } = PersonEntity.get({ courseId: "123", userId: "456" }).params();
    expect(Key).toEqual({ pk: "$myapp", sk: "$person_1#courseid_123#userid_456" });
  });
});
