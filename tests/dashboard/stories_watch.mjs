// What `Browser.visit` watches for: whose page it was decides what may be excused.
import http from "node:http"

import {expect} from "./browser.mjs"

const EXCUSED = [/^request to another host: /, /^uncaught: /, /^policy: /]
const IMAGE = "http://127.0.0.1:9/"
/** All that is watched for, as a shop could do it. */
const SHOP = `<!doctype html>
<script nonce="a">
document.addEventListener("securitypolicyviolation", () => { document.documentElement.dataset.refused = "" })
setTimeout(() => { throw new Error("by the shop") })
</script>
<script>0</script><img src="${IMAGE}">`

const uncaught = (page, context) => Promise.all([
  context.waitForEvent("weberror"),
  page.evaluate(() => { setTimeout(() => { throw new Error("by the dashboard") }) }),
])
const refused = (page) => page.evaluate(() => new Promise((resolve) => {
  document.addEventListener("securitypolicyviolation", () => { resolve() })
  document.head.append(Object.assign(document.createElement("script"), {textContent: "0"}))
}))

async function aShop() {
  const server = http.createServer((_, answer) => {
    answer.writeHead(200, {"Content-Type": "text/html", "Content-Security-Policy": "script-src 'nonce-a'"}).end(SHOP)
  })
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve) })
  return {url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.close() }}
}

export async function a_shop_is_excused_for_what_it_does_and_the_dashboard_is_not(browser) {
  const shop = await aShop()
  /** With a shop in another tab. @returns what failed */
  const told = (excuses, act = async () => undefined) => browser.visit("/", async (page, context) => {
    await Promise.all([
      context.waitForEvent("weberror"),
      context.waitForEvent("request", (request) => request.url() === IMAGE),
      context.waitForEvent("page").then((tab) => tab.locator("[data-refused]").waitFor({state: "attached"})),
      page.evaluate((url) => { open(url, "_blank", "noopener") }, shop.url),
    ])
    await act(page, context)
  }, {signedIn: false, ...excuses}).then(() => "", ({message}) => message)
  try {
    const all = await told({})
    expect(["request to another host: ", "uncaught: by the shop", "policy: script-src"].every((one) => all.includes(one)), `of a shop without an excuse is told: ${all}`)
    const none = await told({allowElsewhere: EXCUSED})
    expect(none === "", `of an excused shop is told: ${none}`)
    for (const [wrong, act] of [["uncaught: by the dashboard", uncaught], ["policy: script-src", refused]]) {
      const one = await told({allowElsewhere: EXCUSED}, act)
      expect(one.startsWith(wrong), `of the dashboard, beside an excused shop, is told: ${one || "nothing"}`)
    }
  } finally {
    shop.close()
  }
}
