/** The purchase in a real browser against the stub, under the strict Content-Security-Policy. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { browserArguments, requirements } from "./launch.mjs";
import { hostileTitle } from "./stub-data.mjs";
import { buyer, fillAddress, overflow, tour } from "./steps.mjs";
import { startStub } from "./stub-store-api.mjs";

const executablePath = requirements();
let stub, browser, page, complaints;

before(async () => {
  stub = await startStub();
  browser = await chromium.launch({ executablePath, args: browserArguments });
});

after(async () => {
  await browser?.close();
  await stub?.stop();
});

beforeEach(async () => {
  stub.behavior.mode = "ok";
  await page?.context().close();
  const context = await browser.newContext({ baseURL: stub.url, locale: "en-GB", viewport: { width: 360, height: 740 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000); // a busy machine is not a broken shop
  complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
});

const heading = () => page.getByRole("heading", { level: 1 });
const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.getAttribute("name"));

/** Waits until the page is as expected; the last difference is the failure. */
async function eventually(read, expected) {
  const end = Date.now() + 20_000;
  while ((await read()) !== expected && Date.now() < end) await page.waitForTimeout(25);
  assert.equal(await read(), expected);
}

async function addToCart(handle) {
  await page.goto(`/products/${handle}`);
  await page.getByTestId("add-to-cart").click();
  await page.getByRole("link", { name: "View cart" }).waitFor();
}

async function toDelivery() {
  await page.goto("/checkout");
  await fillAddress(page);
  await page.getByTestId("continue-to-delivery").click();
  await page.getByTestId("place-order").waitFor();
}

describe("purchase", () => {
  test("from the list to the order page, which survives a reload", async () => {
    await page.goto("/");
    await eventually(() => page.title(), "Ann's corner shop");
    await page.getByTestId("product-card").filter({ hasText: "Linen shirt" }).click();
    await page.getByRole("radio", { name: "Indigo" }).check();
    await page.getByRole("radio", { name: "L", exact: true }).check();
    await page.getByText("€65.00").first().waitFor();
    await page.getByText("Only 2 left").first().waitFor();
    await eventually(() => page.title(), "Linen shirt · Ann's corner shop");
    await page.getByTestId("add-to-cart").click();
    await page.getByRole("link", { name: "View cart" }).click();
    await eventually(focused, "Your cart");

    await page.getByRole("button", { name: "One more of Linen shirt" }).click();
    await page.getByText("€130.00").first().waitFor();
    await page.getByTestId("go-to-checkout").click();

    await page.getByTestId("continue-to-delivery").click();
    await eventually(() => page.locator('main [aria-invalid="true"]').count(), 6);
    await eventually(focused, "email");
    await fillAddress(page);
    await page.getByTestId("continue-to-delivery").click();
    await page.getByRole("radio", { name: "Express delivery" }).check();
    await page.getByRole("button", { name: "Place order for €142.50" }).click();

    await page.waitForURL("**/order/*");
    await eventually(() => page.getByTestId("order-number").innerText(), "1001");
    await page.reload();
    await eventually(() => page.getByTestId("order-number").innerText(), "1001");
    await page.getByText("€142.50").first().waitFor();
    await page.getByText(buyer.address_1).waitFor();

    const [order] = stub.store.orders.values();
    assert.equal(order.email, buyer.email);
    assert.equal(await page.evaluate(() => localStorage.getItem("souk.cart")), null);
    assert.deepEqual(complaints, []);
  });

  test("by keyboard alone, up to the cart", async () => {
    await page.goto("/products/clay-vase");
    await heading().waitFor();
    await page.getByTestId("add-to-cart").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "View cart" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByTestId("go-to-checkout").waitFor();
    await eventually(focused, "Your cart");
  });

  test("several quick clicks are one change, and the focus stays", async () => {
    await addToCart("clay-vase");
    await page.goto("/cart");
    const more = page.getByRole("button", { name: "One more of Clay vase" });
    await more.click();
    await more.click();
    await more.click();
    await page.getByText("€152.00").first().waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "One more of Clay vase");
    await page.getByRole("button", { name: "Remove Clay vase" }).click();
    await page.getByText("Your cart is empty").waitFor();
    await eventually(focused, "Your cart is empty");
  });

  test("more than the stock is refused in words, and the cart shows the truth", async () => {
    await addToCart("copper-tray");
    await page.goto("/cart");
    await page.getByLabel("Quantity of Copper tray").getByRole("textbox").fill("9");
    await page.keyboard.press("Tab");
    await page.getByText("There are not enough of these left.").waitFor();
    await page.waitForFunction(() => document.querySelector(".quantity input")?.value === "1");
  });

  test("another country means another currency", async () => {
    await addToCart("clay-vase");
    await page.goto("/checkout");
    await page.locator("main select").selectOption("us");
    await page.getByText("$41.80").first().waitFor();
    await page.goto("/");
    await page.getByText("$41.80").first().waitFor();
  });

  test("a product that is sold out cannot be added", async () => {
    await page.goto("/products/beeswax-candle");
    await eventually(() => page.getByTestId("add-to-cart").getAttribute("aria-disabled"), "true");
    await eventually(() => page.getByTestId("add-to-cart").innerText(), "Sold out");
  });

  test("a cart that became an order elsewhere is forgotten, and its order is offered", async () => {
    await addToCart("olive-bowl");
    await toDelivery();
    const id = await page.evaluate(() => localStorage.getItem("souk.cart"));
    await page.getByTestId("place-order").click();
    await page.getByTestId("order-number").waitFor();
    await page.evaluate((cart) => localStorage.setItem("souk.cart", cart), id);
    await page.goto("/cart");
    await page.getByRole("link", { name: "See your last order" }).click();
    await page.getByTestId("order-number").waitFor();
    await page.evaluate((cart) => localStorage.setItem("souk.cart", cart), id);
    await addToCart("olive-bowl");
    assert.notEqual(await page.evaluate(() => localStorage.getItem("souk.cart")), id);
  });
});

