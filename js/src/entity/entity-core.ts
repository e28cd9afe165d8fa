// What entities and collections stand on: the compiled model, its runtime and its callbacks' attributes.

import { CoreEntity, entitySource } from "../border/core.js";
import { Refusal } from "../border/instance.js";
import { type ElectroError, fromCore, hookFailed, refuse, refuseFields } from "../error.js";
import { TooMany } from "../border/draft.js";
import { TooDeep } from "../border/encode.js";
import type { Shaper } from "../border/params.js";
import type { AttributePlan, EntityPlan, IndexPlan } from "./plan.js";
import { EntityRuntime } from "./runtime.js";
import { shape } from "../border/shape.js";
import { rootOf } from "../chain/targets.js";
import {
  attributeNodes,
  type PathNode,
  type PathReference,
  type UndeclaredName,
} from "../chain/tokens.js";
import type { CallbackScope } from "../chain/where.js";

/** The fields that name an item's entity and version, where they are not the usual ones. */
export interface Identifiers {
  entity?: unknown;
  version?: unknown;
}

/** What calls are built with, of an entity or a collection: a compiled model, its runtime and what callbacks see of it. */
export abstract class EntityCore implements CallbackScope {
  abstract readonly core: CoreEntity;
  abstract readonly runtime: EntityRuntime;
  protected callbackNodes: Record<string, PathNode> | undefined = undefined;
  private readonly wrapped: Shaper = (value, node) =>
    shape(value, this.runtime.attribute(node), false, this.dropIn);
  private readonly native: Shaper = (value, node) =>
    shape(value, this.runtime.attribute(node), true, this.dropIn);

  /** Whether reads give items without identifiers when a call says nothing of it: what `ignoreOwnership` of the configuration says. */
  ignoresOwnership = false;

  constructor(readonly dropIn: boolean) {}

  /** The indexes that say by a condition whether an item is in them. */
  get conditional(): readonly IndexPlan[] {
    return this.runtime.conditional;
  }

  /** The attributes that `where` and `data` callbacks receive. */
  get nodes(): Record<string, PathNode> {
    const { attributes } = this.runtime.plan;
    const undeclared: UndeclaredName = (name, siblings, parent) => {
      throw this.unknownAttribute(name, siblings, parent);
    };
    // ElectroDB hands out `undefined` for such a name, and the operators see to that.
    return (this.callbackNodes ??= attributeNodes(
      attributes,
      this.dropIn ? undefined : undeclared,
    ));
  }

  /** What error messages say of a name that is none of these: the nearest one of them. */
  suggestion(name: string, names: readonly string[]): string {
    return String(this.core.ask("suggestion", name, ...names));
  }

  /** In the main entry, the refusal of the first of these names that the model does not declare: ElectroDB passes over it, and answers more. */
  undeclared(values: object): ElectroError | undefined {
    if (this.dropIn) return undefined;
    const { runtime } = this;
    const name = Object.keys(values).find((each) => runtime.slot(each) === -1);
    return name === undefined ? undefined : this.unknownAttribute(name, runtime.plan.attributes);
  }

  /** The refusal of a name that the model does not declare, with the nearest one that it does. */
  unknownAttribute(
    name: string,
    siblings: readonly AttributePlan[],
    parent?: PathReference,
  ): ElectroError {
    const hint = this.suggestion(
      name,
      siblings.map((sibling) => sibling.name),
    );
    const map = parent && rootOf(this.runtime, parent).name;
    const field = map === undefined ? name : `${map}.${name}`;
    const what =
      map === undefined
        ? `attribute of \`${this.runtime.plan.entity}\``
        : `declared property of \`${map}\``;
    const reason = `\`${field}\` is no ${what}${hint}`;
    const kind = "UnknownAttribute";
    return refuseFields(false, [{ kind, field, reason, index: undefined, cause: undefined }]);
  }

  /** How values are shaped for a request: with a client, sets are native. */
  shaper(native: boolean): Shaper {
    return native ? this.native : this.wrapped;
  }
}

/** One entity behind its public face. */
export class DefinedCore extends EntityCore {
  override core: CoreEntity;
  override runtime: EntityRuntime;

  /** @param definition What the user wrote; it is never changed and has to stay as it is. */
  constructor(
    private readonly definition: object,
    private identifiers: Identifiers | undefined,
    dropIn: boolean,
  ) {
    super(dropIn);
    [this.core, this.runtime] = this.compile();
  }

  private compile(): [CoreEntity, EntityRuntime] {
    const { definition, identifiers, dropIn } = this;
    const hooks: unknown[] = [];
    const core = translated(
      dropIn,
      () => new CoreEntity(entitySource(definition, identifiers, dropIn), hooks),
    );
    const plan = core.plan as unknown as EntityPlan;
    const attributes = (definition as { attributes: Record<string, unknown> }).attributes;
    return [core, new EntityRuntime({ dropIn, plan, hooks, attributes })];
  }

  /** Gives one of the identifiers another field; chains that were made before follow. */
  setIdentifier(identifier: "entity" | "version", field: unknown): void {
    const before = this.identifiers;
    this.identifiers = { ...before, [identifier]: field };
    const { client, table, listeners } = this.runtime;
    try {
      [this.core, this.runtime] = this.compile();
    } catch (error) {
      this.identifiers = before;
      throw error;
    }
    Object.assign(this.runtime, { client, table, listeners });
    this.callbackNodes = undefined;
  }
}

/** Runs what may be refused by the core; the refusal becomes an ElectroError. */
export function translated<T>(dropIn: boolean, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw translate(dropIn, error);
  }
}

/** The error that the user sees. */
export function translate(dropIn: boolean, error: unknown): unknown {
  if (error instanceof Refusal) return fromCore(error.error, dropIn);
  if (error instanceof TooDeep) {
    return refuse(dropIn, "InvalidAttribute", "A value is nested too deeply, or contains itself");
  }
  if (error instanceof TooMany) {
    const message =
      "A call takes at most 65,535 values, actions or operators, and an operator or a path at most 255 parts";
    return refuse(dropIn, "InvalidOptions", message);
  }
  // What else can throw while a call is written is the user's: a getter or a proxy.
  return hookFailed(dropIn, "A getter of what was given", error);
}
