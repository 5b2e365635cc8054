import type { App } from "../app";
import type { Product, Variant } from "../api/types";
import type { View } from "../view";
import { announce } from "../announce";
import { sentenceFor } from "../api/errors";
import { gallery } from "../components/gallery";
import { icons } from "../components/icons";
import { notice } from "../components/notice";
import { optionPicker } from "../components/option-picker";
import { variantPrice } from "../components/price";
import { quantityCeiling, quantityControl } from "../components/quantity";
import { backLink, bar, missingState, skeleton } from "../components/states";
import { h } from "../dom";
import { messages } from "../messages";
import { choiceOf, findVariant, firstVariant, priceOf, stockOf, type Choice } from "../product-model";
import { paths } from "../router";

const text = messages.product;
const fewLeft = 5;

export function productPage(app: App, view: View, handle: string): Promise<void> {
  return view.run(
    () =>
      skeleton(
        h("div", { class: "product" }, bar("square"), h("div", null, bar("title"), bar("short"), bar("text"), bar("text"), bar("button"))),
      ),
    () => app.api.productByHandle(app.regions.place, handle, view.signal),
    (product) => {
      if (!product) {
        view.setTitle(text.notFoundTitle);
        view.show(missingState(text.notFoundTitle, text.notFoundText));
        return;
      }
      view.setTitle(product.title);
      view.show(
        backLink(),
        h("article", { class: "product" }, gallery(product), h("div", { class: "product-info" }, ...productInfo(app, product))),
      );
    },
  );
}

function productInfo(app: App, product: Product): HTMLElement[] {
  let variant = firstVariant(product);
  let choice: Choice = variant ? choiceOf(product, variant) : {};
  let busy = false;

  const price = h("div", { class: "product-price" });
  const stock = h("p", { class: "stock" });
  const result = notice();
  const button = h("button", { class: "button button-wide", type: "submit", "data-testid": "add-to-cart" });
  const quantity = quantityControl({
    value: 1,
    label: text.quantity,
    lessLabel: messages.cartPage.less(product.title),
    moreLabel: messages.cartPage.more(product.title),
  });

  const refresh = (): void => {
    price.replaceChildren(variantPrice(variant));
    const [label, buyable] = saleState(variant);
    const [stockText, stockKind] = stockState(variant);
    stock.textContent = stockText;
    stock.className = `stock stock-${stockKind}`;
    quantity.element.hidden = !buyable;
    if (variant) quantity.setMax(Math.min(stockOf(variant), quantityCeiling));
    button.textContent = busy ? text.adding : label;
    button.setAttribute("aria-disabled", String(!buyable || busy));
  };

  const picker = optionPicker(product, choice, (next) => {
    choice = next;
    variant = findVariant(product, choice);
    result.clear();
    refresh();
    announce([price.textContent, stock.textContent || button.textContent].filter(Boolean).join(". "));
  });

  const add = async (): Promise<void> => {
    if (busy || !variant || button.getAttribute("aria-disabled") === "true") return;
    busy = true;
    result.clear();
    refresh();
    try {
      await app.cart.add(variant.id, quantity.value);
      announce(text.added(product.title));
      result.tell("done", icons.check(), h("span", null, text.added(product.title)), h("a", { href: paths.cart }, text.viewCart));
    } catch (error) {
      result.tell("error", sentenceFor(error));
    } finally {
      busy = false;
      refresh();
    }
  };

  const form = h("form", { class: "buy", novalidate: true }, picker, stock, h("div", { class: "buy-row" }, quantity.element, button), result.element);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });
  refresh();

  const description = product.description?.trim();
  return [
    h("header", null, h("h1", null, product.title), product.subtitle && h("p", { class: "muted" }, product.subtitle), price),
    form,
    ...(description ? [h("section", { class: "description" }, h("h2", null, text.details), h("p", null, description))] : []),
  ];
}

function saleState(variant: Variant | undefined): [label: string, buyable: boolean] {
  if (!variant) return [text.noSuchVariant, false];
  if (!priceOf(variant)) return [text.notForSale, false];
  return stockOf(variant) === 0 ? [text.soldOut, false] : [text.addToCart, true];
}

function stockState(variant: Variant | undefined): [label: string, kind: "none" | "low" | "ok"] {
  if (!variant || !priceOf(variant)) return ["", "none"];
  const left = stockOf(variant);
  if (left === 0) return ["", "none"]; // The button says it.
  if (left <= fewLeft) return [text.lastOnes(left), "low"];
  const counted = variant.manage_inventory && (variant.inventory_quantity ?? 0) > 0;
  return [variant.allow_backorder && !counted ? text.onRequest : text.inStock, "ok"];
}
