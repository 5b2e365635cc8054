import type { App } from "./app";
import { ApiClient } from "./api/client";
import { ApiError, sentenceFor } from "./api/errors";
import { StoreApi } from "./api/store-api";
import { CartState, cartStorageKey } from "./cart";
import { countrySelect } from "./components/country-select";
import { notice } from "./components/notice";
import { shell } from "./components/shell";
import { bar, skeleton } from "./components/states";
import { loadConfig } from "./config";
import { h } from "./dom";
import { showPage } from "./pages";
import { RegionState } from "./region";
import { Router, type Arrival, type Route } from "./router";
import { browserStorage } from "./storage";
import { View } from "./view";

/** Puts the storefront into an element and starts it. The shop itself is loaded with the first page. */
export function startShop(root: HTMLElement): void {
  const frame = shell();
  root.append(...frame.element);

  let app: App | undefined;
  let view: View | undefined;
  let loading: Promise<App> | undefined;
  let route: Route = { page: "products" };

  const draw = async (next: Route, arrival: Arrival): Promise<void> => {
    view?.close();
    route = next;
    const mine = new View(frame.outlet, app?.config.storeName ?? "", arrival !== "first");
    view = mine;
    if (app) return showPage(app, mine, next);
    return mine.run(
      () => skeleton(bar("title"), h("div", { class: "product-grid" }, Array.from({ length: 6 }, () => bar("square")))),
      () => (loading ??= loadShop().finally(() => (loading = undefined))),
      (loaded) => {
        app = loaded;
        return draw(next, mine.wantsFocus ? "link" : arrival);
      },
    );
  };

  const router = new Router(draw);

  const loadShop = async (): Promise<App> => {
    const config = await loadConfig();
    frame.setStoreName(config.storeName);
    const storage = browserStorage();
    const api = new StoreApi(new ApiClient({ publishableKey: config.publishableKey }));
    const regions = RegionState.from(await api.regions(), storage);
    if (!regions) throw new ApiError("not_ready");
    const cart = new CartState(api, storage, () => regions.place);
    cart.subscribe(() => frame.setCartCount(cart.count));
    addEventListener("storage", (event) => {
      if (event.key === cartStorageKey) void cart.load().catch(() => undefined);
    });
    // The badge in the header; the pages that need the cart load it themselves and show what went wrong.
    void cart.load().catch(() => undefined);

    const loaded: App = {
      config,
      api,
      regions,
      cart,
      navigate: (path, options) => router.navigate(path, options),
      redraw: () => void draw(route, "first"),
      async chooseCountry(code) {
        const before = regions.country;
        if (code === before.code || !regions.choose(code)) return;
        if (regions.country.region.id !== before.region.id) {
          try {
            await cart.moveToPlace(regions.place);
          } catch (error) {
            regions.choose(before.code);
            throw error instanceof ApiError && error.kind === "rejected" ? new ApiError("region") : error;
          }
        }
        drawFooter();
      },
    };

    const drawFooter = (): void => {
      const select = countrySelect(regions, (code) => {
        loaded
          .chooseCountry(code)
          .then(() => loaded.redraw())
          .catch((error: unknown) => {
            drawFooter();
            const problem = notice();
            frame.footerTools.append(problem.element);
            problem.tell("error", sentenceFor(error));
          });
      });
      const focused = frame.footerTools.contains(document.activeElement);
      frame.footerTools.replaceChildren(...(select ? [select] : []));
      if (focused) frame.footerTools.querySelector("select")?.focus();
    };
    drawFooter();
    return loaded;
  };

  router.start();
}
