// Batches of gets, puts and deletes: the requests that are sent, in which order and how many at once, and the results in both entries.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Entity as DropInEntity } from "electroxide/electrodb";
import { Entity } from "electroxide";
import { describe, expect, test } from "vitest";
import type { Loose } from "./bad-input-refusal";

type Input = { RequestItems: Record<string, Loose> };

let made = 0;

const model = () =>
  ({
    model: { entity: "note", version: "1", service: "app" },
    attributes: {
      team: { type: "string", required: true },
      id: { type: "string", required: true, default: () => `made_${(made += 1)}` },
      title: { type: "string", field: "t", set: (value?: string) => value?.toUpperCase() },
      seal: { type: "string", hidden: true },
      rank: { type: "number", validate: (rank?: number) => rank === undefined || rank >= 0 },
      marks: { type: "list", items: { type: "number" } },
    },
    indexes: {
      primary: {
        pk: { field: "pk", composite: ["team"] },
        sk: { field: "sk", composite: ["id"] },
      },
      byTitle: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["title"] },
        sk: { field: "gsi1sk", composite: ["rank"] },
      },
    },
  }) as const;

const key = (at: number) => ({ team: "Red", id: `n${at}` });
const keys = (count: number) => Array.from({ length: count }, (_, at) => key(at));
const stored = (at: number) => ({
  pk: "$app#team_red",
  sk: `$note_1#id_n${at}`,
  team: "Red",
  id: `n${at}`,
  t: `T${at}`,
  seal: "s",
  __edb_e__: "note",
  __edb_v__: "1",
});
const shown = (at: number) => ({ team: "Red", id: `n${at}`, title: `T${at}` });
const storedKey = (at: number) => ({ pk: "$app#team_red", sk: `$note_1#id_n${at}` });

/** A client that answers by this function; it notes what it is sent and how many requests are under way. */
function stub(answer: (input: Input, count: number) => unknown) {
  const sent: { name: string; input: Input }[] = [];
  const underWay: number[] = [];
  let open = 0;
  const client = {
    send: async (command: { constructor: { name: string }; input: Input }) => {
      sent.push({ name: command.constructor.name, input: command.input });
      underWay.push((open += 1));
      await Promise.resolve();
      try {
        return await answer(command.input, sent.length);
      } finally {
        open -= 1;
      }
    },
  };
  const config = { table: "notes", client };
  return {
    sent,
    underWay,
    Note: new Entity(model(), config) as Loose,
    Other: new DropInEntity(model(), config) as Loose,
  };
}

const found = (...positions: number[]) =>
  stub(() => ({ Responses: { notes: positions.map(stored) } }));

