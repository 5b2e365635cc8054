import type { Product } from "../api/types";
import { h, uniqueId } from "../dom";
import { messages } from "../messages";
import { findVariant, stockOf, valuesOf, type Choice } from "../product-model";

/** One row of choices per option. A product with a single variant has nothing to choose. */
export function optionPicker(product: Product, initial: Choice, onChange: (choice: Choice) => void): HTMLElement | null {
  if ((product.variants ?? []).length < 2) return null;
  let choice = { ...initial };
  const refreshers: (() => void)[] = [];

  const groups = (product.options ?? []).map((option) => {
    const name = uniqueId("option");
    return h(
      "fieldset",
      { class: "options" },
      h("legend", null, option.title),
      h(
        "div",
        { class: "option-values" },
        valuesOf(option).map((value) => {
          const radio = h("input", { type: "radio", name, value, checked: choice[option.id] === value });
          const label = h("label", null, radio, h("span", null, value));
          radio.addEventListener("change", () => {
            choice = { ...choice, [option.id]: value };
            for (const refresh of refreshers) refresh();
            onChange(choice);
          });
          refreshers.push(() => {
            const variant = findVariant(product, { ...choice, [option.id]: value });
            const available = variant !== undefined && stockOf(variant) > 0;
            label.classList.toggle("unavailable", !available);
            if (available) radio.removeAttribute("aria-label");
            else radio.setAttribute("aria-label", messages.product.valueSoldOut(value));
          });
          return label;
        }),
      ),
    );
  });
  for (const refresh of refreshers) refresh();
  return h("div", { class: "option-groups" }, groups);
}
