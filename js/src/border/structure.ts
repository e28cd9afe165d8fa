// The structures of an entity's calls: all that a call says but its values, kept as a tree of what was said one after the other.

import type { Recipe } from "./recipe.js";

/** After so many structures the tree begins anew: texts of `where` callbacks come from the user and may never repeat. */
const MOST = 1024;
/** So does it at so many places, of which calls that failed may have made some. */
const MOST_PLACES = 1 << 16;

/** The core is asked so often for a recipe, since the values of a call may not be plain. */
const MOST_ASKED = 3;

/** One thing said: a number, or a text that the user may have chosen. */
export type Mark = number | string;

/** A place in the tree: what has been said so far. */
export class Place {
  /** The number by which the core knows the structure that ends here; -1 where it knows none. */
  structure = -1;
  /** How calls of the structure are answered without crossing, as far as it is known. */
  recipe: Recipe | undefined = undefined;
  private asked = 0;
  // What was said next the last time is mostly what is said next this time.
  private latest: Mark | undefined = undefined;
  private next: Place | undefined = undefined;
  private others: Map<Mark, Place> | undefined = undefined;

  constructor(
    readonly tree: Structures,
    private readonly before: Place | undefined,
    private readonly mark: Mark,
  ) {}

  /** The place after this is said. */
  then(mark: Mark): Place {
    return mark === this.latest ? (this.next as Place) : this.turn(mark);
  }

  private turn(mark: Mark): Place {
    let place = this.others?.get(mark);
    if (place === undefined) {
      place = new Place(this.tree, this, mark);
      this.tree.places++;
      (this.others ??= new Map<Mark, Place>()).set(mark, place);
    }
    this.latest = mark;
    this.next = place;
    return place;
  }

  /** Whether the core is to be asked for the recipe: not for the first call, since many structures have but one. */
  asks(): boolean {
    return this.structure >= 0 && this.recipe === undefined && this.asked++ < MOST_ASKED;
  }

  /** The core has no recipe. */
  askNoMore(): void {
    this.asked = MOST_ASKED;
  }

  /** All that was said on the way here. */
  marks(): Mark[] {
    const marks = [this.mark];
    for (let { before } = this; before !== undefined; { before } = before) marks.push(before.mark);
    return marks.reverse().slice(1);
  }
}

/** The structures of one entity. What is forgotten here is never asked for again by its number. */
export class Structures {
  private root: Place = new Place(this, undefined, 0);
  /** How many places the tree has, those of trees before it left out. */
  places = 0;
  private known = 0;
  private next = 0;

  /** Where a call begins. Calls that fail before they are numbered make places, too. */
  get start(): Place {
    if (this.places >= MOST_PLACES) this.forget();
    return this.root;
  }

  /** Numbers another structure. */
  number(): number {
    if (this.known >= MOST || this.places >= MOST_PLACES) this.forget();
    this.known++;
    return this.next++;
  }

  /** Begins anew. */
  forget(): void {
    this.root = new Place(this, undefined, 0);
    this.known = 0;
    this.places = 0;
  }
}
