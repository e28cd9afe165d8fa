// Makes elements. Texts go in as text nodes and nothing is ever read as HTML.

/** What an element can hold. */
export type Child = Node | string | number | undefined | false;

/** Attributes by name, `class` among them; listeners are functions under `on...`. */
export interface Attributes {
  [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

/** An element with these attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter(isShown).map(nodeOf));
  return element;
}

function isShown(child: Child): child is Node | string | number {
  return child !== undefined && child !== false;
}

function nodeOf(child: Node | string | number): Node | string {
  return typeof child === "number" ? String(child) : child;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** A number of things, in words. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
