export type Route =
  | { page: "products" }
  | { page: "product"; handle: string }
  | { page: "cart" }
  | { page: "checkout" }
  | { page: "order"; id: string }
  | { page: "not-found" };

export const paths = {
  products: "/",
  product: (handle: string): string => `/products/${encodeURIComponent(handle)}`,
  cart: "/cart",
  checkout: "/checkout",
  order: (id: string): string => `/order/${encodeURIComponent(id)}`,
};

export function matchRoute(pathname: string): Route {
  const parts = pathname.split("/").filter((part) => part !== "");
  const decoded = parts.map(decode);
  const [first, second] = decoded;
  if (decoded.includes(undefined)) return { page: "not-found" };
  if (parts.length === 0) return { page: "products" };
  if (parts.length === 1 && first === "products") return { page: "products" };
  if (parts.length === 1 && first === "cart") return { page: "cart" };
  if (parts.length === 1 && first === "checkout") return { page: "checkout" };
  if (parts.length === 2 && first === "products" && second) return { page: "product", handle: second };
  if (parts.length === 2 && first === "order" && second) return { page: "order", id: second };
  return { page: "not-found" };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** "restored" is a step through the history or a reload: the old scroll position comes back. */
export type Arrival = "first" | "link" | "restored";

/** Paths by the History API. Links to anything the storefront does not know stay with the browser. */
export class Router {
  constructor(private readonly show: (route: Route, arrival: Arrival) => Promise<void>) {}

  start(): void {
    history.scrollRestoration = "manual";
    document.addEventListener("click", (event) => this.onClick(event));
    addEventListener("popstate", () => void this.arrive("restored"));
    addEventListener("pagehide", () => this.rememberScroll());
    void this.arrive("first");
  }

  navigate(path: string, options: { replace?: boolean } = {}): void {
    this.rememberScroll();
    if (options.replace) history.replaceState(null, "", path);
    else history.pushState(null, "", path);
    void this.arrive("link");
  }

  private async arrive(arrival: Arrival): Promise<void> {
    const path = location.pathname;
    const state = history.state as { scroll?: number } | null;
    if (arrival === "link") scrollTo(0, 0);
    await this.show(matchRoute(path), arrival);
    if (arrival !== "link" && location.pathname === path && state?.scroll) scrollTo(0, state.scroll);
  }

  private rememberScroll(): void {
    history.replaceState({ scroll: scrollY }, "");
  }

  private onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || matchRoute(url.pathname).page === "not-found") return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    this.navigate(url.pathname);
  }
}
