// Wrong configurations of an entity, beside its model, each with the code that refuses it; models stand in bad-input-models.test.ts.
import { Entity as DropInEntity, Service as DropInService } from "electroxide/electrodb";
import { Entity, Service, tableDefinition } from "electroxide";
import { Entity as OracleEntity } from "electrodb";
import { describe, expect, test } from "vitest";
import { taskModel } from "./bad-input-entity";
import { refusalOf, type Loose } from "./bad-input-refusal";

interface WrongConfiguration {
  mistake: string;
  configuration: unknown;
  code: number;
  /** Where ElectroDB fails with a plain error, ours has a code all the same. */
  dropIn?: "throws";
}

const CONFIGURATIONS: WrongConfiguration[] = [
  { mistake: "a client that cannot send", configuration: { client: {} }, code: 1023 },
  {
    mistake: "a client that is a number",
    configuration: { client: 5 },
    code: 1023,
    dropIn: "throws",
  },
  { mistake: "a logger that is no function", configuration: { logger: 5 }, code: 1021 },
  { mistake: "listeners that are no list", configuration: { listeners: 5 }, code: 1021 },
  { mistake: "a listener that is no function", configuration: { listeners: [5] }, code: 1021 },
];

const newEntity = (one: unknown, configuration: unknown): Loose => {
  const LooseEntity = one as new (model: unknown, configuration: unknown) => Loose;
  return new LooseEntity(taskModel(), configuration);
};

describe("wrong configurations", () => {
  test.each(CONFIGURATIONS)("$mistake: $code", async ({ configuration, code }) => {
    const refusal = await refusalOf(() => newEntity(Entity, configuration));
    expect(refusal).toMatchObject({ code, isElectroError: true });
  });

  test.each(CONFIGURATIONS)("$mistake, in the drop-in entry", async ({ configuration, dropIn }) => {
    const oracle = await refusalOf(() => newEntity(OracleEntity, configuration));
    const ours = await refusalOf(() => newEntity(DropInEntity, configuration));
    expect(oracle).toBeDefined();
    if (dropIn === "throws") expect(ours).toMatchObject({ isElectroError: true });
    else expect(ours).toMatchObject({ code: oracle?.code, ref: { name: oracle?.ref?.name } });
  });

  test("an option that nobody reads: 1010 with the nearest one, and ignored in the drop-in", async () => {
    const misspelt: Loose = { table: "tasks", identifers: { entity: "e" } };
    expect(await refusalOf(() => newEntity(Entity, misspelt))).toMatchObject({
      code: 1010,
      message:
        "The configuration of `task` has no option `identifers` (did you mean `identifiers`?)",
    });
    const entity: Loose = newEntity(Entity, { table: "tasks" });
    expect(
      await refusalOf(() => new Service({ task: entity }, { tabel: "t" } as Loose)),
    ).toMatchObject({
      code: 1010,
      message: "The configuration of a service has no option `tabel` (did you mean `table`?)",
    });
    const theirs: Loose = newEntity(DropInEntity, misspelt);
    expect(newEntity(OracleEntity, misspelt).getTableName()).toBe("tasks");
    expect(theirs.getTableName()).toBe("tasks");
    const service = new DropInService({ task: theirs }, { table: "tasks", tabel: "t" } as Loose);
    expect(service.getTableName()).toBe("tasks");
  });

  test("one configuration may be given to entities and to their service", () => {
    const shared = { table: "tasks", identifiers: { entity: "e", version: "v" } };
    const entity: Loose = newEntity(Entity, shared);
    expect(new Service({ task: entity }, shared).getTableName()).toBe("tasks");
  });

  test("what `tableDefinition` cannot take", async () => {
    const define = tableDefinition as Loose;
    const entity: Loose = newEntity(Entity, { table: "tasks" });
    expect(await refusalOf(() => define(entity))).toMatchObject({
      code: 1009,
      message: "`tableDefinition` takes a list of entities",
    });
    expect(await refusalOf(() => define([entity], { tll: "ends" }))).toMatchObject({
      code: 1010,
      message: "`tableDefinition` has no option `tll` (did you mean `ttl`?)",
    });
  });

  test("an unknown identifier: 1002", async () => {
    for (const one of [Entity, DropInEntity, OracleEntity]) {
      const entity = newEntity(one, { table: "tasks" });
      const refusal = await refusalOf(() => entity.setIdentifier("revision", "r"));
      expect(refusal).toMatchObject({ code: 1002 });
    }
  });
});
