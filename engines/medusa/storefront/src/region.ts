import type { Place } from "./api/store-api";
import type { Country, Region } from "./api/types";
import type { KeyValueStorage } from "./storage";

const storageKey = "souk.country";

export interface CountryChoice {
  code: string;
  name: string;
  region: Region;
}

/** Which country the visitor buys from; it decides the region and so the currency. */
export class RegionState {
  readonly countries: CountryChoice[];
  private current: CountryChoice;

  private constructor(
    first: CountryChoice,
    countries: CountryChoice[],
    private readonly storage: KeyValueStorage,
  ) {
    this.countries = countries;
    this.current = first;
  }

  /** Undefined when the shop has no region with a country yet. */
  static from(regions: Region[], storage: KeyValueStorage): RegionState | undefined {
    const choices = regions.flatMap((region) =>
      (region.countries ?? []).map((country) => ({
        code: country.iso_2.toLowerCase(),
        name: countryName(country),
        region,
      })),
    );
    const saved = storage.get(storageKey);
    const first = choices.find((choice) => choice.code === saved) ?? choices[0];
    if (!first) return undefined;
    const sorted = [...choices].sort((a, b) => a.name.localeCompare(b.name, "en"));
    return new RegionState(first, sorted, storage);
  }

  get country(): CountryChoice {
    return this.current;
  }

  get place(): Place {
    return { regionId: this.current.region.id, countryCode: this.current.code };
  }

  find(code: string | null | undefined): CountryChoice | undefined {
    return this.countries.find((choice) => choice.code === code?.toLowerCase());
  }

  choose(code: string): boolean {
    const choice = this.find(code);
    if (!choice) return false;
    this.current = choice;
    this.storage.set(storageKey, choice.code);
    return true;
  }
}

export function countryName(country: Country): string {
  const code = country.iso_2.toUpperCase();
  try {
    const name = new Intl.DisplayNames(["en"], { type: "region" }).of(code);
    if (name && name !== code) return name;
  } catch {
    // An unknown code: the shop's own name for it is used.
  }
  return country.display_name ?? country.name ?? code;
}
