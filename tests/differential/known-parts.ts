/** Known differences over parts of attributes that a model does not declare. */
import type { Case, Path } from "./case";
import { withCall, type Correction } from "./correction";
import { changesPart } from "./known-input";
import type { KnownRefusal } from "./known-refusals";
import type { AttributeDefinition } from "./model";
import type { Refusal } from "./run";

type Loose = Record<string, unknown>;

/** The definition at a path, and whether the path leads there; a map without properties holds anything. */
function definitionAt({ definition }: Case["model"], path: Path): AttributeDefinition | undefined {
  let own: AttributeDefinition | undefined = definition.attributes?.[String(path[0])];
  for (const step of path.slice(1)) {
    const { type, items, properties } = own ?? { type: undefined };
    if (type === "any") return own;
    const below =
      typeof step === "number" ? type === "list" && items : type === "map" && properties?.[step];
    own = (below || undefined) as typeof own;
  }
  return own;
}

/** The paths in clauses that lead to nothing declared. */
function undeclaredPaths({ call, model }: Case): Path[] {
  const tokens = call.steps.flatMap(({ clause, data }) => [
    ...(clause?.tokens ?? []),
    ...(data ?? []),
  ]);
  return tokens
    .map(([, path]) => path)
    .filter((path) => path.length > 0 && definitionAt(model, path) === undefined);
}

/** Whether an operator has crashed over an operand that is nothing. */
const isOperandCrash = (refusal: Refusal | null) =>
  refusal?.name === "TypeError" && refusal.message.endsWith("(reading 'type')");

export const undeclaredPart: Correction = {
  name: "a part in a callback of a map without properties",
  reason: "3.9.3 crashes with a bare TypeError over it; such a map may hold it",
  correct(test, _theirs, { refusal }) {
    if (!isOperandCrash(refusal) || test.call.steps.some(({ data }) => data)) return null;
    const copy = structuredClone(test);
    for (const path of undeclaredPaths(test)) {
      const above = path.map((_, at) => definitionAt(copy.model, path.slice(0, at + 1)));
      const own = above.findLast((one) => one !== undefined);
      // An undocumented name of the type that holds anything.
      if (own?.type === "static") own.type = "any";
      if (own?.type === "any") continue;
      if (own?.type !== "map" || Object.keys(own.properties ?? {}).length > 0) return null;
      own.type = "any";
      // What it is given is dropped where it declares nothing.
      for (const given of [
        ...copy.call.args,
        ...copy.call.steps.flatMap(({ args = [] }) => args),
      ]) {
        const root = String(path[0]);
        const value = (given as Loose | null)?.[root];
        if (typeof value !== "object" || value === null) continue;
        // What is no map is refused before the clause is looked at.
        if (Object.keys(value).some((name) => name.startsWith("$")))
          return withCall(test, { steps: test.call.steps.filter(({ clause }) => !clause) });
        (given as Loose)[root] = {};
      }
    }
    return undeclaredPaths(test).length > 0 ? copy : null;
  },
};

export const PART_REFUSALS: KnownRefusal[] = [
  {
    name: "a part in a callback that is not declared",
    reason: "3.9.3 crashes with a bare TypeError over it, and with 1012 over a whole attribute",
    applies: (test, { refusal }) =>
      (isOperandCrash(refusal) || /^Invalid Update/.test(refusal?.message ?? "")) &&
      undeclaredPaths(test).length > 0,
    codes: [1012, 3001],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter(({ clause, data }) => !clause && !data) }),
  },
  {
    name: "a change of a part of what is not declared",
    reason: "3.9.3 crashes with a bare TypeError over it",
    applies: ({ call, model }, { refusal }) =>
      refusal?.name === "TypeError" &&
      call.steps.some(({ name, args }) =>
        (name === "remove" ? (args?.[0] as unknown[]) : Object.keys((args?.[0] ?? {}) as Loose))
          ?.map?.((path) => /^[^.[]+(?=[.[])/.exec(String(path))?.[0])
          .some((root) => root !== undefined && model.definition.attributes[root] === undefined),
      ),
    codes: [3001],
    without: (test) =>
      withCall(test, { steps: test.call.steps.filter((step) => !changesPart(step)) }),
  },
];
