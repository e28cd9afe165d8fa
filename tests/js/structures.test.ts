// Calls whose structures the core knows, knows no more, or comes to know while another call is half written.
import { describe, expect, test } from "vitest";
import { Entity } from "electroxide";

const Note = new Entity(
  {
    model: { entity: "note", version: "1", service: "notes" },
    attributes: {
      id: { type: "string", required: true },
      body: { type: "any" },
      size: { type: "number" },
    },
    indexes: { primary: { pk: { field: "pk", composite: ["id"] } } },
  },
  { table: "notes" },
);

const filtered = (text: string, size: number) =>
  Note.scan.where(({ size: attribute }, { eq }) => `${eq(attribute, size)} AND ${text}`).params();

/** The stored item of a put; getters make the item's type too wide for the one that is inferred. */
const stored = (item: object): Record<string, unknown> =>
  Note.put(item as { id: string }).params().Item;

describe("structures", () => {
  test("calls of more structures than are kept each get their own request", () => {
    for (let i = 0; i < 3000; i++) {
      const params = filtered(`field${i} = other`, i);
      expect(params.FilterExpression).toContain(`AND field${i} = other`);
      expect(params.ExpressionAttributeValues?.[":size0"]).toBe(i);
    }
    expect(filtered("field0 = other", -1).FilterExpression).toContain("AND field0 = other");
  });

  test("a structure that a call within a call makes known serves both", () => {
    const item = (depth: number): object => ({
      id: `outer${depth}`,
      body: {
        get inner(): unknown {
          return depth === 0 ? "deepest" : stored(item(depth - 1))["pk"];
        },
      },
    });
    for (const depth of [2, 0, 1]) {
      expect(stored(item(depth))["pk"]).toBe(`$notes$note_1#id_outer${depth}`);
    }
  });

  test("what stood behind a refused item of a batch is known to the core only when it has crossed", async () => {
    const sent: object[] = [];
    const client = {
      send: (command: { input: object }) => {
        sent.push(command.input);
        return Promise.resolve({});
      },
    };
    const fresh = { id: "b", size: 1, body: null };
    for (let round = 0; round < 2; round++) {
      const refused = Note.put([{ id: "a" }, { id: "c", size: "x" as never }, fresh] as never);
      await expect(refused.go({ client } as never)).rejects.toMatchObject({ isElectroError: true });
    }
    expect(sent).toEqual([]);
    await Note.put([fresh]).go({ client } as never);
    expect(stored(fresh)).toMatchObject({
      ...fresh,
      pk: "$notes$note_1#id_b",
    });
    expect(JSON.stringify(sent)).toContain("$notes$note_1#id_b");
  });

  test("values of another class are another structure", () => {
    for (const body of ["text", 1, true, null, [1], { a: 1 }, new Set(["a"]), "text"]) {
      expect(Note.put({ id: "a", body }).params().Item["body"]).toEqual(body);
    }
  });
});
