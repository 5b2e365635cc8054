import type { App, Page } from "../app";
import type { Cart } from "../api/types";
import type { View } from "../view";
import { announce } from "../announce";
import { isAbort, sentenceFor } from "../api/errors";
import { needsShipping } from "../cart";
import { addressSection } from "../components/checkout-address";
import { deliverySection } from "../components/checkout-delivery";
import { notice } from "../components/notice";
import { icons } from "../components/icons";
import { orderLines } from "../components/order-lines";
import { backLink, bar, homeLink, skeleton, state } from "../components/states";
import { summaryRows } from "../components/summary";
import { h } from "../dom";
import { messages } from "../messages";
import { formatMoney } from "../money";
import { paymentProvider, PaymentError, placeOrder } from "../place-order";
import { paths } from "../router";

const text = messages.checkout;

export const checkoutPage: Page = (app, view) => {
  view.setTitle(text.title);
  return view.run(
    () => skeleton(bar("title"), h("div", { class: "columns" }, h("div", null, bar("row"), bar("row")), bar("row"))),
    async () => {
      const cart = await app.cart.load();
      const providers = cart ? await app.api.paymentProviders(app.regions.place.regionId, view.signal) : [];
      return { cart, payable: providers.includes(paymentProvider) };
    },
    ({ cart, payable }) => {
      if (!cart || app.cart.lines.length === 0) {
        const order = app.cart.lastOrder;
        view.show(
          state(
            icons.bag(),
            messages.cartPage.emptyTitle,
            messages.cartPage.emptyText,
            homeLink(),
            order && h("a", { class: "button button-quiet", href: paths.order(order) }, messages.cartPage.lastOrder),
          ),
        );
        return;
      }
      view.show(...checkout(app, view, cart, payable));
    },
  );
};

function checkout(app: App, view: View, start: Cart, payableAtStart: boolean): HTMLElement[] {
  let payable = payableAtStart;
  let ready = false;
  let busy = false;
  let pending = false;

  const problem = notice();
  const summary = h("div");
  const payment = h("section", { class: "panel step", "aria-labelledby": "payment-title" });
  const button = h("button", { class: "button button-wide", type: "button", "data-testid": "place-order" });

  const cartNow = (): Cart => app.cart.cart ?? start;

  const drawSummary = (): void => {
    const cart = cartNow();
    const shippingChosen = (cart.shipping_methods ?? []).length > 0 && ready;
    summary.replaceChildren(
      orderLines(app.cart.lines, cart.currency_code),
      summaryRows({ totals: cart, shippingChosen: shippingChosen || !needsShipping(cart) }),
    );
    button.textContent = busy ? text.placing : text.placeOrder(formatMoney(cart.total, cart.currency_code));
    button.setAttribute("aria-disabled", String(busy || pending));
  };

  const drawPayment = (): void => {
    payment.classList.toggle("step-waiting", !ready);
    payment.replaceChildren(
      h("h2", { id: "payment-title" }, h("span", { class: "step-number", "aria-hidden": "true" }, 3), text.paymentTitle),
      ...(!ready
        ? [h("p", { class: "muted" }, text.paymentHint)]
        : payable
          ? [h("p", null, h("strong", null, text.payment)), h("p", { class: "muted" }, text.paymentText), problem.element, button]
          : [h("p", { class: "field-error" }, text.paymentNone)]),
    );
  };

  const setReady = (next: boolean): void => {
    ready = next;
    drawPayment();
    drawSummary();
  };

  const place = async (): Promise<void> => {
    if (busy || pending) return;
    if (needsShipping(cartNow()) && !delivery.chosen) {
      problem.tell("error", text.deliveryMissing);
      delivery.focus();
      return;
    }
    busy = true;
    problem.clear();
    drawSummary();
    const agreed = cartNow().total;
    try {
      const fresh = await app.cart.load();
      if (!fresh) {
        app.redraw();
        return;
      }
      if (fresh.total !== agreed) {
        problem.tell("error", text.totalChanged);
        return;
      }
      const order = await placeOrder(app.api, cartNow().id);
      app.cart.completed(order.id);
      announce(text.placed(order.number));
      app.navigate(paths.order(order.id), { replace: true });
    } catch (error) {
      problem.tell(
        "error",
        h("span", null, error instanceof PaymentError ? messages.errors.payment : sentenceFor(error)),
        h("a", { href: paths.cart }, text.editCart),
      );
      await app.cart.load().catch(() => undefined);
    } finally {
      busy = false;
      if (!view.closed) drawSummary();
    }
  };
  button.addEventListener("click", () => void place());

  const delivery = deliverySection({
    app,
    signal: view.signal,
    onReady: () => (ready ? drawSummary() : setReady(true)),
    onPending: (next) => {
      pending = next;
      drawSummary();
    },
  });
  const address = addressSection({
    app,
    cart: start,
    onEdit: () => {
      delivery.wait();
      setReady(false);
    },
    onSaved: async () => {
      announce(text.addressSaved);
      try {
        payable = (await app.api.paymentProviders(app.regions.place.regionId, view.signal)).includes(paymentProvider);
      } catch (error) {
        if (isAbort(error)) return;
      }
      await delivery.load();
    },
  });

  view.whenClosed(
    app.cart.subscribe((cart) => {
      if (cart) drawSummary();
      else if (!busy) app.redraw();
    }),
  );
  setReady(false);

  return [
    backLink(text.editCart, paths.cart),
    h("div", { class: "page-head" }, h("h1", null, text.title)),
    h(
      "div",
      { class: "columns" },
      h("div", { class: "steps" }, address, delivery.element, payment),
      h(
        "aside",
        { class: "panel", "aria-labelledby": "summary-title" },
        h("h2", { id: "summary-title" }, messages.summary.title),
        summary,
      ),
    ),
  ];
}
