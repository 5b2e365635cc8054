import { h, uniqueId } from "../dom";
import { messages } from "../messages";
import type { RegionState } from "../region";

/** Countries with their currency when the shop has more than one. */
export function countryOptions(regions: RegionState): HTMLOptionElement[] {
  const currencies = new Set(regions.countries.map((choice) => choice.region.currency_code));
  return regions.countries.map((choice) => {
    const currency = currencies.size > 1 ? ` (${choice.region.currency_code.toUpperCase()})` : "";
    return h("option", { value: choice.code }, choice.name + currency);
  });
}

export function countrySelect(regions: RegionState, onChoose: (code: string) => void): HTMLElement | null {
  if (regions.countries.length < 2) return null;
  const id = uniqueId("country");
  const select = h("select", { id, onChange: () => onChoose(select.value) }, countryOptions(regions));
  select.value = regions.country.code;
  return h("div", { class: "country-select" }, h("label", { for: id }, messages.deliverTo), select);
}
