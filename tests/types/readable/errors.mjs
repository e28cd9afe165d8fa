// What the compiler says of typical mistakes, and that it points at the word behind the mark.

/** The code with its mark `§`, what the message says, and how long it may be at most. */
export const errors = [
  ["User.get({ §id: 'u1' });", "'id' does not exist in type '{ userId: string; }'", 1000],
  ["User.get({ §userId: 1 });", "Type 'number' is not assignable to type 'string'", 1000],
  [
    "User.create(§{ userId: 'u1' });",
    "Property 'email' is missing in type '{ userId: string; }'",
    700,
  ],
  [
    "User.create({ userId: 'u1', email: 'e', §colour: 1 });",
    "'colour' does not exist in type '{ userId: string; email: string;",
    360,
  ],
  [
    "User.create({ userId: 'u1', §email: 1 });",
    "Type 'number' is not assignable to type 'string'",
    60,
  ],
  [
    "User.create({ userId: 'u1', email: 'e', §role: 'BOSS' });",
    `Type '"BOSS"' is not assignable to type '"ADMIN" | "TEACHER" | "STUDENT" | undefined'`,
    110,
  ],
  [
    "User.§put({ userId: 'u1', email: 'e', colour: 1 });",
    "'colour' does not exist in type '{ userId: string; email: string;",
    1450,
  ],
  [
    "User.update({ userId: 'u1' }).set({ §createdAt: 'x' });",
    "'createdAt' does not exist in type '{ email?: string | undefined;",
    360,
  ],
  [
    "User.update({ userId: 'u1' }).add({ §name: 1 });",
    "'name' does not exist in type '{ version?: number | undefined; visits?:",
    220,
  ],
  [
    "User.update({ userId: 'u1' }).remove([§'email']);",
    `Type '"email"' is not assignable to type '"name" | "nickname" |`,
    150,
  ],
  [
    "User.update({ userId: 'u1' }).§go();",
    "Property 'go' does not exist on type 'UpdateStart<",
    340,
  ],
  [
    "User.update({ userId: 'u1' }).data((user, { set }) => set(§user.createdAt, 'x'));",
    "required in type 'ReadOnlyPlace'",
    540,
  ],
  [
    "User.update({ userId: 'u1' }).data((user, { remove }) => remove(§user.email));",
    "required in type 'RequiredPlace'",
    370,
  ],
  [
    "User.update({ userId: 'u1' }).data((user, { add }) => add(§user.name, 1));",
    "is not assignable to parameter of type 'Reference<Addable>'",
    330,
  ],
  ["User.upsert({ userId: 'u1' }).§go();", "does not exist on type 'UpsertStart<", 340],
  [
    "User.upsert({ userId: 'u1', §colour: 1 });",
    "'colour' does not exist in type 'Some<{ userId: string; email: string;",
    400,
  ],
  ["User.query.§byName({});", "Property 'byName' does not exist on type 'Queries<", 330],
  [
    "User.query.byRole({ §role: 'BOSS' });",
    `Type '"BOSS"' is not assignable to type '"ADMIN" | "TEACHER" | "STUDENT"'`,
    960,
  ],
  [
    "User.query.byRole({ role: 'ADMIN', §cursor });",
    "'cursor' does not exist in type '{ role:",
    1130,
  ],
  [
    "Session.query.byCourse({ courseId: 'c' }).gt(§{});",
    "Property 'date' is missing in type '{}' but required in type '{ date: string; }'",
    180,
  ],
  [
    "Session.query.byCourse({ courseId: 'c' }).begins({ §day: 'x' });",
    "'day' does not exist in type '{ date: string; } | { date: string | undefined; }'",
    140,
  ],
  ["User.query.byRole({ role: 'ADMIN' }).go({ §lmit: 1 });", "Did you mean to write 'limit'?", 170],
  [
    "User.query.byRole({ role: 'ADMIN' }).go({ attributes: [§'colour'] });",
    `Type '"colour"' is not assignable to type '"userId" | "email"`,
    200,
  ],
  [
    "User.query.byRole({ role: 'ADMIN' }).go({ §limit: '1' });",
    "Type 'string' is not assignable to type 'number'",
    60,
  ],
  [
    "User.get({ userId: 'u1' }).go({ §limit: 1 });",
    `'limit' does not exist in type 'ReadOptions<never, never, false>'`,
    140,
  ],
  [
    "User.create({ userId: 'u1', email: 'e' }).go({ §response: 'updated_new' });",
    "is not assignable to type 'PutResponse | undefined'",
    90,
  ],
  [
    "Plot.query.byState({ state: 's' }).go({ attributes: [§'size'] });",
    `Type '"size"' is not assignable to type '"state"'`,
    60,
  ],
  ["Plot.query.byState({ state: 's' }).go({ §lmit: 1 });", "Did you mean to write 'limit'?", 190],
  [
    "Plot.query.byState({ state: 's' }).go({ hydrate: true, attributes: [§'colour'] });",
    `Type '"colour"' is not assignable to type '"plotId" | "state" | "size"'`,
    80,
  ],
  [
    "Plot.query.byState({ state: 's' }).where(({ §size }, { gt }) => gt(size, 1));",
    "Property 'size' does not exist on type 'Paths<Pick<{",
    230,
  ],
  [
    "(await Plot.query.byState({ state: 's' }).go()).data[0]?.§size;",
    "Property 'size' does not exist on type '{ state?: string | undefined; }'",
    80,
  ],
  [
    "Plot.scan.byState.go({ §limit: '1' });",
    "Type 'string' is not assignable to type 'number'",
    60,
  ],
  [
    "Plot.find({ state: 's' }).go({ attributes: [§'colour'] });",
    `Type '"colour"' is not assignable to type '"plotId" | "state" | "size"'`,
    80,
  ],
  [
    "User.scan.where((user, { eq }) => eq(user.§colour, 'x'));",
    "Property 'colour' does not exist on type 'Paths<{",
    300,
  ],
  [
    "User.scan.where((user, { eq }) => eq(user.visits, §'x'));",
    "parameter of type 'Operand<number>'",
    90,
  ],
  [
    "User.scan.where((user, { eq }) => eq(user.role, §'BOSS'));",
    `parameter of type 'Operand<"ADMIN" | "TEACHER" | "STUDENT">'`,
    120,
  ],
  [
    "User.scan.where((user, { gt }) => gt(§user.verified, true));",
    "is not assignable to parameter of type 'Reference<Comparable>'",
    350,
  ],
  [
    "User.scan.where((user, { begins }) => begins(§user.visits, 'x'));",
    "is not assignable to parameter of type 'Reference<Textual>'",
    320,
  ],
  [
    "User.scan.where((user, { contains }) => contains(user.tags, §1));",
    "parameter of type 'Operand<string>'",
    90,
  ],
  [
    "User.scan.where((user, is) => is.§equals(user.visits, 1));",
    "Property 'equals' does not exist on type 'WhereOperators'",
    70,
  ],
  [
    "(await User.get({ userId: 'u1' }).go({ attributes: ['email'] })).data?.§name;",
    "Property 'name' does not exist on type '{ email: string; }'",
    80,
  ],
  ["App.collections.§activities({ userId: 'u1' });", "Did you mean 'activity'?", 420],
  [
    "App.collections.activity({ §id: 'u1' });",
    "'id' does not exist in type '{ userId: string; createdAt?: string | undefined; }'",
    150,
  ],
  [
    "App.transaction.write(({ user }) => [§user.get({ userId: 'u1' })]);",
    `Type '"get"' is not assignable to type '"write"'`,
    1200,
  ],
  [
    "App.transaction.write(({ user }) => [§user.query.byRole({ role: 'ADMIN' })]);",
    "is not assignable to type 'WriteItem'",
    360,
  ],
  ["User.parse(§'x');", "is not assignable to parameter of type 'AnswerOrStoredItem'", 180],
  ["User.setClient(§{});", "is not assignable to parameter of type 'DynamoClient'", 170],
  [
    "new Service({ §user: {} });",
    "is missing the following properties from type 'Entity<any, any, any, any, any>'",
    150,
  ],
  [
    "User.conversions.fromComposite.toKeys({ §colour: 'x' });",
    "'colour' does not exist in type '{ userId?: string | undefined; role?:",
    220,
  ],
  [
    "new Entity({ model: { entity: 'a', service: 's', version: '1' }, attributes: { id: { type: 'string' } }, indexes: { p: { pk: { field: 'pk', composite: [§'idd'] } } } });",
    `Type '"idd"' is not assignable to type '"id"'`,
    60,
  ],
  [
    "new Entity({ model: { entity: 'a', service: 's', version: '1' }, attributes: { id: { §type: 'text' } }, indexes: { p: { pk: { field: 'pk', composite: ['id'] } } } });",
    `Type '"text"' is not assignable to type '"string" | "number" | "boolean"`,
    170,
  ],
  [
    "new Entity({ model: { entity: 'a', service: 's', version: '1' }, attributes: { id: { type: 'string' }, §l: { type: 'list' } }, indexes: { p: { pk: { field: 'pk', composite: ['id'] } } } });",
    "Property 'items' is missing in type '{ type: \"list\"; }' but required in type 'ListAttribute'",
    170,
  ],
  [
    "new Entity({ §model: { entity: 'a', service: 's' }, attributes: { id: { type: 'string' } }, indexes: { p: { pk: { field: 'pk', composite: ['id'] } } } });",
    "Property 'version' is missing",
    120,
  ],
  [
    "new Entity({ model: { entity: 'a', service: 's', version: '1' }, attributes: { id: { type: 'string' } }, indexes: { p: { pk: { field: 'pk', §composites: ['id'] } } } });",
    "Did you mean to write 'composite'?",
    150,
  ],
  [
    "Old.query.byRole({ §role: 'BOSS' });",
    `Type '"BOSS"' is not assignable to type '"ADMIN" | "TEACHER" | "STUDENT"'`,
    80,
  ],
  [
    "Old.query.byRole(§{});",
    "Property 'role' is missing in type '{}' but required in type '{ role:",
    280,
  ],
  [
    "Old.query.byRole({ role: 'ADMIN' }).gt({ §day: 'x' });",
    "'day' does not exist in type '{ createdAt?: string | undefined; }'",
    130,
  ],
  ["Old.scan.go({ §limit: 'x' });", "Type 'string' is not assignable to type 'number'", 60],
  [
    "Old.upsert({ userId: 'u1', §email: 1 });",
    "Type 'number' is not assignable to type 'string'",
    60,
  ],
];
