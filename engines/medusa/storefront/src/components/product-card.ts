import type { Product } from "../api/types";
import { h } from "../dom";
import { messages } from "../messages";
import { isSoldOut } from "../product-model";
import { paths } from "../router";
import { picture } from "./picture";
import { productPrice } from "./price";

export function productCard(product: Product, eager: boolean): HTMLElement {
  return h(
    "li",
    { class: "product-card", "data-testid": "product-card" },
    picture({ url: product.thumbnail, seed: product.handle, eager }),
    isSoldOut(product) && h("p", { class: "badge" }, messages.products.soldOut),
    h(
      "div",
      { class: "product-card-text" },
      h("h2", null, h("a", { href: paths.product(product.handle) }, product.title)),
      product.subtitle && h("p", { class: "muted" }, product.subtitle),
      productPrice(product),
    ),
  );
}
