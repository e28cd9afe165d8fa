/** Makes a failing case small: takes parts of its JSON away as long as it fails the same way. It knows nothing of models. */

type Json = unknown;

/** The values that are one part smaller. */
export function* smaller(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) yield value.toSpliced(at, 1);
    for (let at = 0; at < value.length; at += 1) {
      for (const entry of smaller(value[at])) yield value.with(at, entry);
    }
  } else if (typeof value === "object" && value !== null) {
    const record = value as Record<string, Json>;
    for (const name of Object.keys(record)) {
      const { [name]: _taken, ...rest } = record;
      yield rest;
    }
    // A clause keeps one piece of text more than it has tokens, so the two shrink together.
    if (Array.isArray(record.tokens) && Array.isArray(record.text)) {
      for (let at = 0; at < record.tokens.length; at += 1) {
        yield { text: record.text.toSpliced(at, 1), tokens: record.tokens.toSpliced(at, 1) };
        yield { text: record.text.toSpliced(at + 1, 1), tokens: record.tokens.toSpliced(at, 1) };
      }
    }
    for (const name of Object.keys(record)) {
      for (const entry of smaller(record[name])) yield { ...record, [name]: entry };
    }
  }
}

/** The smallest case found that `fails` still holds for, within a budget of trials. */
export async function shrink<T>(
  value: T,
  fails: (candidate: T) => Promise<boolean>,
  budget = 4000,
): Promise<T> {
  let current = value;
  for (let found = true; found && budget > 0;) {
    found = false;
    for (const candidate of smaller(current)) {
      budget -= 1;
      if (budget <= 0) break;
      if (await fails(candidate as T)) {
        current = candidate as T;
        found = true;
        break;
      }
    }
  }
  return current;
}
