import { liveRegion } from "../announce";
import { h } from "../dom";
import { messages } from "../messages";
import { paths } from "../router";
import { icons } from "./icons";

export interface Shell {
  element: HTMLElement[];
  outlet: HTMLElement;
  footerTools: HTMLElement;
  setStoreName(name: string): void;
  setCartCount(count: number): void;
}

/** Header, room for a page, footer. Stands before anything is loaded. */
export function shell(): Shell {
  const brand = h("a", { class: "brand", href: paths.products }, messages.shop);
  const badge = h("span", { class: "cart-count", "aria-hidden": "true", hidden: true });
  const cartLink = h(
    "a",
    { class: "cart-link", href: paths.cart, "aria-label": messages.cart },
    icons.bag(),
    h("span", { class: "cart-link-text" }, messages.cart),
    badge,
  );
  const outlet = h("main", { id: "content", tabindex: -1 });
  const footerTools = h("div", { class: "footer-tools" });
  const footerText = h("p", { class: "muted" });
  const skip = h("a", { class: "skip-link", href: "#content" }, messages.skipToContent);
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    outlet.focus();
  });

  return {
    element: [
      skip,
      h(
        "header",
        { class: "site-header" },
        h("div", { class: "wrap" }, brand, h("nav", { "aria-label": messages.mainNavigation }, cartLink)),
      ),
      outlet,
      h("footer", { class: "site-footer" }, h("div", { class: "wrap" }, footerText, footerTools)),
      liveRegion(),
    ],
    outlet,
    footerTools,
    setStoreName(name) {
      brand.textContent = name || messages.shop;
      footerText.textContent = messages.footer(name || messages.shop);
    },
    setCartCount(count) {
      badge.textContent = String(count);
      badge.hidden = count === 0;
      cartLink.setAttribute("aria-label", count === 0 ? messages.cart : messages.cartWithCount(count));
    },
  };
}
