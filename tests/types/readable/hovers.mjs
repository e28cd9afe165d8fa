// What an editor shows for the word behind the mark. Types print whole models in their own arguments, where TypeScript cuts
// them short; what is pinned here is that the name stands first, and that results are the items themselves.

const item =
  'userId: string; email: string; role: "ADMIN" | "TEACHER" | "STUDENT"; createdAt: string;';
const session =
  "sessionId: string; userId: string; courseId: string; date: string; createdAt: string;";

/** The code with its mark `§`, what the hover says, and how long it may be at most. */
export const hovers = [
  // Entities and chains: a name and its model.
  ["void §User;", "const User: Entity<string, string, string, Model<{ readonly userId:", 850],
  [
    "const §got = User.get({ userId: 'u1' });",
    "const got: GetOperation<Model<{ readonly userId",
    900,
  ],
  [
    "const §put = User.put({ userId: 'u1', email: 'e' });",
    "const put: PlainPutOperation<Model<{",
    900,
  ],
  [
    "const §made = User.create({ userId: 'u1', email: 'e' });",
    "const made: PutOperation<Model<{",
    900,
  ],
  ["const §start = User.update({ userId: 'u1' });", "const start: UpdateStart<Model<{", 900],
  [
    "const §set = User.update({ userId: 'u1' }).set({ name: 'n' });",
    "const set: UpdateOperation<Model<{",
    900,
  ],
  [
    "const §set = User.patch({ userId: 'u1' }).set({ name: 'n' });",
    "const set: PatchOperation<Model<{",
    900,
  ],
  ["const §lacks = User.upsert({ userId: 'u1' });", "const lacks: UpsertStart<Model<{", 900],
  ["const §lacks = Old.upsert({ userId: 'u1', x: 1 });", "const lacks: UpsertStart<Model<{", 900],
  ["const §gone = User.remove({ userId: 'u1' });", "const gone: DeleteOperation<Model<{", 900],
  [
    "const §query = User.query.byRole({ role: 'ADMIN' });",
    "const query: SortOperation<Model<{",
    900,
  ],
  [
    "const §query = User.query.primary({ userId: 'u1' });",
    "const query: QueryOperation<Model<{",
    900,
  ],
  [
    "const §query = Plot.query.byState({ state: 's' });",
    "const query: PartialQueryOperation<Model<{",
    600,
  ],
  [
    "const §coll = App.collections.activity({ userId: 'u1' });",
    "const coll: CollectionSortOperation<{ user: Entity<",
    1000,
  ],
  [
    "const §done = User.patch({ userId: 'u1' }).set({}).commit();",
    'const done: Committed<"write", Model<{',
    900,
  ],
  ["void §App;", "const App: Service<{ user: Entity<string, string, string, Model<{", 1000],
  // What methods take.
  [
    "User.§get({ userId: 'u1' });",
    "get: GetForms (key: { userId: string; }) => GetOperation<",
    1200,
  ],
  [
    "User.§create({ userId: 'u1', email: 'e' });",
    ".create(attributes: { userId: string; email: string; name?: string | undefined;",
    1100,
  ],
  ["User.§update({ userId: 'u1' });", ".update(key: { userId: string; }): UpdateStart<", 1200],
  [
    "User.update({ userId: 'u1' }).§add({ visits: 1 });",
    ".add(attributes: { version?: number | undefined; visits?: number | undefined; credits?: number | undefined; tags?: string[] | undefined; })",
    1100,
  ],
  [
    "User.update({ userId: 'u1' }).§remove(['nickname']);",
    '.remove(attributes: readonly ("name" | "nickname" | "verified"',
    1100,
  ],
  [
    "User.query.§byRole({ role: 'ADMIN' });",
    'byRole: Query1 (composites: { role: "ADMIN" | "TEACHER" | "STUDENT"; createdAt?: string | undefined; }) => SortOperation<',
    900,
  ],
  [
    "Old.query.§byRole({ role: 'ADMIN' });",
    '(composites: { role: "ADMIN"; }) => SortOperation<',
    900,
  ],
  [
    "Session.query.byCourse({ courseId: 'c' }).§gte({ date: 'd' });",
    ".gte(composites: { date: string; }): QueryOperation<",
    1300,
  ],
  [
    "Session.query.byCourse({ courseId: 'c' }).§begins({ date: 'd' });",
    ".begins(composites: { date: string; } | { date: string | undefined; }): QueryOperation<",
    1300,
  ],
  [
    "App.collections.§activity({ userId: 'u1' });",
    "(composites: { userId: string; createdAt?: string | undefined; }) => CollectionSortOperation<",
    1000,
  ],
  [
    "User.conversions.fromComposite.§toKeys({ userId: 'u1' });",
    "(method) toKeys(composite: { userId?: string | undefined; role?:",
    220,
  ],
  ["User.get({ userId: 'u1' }).§params();", ".params<GetParams>(options?: ReadOptions<", 530],
  // Callbacks.
  [
    "User.scan.where(({ §role }, { eq }) => eq(role, 'ADMIN'));",
    '(parameter) role: Reference<{ readonly type: readonly ["ADMIN", "TEACHER", "STUDENT"];',
    160,
  ],
  [
    "User.scan.where(({ role }, { §eq }) => eq(role, 'ADMIN'));",
    '(parameter) eq: <D>(attribute: Reference<D>, value: Operand<ValueOf<D, "all">>) => string',
    100,
  ],
  ["User.scan.where((_, §is) => is.field('f'));", "(parameter) is: WhereOperators", 40],
  [
    "User.update({ userId: 'u1' }).data(({ §visits }, { add }) => add(visits, 1));",
    '(parameter) visits: Reference<{ readonly type: "number"; }>',
    70,
  ],
  [
    "User.update({ userId: 'u1' }).data(({ visits }, §change) => change.add(visits, 1));",
    "(parameter) change: DataOperators",
    40,
  ],
  // Results.
  [
    "const { §data } = await User.get({ userId: 'u1' }).go();",
    `const data: { ${item} name?: string | undefined;`,
    450,
  ],
  [
    "const { §data } = await User.get({ userId: 'u1' }).go({ attributes: ['email'] });",
    "const data: { email: string; } | null",
    40,
  ],
  ["const { §data } = await User.get([{ userId: 'u1' }]).go();", `const data: ({ ${item}`, 450],
  [
    "const §batch = await User.get([{ userId: 'u1' }]).go();",
    `const batch: { data: ({ ${item}`,
    520,
  ],
  [
    "const §batch = await User.get([{ userId: 'u1' }]).go({ attributes: ['name'] });",
    "const batch: { data: ({ name?: string | undefined; } | null)[]; unprocessed: { userId: string; }[]; }",
    110,
  ],
  [
    "const §batch = await User.delete([{ userId: 'u1' }]).go();",
    "const batch: { unprocessed: { userId: string; }[]; }",
    60,
  ],
  [
    "const §raw = await User.get({ userId: 'u1' }).go({ data: 'raw' });",
    "const raw: { data: RawGet; }",
    40,
  ],
  [
    "const §patched = await User.patch({ userId: 'u1' }).set({}).go();",
    "const patched: { data: { userId: string; }; }",
    60,
  ],
  [
    "const §updated = await User.update({ userId: 'u1' }).set({}).go({ response: 'all_new' });",
    `const updated: { data: Partial<{ ${item}`,
    480,
  ],
  [
    "const §gone = await User.remove({ userId: 'u1' }).go();",
    "const gone: { data: { userId: string; }; }",
    60,
  ],
  [
    "const §page = await User.query.byRole({ role: 'ADMIN' }).go();",
    `const page: { data: { ${item}`,
    520,
  ],
  [
    "const §page = await Plot.query.byState({ state: 's' }).go();",
    "const page: { data: { state?: string | undefined; }[]; cursor: string | null; unprocessed?: StoredItem[]; }",
    120,
  ],
  [
    "const §page = await Plot.query.byState({ state: 's' }).go({ hydrate: true });",
    "const page: { data: { plotId: string; state?: string | undefined; size?: number | undefined; }[];",
    170,
  ],
  [
    "const { §data } = await App.collections.activity({ userId: 'u1' }).go();",
    `const data: { user: { ${item}`,
    600,
  ],
  [
    "const §result = await App.transaction.write((app) => [app.session.remove({ sessionId: 's' })]).go();",
    `const result: { canceled: boolean; data: [TransactionItem<{ ${session} }>]; }`,
    200,
  ],
  [
    "const §result = await App.transaction.get([{ session: { sessionId: 's' } }]).go();",
    `const result: { canceled: boolean; data: [TransactionItem<{ ${session} }>]; }`,
    200,
  ],
  [
    "const §result = await App.batch.get([{ session: { sessionId: 's' } }]).go();",
    `const result: { data: [{ ${session} } | null]; unprocessed: { user: { userId: string; }[]; session: { sessionId: string; }[]; }; }`,
    240,
  ],
  [
    "const { §unprocessed } = await App.batch.get([{ session: { sessionId: 's' } }]).go();",
    "const unprocessed: { user: { userId: string; }[]; session: { sessionId: string; }[]; }",
    100,
  ],
  [
    "const { §unprocessed } = await App.batch.write((app) => [app.session.delete({ sessionId: 's' })]).go();",
    "const unprocessed: { user: UndoneWrites<{ userId: string; email: string;",
    700,
  ],
  ["const §item = Session.parse({});", `const item: { ${session} } | null`, 140],
  ["const §keys = User.conversions.fromComposite.toKeys({});", "const keys: ConvertedKeys", 30],
  ["const §params = User.get({ userId: 'u1' }).params();", "const params: NoInfer<GetParams>", 40],
  // Types by name.
  [
    "type §Item = EntityItem<typeof Session>; null as unknown as Item;",
    `type Item = { ${session} }`,
    130,
  ],
  [
    "type §Key = EntityIdentifiers<typeof User>; null as unknown as Key;",
    "type Key = { userId: string; }",
    40,
  ],
  [
    "type §New = CreateEntityItem<typeof Session>; null as unknown as New;",
    "type New = { sessionId: string; userId: string; courseId: string; date: string; createdAt?: string | undefined; }",
    130,
  ],
  [
    "type §Change = UpdateEntityItem<typeof Session>; null as unknown as Change;",
    "type Change = { userId?: string | undefined; courseId?: string | undefined; date?: string | undefined; }",
    120,
  ],
  [
    "type §Page = QueryResponse<typeof Session>; null as unknown as Page;",
    `type Page = { data: { ${session} }[]; cursor: string | null; }`,
    180,
  ],
  [
    "type §Both = CollectionItem<typeof App, 'activity'>; null as unknown as Both;",
    `type Both = { user: { ${item}`,
    600,
  ],
];
