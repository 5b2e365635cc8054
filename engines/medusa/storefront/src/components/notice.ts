import { h, type Child } from "../dom";

/** A sentence about something that went wrong or right, next to where it happened; empty until told. */
export function notice(): { element: HTMLElement; tell(kind: "error" | "done", ...children: Child[]): void; clear(): void } {
  const element = h("div", { class: "notice", hidden: true });
  return {
    element,
    tell(kind, ...children) {
      element.className = `notice notice-${kind}`;
      // Good news is read out by the live region; only problems interrupt.
      if (kind === "error") element.setAttribute("role", "alert");
      else element.removeAttribute("role");
      element.replaceChildren(h("div", null, ...children));
      element.hidden = false;
    },
    clear() {
      element.hidden = true;
      element.replaceChildren();
    },
  };
}
