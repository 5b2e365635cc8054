import type { App } from "../app";
import type { ShippingOption } from "../api/types";
import { announce } from "../announce";
import { isAbort, sentenceFor } from "../api/errors";
import { needsShipping } from "../cart";
import { h } from "../dom";
import { messages } from "../messages";
import { formatMoney } from "../money";
import { notice } from "./notice";

const text = messages.checkout;

export interface DeliverySectionOptions {
  app: App;
  signal: AbortSignal;
  /** A delivery is chosen and the cart's total includes it. */
  onReady(): void;
  /** A choice is on its way to the shop: the total is about to change. */
  onPending(pending: boolean): void;
}

export interface DeliverySection {
  element: HTMLElement;
  readonly chosen: boolean;
  /** Back to waiting for an address. */
  wait(): void;
  load(): Promise<void>;
  focus(): void;
}

/** Step 2: the delivery options for the saved address. The first one is chosen to begin with. */
export function deliverySection({ app, signal, onReady, onPending }: DeliverySectionOptions): DeliverySection {
  let chosen: string | null = null;
  let turn = 0;
  const problem = notice();
  const element = h("section", { class: "panel step", "aria-labelledby": "delivery-title" });

  const draw = (...content: Node[]): void => {
    element.replaceChildren(
      h("h2", { id: "delivery-title", tabindex: -1 }, h("span", { class: "step-number", "aria-hidden": "true" }, 2), text.deliveryTitle),
      ...content,
      problem.element,
    );
  };

  const wait = (): void => {
    turn += 1;
    chosen = null;
    onPending(false);
    problem.clear();
    element.classList.add("step-waiting");
    draw(h("p", { class: "muted" }, text.deliveryHint));
  };

  const choose = async (option: ShippingOption, radios: HTMLElement): Promise<void> => {
    const mine = ++turn;
    problem.clear();
    chosen = null;
    radios.setAttribute("aria-busy", "true");
    onPending(true);
    try {
      const cart = await app.cart.setShippingOption(option.id);
      if (mine !== turn) return;
      chosen = option.id;
      onReady();
      if (cart) announce(text.deliverySet(option.name, formatMoney(cart.total, cart.currency_code)));
    } catch (error) {
      if (mine === turn) problem.tell("error", sentenceFor(error));
    } finally {
      if (mine === turn) {
        radios.removeAttribute("aria-busy");
        onPending(false);
      }
    }
  };

  const load = async (): Promise<void> => {
    const cart = app.cart.cart;
    if (!cart) return;
    element.classList.remove("step-waiting");
    problem.clear();
    if (!needsShipping(cart)) {
      draw(h("p", null, text.deliveryNotNeeded));
      onReady();
      return;
    }
    const mine = ++turn;
    draw(h("div", { class: "skeleton", role: "status" }, h("span", { class: "visually-hidden" }, messages.loading), h("div", { class: "bar bar-row" })));
    let options: ShippingOption[];
    try {
      options = (await app.api.shippingOptions(cart.id, signal)).filter((option) => !option.insufficient_inventory);
    } catch (error) {
      if (isAbort(error) || mine !== turn) return;
      draw(h("button", { class: "button button-quiet", type: "button", onClick: () => void load() }, messages.retry));
      problem.tell("error", sentenceFor(error));
      return;
    }
    if (mine !== turn) return;
    const [first] = options;
    if (!first) {
      draw(h("p", { class: "field-error" }, text.deliveryNone));
      element.querySelector("h2")?.focus();
      return;
    }
    const radios = h("fieldset", { class: "deliveries" }, h("legend", { class: "visually-hidden" }, text.deliveryChoose));
    for (const option of options) {
      const radio = h("input", { type: "radio", name: "delivery", value: option.id, checked: option === first });
      radio.addEventListener("change", () => void choose(option, radios));
      radios.append(
        h(
          "label",
          null,
          radio,
          h(
            "span",
            { class: "delivery-text" },
            h("span", null, option.name),
            option.type?.description && h("span", { class: "muted" }, option.type.description),
          ),
          h("span", { class: "delivery-price" }, priceText(option, cart.currency_code)),
        ),
      );
    }
    draw(radios);
    radios.querySelector("input")?.focus({ preventScroll: false });
    await choose(first, radios);
  };

  wait();
  return {
    element,
    get chosen() {
      return chosen !== null;
    },
    wait,
    load,
    focus: () => element.querySelector("input")?.focus(),
  };
}

function priceText(option: ShippingOption, currency: string): string {
  if (option.amount === null || option.amount === undefined) return text.priceLater;
  return Number(option.amount) === 0 ? messages.summary.free : formatMoney(option.amount, currency);
}
