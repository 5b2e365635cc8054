import type { Totals } from "../api/types";
import { h, type Child } from "../dom";
import { messages } from "../messages";
import { formatMoney } from "../money";

export interface SummaryOptions {
  totals: Totals;
  shippingChosen: boolean;
  children?: Child;
}

/** Items, delivery, total. All amounts include tax, so the lines add up to the total. */
export function summaryRows({ totals, shippingChosen }: SummaryOptions): HTMLElement {
  const money = (amount: number | null | undefined): string => formatMoney(amount, totals.currency_code);
  const shipping = Number(totals.shipping_total ?? 0);
  const tax = Number(totals.tax_total ?? 0);
  const saved = Number(totals.discount_total ?? 0);
  const text = messages.summary;
  return h(
    "dl",
    { class: "summary-rows" },
    row(text.items, money(totals.item_total)),
    row(text.shipping, shippingChosen ? (shipping === 0 ? text.free : money(shipping)) : text.shippingLater, !shippingChosen),
    h(
      "div",
      { class: "summary-total" },
      h("dt", null, text.total),
      h(
        "dd",
        null,
        h("strong", null, money(totals.total)),
        tax > 0 && h("small", null, text.tax(money(tax))),
        saved > 0 && h("small", null, text.saved(money(saved))),
      ),
    ),
  );
}

function row(term: string, value: string, quiet = false): HTMLElement {
  return h("div", null, h("dt", null, term), h("dd", { class: quiet ? "muted" : null }, value));
}
