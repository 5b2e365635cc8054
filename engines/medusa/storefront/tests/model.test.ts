import { describe, expect, it } from "vitest";
import { addressLines, toAddress, toForm, validate, type ContactForm } from "../src/address";
import type { Product, Variant } from "../src/api/types";
import { parseConfig } from "../src/config";
import { safeImageUrl } from "../src/image";
import { choiceOf, findVariant, firstVariant, isSoldOut, priceRange, stockOf, variantLabel } from "../src/product-model";
import { RegionState } from "../src/region";

const price = (amount: number) => ({ calculated_amount: amount, original_amount: amount, currency_code: "eur" });

describe("stock", () => {
  it.each<[Partial<Variant>, number]>([
    [{ manage_inventory: false, inventory_quantity: 0 }, Infinity],
    [{ manage_inventory: true, allow_backorder: true, inventory_quantity: 0 }, Infinity],
    [{ manage_inventory: true, inventory_quantity: null }, Infinity],
    [{ manage_inventory: true, inventory_quantity: 3 }, 3],
    [{ manage_inventory: true, inventory_quantity: -1 }, 0],
  ])("%j", (variant, expected) => {
    expect(stockOf({ id: "v", ...variant })).toBe(expected);
  });
});

describe("variants", () => {
  const value = (value: string, option_id: string) => ({ id: `val_${value}`, value, option_id });
  const product: Product = {
    id: "p",
    title: "Shirt",
    handle: "shirt",
    options: [
      { id: "size", title: "Size", values: [value("S", "size"), value("M", "size")] },
      { id: "color", title: "Color", values: [value("Red", "color")] },
    ],
    variants: [
      { id: "s", manage_inventory: true, inventory_quantity: 0, options: [value("S", "size"), value("Red", "color")], calculated_price: price(10) },
      { id: "m", manage_inventory: true, inventory_quantity: 1, options: [value("M", "size"), value("Red", "color")], calculated_price: price(12) },
    ],
  };

  it("begins with the first one that can be bought", () => {
    expect(firstVariant(product)?.id).toBe("m");
  });

  it("finds the variant of a choice and back", () => {
    expect(findVariant(product, { size: "S", color: "Red" })?.id).toBe("s");
    expect(findVariant(product, { size: "L", color: "Red" })).toBeUndefined();
    expect(choiceOf(product, product.variants![1]!)).toEqual({ size: "M", color: "Red" });
  });

  it("knows sold out and the price range", () => {
    expect(isSoldOut(product)).toBe(false);
    expect(isSoldOut({ ...product, variants: product.variants!.slice(0, 1) })).toBe(true);
    expect(priceRange(product)).toMatchObject({ lowest: { amount: 10 }, varies: true });
    expect(priceRange({ ...product, variants: [] })).toBeNull();
  });

  it("hides names that say nothing", () => {
    expect(variantLabel("Default variant", "Vase")).toBe("");
    expect(variantLabel("Vase", "Vase")).toBe("");
    expect(variantLabel("S / Red", "Shirt")).toBe("S / Red");
  });
});

describe("address", () => {
  const good: ContactForm = { ...toForm("a@b.co", null, "de"), first_name: "A", last_name: "B", address_1: "Street 1", postal_code: "1", city: "C" };

  it("accepts a complete form and sends nothing for what is empty", () => {
    expect(validate(good)).toEqual({});
    expect(toAddress(good)).toMatchObject({ city: "C", phone: null, address_2: null });
    expect(addressLines(toAddress(good), "Germany")).toEqual(["A B", "Street 1", "1 C", "Germany"]);
  });

  it("names every field that is wrong", () => {
    const errors = validate({ ...good, email: "a@b", city: "  ", phone: "call me" });
    expect(Object.keys(errors).sort()).toEqual(["city", "email", "phone"]);
    expect(errors.city).toBe("City is missing.");
  });
});

describe("regions", () => {
  const memory = (saved?: string) => ({ get: () => saved ?? null, set: () => undefined });
  const regions = [
    { id: "eu", name: "EU", currency_code: "eur", countries: [{ iso_2: "fr" }, { iso_2: "de" }] },
    { id: "us", name: "US", currency_code: "usd", countries: [{ iso_2: "us" }] },
  ];

  it("begins with the shop's first country, or the visitor's choice", () => {
    expect(RegionState.from(regions, memory())?.country.code).toBe("fr");
    expect(RegionState.from(regions, memory("us"))?.place).toEqual({ regionId: "us", countryCode: "us" });
    expect(RegionState.from(regions, memory("xx"))?.country.code).toBe("fr");
  });

  it("is nothing without a country", () => {
    expect(RegionState.from([{ id: "r", name: "R", currency_code: "eur", countries: [] }], memory())).toBeUndefined();
  });
});

describe("config and pictures", () => {
  it("takes only a shop with a key for ready", () => {
    expect(parseConfig(`{"publishable_key":"pk_1","store_name":" A "}`)).toEqual({ publishableKey: "pk_1", storeName: "A" });
    for (const text of ["", "null", "[]", `{"publishable_key":""}`, "<html>"]) {
      expect(() => parseConfig(text)).toThrow(expect.objectContaining({ kind: "not_ready" }));
    }
  });

  it("takes only web addresses for pictures", () => {
    expect(safeImageUrl("/static/a.png")).toMatch(/\/static\/a\.png$/);
    expect(safeImageUrl("javascript:alert(1)")).toBeNull();
    expect(safeImageUrl("data:text/html,x")).toBeNull();
    expect(safeImageUrl("")).toBeNull();
  });
});
