import type { LineItem } from "../api/types";
import { lineTitle, lineTotal } from "../cart";
import { h } from "../dom";
import { messages } from "../messages";
import { formatMoney } from "../money";
import { variantLabel } from "../product-model";
import { picture } from "./picture";

/** Lines to read, for the checkout's summary and the order page. */
export function orderLines(lines: readonly LineItem[], currency: string): HTMLElement {
  return h(
    "ul",
    { class: "order-lines" },
    lines.map((line) => {
      const title = lineTitle(line);
      const variant = variantLabel(line.variant_title, title);
      return h(
        "li",
        null,
        picture({ url: line.thumbnail, seed: line.product_handle ?? title }),
        h(
          "div",
          null,
          h("p", { class: "line-title" }, title),
          variant && h("p", { class: "muted" }, variant),
          h("p", { class: "muted" }, messages.order.quantity(line.quantity)),
        ),
        h("p", { class: "line-total" }, formatMoney(lineTotal(line), currency)),
      );
    }),
  );
}
