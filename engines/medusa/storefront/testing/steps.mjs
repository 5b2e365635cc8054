export const buyer = {
  email: "ann@example.com",
  first_name: "Ann",
  last_name: "Buyer",
  address_1: "Lindenstraße 7",
  postal_code: "10969",
  city: "Berlin",
  country_code: "de",
};

export async function fillAddress(page, values = buyer) {
  for (const [name, value] of Object.entries(values)) {
    const control = page.locator(`main [name="${name}"]`);
    if (name === "country_code") await control.selectOption(value);
    else await control.fill(value);
  }
}

/** Pixels the page is wider than the screen. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Goes to every page and state, and calls `visit(name)` at each. */
export async function tour(page, stub, visit) {
  await page.goto("/");
  await page.getByTestId("product-card").first().waitFor();
  await visit("products");
  await page.goto("/products/linen-shirt");
  await page.getByTestId("add-to-cart").click();
  await page.getByText("View cart").waitFor();
  await visit("product");
  await page.goto("/products/olive-bowl");
  await page.getByTestId("add-to-cart").click();
  await page.getByText("View cart").click();
  await page.getByTestId("go-to-checkout").waitFor();
  await visit("cart");
  await page.getByTestId("go-to-checkout").click();
  await page.getByTestId("continue-to-delivery").click();
  await visit("checkout-errors");
  await fillAddress(page);
  await page.getByTestId("continue-to-delivery").click();
  await page.getByTestId("place-order").waitFor();
  await page.waitForTimeout(300);
  await visit("checkout");
  await page.getByTestId("place-order").click();
  await page.getByTestId("order-number").waitFor();
  await visit("order");
  await page.goto("/cart");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await visit("cart-empty");
  await page.goto("/products/beeswax-candle");
  await page.getByTestId("add-to-cart").waitFor();
  await visit("product-sold-out");
  await page.goto("/nothing");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await visit("not-found");
  for (const mode of ["down", "not-ready", "empty", "hang"]) {
    stub.behavior.mode = mode;
    await page.goto("/");
    if (mode !== "hang") await page.getByRole("heading", { level: 1 }).waitFor();
    await visit(`state-${mode}`);
  }
  stub.behavior.mode = "ok";
}
