/** The part of the Store API's answers that the storefront reads. Everything may be missing in practice. */

export interface Country {
  iso_2: string;
  display_name?: string | null;
  name?: string | null;
}

export interface Region {
  id: string;
  name: string;
  currency_code: string;
  countries?: Country[] | null;
}

export interface Price {
  calculated_amount?: number | null;
  calculated_amount_with_tax?: number | null;
  original_amount?: number | null;
  original_amount_with_tax?: number | null;
  currency_code?: string | null;
}

export interface OptionValue {
  id: string;
  value: string;
  option_id?: string | null;
  option?: { id: string; title?: string } | null;
}

export interface ProductOption {
  id: string;
  title: string;
  values?: OptionValue[] | null;
}

export interface Variant {
  id: string;
  title?: string | null;
  manage_inventory?: boolean | null;
  allow_backorder?: boolean | null;
  inventory_quantity?: number | null;
  calculated_price?: Price | null;
  options?: OptionValue[] | null;
}

export interface Product {
  id: string;
  title: string;
  subtitle?: string | null;
  description?: string | null;
  handle: string;
  thumbnail?: string | null;
  images?: { id?: string; url: string }[] | null;
  options?: ProductOption[] | null;
  variants?: Variant[] | null;
}

export interface ProductPage {
  products: Product[];
  count: number;
}

export interface LineItem {
  id: string;
  title?: string | null;
  product_title?: string | null;
  product_handle?: string | null;
  variant_id?: string | null;
  variant_title?: string | null;
  thumbnail?: string | null;
  quantity: number;
  unit_price: number;
  total?: number | null;
  requires_shipping?: boolean | null;
}

export interface Address {
  first_name?: string | null;
  last_name?: string | null;
  company?: string | null;
  address_1?: string | null;
  address_2?: string | null;
  postal_code?: string | null;
  city?: string | null;
  province?: string | null;
  country_code?: string | null;
  phone?: string | null;
}

export interface ShippingMethod {
  name?: string | null;
  amount?: number | null;
  shipping_option_id?: string | null;
}

export interface Totals {
  currency_code: string;
  item_total?: number | null;
  shipping_total?: number | null;
  tax_total?: number | null;
  discount_total?: number | null;
  total?: number | null;
}

export interface Cart extends Totals {
  id: string;
  email?: string | null;
  region_id?: string | null;
  region?: { id: string } | null;
  completed_at?: string | null;
  items?: LineItem[] | null;
  shipping_address?: Address | null;
  shipping_methods?: ShippingMethod[] | null;
}

export interface ShippingOption {
  id: string;
  name: string;
  amount?: number | null;
  price_type?: string | null;
  insufficient_inventory?: boolean | null;
  type?: { label?: string | null; description?: string | null } | null;
}

export interface Order extends Totals {
  id: string;
  display_id?: number | null;
  custom_display_id?: string | null;
  status?: string | null;
  email?: string | null;
  created_at?: string | null;
  items?: LineItem[] | null;
  shipping_address?: Address | null;
  shipping_methods?: ShippingMethod[] | null;
}

export type Completion =
  | { type: "order"; order: { id: string; display_id?: number | null } }
  | { type: "cart"; cart: Cart; error?: { message?: string; type?: string } };
