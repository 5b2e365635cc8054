import type { App } from "../app";
import type { Cart } from "../api/types";
import { addressLines, fieldSpecs, toAddress, toForm, validate, validateField, type ContactForm, type FieldName } from "../address";
import { sentenceFor } from "../api/errors";
import { h } from "../dom";
import { messages } from "../messages";
import { countryOptions } from "./country-select";
import { field, type Field } from "./field";
import { notice } from "./notice";

const text = messages.checkout;

export interface AddressSectionOptions {
  app: App;
  cart: Cart;
  /** The visitor opens the form again. */
  onEdit(): void;
  /** The cart has the address; runs before the form closes. */
  onSaved(): Promise<void>;
}

/** Step 1: a form, and once saved a short text with a way back. */
export function addressSection({ app, cart, onEdit, onSaved }: AddressSectionOptions): HTMLElement {
  let form: ContactForm = toForm(cart.email, cart.shipping_address, app.regions.country.code);
  const section = h("section", { class: "panel step", "aria-labelledby": "contact-title" });

  const heading = (): HTMLElement =>
    h("h2", { id: "contact-title", tabindex: -1 }, h("span", { class: "step-number", "aria-hidden": "true" }, 1), text.contactTitle);

  const drawSaved = (): void => {
    const country = app.regions.country.name;
    section.replaceChildren(
      h(
        "div",
        { class: "step-head" },
        heading(),
        h("button", { class: "link-button", type: "button", "aria-label": text.changeAddress, onClick: () => {
          onEdit();
          drawForm();
          section.querySelector<HTMLElement>("input")?.focus();
        } }, text.change),
      ),
      h("p", null, form.email),
      h("p", { class: "muted address" }, addressLines(toAddress(form), country).join("\n")),
    );
  };

  const drawForm = (): void => {
    const fields = new Map<FieldName, Field>();
    const problem = notice();
    const submit = h("button", { class: "button button-wide", type: "submit", "data-testid": "continue-to-delivery" }, text.continue);
    let busy = false;

    const read = (): void => {
      for (const [name, item] of fields) form[name] = item.control.value;
    };

    for (const spec of fieldSpecs) {
      const common = { name: spec.name, autocomplete: spec.autocomplete };
      const control =
        spec.name === "country_code"
          ? h("select", common, countryOptions(app.regions))
          : h("input", { ...common, type: spec.type ?? "text", maxlength: spec.max, inputmode: spec.type === "email" || spec.type === "tel" ? spec.type : null });
      control.value = form[spec.name];
      const item = field({ label: spec.label, control, required: spec.required, hint: spec.hint, width: spec.width });
      // While typing, never on leaving the field: a line that goes away then would move the button from under the click.
      control.addEventListener("input", () => {
        if (control.getAttribute("aria-invalid") === "true") item.setError(validateField(spec, control.value));
      });
      fields.set(spec.name, item);
    }

    const country = fields.get("country_code")?.control;
    country?.addEventListener("change", () => {
      problem.clear();
      app.chooseCountry(country.value).catch((error: unknown) => {
        country.value = app.regions.country.code;
        problem.tell("error", sentenceFor(error));
      });
    });

    const save = async (): Promise<void> => {
      if (busy) return;
      read();
      problem.clear();
      const errors = validate(form);
      for (const [name, item] of fields) item.setError(errors[name] ?? null);
      const wrong = fieldSpecs.filter((spec) => errors[spec.name]);
      const [first] = wrong;
      if (first) {
        problem.tell("error", text.fixFields(wrong.length));
        fields.get(first.name)?.control.focus();
        return;
      }
      busy = true;
      submit.textContent = text.saving;
      submit.setAttribute("aria-disabled", "true");
      try {
        await app.chooseCountry(form.country_code);
        const address = toAddress(form);
        await app.cart.update({ email: form.email.trim(), shipping_address: address, billing_address: address });
        drawSaved();
        await onSaved();
      } catch (error) {
        problem.tell("error", sentenceFor(error));
      } finally {
        busy = false;
        submit.textContent = text.continue;
        submit.removeAttribute("aria-disabled");
      }
    };

    const element = h(
      "form",
      { novalidate: true, class: "fields" },
      [...fields.values()].map((item) => item.element),
      problem.element,
      submit,
    );
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      void save();
    });
    section.replaceChildren(heading(), element);
  };

  drawForm();
  return section;
}
