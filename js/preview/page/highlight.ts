// Colours JSON, alone or within a command: cuts the text into tokens and makes each a span of text.

import { h } from "./dom.js";

const TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\b|\b(true|false|null)\b/g;

/** The text with its tokens coloured. */
export function highlight(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon = "", number] = match;
    if (match.index > from) nodes.push(text.slice(from, match.index));
    if (string !== undefined) {
      nodes.push(h("span", { class: colon === "" ? "t-string" : "t-name" }, string));
      if (colon !== "") nodes.push(colon);
    } else {
      nodes.push(h("span", { class: number === undefined ? "t-word" : "t-number" }, whole));
    }
    from = match.index + whole.length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}
