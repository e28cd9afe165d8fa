// The one tooltip of the page: a sentence below what is pointed at or focused. Escape hides it.

import { byId } from "./dom.js";

let owner: Element | undefined;

/** Shows a sentence below an element, which it then describes. */
export function showTip(element: HTMLElement, text: string): void {
  hideTip();
  const tip = byId("tip");
  tip.textContent = text;
  tip.hidden = false;
  const place = element.getBoundingClientRect();
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(place.left, room))}px`;
  const isLow = place.bottom + tip.offsetHeight + 8 > document.documentElement.clientHeight;
  const top = isLow ? place.top - tip.offsetHeight - 6 : place.bottom + 6;
  tip.style.top = `${top}px`;
  element.setAttribute("aria-describedby", "tip");
  owner = element;
}

/** Hides it. */
export function hideTip(): void {
  owner?.removeAttribute("aria-describedby");
  owner = undefined;
  byId("tip").hidden = true;
}

/** Escape hides it, and so does scrolling away. */
export function watchTip(): void {
  addEventListener("keydown", ({ key }) => key === "Escape" && hideTip());
  addEventListener("scroll", hideTip, { capture: true, passive: true });
}
