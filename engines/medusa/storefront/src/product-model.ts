import type { OptionValue, Product, ProductOption, Variant } from "./api/types";

export interface Amount {
  amount: number;
  original: number | null;
  currency: string;
}

export function priceOf(variant: Variant): Amount | null {
  const price = variant.calculated_price;
  const amount = price?.calculated_amount_with_tax ?? price?.calculated_amount;
  if (!price || amount === null || amount === undefined || !price.currency_code) return null;
  const original = price.original_amount_with_tax ?? price.original_amount ?? null;
  return { amount, original: original !== null && original > amount ? original : null, currency: price.currency_code };
}

export interface PriceRange {
  lowest: Amount;
  varies: boolean;
}

export function priceRange(product: Product): PriceRange | null {
  const prices = (product.variants ?? []).map(priceOf).filter((price) => price !== null);
  const [first, ...others] = prices;
  if (!first) return null;
  const lowest = others.reduce((low, price) => (price.amount < low.amount ? price : low), first);
  return { lowest, varies: prices.some((price) => price.amount !== lowest.amount) };
}

/** How many can be bought: a number when the shop counts them, Infinity when it does not. */
export function stockOf(variant: Variant): number {
  if (!variant.manage_inventory || variant.allow_backorder) return Infinity;
  if (variant.inventory_quantity === null || variant.inventory_quantity === undefined) return Infinity;
  return Math.max(0, variant.inventory_quantity);
}

export function isSoldOut(product: Product): boolean {
  const variants = product.variants ?? [];
  return variants.length === 0 || variants.every((variant) => stockOf(variant) === 0);
}

/** option id -> chosen value */
export type Choice = Record<string, string>;

export function choiceOf(product: Product, variant: Variant): Choice {
  const choice: Choice = {};
  for (const value of variant.options ?? []) {
    const option = optionOfValue(product, value);
    if (option) choice[option.id] = value.value;
  }
  return choice;
}

export function findVariant(product: Product, choice: Choice): Variant | undefined {
  return (product.variants ?? []).find((variant) => {
    const own = choiceOf(product, variant);
    return (product.options ?? []).every((option) => own[option.id] === undefined || own[option.id] === choice[option.id]);
  });
}

export function firstVariant(product: Product): Variant | undefined {
  const variants = product.variants ?? [];
  return variants.find((variant) => stockOf(variant) > 0 && priceOf(variant)) ?? variants[0];
}

/** Values of one option in the shop's order, without doubles. */
export function valuesOf(option: ProductOption): string[] {
  return [...new Set((option.values ?? []).map((value) => value.value))];
}

function optionOfValue(product: Product, value: OptionValue): ProductOption | undefined {
  const id = value.option_id ?? value.option?.id;
  return (product.options ?? []).find(
    (option) => option.id === id || (option.values ?? []).some((own) => own.id === value.id),
  );
}

const meaninglessTitles = /^default( (variant|title|option value))?$/i;

/** The variant's name as a second line, or nothing when it says nothing. */
export function variantLabel(title: string | null | undefined, productTitle: string): string {
  const text = title?.trim() ?? "";
  return text === productTitle || meaninglessTitles.test(text) ? "" : text;
}