describe("the requests", () => {
  const { Note, Other } = found();

  test("gets go in hundreds, writes in twenty-fives", () => {
    const gets = Note.get(keys(230)).params() as Input[];
    expect(gets.map(({ RequestItems }) => RequestItems["notes"].Keys.length)).toEqual([
      100, 100, 30,
    ]);
    expect(gets[2]?.RequestItems["notes"].Keys[29]).toEqual(storedKey(229));
    const puts = Note.put(keys(60)).params() as Input[];
    expect(puts.map(({ RequestItems }) => RequestItems["notes"].length)).toEqual([25, 25, 10]);
    const deletes = Note.delete(keys(26)).params() as Input[];
    expect(deletes[1]).toEqual({
      RequestItems: { notes: [{ DeleteRequest: { Key: storedKey(25) } }] },
    });
  });

  test("an item of a batch is what a put of it alone is", () => {
    const items = [
      { ...key(1), title: "a", rank: 3, seal: "x" },
      { ...key(2), marks: [1, 2] },
    ];
    const [{ RequestItems }] = Note.put(items).params();
    expect(RequestItems.notes).toEqual(
      items.map((item) => ({ PutRequest: { Item: Note.put(item).params().Item } })),
    );
  });

  test("nothing makes no request", () => {
    for (const entity of [Note, Other]) {
      expect(entity.get([]).params()).toEqual([]);
      expect(entity.put([]).params()).toEqual([]);
      expect(entity.delete([]).params()).toEqual([]);
    }
  });

  test("ten thousand keys and a hundred thousand items", () => {
    const gets = Note.get(keys(10_000)).params() as Input[];
    expect(gets).toHaveLength(100);
    expect(gets[99]?.RequestItems["notes"].Keys[99]).toEqual(storedKey(9999));
    const puts = Note.put(keys(100_000)).params() as Input[];
    expect(puts).toHaveLength(4000);
    expect(puts[3999]?.RequestItems["notes"][24].PutRequest.Item).toMatchObject(storedKey(99_999));
    // Half a second of work, which takes long where many wait for the processor.
  }, 60_000);

  test("what all gets have in common is said once for each request", () => {
    const options = { attributes: ["title"], consistent: true, table: "other" };
    const [first] = Note.get(keys(2)).params(options) as Input[];
    expect(first).toEqual({
      RequestItems: {
        other: {
          Keys: [storedKey(0), storedKey(1)],
          ConsistentRead: true,
          ProjectionExpression: "#pk, #sk, #t",
          ExpressionAttributeNames: { "#pk": "pk", "#sk": "sk", "#t": "t" },
        },
      },
    });
  });

  test("`params` goes where DynamoDB looks for it", () => {
    const extra = { ReturnConsumedCapacity: "TOTAL", ConsistentRead: true };
    expect(Note.get([key(1)]).params({ params: extra })).toEqual([
      {
        RequestItems: { notes: { Keys: [storedKey(1)], ConsistentRead: true } },
        ReturnConsumedCapacity: "TOTAL",
      },
    ]);
    expect(
      Note.delete([key(1)]).params({ params: { ReturnConsumedCapacity: "TOTAL" } })[0],
    ).toMatchObject({
      ReturnConsumedCapacity: "TOTAL",
    });
    // ElectroDB lays all of it over the table's part of gets, and none of it over writes.
    expect(Other.get([key(1)]).params({ params: extra })).toEqual([
      { RequestItems: { notes: { Keys: [storedKey(1)], ...extra } } },
    ]);
    expect(Other.delete([key(1)]).params({ params: extra })[0]).not.toHaveProperty(
      "ReturnConsumedCapacity",
    );
  });

  test("are made of what the items were when the method was called", () => {
    const changed = { ...key(1) };
    const list = [changed];
    const chains = [Note.get(list), Note.put(list), Note.delete(list)];
    changed.id = "n2";
    list.push(key(3));
    const texts = chains.map((chain) => JSON.stringify(chain.params()));
    for (const text of texts) {
      expect(text).toContain("id_n1");
      expect(text).not.toMatch(/n2|n3/);
    }
  });

  test("agree between `params` and `go`, with the defaults made once", async () => {
    const { Note: Sent, sent } = stub(() => ({}));
    const batch = Sent.put([{ team: "Red" }, { team: "Blue" }]);
    const [planned] = batch.params();
    await batch.go();
    expect(sent.map(({ input }) => input)).toEqual([planned]);
    expect(planned.RequestItems.notes[0]).not.toEqual(planned.RequestItems.notes[1]);
  });

  test("a table whose name is that of a prototype", () => {
    const [request] = Note.get([key(1)]).params({ table: "__proto__" });
    expect(Object.keys(request.RequestItems)).toEqual(["__proto__"]);
  });
});

