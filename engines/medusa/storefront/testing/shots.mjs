/** Pictures of every page and state, on a phone and a desktop, light and dark: `node testing/shots.mjs [folder]`. */
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { browserArguments, requirements } from "./launch.mjs";
import { fillAddress } from "./steps.mjs";
import { startStub } from "./stub-store-api.mjs";

const executablePath = requirements();
const folder = process.argv[2] ?? "shots";
await mkdir(folder, { recursive: true });
const stub = await startStub();
const browser = await chromium.launch({ executablePath, args: browserArguments });

for (const [device, width, height] of [["phone", 360, 740], ["desktop", 1280, 860]]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: "en-GB", baseURL: stub.url });
    const page = await context.newPage();
    const shot = async (name) => {
      await page.waitForTimeout(150);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) console.log(`${name} ${device}: ${overflow}px wider than the screen`);
      await page.screenshot({ path: `${folder}/${name}-${device}-${colorScheme}.png`, fullPage: true });
    };
    await page.goto("/");
    await page.getByTestId("product-card").first().waitFor();
    await shot("products");
    await page.goto("/products/linen-shirt");
    await page.getByTestId("add-to-cart").click();
    await page.getByText("View cart").waitFor();
    await shot("product");
    await page.goto("/products/olive-bowl");
    await page.getByTestId("add-to-cart").click();
    await page.getByText("View cart").click();
    await page.getByTestId("go-to-checkout").waitFor();
    await shot("cart");
    await page.getByTestId("go-to-checkout").click();
    await page.getByTestId("continue-to-delivery").click();
    await shot("checkout-errors");
    await fillAddress(page);
    await page.getByTestId("continue-to-delivery").click();
    await page.getByTestId("place-order").waitFor();
    await page.waitForTimeout(300);
    await shot("checkout");
    await page.getByTestId("place-order").click();
    await page.getByTestId("order-number").waitFor();
    await shot("order");
    await page.goto("/cart");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await shot("cart-empty");
    await page.goto("/products/beeswax-candle");
    await page.getByTestId("add-to-cart").waitFor();
    await shot("product-sold-out");
    await page.goto("/nothing");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await shot("not-found");
    for (const mode of ["down", "not-ready", "empty", "hang"]) {
      stub.behavior.mode = mode;
      await page.goto("/");
      if (mode !== "hang") await page.getByRole("heading", { level: 1 }).waitFor();
      await shot(`state-${mode}`);
    }
    stub.behavior.mode = "ok";
    await context.close();
  }
}
await browser.close();
await stub.stop();
