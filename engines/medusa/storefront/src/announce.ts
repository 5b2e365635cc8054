import { h } from "./dom";

const region = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });

export function liveRegion(): HTMLElement {
  return region;
}

/** Says a sentence to screen readers; the same sentence twice is said twice. */
export function announce(text: string): void {
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}
