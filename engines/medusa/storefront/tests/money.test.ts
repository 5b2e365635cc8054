import { describe, expect, it } from "vitest";
import { formatMoney } from "../src/money";

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

describe("formatMoney", () => {
  it("follows the locale and the currency", () => {
    expect(plain(formatMoney(1234.5, "eur", "de-DE"))).toBe("1.234,50 €");
    expect(formatMoney(1234.5, "usd", "en-US")).toBe("$1,234.50");
    expect(plain(formatMoney(1200, "jpy", "ja-JP"))).toMatch(/1,200$/);
  });

  it("counts in whole units, as Medusa does", () => {
    expect(formatMoney(10, "eur", "en-GB")).toBe("€10.00");
  });

  it("survives missing amounts and unknown currencies", () => {
    expect(formatMoney(null, "eur", "en-GB")).toBe("€0.00");
    expect(formatMoney(Number.NaN, "eur", "en-GB")).toBe("€0.00");
    expect(formatMoney(3, "not a currency", "en-GB")).toBe("3.00 NOT A CURRENCY");
  });
});
