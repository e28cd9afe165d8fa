/** Known differences over set hooks and watchers in updates. */
import { canonical } from "../models/tagged";
import type { Call, Case } from "./case";
import { compositesOf, primaryComposites } from "./calls/item";
import {
  bodyOf,
  changesRequests,
  inRequests,
  requestOf,
  type Correction,
  type Request,
} from "./correction";
import { keysIn, keysOf } from "./indexes";
import type { KnownRefusal } from "./known-refusals";
import type { AttributeDefinition } from "./model";
import type { Outcome } from "./run";

type Loose = Record<string, unknown>;

const isUpdate = ({ method }: Call) => ["update", "patch"].includes(method);

/** The parts of attributes that are stored under other names, taken out of the definitions, which are the case's own. */
function aliasesTaken(definitions: Record<string, AttributeDefinition>): Record<string, string> {
  return Object.assign(
    {},
    ...Object.values(definitions).flatMap((own) => {
      const items = own.items as AttributeDefinition | undefined;
      const parts = own.properties ?? {};
      const found = Object.entries(parts).flatMap(([name, part]) => {
        const { field } = part;
        delete part.field;
        return typeof field === "string" && field !== name ? [{ [name]: field }] : [];
      });
      const below = typeof items === "object" ? aliasesTaken({ items }) : {};
      return [...found, aliasesTaken(parts), below];
    }),
  ) as Record<string, string>;
}

