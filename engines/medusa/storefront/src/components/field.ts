import { h, uniqueId } from "../dom";
import { messages } from "../messages";

export interface FieldOptions {
  label: string;
  control: HTMLInputElement | HTMLSelectElement;
  required: boolean;
  hint?: string | undefined;
  width?: string | undefined;
}

export interface Field {
  element: HTMLElement;
  control: HTMLInputElement | HTMLSelectElement;
  setError(message: string | null): void;
}

/** Label, control, hint and error, tied together for screen readers. */
export function field(options: FieldOptions): Field {
  const { control } = options;
  const id = uniqueId("field");
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  control.id = id;
  if (options.required) control.setAttribute("aria-required", "true");

  const error = h("p", { class: "field-error", id: errorId, hidden: true });
  const describe = (withError: boolean): void => {
    const ids = [options.hint && hintId, withError && errorId].filter(Boolean).join(" ");
    if (ids) control.setAttribute("aria-describedby", ids);
    else control.removeAttribute("aria-describedby");
  };
  describe(false);

  return {
    control,
    element: h(
      "div",
      { class: `field${options.width ? ` field-${options.width}` : ""}` },
      h(
        "label",
        { for: id },
        options.label,
        !options.required && h("span", { class: "muted" }, ` (${messages.checkout.optional})`),
      ),
      control,
      options.hint && h("p", { class: "field-hint muted", id: hintId }, options.hint),
      error,
    ),
    setError(message) {
      error.textContent = message ?? "";
      error.hidden = !message;
      if (message) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      describe(Boolean(message));
    },
  };
}
