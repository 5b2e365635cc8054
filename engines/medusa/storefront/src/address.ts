import type { Address } from "./api/types";
import { messages } from "./messages";

export interface ContactForm {
  email: string;
  first_name: string;
  last_name: string;
  address_1: string;
  address_2: string;
  postal_code: string;
  city: string;
  province: string;
  country_code: string;
  phone: string;
}

export type FieldName = keyof ContactForm;

export interface FieldSpec {
  name: FieldName;
  label: string;
  autocomplete: string;
  required: boolean;
  type?: "email" | "tel" | "text";
  max: number;
  hint?: string;
  width?: "half" | "third" | "two-thirds";
}

const text = messages.checkout;

/** In the order of the form. The country is a list and is drawn by the page. */
export const fieldSpecs: readonly FieldSpec[] = [
  { name: "email", label: text.email, autocomplete: "email", required: true, type: "email", max: 254, hint: text.emailHint },
  { name: "first_name", label: text.firstName, autocomplete: "shipping given-name", required: true, max: 100, width: "half" },
  { name: "last_name", label: text.lastName, autocomplete: "shipping family-name", required: true, max: 100, width: "half" },
  { name: "address_1", label: text.address1, autocomplete: "shipping address-line1", required: true, max: 200 },
  { name: "address_2", label: text.address2, autocomplete: "shipping address-line2", required: false, max: 200 },
  { name: "postal_code", label: text.postalCode, autocomplete: "shipping postal-code", required: true, max: 20, width: "third" },
  { name: "city", label: text.city, autocomplete: "shipping address-level2", required: true, max: 100, width: "two-thirds" },
  { name: "province", label: text.province, autocomplete: "shipping address-level1", required: false, max: 100 },
  { name: "country_code", label: text.country, autocomplete: "shipping country", required: true, max: 2 },
  { name: "phone", label: text.phone, autocomplete: "shipping tel", required: false, type: "tel", max: 30 },
];

export type FieldErrors = Partial<Record<FieldName, string>>;

export function validate(form: ContactForm): FieldErrors {
  const errors: FieldErrors = {};
  for (const spec of fieldSpecs) {
    const error = validateField(spec, form[spec.name]);
    if (error) errors[spec.name] = error;
  }
  return errors;
}

export function validateField(spec: FieldSpec, raw: string): string | null {
  const value = raw.trim();
  if (!value) return spec.required ? messages.fields.required(spec.label) : null;
  if (value.length > spec.max) return messages.fields.tooLong(spec.label, spec.max);
  if (spec.name === "email" && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)) return messages.fields.email;
  if (spec.name === "phone" && !/^[+\d][\d\s()/.-]{2,}$/.test(value)) return messages.fields.phone;
  return null;
}

export function toAddress(form: ContactForm): Address {
  // Empty is null, so that a text taken away is taken away in the cart too.
  return {
    first_name: form.first_name.trim(),
    last_name: form.last_name.trim(),
    address_1: form.address_1.trim(),
    postal_code: form.postal_code.trim(),
    city: form.city.trim(),
    country_code: form.country_code,
    address_2: form.address_2.trim() || null,
    province: form.province.trim() || null,
    phone: form.phone.trim() || null,
  };
}

export function toForm(email: string | null | undefined, address: Address | null | undefined, country: string): ContactForm {
  return {
    email: email ?? "",
    first_name: address?.first_name ?? "",
    last_name: address?.last_name ?? "",
    address_1: address?.address_1 ?? "",
    address_2: address?.address_2 ?? "",
    postal_code: address?.postal_code ?? "",
    city: address?.city ?? "",
    province: address?.province ?? "",
    country_code: country,
    phone: address?.phone ?? "",
  };
}

/** The lines of an address as they are written on a parcel. */
export function addressLines(address: Address, country: string): string[] {
  const line = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(" ");
  return [
    line(address.first_name, address.last_name),
    line(address.address_1),
    line(address.address_2),
    line(address.postal_code, address.city),
    line(address.province),
    country,
  ].filter((text) => text !== "");
}
