import type { StoreApi } from "./api/store-api";
import type { CartState } from "./cart";
import type { ShopConfig } from "./config";
import type { RegionState } from "./region";
import type { View } from "./view";

/** Everything a page works with. */
export interface App {
  config: ShopConfig;
  api: StoreApi;
  regions: RegionState;
  cart: CartState;
  navigate(path: string, options?: { replace?: boolean }): void;
  /** Changes country, cart and prices together; nothing changes when the cart cannot follow. */
  chooseCountry(code: string): Promise<void>;
  /** Draws the current page again, for example in another currency. */
  redraw(): void;
}

export type Page = (app: App, view: View) => Promise<void>;
