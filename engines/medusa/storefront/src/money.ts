const formats = new Map<string, Intl.NumberFormat>();

export function visitorLocale(): string {
  return navigator.languages?.[0] ?? navigator.language ?? "en";
}

/** Medusa counts in whole currency units (10 is ten euros). */
export function formatMoney(amount: number | null | undefined, currency: string, locale = visitorLocale()): string {
  const value = Number(amount ?? 0);
  const code = currency.toUpperCase();
  const key = `${locale} ${code}`;
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.NumberFormat(locale, { style: "currency", currency: code });
    } catch {
      return `${value.toFixed(2)} ${code}`.trim();
    }
    formats.set(key, format);
  }
  return format.format(Number.isFinite(value) ? value : 0);
}
