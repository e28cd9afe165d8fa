// The seed's own test file in jest, whose realm has its own Set, Date and Uint8Array; started by jest.test.ts.
const {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
} = require("@aws-sdk/client-dynamodb");
const { ElectroError, Entity, tableDefinition } = require("electroxide");

const localClient = new DynamoDBClient({
  endpoint: process.env.DYNAMODB_ENDPOINT,
  region: process.env.AWS_REGION ?? "local",
  ...(process.env.AWS_ACCESS_KEY_ID === undefined && {
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  }),
});

const UserEntity = new Entity(
  {
    model: { entity: "user", version: "1", service: "myapp" },
    attributes: {
      userId: { type: "string", required: true },
      email: { type: "string", required: true, validate: /@/ },
      name: { type: "string", required: true },
      role: { type: ["ADMIN", "TEACHER", "STUDENT"], required: true, default: "STUDENT" },
      groups: { type: "set", items: "string" },
      picture: { type: "any" },
      createdAt: { type: "string", default: () => new Date().toISOString(), readOnly: true },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["userId"] }, sk: { field: "sk", composite: [] } },
      byRole: {
        index: "gsi2",
        pk: { field: "gsi2pk", composite: ["role"] },
        sk: { field: "gsi2sk", composite: ["createdAt"] },
      },
    },
  },
  { client: localClient, table: `jest-${process.pid}-${Date.now()}` },
);

async function createTestTable() {
  const definition = tableDefinition([UserEntity]);
  await localClient.send(new CreateTableCommand(definition));
  return definition.TableName;
}

describe("UserEntity", () => {
  let table;

  beforeAll(async () => {
    table = await createTestTable();
  });

  afterAll(async () => {
    await localClient.send(new DeleteTableCommand({ TableName: table }));
    localClient.destroy();
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

  test("knows a Set and bytes of jest's own realm", async () => {
    const groups = new Set(["a", "b"]);
    const picture = new Uint8Array([1, 2, 3]);
    await UserEntity.create({
      userId: "user_set",
      email: "set@example.com",
      name: "Set",
      groups,
      picture,
    }).go();
    const { data } = await UserEntity.get({ userId: "user_set" }).go();
    expect([...data.groups].sort()).toEqual(["a", "b"]);
    expect([...data.picture]).toEqual([1, 2, 3]);
  });

  test("refuses with errors that are instances of this realm's ElectroError", async () => {
    await expect(UserEntity.create({ userId: "u" }).go()).rejects.toBeInstanceOf(ElectroError);
    await expect(UserEntity.create({ userId: "u" }).go()).rejects.toMatchObject({ code: 4001 });
  });
});
