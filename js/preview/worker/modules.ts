// What a program can import: both entries of the library, ElectroDB's name for the second, and a stand-in for the AWS SDK.

import { coreOf, type BaseEntity, type Configuration } from "../../src/entity/entity.js";
import * as main from "../../src/index.js";
import * as dropIn from "../../src/electrodb.js";
import { observeParams } from "./calls.js";
import type { Members } from "../../src/tags.js";
import type { Recorder, Request } from "./recorder.js";
import * as sdk from "./sdk.js";

/** What a table definition asks of DynamoDB: CreateTable alone, or beside it what turns the time to live on. */
function tableRequests(answer: unknown): Request[] {
  const { createTable: table = answer, updateTimeToLive: ttl } = answer as Record<string, Members>;
  const requests = [{ operation: "CreateTable", params: table as Members }];
  return ttl === undefined
    ? requests
    : [...requests, { operation: "UpdateTimeToLive", params: ttl }];
}

type EntityClass = new (definition: object, configuration?: Configuration) => object;

/** What the page shows of an entry beside its calls. */
interface Entry {
  Entity: EntityClass;
  Service: new (...given: unknown[]) => { entities: Record<string, BaseEntity> };
  tableDefinition(...given: unknown[]): unknown;
}

/** The entry with classes that note what is made of them, and a table definition that is noted as the requests it is. */
function observed(entry: object, recorder: Recorder): object {
  const { Entity: Base, Service: BaseService, tableDefinition } = entry as Entry;
  class Observed extends Base {
    constructor(definition: object, configuration?: Configuration) {
      super(definition, configuration);
      recorder.entity(coreOf(this), definition);
    }
  }
  Object.defineProperty(Observed, "name", { value: "Entity" });
  class ObservedService extends BaseService {
    constructor(...given: unknown[]) {
      super(...given);
      // A model in an entity's place becomes one within the service.
      for (const made of Object.values(this.entities)) recorder.entity(coreOf(made), made.schema);
    }
  }
  Object.defineProperty(ObservedService, "name", { value: "Service" });
  const define: Entry["tableDefinition"] = (...given) => {
    const opening = { method: "tableDefinition", owner: "", via: "params", owners: [] } as const;
    return observeParams(recorder, opening, tableRequests, () => tableDefinition(...given));
  };
  return { ...entry, Entity: Observed, Service: ObservedService, tableDefinition: define };
}

/** `require` of a program, into which its imports are turned. */
export function modulesFor(recorder: Recorder): (name: unknown) => unknown {
  const compatible = observed(dropIn, recorder);
  const modules = new Map<unknown, unknown>([
    ["electroxide", observed(main, recorder)],
    ["electroxide/electrodb", compatible],
    ["electrodb", compatible],
    ["@aws-sdk/client-dynamodb", sdk],
    ["@aws-sdk/lib-dynamodb", sdk],
  ]);
  return (name) => {
    const found = modules.get(name);
    if (found !== undefined) return found;
    throw new Error(
      `"${String(name)}" cannot be imported here: a program of the preview is one file that imports "electroxide"`,
    );
  };
}
