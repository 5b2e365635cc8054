import { h } from "../dom";
import { messages } from "../messages";
import { formatMoney } from "../money";
import { priceOf, priceRange, type Amount } from "../product-model";
import type { Product, Variant } from "../api/types";

export function productPrice(product: Product): HTMLElement {
  const range = priceRange(product);
  if (!range) return h("p", { class: "price price-none" }, messages.products.noPrice);
  if (range.varies) {
    return h("p", { class: "price" }, messages.products.from(formatMoney(range.lowest.amount, range.lowest.currency)));
  }
  return amount(range.lowest);
}

export function variantPrice(variant: Variant | undefined): HTMLElement {
  const price = variant ? priceOf(variant) : null;
  return price ? amount(price) : h("p", { class: "price price-none" }, messages.product.notForSale);
}

function amount(price: Amount): HTMLElement {
  const now = formatMoney(price.amount, price.currency);
  if (price.original === null) return h("p", { class: "price" }, now);
  return h(
    "p",
    { class: "price" },
    h("span", { class: "visually-hidden" }, `${messages.products.now} `),
    h("span", { class: "price-sale" }, now),
    " ",
    h("span", { class: "visually-hidden" }, `${messages.products.was} `),
    h("s", null, formatMoney(price.original, price.currency)),
  );
}
