import { h } from "../dom";
import { icons } from "./icons";

export interface QuantityOptions {
  value: number;
  min?: number;
  max?: number;
  label: string;
  lessLabel: string;
  moreLabel: string;
  /** Prefix of the data-key of the controls, to find the focused one after a redraw. */
  key?: string;
  onChange?: (value: number) => void;
}

export interface QuantityControl {
  element: HTMLElement;
  readonly value: number;
  setMax(max: number): void;
}

export const quantityCeiling = 99;

/** Minus, a number, plus. */
export function quantityControl(options: QuantityOptions): QuantityControl {
  const min = options.min ?? 1;
  let max = Math.min(options.max ?? quantityCeiling, quantityCeiling);
  let value = options.value;

  const key = (name: string): string | undefined => (options.key ? `${options.key}-${name}` : undefined);
  const input = h("input", {
    type: "text",
    inputmode: "numeric",
    pattern: "[0-9]*",
    maxlength: 2,
    autocomplete: "off",
    "aria-label": options.label,
    "data-key": key("number"),
    value: String(value),
  });
  const less = h("button", { type: "button", "aria-label": options.lessLabel, "data-key": key("less") }, icons.minus());
  const more = h("button", { type: "button", "aria-label": options.moreLabel, "data-key": key("more") }, icons.plus());

  // aria-disabled keeps the focus where it is when an end is reached.
  const refresh = (): void => {
    input.value = String(value);
    less.setAttribute("aria-disabled", String(value <= min));
    more.setAttribute("aria-disabled", String(value >= max));
  };
  const set = (wanted: number): void => {
    const next = Math.max(min, Math.min(max, wanted));
    const changed = next !== value;
    value = next;
    refresh();
    if (changed) options.onChange?.(value);
  };

  less.addEventListener("click", () => set(value - 1));
  more.addEventListener("click", () => set(value + 1));
  input.addEventListener("change", () => {
    const typed = /^\d+$/.test(input.value.trim()) ? Number(input.value) : value;
    set(typed);
  });
  refresh();

  return {
    element: h("div", { class: "quantity", role: "group", "aria-label": options.label }, less, input, more),
    get value() {
      return value;
    },
    setMax(next) {
      max = Math.max(min, Math.min(next, quantityCeiling));
      value = Math.min(value, max);
      refresh();
    },
  };
}
