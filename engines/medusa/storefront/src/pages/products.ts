import type { Page } from "../app";
import type { Product } from "../api/types";
import { announce } from "../announce";
import { isAbort, sentenceFor } from "../api/errors";
import { notice } from "../components/notice";
import { productCard } from "../components/product-card";
import { bar, skeleton, state } from "../components/states";
import { icons } from "../components/icons";
import { h } from "../dom";
import { messages } from "../messages";

const pageSize = 24;
const text = messages.products;

export const productsPage: Page = (app, view) => {
  view.setTitle("");
  return view.run(
    () => skeleton(bar("title"), h("div", { class: "product-grid" }, Array.from({ length: 6 }, () => bar("square")))),
    () => app.api.products(app.regions.place, 0, pageSize, view.signal),
    ({ products, count }) => {
      if (products.length === 0) {
        view.show(state(icons.tent(), text.emptyTitle, text.emptyText));
        return;
      }

      let shown = products.length;
      const grid = h("ul", { class: "product-grid", role: "list" }, cards(products, 0));
      const problem = notice();
      const more = h("button", { class: "button button-quiet", type: "button", hidden: shown >= count }, text.showMore);
      const showMore = async (): Promise<void> => {
        more.setAttribute("aria-disabled", "true");
        more.textContent = text.showingMore;
        problem.clear();
        try {
          const next = await app.api.products(app.regions.place, shown, pageSize, view.signal);
          const added = cards(next.products, shown);
          grid.append(...added);
          shown += next.products.length;
          more.hidden = shown >= next.count || next.products.length === 0;
          announce(text.moreShown(shown, next.count));
          added[0]?.querySelector("a")?.focus();
        } catch (error) {
          if (!isAbort(error)) problem.tell("error", sentenceFor(error));
        } finally {
          more.removeAttribute("aria-disabled");
          more.textContent = text.showMore;
        }
      };
      more.addEventListener("click", () => {
        if (!more.hasAttribute("aria-disabled")) void showMore();
      });

      view.show(
        h("div", { class: "page-head" }, h("h1", null, text.title), h("p", { class: "muted" }, text.count(count))),
        grid,
        h("div", { class: "grid-more" }, problem.element, more),
      );
    },
  );
};

function cards(products: readonly Product[], offset: number): HTMLElement[] {
  return products.map((product, index) => productCard(product, offset + index < 4));
}
