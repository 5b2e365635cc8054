import { describe, expect, it } from "vitest";
import { h } from "../src/dom";
import { picture } from "../src/components/picture";
import { productCard } from "../src/components/product-card";

const hostile = `"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;

describe("h", () => {
  it("writes data as text, never as HTML", () => {
    const element = h("p", { title: hostile }, hostile);
    expect(element.textContent).toBe(hostile);
    expect(element.children).toHaveLength(0);
    expect(element.getAttribute("title")).toBe(hostile);
    expect(element.innerHTML).toContain("&lt;img");
  });

  it("refuses attributes and addresses that could run code", () => {
    const link = h("a", { href: "javascript:alert(1)", onmouseover: "alert(1)", style: "color: red" });
    expect(link.hasAttribute("href")).toBe(false);
    expect(link.hasAttribute("onmouseover")).toBe(false);
    expect(link.hasAttribute("style")).toBe(false);
    expect(h("a", { href: " java\nscript:alert(1)" }).hasAttribute("href")).toBe(false);
    expect(h("a", { href: "/products/a" }).getAttribute("href")).toBe("/products/a");
  });

  it("skips empty children and flattens lists", () => {
    expect(h("p", null, null, false, undefined, ["a", ["b"]], 0).textContent).toBe("ab0");
  });

  it("binds listeners", () => {
    let clicks = 0;
    h("button", { onClick: () => clicks++ }).click();
    expect(clicks).toBe(1);
  });
});

describe("product data in the page", () => {
  it("shows a hostile product harmlessly", () => {
    const card = productCard({ id: "1", handle: "../../cart?x=", title: hostile, subtitle: hostile, thumbnail: "javascript:alert(1)", variants: [] }, false);
    expect(card.querySelectorAll("script, img")).toHaveLength(0);
    expect(card.querySelector("a")?.getAttribute("href")).toBe("/products/..%2F..%2Fcart%3Fx%3D");
    expect(card.querySelector("svg.placeholder")).not.toBeNull();
  });

  it("draws a placeholder when a picture does not load", () => {
    const frame = picture({ url: "/static/gone.png", seed: "bowl" });
    const image = frame.querySelector("img");
    expect(image?.getAttribute("referrerpolicy")).toBe("no-referrer");
    image?.dispatchEvent(new Event("error"));
    expect(frame.querySelector("img")).toBeNull();
    expect(frame.querySelector("svg")).not.toBeNull();
  });
});
