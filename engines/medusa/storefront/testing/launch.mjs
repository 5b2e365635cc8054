import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser's path; ends the program with one sentence when something it needs is missing. */
export function requirements() {
  const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(browser)) fail(`Chromium is missing: install it, or set CHROMIUM to its path (looked at ${browser}).`);
  if (!existsSync(fileURLToPath(new URL("../dist/index.html", import.meta.url)))) {
    fail("The storefront is not built: run `npm run build` first.");
  }
  return browser;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