export const aliasedTwice: Correction = {
  name: "a part with another field below a path, where the whole attribute is watched and hooked",
  reason:
    "3.9.3 reads what it has already given the stored names a second time, and loses what is stored under another",
  correct(test, _theirs, { trace }) {
    const { attributes } = test.model.definition;
    const isHooked = Object.values(attributes).some(({ set, watch }) => set && watch);
    const isBelow = test.call.steps.some(({ args = [] }) =>
      Object.keys((args[0] ?? {}) as object).some((name) => /[.[]/.test(name)),
    );
    if (!isUpdate(test.call) || !isHooked || !isBelow) return null;
    const copy = structuredClone(test);
    const aliases = aliasesTaken(copy.model.definition.attributes);
    if (Object.keys(aliases).length === 0) return null;
    return { ...copy, noted: { ...test.noted, trace, aliases } };
  },
  restore: (outcome, { noted }) => ({
    ...inRequests(outcome, (text) =>
      Object.entries(noted?.aliases ?? {}).reduce(
        (all, [name, field]) =>
          canonical(
            JSON.parse(
              all
                .replaceAll(`"${name}":`, `"${field}":`)
                .replaceAll(`"#${name}":"${name}"`, `"#${name}":"${field}"`),
            ),
          ),
        text,
      ),
    ),
    trace: noted?.trace ?? outcome.trace,
  }),
};

/** Whether this is an operator's answer; that of `value` is the value itself, which is hooked. */
function isExpression(operand: unknown): boolean {
  const token = (operand as { $token?: unknown[] } | null | undefined)?.$token;
  return token !== undefined && token[0] !== "value";
}

/** The attributes that an expression changes, though they have a set hook. */
function hookedExpressions({ call, model }: Case): string[] {
  const expressed = call.steps.flatMap(({ data = [] }) =>
    data.flatMap(([, path, operand]) =>
      isExpression(operand) && path.length === 1 ? [String(path[0])] : [],
    ),
  );
  const { attributes, indexes } = model.definition;
  const keys = keysOf(Object.values(indexes));
  const isComposite = (name: string) => keys.some((key) => compositesOf(key).includes(name));
  return expressed.filter((name) => attributes[name]?.set && isComposite(name));
}

export const hookedInVain: Correction = {
  name: "a set hook of what an expression gives",
  reason:
    "3.9.3 composes an index key of what the hook makes of nothing, which the attribute does not get",
  correct(test, _theirs, { trace }) {
    if (!isUpdate(test.call)) return null;
    const names = hookedExpressions(test);
    if (names.length === 0) return null;
    const copy = structuredClone(test);
    for (const name of names) delete copy.model.definition.attributes[name]?.set;
    return { ...copy, noted: { ...test.noted, trace } };
  },
  restore: (outcome, { noted }) => ({ ...outcome, trace: noted?.trace ?? outcome.trace }),
};

/** The attributes that watch others, and are only stated by `composite()`. */
function statedWatchers({ call, model }: Case, expected: Outcome): string[] {
  const { attributes } = model.definition;
  const composites = keysIn(model).flatMap(compositesOf);
  const stated = call.steps.flatMap(({ name, args }) =>
    name === "composite" ? Object.keys((args?.[0] ?? {}) as object) : [],
  );
  return stated.filter((name) => {
    const isWatcher = (attributes?.[name] as { watch?: unknown } | undefined)?.watch !== undefined;
    // However it is changed, its value has a placeholder, by its name or by its field.
    const placeholders = [name, attributes?.[name]?.field ?? name].map(
      (known) => `":${known.replaceAll(/\W/g, "")}_u`,
    );
    return (
      isWatcher &&
      composites.includes(name) &&
      !placeholders.some((known) => requestOf(expected).includes(known))
    );
  });
}

export const statedWatcher: Correction = {
  name: "an attribute that watches others and whose hook leaves it out, stated by `composite()`",
  reason: "3.9.3 makes keys without it, which takes the item from where it is found",
  correct(test, _theirs, expected) {
    const names = statedWatchers(test, expected);
    if (!isUpdate(test.call) || requestOf(expected) === "" || names.length === 0) return null;
    const model = structuredClone(test.model);
    // The hook stays, and waits for what the call does not say: items beside it in a transaction are hooked as they were.
    const said = new Set(Object.keys(test.call.args[0] ?? {}));
    for (const { args, data = [] } of test.call.steps) {
      for (const given of args ?? [])
        for (const path of Array.isArray(given) ? given : Object.keys(given ?? {}))
          said.add(/^[^.[]*/.exec(String(path))?.[0] ?? "");
      for (const [, [root]] of data) said.add(String(root));
    }
    const all = Object.entries(model.definition.attributes) as [string, { watch?: unknown }][];
    const unsaid = all.find(([name, own]) => own.watch === undefined && !said.has(name));
    for (const [, own] of all.filter(([name]) => names.includes(name))) {
      if (unsaid === undefined) delete own.watch;
      else own.watch = [unsaid[0]];
    }
    return { ...test, model, noted: { trace: expected.trace, ...test.noted } };
  },
  restore: (outcome, { noted }) => ({ ...outcome, trace: noted?.trace ?? outcome.trace }),
};

/** Writes what the hooks of watchers made of keys that are attributes before the other keys of indexes. */
function withWatchersFirst(text: string, { model }: Case): string {
  const { attributes, indexes } = model.definition;
  const request = JSON.parse(text) as Request;
  const names = request.ExpressionAttributeNames ?? {};
  const fields = Object.values(indexes ?? {}).flatMap(({ pk, sk }) => [pk.field, sk?.field]);
  const own = Object.entries(attributes ?? {}).map(([name, { field = name }]) => field);
  const watchers = Object.entries(attributes ?? {}).flatMap(([name, { field = name, ...rest }]) =>
    (rest as { watch?: unknown }).watch !== undefined && fields.includes(field) ? [field] : [],
  );
  const [, set = "", others = ""] =
    /^SET (.*?)((?: REMOVE | ADD | DELETE ).*)?$/.exec(request.UpdateExpression ?? "") ?? [];
  const terms = set.split(/, (?=#)/);
  const fieldOf = (term: string) => names[/^#\w+/.exec(term)?.[0] ?? ""] ?? "";
  const isKey = (term: string) => fields.includes(fieldOf(term)) && !own.includes(fieldOf(term));
  const first = terms.findIndex(isKey);
  const behind = terms.slice(first).filter((term) => watchers.includes(fieldOf(term)));
  if (first < 0 || behind.length === 0) return text;
  const rest = terms.slice(first).filter((term) => !behind.includes(term));
  const ordered = [...terms.slice(0, first), ...behind, ...rest].join(", ");
  return JSON.stringify({ ...request, UpdateExpression: `SET ${ordered}${others}` });
}

export const watcherAsKey: Correction = {
  name: "an attribute that watches others and is an index's key itself, in an update",
  reason:
    "3.9.3 writes it among the keys; ours writes it among the attributes, which says the same",
  correct: (test, _theirs, expected) =>
    isUpdate(test.call) && changesRequests(expected, (text) => withWatchersFirst(text, test))
      ? test
      : null,
  restore: (outcome, test) => inRequests(outcome, (text) => withWatchersFirst(text, test)),
};

export const HOOKED_REFUSALS: KnownRefusal[] = [
  {
    name: "a composite of the table's key that its set hook leaves out",
    reason: "3.9.3 writes a key that ends before it, under which no call finds the item",
    applies({ model }, expected) {
      const { Item } = (JSON.parse(bodyOf(expected) || "null") ?? {}) as { Item?: Loose };
      const { attributes } = model.definition;
      const isLeftOut = (name: string) =>
        attributes[name]?.set !== undefined &&
        !Object.hasOwn(Item ?? {}, attributes[name].field ?? name);
      return Item !== undefined && primaryComposites(model).some(isLeftOut);
    },
    codes: [2002],
  },
];
