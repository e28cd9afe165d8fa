// How a wrong model is made from a right one and tried in both entries; the mistakes themselves stand in bad-input-models and bad-input-indexes.
import { Entity as DropInEntity } from "electroxide/electrodb";
import { Entity } from "electroxide";
import { Entity as OracleEntity } from "electrodb";
import { describe, expect, test } from "vitest";
import { refusalOf, type Loose } from "./bad-input-refusal";

/** A model that is right, so that each case differs from it in one mistake. */
export function rightModel(): Loose {
  return {
    model: { entity: "task", version: "1", service: "app" },
    attributes: {
      id: { type: "string", required: true },
      team: { type: "string" },
      due: { type: "string" },
      points: { type: "number" },
    },
    indexes: {
      primary: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byTeam: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["team"] },
        sk: { field: "gsi1sk", composite: ["due"] },
      },
    },
  };
}

/** A second secondary index; the case decides what is wrong with it. */
export function otherIndex(change: Loose = {}): Loose {
  return {
    index: "gsi2",
    pk: { field: "gsi2pk", composite: ["due"] },
    sk: { field: "gsi2sk", composite: [] },
    ...change,
  };
}

export interface WrongModel {
  mistake: string;
  /** Makes the mistake in a right model, or gives what stands in a model's place. */
  make: (model: Loose) => unknown;
  code: number;
  /** What the drop-in entry answers: its oracle's own answer is asked for where it is left out; `refuses` is what that takes. */
  dropIn?: "accepts" | "throws" | "refuses";
}

/** Changes the right model and hands it on. */
export const change =
  (edit: (model: Loose) => void) =>
  (model: Loose): Loose => {
    edit(model);
    return model;
  };

/** A further attribute with this definition. */
export const attribute = (definition: unknown) =>
  change((model) => {
    model.attributes.extra = definition;
  });

/** A changed index `byTeam`. */
export const byTeam = (edit: (index: Loose) => void) =>
  change((model) => edit(model.indexes.byTeam));

const asLoose = (entity: unknown) => entity as new (model: unknown, options: Loose) => unknown;

/** Tries each mistake in the main entry and, beside ElectroDB itself, in the drop-in entry. */
export function testMistakes(sections: Record<string, WrongModel[]>): void {
  test("the model that the mistakes are made in is right", () => {
    for (const one of [Entity, DropInEntity, OracleEntity]) {
      expect(() => new (asLoose(one))(rightModel(), { table: "tasks" })).not.toThrow();
    }
  });

  describe.each(Object.entries(sections))("wrong %s", (_, cases) => {
    test.each(cases)("$mistake: $code", async ({ make, code }) => {
      const refusal = await refusalOf(
        () => new (asLoose(Entity))(make(rightModel()), { table: "tasks" }),
      );
      expect(refusal).toMatchObject({ code, isElectroError: true });
      expect(refusal?.message.length).toBeGreaterThan(10);
      const oracle = await refusalOf(() => new (asLoose(OracleEntity))(make(rightModel()), {}));
      // One of ElectroDB's names has blanks in it, which the drop-in keeps and a kind does not.
      const name = oracle?.ref?.name?.replaceAll(" ", "");
      if (oracle?.code === code) expect(refusal?.kind).toBe(name);
    });

    test.each(cases)("$mistake, in the drop-in entry", async ({ make, code, dropIn }) => {
      const oracle = await refusalOf(() => new (asLoose(OracleEntity))(make(rightModel()), {}));
      const ours = await refusalOf(() => new (asLoose(DropInEntity))(make(rightModel()), {}));
      if (dropIn === "accepts") {
        expect(oracle).toBeUndefined();
        expect(ours).toBeUndefined();
      } else if (dropIn === "refuses") {
        expect(oracle).toBeUndefined();
        expect(ours).toMatchObject({ code });
      } else if (dropIn === "throws") {
        expect(oracle).toBeDefined();
        expect(ours).toMatchObject({ isElectroError: true });
      } else {
        expect(oracle?.code).toBe(code);
        expect(ours).toMatchObject({ code: oracle?.code, ref: { name: oracle?.ref?.name } });
      }
    });
  });
}
