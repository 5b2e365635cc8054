import type { App, Page } from "../app";
import type { Cart, LineItem } from "../api/types";
import { announce } from "../announce";
import { sentenceFor } from "../api/errors";
import { lineTitle, lineTotal } from "../cart";
import { notice } from "../components/notice";
import { icons } from "../components/icons";
import { picture } from "../components/picture";
import { quantityControl } from "../components/quantity";
import { bar, homeLink, skeleton, state } from "../components/states";
import { summaryRows } from "../components/summary";
import { h } from "../dom";
import { messages } from "../messages";
import { formatMoney } from "../money";
import { variantLabel } from "../product-model";
import { paths } from "../router";

const text = messages.cartPage;
/** Several quick clicks on plus are one change. */
const settleMs = 400;

export const cartPage: Page = (app, view) => {
  view.setTitle(text.title);
  return view.run(
    () => skeleton(bar("title"), h("div", { class: "columns" }, h("div", null, bar("row"), bar("row")), bar("row"))),
    () => app.cart.load(),
    () => {
      const problem = notice();
      const body = h("div");
      const draw = (): void => {
        const focused = document.activeElement;
        const key = focused instanceof HTMLElement && body.contains(focused) ? focused.dataset["key"] : undefined;
        body.replaceChildren(app.cart.cart && app.cart.lines.length > 0 ? full(app, app.cart.cart, problem) : empty(app));
        if (key) focusKey(body, key);
      };
      draw();
      view.whenClosed(app.cart.subscribe(draw));
      view.show(problem.element, body);
    },
  );
};

function empty(app: App): HTMLElement {
  const order = app.cart.lastOrder;
  return state(
    icons.bag(),
    text.emptyTitle,
    text.emptyText,
    homeLink(),
    order && h("a", { class: "button button-quiet", href: paths.order(order) }, text.lastOrder),
  );
}

function full(app: App, cart: Cart, problem: ReturnType<typeof notice>): HTMLElement {
  const change = async (row: HTMLElement, work: () => Promise<Cart | null>, done: (cart: Cart | null) => string): Promise<void> => {
    row.setAttribute("aria-busy", "true");
    problem.clear();
    try {
      announce(done(await work()));
    } catch (error) {
      problem.tell("error", sentenceFor(error));
      await app.cart.load().catch(() => undefined);
    }
  };

  return h(
    "div",
    null,
    h("div", { class: "page-head" }, h("h1", { tabindex: -1, "data-key": "heading" }, text.title)),
    h(
      "div",
      { class: "columns" },
      h(
        "ul",
        { class: "cart-lines", role: "list" },
        app.cart.lines.map((line) => cartLine(app, cart, line, change)),
      ),
      h(
        "aside",
        { class: "panel", "aria-labelledby": "summary-title" },
        h("h2", { id: "summary-title" }, messages.summary.title),
        summaryRows({ totals: cart, shippingChosen: (cart.shipping_methods ?? []).length > 0 }),
        h("a", { class: "button button-wide", href: paths.checkout, "data-testid": "go-to-checkout" }, text.checkout),
      ),
    ),
  );
}

type Change = (row: HTMLElement, work: () => Promise<Cart | null>, done: (cart: Cart | null) => string) => Promise<void>;

function cartLine(app: App, cart: Cart, line: LineItem, change: Change): HTMLElement {
  const title = lineTitle(line);
  const variant = variantLabel(line.variant_title, title);
  const money = (amount: number): string => formatMoney(amount, cart.currency_code);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const row = h("li", { class: "cart-line" });
  const quantity = quantityControl({
    value: line.quantity,
    label: text.quantityOf(title),
    lessLabel: text.less(title),
    moreLabel: text.more(title),
    key: line.id,
    onChange: (value) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void change(row, () => app.cart.setQuantity(line.id, value), (next) =>
          text.updated(title, value, formatMoney(next?.total, cart.currency_code)),
        );
      }, settleMs);
    },
  });
  const remove = h(
    "button",
    {
      class: "link-button",
      type: "button",
      "aria-label": text.removeNamed(title),
      onClick: () => {
        clearTimeout(timer);
        remove.dataset["key"] = "heading";
        void change(row, () => app.cart.remove(line.id), () => text.removed(title));
      },
    },
    text.remove,
  );

  const name = line.product_handle ? h("a", { href: paths.product(line.product_handle) }, title) : h("span", null, title);
  row.append(
    picture({ url: line.thumbnail, seed: line.product_handle ?? title }),
    h(
      "div",
      { class: "cart-line-text" },
      h("h2", { class: "line-title" }, name),
      variant && h("p", { class: "muted" }, variant),
      line.quantity > 1 && h("p", { class: "muted" }, text.each(money(lineTotal(line) / line.quantity))),
    ),
    h("p", { class: "line-total" }, money(lineTotal(line))),
    h("div", { class: "cart-line-actions" }, quantity.element, remove),
  );
  return row;
}

/** After a redraw the same control has the focus again, or the heading when the line is gone. */
function focusKey(body: HTMLElement, key: string): void {
  const same = [...body.querySelectorAll<HTMLElement>("[data-key]")].find((element) => element.dataset["key"] === key);
  const heading = body.querySelector<HTMLElement>("h1");
  if (heading) heading.tabIndex = -1;
  (same ?? heading)?.focus();
}