describe("gets", () => {
  test("answer in the order of the keys, `null` where nothing was found", async () => {
    const { Note } = found(2, 0);
    expect(await Note.get(keys(3)).go()).toEqual({
      data: [shown(0), null, shown(2)],
      unprocessed: [],
    });
    const raw = await Note.get(keys(3)).go({ data: "raw" });
    expect(raw.data).toEqual([{ Item: stored(0) }, null, { Item: stored(2) }]);
    const { data } = await Note.get(keys(3)).go({ data: "includeKeys" });
    expect(data[2]).toEqual({ ...shown(2), ...storedKey(2), __edb_e__: "note", __edb_v__: "1" });
    expect((await Note.get(keys(3)).go({ includeHidden: true })).data[0].seal).toBe("s");
  });

  test("answer what was found alone when the order is not wanted", async () => {
    const { Note } = found(2, 0);
    const { data } = await Note.get(keys(3)).go({ preserveBatchOrder: false });
    expect(data).toEqual([shown(2), shown(0)]);
  });

  test("in the drop-in, answer what was found, and the order when it is asked for", async () => {
    const { Other } = found(2, 0);
    expect((await Other.get(keys(3)).go()).data).toEqual([shown(2), shown(0)]);
    const { data } = await Other.get(keys(3)).go({ preserveBatchOrder: true });
    expect(data).toEqual([shown(0), null, shown(2)]);
  });

  test("hand back the keys that were left unread", async () => {
    const { Note, Other } = stub(() => ({
      Responses: { notes: [stored(2)] },
      UnprocessedKeys: { notes: { Keys: [storedKey(1)] } },
    }));
    expect(await Note.get(keys(3)).go()).toEqual({
      data: [null, null, shown(2)],
      unprocessed: [key(1)],
    });
    const raw = { unprocessed: "raw" };
    expect((await Note.get(keys(3)).go(raw)).unprocessed).toEqual([storedKey(1)]);
    expect((await Other.get(keys(3)).go(raw)).unprocessed).toEqual([storedKey(1)]);
  });

  test("keep the order in another table, too", async () => {
    const { Note, Other } = stub(() => ({ Responses: { other: [stored(1)] } }));
    const options = { table: "other", preserveBatchOrder: true };
    expect((await Note.get(keys(2)).go(options)).data).toEqual([null, shown(1)]);
    expect((await Other.get(keys(2)).go(options)).data).toEqual([null, shown(1)]);
  });

  test("ask for the identifiers beside the attributes, and show these alone", async () => {
    const { Note, sent } = found(0);
    const { data } = await Note.get([key(0)]).go({ attributes: ["title"] });
    expect(data).toEqual([{ title: "T0" }]);
    expect(sent[0]?.input.RequestItems["notes"].ProjectionExpression).toBe(
      "#pk, #sk, #t, #__edb_e__, #__edb_v__",
    );
  });

  test("do not show the items of other entities", async () => {
    const { Note } = stub(() => ({
      Responses: { notes: [{ ...stored(0), __edb_e__: "other" }, stored(1)] },
    }));
    expect((await Note.get(keys(2)).go()).data).toEqual([null, shown(1)]);
    const { data } = await Note.get(keys(2)).go({ preserveBatchOrder: false });
    expect(data).toEqual([shown(1)]);
  });

  test("an item that was not asked for has no place, and is not lost without a word", async () => {
    const { Note } = stub(() => ({ Responses: { notes: [{ team: "Red", id: "n0" }] } }));
    await expect(Note.get(keys(2)).go()).rejects.toMatchObject({ code: 5001 });
    const { data } = await Note.get([key(0)]).go({ preserveBatchOrder: false, data: "raw" });
    expect(data).toEqual([{ Item: { team: "Red", id: "n0" } }]);
  });
});

describe("writes", () => {
  const second = (input: Input) => ({
    UnprocessedItems: { notes: [input.RequestItems["notes"][1]] },
  });

  test("resolve with what was left unwritten", async () => {
    const { Note } = stub(second);
    const items = [key(0), { ...key(1), title: "a", seal: "x" }, key(2)];
    // As it was given and with its default, so that putting it again is the same write.
    expect(await Note.put(items).go()).toEqual({ unprocessed: [items[1]] });
    expect(await Note.delete(keys(2)).go()).toEqual({ unprocessed: [key(1)] });
    const puts = await Note.put(items).go({ unprocessed: "raw" });
    expect(puts.unprocessed).toMatchObject([{ ...storedKey(1), t: "A", __edb_e__: "note" }]);
    const deletes = await Note.delete(keys(2)).go({ unprocessed: "raw" });
    expect(deletes.unprocessed).toEqual([storedKey(1)]);
  });

  test("an item left unwritten has the default that was made for it", async () => {
    const { Note, sent } = stub(second);
    const { unprocessed } = await Note.put([{ team: "a" }, { team: "b" }]).go();
    expect(unprocessed).toEqual([{ team: "b", id: expect.stringMatching(/^made_/) as string }]);
    expect(sent[0]?.input.RequestItems["notes"][1].PutRequest.Item.id).toBe(unprocessed[0].id);
  });

  test("in the drop-in, hand back items as they are read", async () => {
    const { Other } = stub(second);
    const items = [key(0), { ...key(1), title: "a", seal: "x" }];
    expect(await Other.put(items).go()).toEqual({ unprocessed: [{ ...key(1), title: "A" }] });
  });

  test("an answer that says nothing of them has left nothing", async () => {
    const { Note, Other } = stub(() => ({}));
    expect(await Note.put(keys(2)).go()).toEqual({ unprocessed: [] });
    expect(await Other.delete(keys(2)).go()).toEqual({ unprocessed: [] });
    expect(await Note.put([]).go()).toEqual({ unprocessed: [] });
    expect(await Note.get([]).go()).toEqual({ data: [], unprocessed: [] });
  });
});