describe("phone", () => {
  test("no page is wider than 360 pixels", async () => {
    const wide = [];
    let visited = 0;
    await tour(page, stub, async (name) => {
      visited += 1;
      if ((await overflow(page)) > 0) wide.push(`${name}: ${await overflow(page)} px too wide`);
    });
    assert.deepEqual(wide, []);
    assert.equal(visited, 13);
  });
});

describe("states", () => {
  test("a hostile product is only text", async () => {
    await page.goto("/");
    await page.getByText(hostileTitle).first().click();
    await heading().filter({ hasText: hostileTitle }).waitFor();
    await page.getByTestId("add-to-cart").click();
    await page.getByRole("link", { name: "View cart" }).click();
    await page.getByText(hostileTitle).first().waitFor();
    assert.equal(await page.evaluate(() => window.__hacked), undefined);
    assert.deepEqual(complaints, []);
  });

  test("an API that is down gets a face, and trying again works", async () => {
    stub.behavior.mode = "down";
    await page.goto("/");
    await page.getByText("That did not work").waitFor();
    stub.behavior.mode = "ok";
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByTestId("product-card").first().waitFor();
    await eventually(focused, "All products");
  });

  test("a shop that is not ready opens by itself", async () => {
    stub.behavior.mode = "not-ready";
    await page.goto("/");
    await page.getByText("The shop is getting ready").waitFor();
    stub.behavior.mode = "ok";
    await page.getByTestId("product-card").first().waitFor();
  });

  test("an empty shop, a missing product, a missing order and a missing page say so", async () => {
    stub.behavior.mode = "empty";
    await page.goto("/");
    await page.getByText("Nothing here yet").waitFor();
    stub.behavior.mode = "ok";
    await page.goto("/products/none");
    await page.getByText("This product is not here").waitFor();
    await page.goto("/order/none");
    await page.getByText("We could not find this order").waitFor();
    await page.goto("/none");
    await page.getByText("This page is not here").waitFor();
    await page.goto("/checkout");
    await page.getByText("Your cart is empty").waitFor();
  });

  test("back returns to the place in the list", async () => {
    await page.goto("/");
    await page.getByTestId("product-card").last().scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    assert.ok(before > 0);
    await page.getByTestId("product-card").last().click();
    await page.getByTestId("add-to-cart").waitFor();
    await eventually(() => page.evaluate(() => scrollY), 0);
    await page.goBack();
    await page.getByTestId("product-card").last().waitFor();
    await page.waitForFunction((y) => Math.abs(scrollY - y) < 2, before);
  });
});
