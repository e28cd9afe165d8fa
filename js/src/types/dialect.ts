// What the types of the two entries differ in; what their code differs in, the core knows (src/schema/dialect.rs).
import type { PartialIndex, ProjectedIndex } from "./projection.js";

/** Properties of any name and type. */
export interface Unchecked {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Users' interfaces have no index signature; only `any` accepts them.
  readonly [name: string]: any;
}

/** What the types of an entry say where those of the other say something else. */
export interface Dialect {
  /** What options may hold beside those that an operation knows. */
  readonly options: unknown;
  /** Whether names that an index does not know, and gaps in its composites, are let pass where an access pattern is queried. */
  readonly lenient: boolean;
  /** Whether a batch get is in the order of its keys when nothing else is said. */
  readonly ordered: boolean;
  /** The indexes whose results are typed as parts of items. */
  readonly partial: object;
}

/** The dialect of `electroxide`: what an operation does not know is refused. */
export interface MainDialect extends Dialect {
  /** Nothing else. */
  readonly options: unknown;
  /** They are refused. */
  readonly lenient: false;
  /** It is. */
  readonly ordered: true;
  /** Those with a `projection` or `project`. */
  readonly partial: PartialIndex;
}

/** The dialect of `electroxide/electrodb`: what ElectroDB's types let pass is let pass. */
export interface DropInDialect extends Dialect {
  /** Anything. */
  readonly options: Unchecked;
  /** They are let pass. */
  readonly lenient: true;
  /** It is not. */
  readonly ordered: false;
  /** Those with a `projection`: ElectroDB's types do not look at `project`. */
  readonly partial: ProjectedIndex;
}
