/** Pictures of every page and state, on a phone and a desktop, light and dark: `node testing/shots.mjs [folder]`. */
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { browserArguments, requirements } from "./launch.mjs";
import { overflow, tour } from "./steps.mjs";
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
      if ((await overflow(page)) > 0) console.log(`${name} ${device}: ${await overflow(page)}px wider than the screen`);
      await page.screenshot({ path: `${folder}/${name}-${device}-${colorScheme}.png`, fullPage: true });
    };
    await tour(page, stub, shot);
    await context.close();
  }
}
await browser.close();
await stub.stop();
