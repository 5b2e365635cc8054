import { beforeEach, describe, expect, it } from "vitest";
import { matchRoute, paths, Router, type Arrival, type Route } from "../src/router";

describe("matchRoute", () => {
  it.each([
    ["/", { page: "products" }],
    ["/products", { page: "products" }],
    ["/products/clay-vase", { page: "product", handle: "clay-vase" }],
    ["/products/clay-vase/", { page: "product", handle: "clay-vase" }],
    ["/products/t%C3%A9%2Fa", { page: "product", handle: "té/a" }],
    ["/cart", { page: "cart" }],
    ["/checkout", { page: "checkout" }],
    ["/order/order_01", { page: "order", id: "order_01" }],
    ["/order", { page: "not-found" }],
    ["/products/a/b", { page: "not-found" }],
    ["/products/%E0%A4%A", { page: "not-found" }],
    ["/app", { page: "not-found" }],
  ])("%s", (path, route) => {
    expect(matchRoute(path)).toEqual(route);
  });

  it("reads back every path it writes", () => {
    for (const handle of ["a b", "té/a", "50%", "?x#y"]) {
      expect(matchRoute(paths.product(handle))).toEqual({ page: "product", handle });
    }
  });
});

describe("Router", () => {
  const visits: { route: Route; arrival: Arrival }[] = [];
  const router = new Router(async (route, arrival) => void visits.push({ route, arrival }));
  router.start();

  beforeEach(() => {
    visits.length = 0;
    document.body.replaceChildren();
  });

  /** True when the router took the click. */
  function click(href: string, init: MouseEventInit = {}, attributes: Record<string, string> = {}): boolean {
    const link = document.createElement("a");
    link.setAttribute("href", href);
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
    const inner = document.createElement("span");
    link.append(inner);
    document.body.append(link);
    let taken = false;
    // Runs after the router's own listener; what it left alone must not leave the test page.
    const last = (event: Event): void => {
      taken = event.defaultPrevented;
      event.preventDefault();
    };
    document.addEventListener("click", last, { once: true });
    inner.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
    return taken;
  }

  it("follows links to its own pages without loading", () => {
    expect(click("/cart")).toBe(true);
    expect(visits).toEqual([{ route: { page: "cart" }, arrival: "link" }]);
    expect(location.pathname).toBe("/cart");
  });

  it.each<[string, MouseEventInit, Record<string, string>]>([
    ["/cart", { ctrlKey: true }, {}],
    ["/cart", { metaKey: true }, {}],
    ["/cart", { shiftKey: true }, {}],
    ["/cart", { button: 1 }, {}],
    ["/cart", {}, { target: "_blank" }],
    ["/cart", {}, { download: "" }],
    ["/app", {}, {}],
    ["https://example.com/cart", {}, {}],
  ])("leaves %s %j %j to the browser", (href, init, attributes) => {
    expect(click(href, init, attributes)).toBe(false);
    expect(visits).toEqual([]);
  });

  it("replaces when asked to", () => {
    const before = history.length;
    router.navigate("/order/1", { replace: true });
    expect(history.length).toBe(before);
    expect(visits[0]?.route).toEqual({ page: "order", id: "1" });
  });
});
