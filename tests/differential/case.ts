/** What a case is: a model and one call as plain tagged JSON, so that it can be printed, shrunk and replayed. No code runs here. */
import type { Model } from "./model";

/** A path to an attribute: names for properties and numbers for list positions. */
export type Path = (string | number)[];

/** One operator within a where or data callback: its name, the path of its attribute, and its other arguments. */
export type Token = [operator: string, path: Path, ...args: unknown[]];

/** A where clause: the text pieces around its tokens, always one more than there are tokens. */
export interface Clause {
  text: string[];
  tokens: Token[];
}

/** One method called on the chain. */
export interface Step {
  name: string;
  args?: unknown[];
  clause?: Clause;
  data?: Token[];
}

/** One call on an entity, from its first method to `.params(options)`, or to the result of `parse`. */
export interface Call {
  method: string;
  index?: string;
  args: unknown[];
  steps: Step[];
  options?: unknown;
}

export interface Case {
  family: string;
  model: Model;
  call: Call;
}
