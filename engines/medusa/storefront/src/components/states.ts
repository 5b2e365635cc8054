import { h, type Child } from "../dom";
import { messages } from "../messages";
import { paths } from "../router";
import { icons } from "./icons";

export function state(icon: SVGElement, title: string, text: string, ...actions: Child[]): HTMLElement {
  return h(
    "section",
    { class: "state" },
    h("div", { class: "state-icon" }, icon),
    h("h1", null, title),
    h("p", null, text),
    actions.length > 0 && h("div", { class: "state-actions" }, ...actions),
  );
}

export function errorState(sentence: string, retry: () => void): HTMLElement {
  return state(icons.cloud(), messages.errors.title, sentence, retryButton(retry));
}

export function notReadyState(retry: () => void): HTMLElement {
  return state(icons.tent(), messages.notReady.title, messages.notReady.text, retryButton(retry));
}

export function missingState(title: string, text: string): HTMLElement {
  return state(icons.search(), title, text, homeLink());
}

export function homeLink(label: string = messages.browseProducts): HTMLElement {
  return h("a", { class: "button", href: paths.products }, label);
}

export function backLink(label: string = messages.backToProducts, href: string = paths.products): HTMLElement {
  return h("a", { class: "back-link", href }, icons.back(), label);
}

function retryButton(retry: () => void): HTMLElement {
  return h("button", { class: "button", type: "button", onClick: retry }, messages.retry);
}

/** Grey bars in place of what is loading; only the word "Loading" is read aloud. */
export function skeleton(...shapes: Child[]): HTMLElement {
  return h(
    "div",
    { class: "skeleton" },
    h("p", { class: "visually-hidden", role: "status" }, messages.loading),
    h("div", { "aria-hidden": "true" }, ...shapes),
  );
}

export function bar(kind: "title" | "text" | "short" | "button" | "square" | "row"): HTMLElement {
  return h("div", { class: `bar bar-${kind}` });
}