describe("several requests", () => {
  const nothing = () => ({ UnprocessedItems: {} });

  test("go one after the other, or in waves of `concurrent`", async () => {
    const serial = stub(nothing);
    await serial.Note.put(keys(75)).go();
    expect(serial.underWay).toEqual([1, 1, 1]);
    const waves = stub(nothing);
    await waves.Note.put(keys(125)).go({ concurrent: 2 });
    expect(waves.underWay).toEqual([1, 2, 1, 2, 1]);
    const documented = stub(nothing);
    await documented.Note.put(keys(75)).go({ concurrency: 3 });
    expect(documented.underWay).toEqual([1, 2, 3]);
  });

  test("end with the first that fails, whose request the error knows", async () => {
    const { Note, sent } = stub((_input, count) => {
      if (count === 2) throw new Error("too much");
      return {};
    });
    const error = await Note.put(keys(75))
      .go()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 5001, cause: { message: "too much" } });
    expect(sent).toHaveLength(2);
    expect(error.params()).toBe(sent[1]?.input);
  });

  test("stop when they are called off", async () => {
    const controller = new AbortController();
    const { Note, sent } = stub((_input, count) => {
      if (count === 2) controller.abort();
      return { Responses: {} };
    });
    const options = { abortSignal: controller.signal };
    await expect(Note.get(keys(350)).go(options)).rejects.toMatchObject({ code: 5002 });
    expect(sent).toHaveLength(2);
  });

  test("are told to listeners one by one", async () => {
    const { Note } = stub(nothing);
    const events: string[] = [];
    await Note.put(keys(30)).go({
      logger: ({ type, method }: { type: string; method: string }) => {
        events.push(`${type} ${method}`);
      },
    });
    const both = ["query batchWrite", "results batchWrite"];
    expect(events).toEqual([...both, ...both]);
  });

  test("go by the methods of an older client in the drop-in", async () => {
    const sent: string[] = [];
    const answer = (name: string) => (input: Input) => ({
      promise: async () => {
        sent.push(name);
        await Promise.resolve();
        return name === "batchGet"
          ? { Responses: { notes: [stored(0)] }, UnprocessedKeys: {} }
          : { UnprocessedItems: input.RequestItems };
      },
    });
    const names = ["get", "put", "delete", "update", "query", "scan", "batchGet", "batchWrite"];
    const client = Object.fromEntries(
      [...names, "transactGet", "transactWrite"].map((name) => [name, answer(name)]),
    );
    const Older = new DropInEntity(model(), { table: "notes", client: client as never }) as Loose;
    expect((await Older.get([key(0)]).go()).data).toEqual([shown(0)]);
    expect((await Older.delete([key(0)]).go({ unprocessed: "raw" })).unprocessed).toEqual([
      storedKey(0),
    ]);
    expect(sent).toEqual(["batchGet", "batchWrite"]);
  });
});

test("a whole batch is one crossing into the core", () => {
  const client = new DynamoDBClient({ region: "local" });
  const Note = new Entity(model(), { table: "notes", client }) as Loose;
  Note.put(keys(3)).params();
  // Every crossing reads its texts in one piece: one of them holds all keys.
  const pieces: string[] = [];
  const { decode } = TextDecoder.prototype;
  TextDecoder.prototype.decode = function (...parameters) {
    const text = decode.apply(this, parameters);
    if (text.includes("$app#team_")) pieces.push(text);
    return text;
  };
  try {
    Note.put(keys(100).map((one) => ({ ...one, team: "é" }))).params();
  } finally {
    TextDecoder.prototype.decode = decode;
  }
  expect(pieces).toHaveLength(1);
  expect(pieces[0]?.match(/\$note_1#id_n/g)).toHaveLength(100);
});
