/** Cases that lack some of what may be wrong with another one's model. It runs nothing. */
import type { Case } from "./case";
import type { IndexDefinition, KeyDefinition } from "./indexes";
import type { Model } from "./model";

/** The model, whose entity certainly has a table. */
function placed({ config, ...model }: Model): Model {
  return { ...model, table: "table", config: { ...config, table: "table" } };
}

/** The case, whose entities certainly have a table. */
export function withTable(test: Case): Case {
  const members = test.members?.map((member) => ({ ...member, model: placed(member.model) }));
  const service = test.service && { ...test.service, table: "table" };
  return {
    ...test,
    model: placed(test.model),
    ...(members ? { members } : {}),
    ...(service ? { service } : {}),
  };
}

/** The cases in whose model some mistakes that stand in several places are gone from all of them. */
export function* mended(test: Case): Generator<Case> {
  const { config: _given, ...model } = test.model;
  yield { ...test, model };
  const { indexes } = model.definition;
  const changed = (change: (index: IndexDefinition, name: string) => object) => {
    // What is no index has nothing that could be gone.
    const all = Object.entries(indexes).map(([name, own]: [string, IndexDefinition | null]) => [
      name,
      own && change(own, name),
    ]);
    const definition = { ...model.definition, indexes: Object.fromEntries(all) as never };
    return { ...test, model: { ...test.model, definition } };
  };
  for (const one of Object.keys(indexes)) {
    yield changed((index, name) =>
      name === one && index.sk
        ? { ...index, pk: { field: "apart", composite: [] }, sk: { ...index.sk, field: "asunder" } }
        : index,
    );
    for (const half of ["pk", "sk"] as const) {
      const key = indexes[one]?.[half];
      if (!key) continue;
      const own = (change: (from: KeyDefinition) => KeyDefinition) =>
        changed((index, name) => (name === one ? { ...index, [half]: change(key) } : index));
      yield own((from) => ({ ...from, field: "apart" }));
      yield own(() => ({ field: "apart", composite: [] }));
      yield changed(({ pk, sk, ...index }, name) => {
        const apart = (from: KeyDefinition, at: "pk" | "sk") =>
          from?.field !== key.field || (name === one && at === half)
            ? from
            : { ...from, field: `${name}${at}apart` };
        return { ...index, pk: apart(pk, "pk"), ...(sk ? { sk: apart(sk, "sk") } : {}) };
      });
    }
  }
}
