import type { App } from "../app";
import type { Order } from "../api/types";
import type { View } from "../view";
import { addressLines } from "../address";
import { ApiError } from "../api/errors";
import { linesOf } from "../cart";
import { icons } from "../components/icons";
import { orderLines } from "../components/order-lines";
import { bar, homeLink, missingState, skeleton } from "../components/states";
import { summaryRows } from "../components/summary";
import { h } from "../dom";
import { messages } from "../messages";
import { visitorLocale } from "../money";
import { countryName } from "../region";

const text = messages.order;

export function orderPage(app: App, view: View, id: string): Promise<void> {
  view.setTitle(text.title);
  return view.run(
    () => skeleton(bar("title"), bar("row"), bar("row")),
    () => findOrder(app, id, view.signal),
    (order) => {
      if (!order) {
        view.setTitle(text.notFoundTitle);
        view.show(missingState(text.notFoundTitle, text.notFoundText));
        return;
      }
      view.show(receipt(order));
    },
  );
}

async function findOrder(app: App, id: string, signal: AbortSignal): Promise<Order | null> {
  try {
    return await app.api.order(id, signal);
  } catch (error) {
    if (error instanceof ApiError && error.kind === "not_found") return null;
    throw error;
  }
}

function receipt(order: Order): HTMLElement {
  const address = order.shipping_address;
  const method = order.shipping_methods?.[0]?.name;
  const canceled = order.status === "canceled";
  return h(
    "article",
    { class: "receipt" },
    h(
      "header",
      { class: "receipt-head" },
      h("div", { class: `state-icon${canceled ? "" : " state-icon-done"}` }, icons.check()),
      h("h1", null, text.title),
      h("p", { class: "lead" }, canceled ? text.canceled : text.placed),
    ),
    h(
      "dl",
      { class: "panel facts" },
      fact(text.number, h("span", { "data-testid": "order-number" }, order.custom_display_id ?? order.display_id ?? order.id)),
      order.created_at && fact(text.date, dateText(order.created_at)),
      order.email && fact(text.email, order.email),
    ),
    h(
      "section",
      { class: "panel" },
      h("h2", null, text.lines),
      orderLines(linesOf(order), order.currency_code),
      summaryRows({ totals: order, shippingChosen: true }),
    ),
    address &&
      h(
        "section",
        { class: "panel" },
        h("h2", null, text.deliverTo),
        h("p", { class: "address" }, addressLines(address, address.country_code ? countryName({ iso_2: address.country_code }) : "").join("\n")),
        method && h("p", { class: "muted" }, `${text.delivery}: ${method}`),
      ),
    h("p", { class: "muted" }, text.keep),
    homeLink(text.goOn),
  );
}

function fact(term: string, value: string | Node): HTMLElement {
  return h("div", null, h("dt", null, term), h("dd", null, value));
}

function dateText(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(visitorLocale(), { dateStyle: "long" }).format(date);
}
