// A person's whole way on a real node: in by the link, a Medusa shop made, an order placed in it and seen by its owner, closed, open again,
// deleted. tests/e2e/real starts it with SOUK_URL, SOUK_API and SOUK_TOKEN.
import {fillAddress} from "../../engines/medusa/storefront/testing/steps.mjs"
import {api, Browser, Checks, expect, newCode, phaseOf, URL_OF_PAGE, waitFor} from "./browser.mjs"

const NAME = "Clara's Ceramics"
const MINUTE = 60_000
const STEPS = ["Namespace", "Fence", "Secrets", "Release", "Database", "Shop setup", "Programs", "Address", "Test order"]

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const status = (page, word) => page.locator("main").getByText(word, {exact: true}).first()

async function make(page) {
  await page.getByRole("link", {name: /^(New store|Create the first store)/}).first().click()
  await page.getByRole("radio", {name: /^Medusa/}).check()
  await page.getByLabel("Name of the shop").fill(NAME)
  await page.getByText("This name is free.").waitFor()
  await page.getByRole("button", {name: "Create store"}).click()
  await page.waitForURL(/\/stores\/str_/)
  const seen = new Set()
  await waitFor("Ready on the page", async () => {
    for (const text of await page.getByRole("listitem").filter({hasText: /\((running|done)\)/}).allInnerTexts()) seen.add(text.split("\n")[0].trim())
    return status(page, "Ready").isVisible()
  }, 900, 200)
  const missed = STEPS.filter((step) => ![...seen].some((text) => text.startsWith(step)))
  expect(missed.length === 0, `steps that were not seen: ${missed}; seen: ${[...seen]}`)
  return new URL(page.url()).pathname.split("/").pop()
}

/** As a buyer would, in the tab that the button opens. */
async function buy(page, context) {
  const [shop] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", {name: /^Open storefront/}).first().click()])
  await shop.getByTestId("product-card").first().click()
  await shop.getByTestId("add-to-cart").click()
  await shop.getByRole("link", {name: "View cart"}).click()
  await shop.getByTestId("go-to-checkout").click()
  await fillAddress(shop)
  await shop.getByTestId("continue-to-delivery").click()
  await shop.getByTestId("place-order").click()
  const number = await shop.getByTestId("order-number").innerText({timeout: MINUTE})
  expect(/^\d+$/.test(number.trim()), `order number ${number}`)
  return {shop, number: number.trim()}
}

/** As the owner, with the login that the dashboard reveals. */
async function seeTheOrder(page, context, number) {
  await page.getByRole("button", {name: "Show login"}).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Reason").fill("First login of the owner")
  await dialog.getByRole("button", {name: "Show login"}).click()
  await dialog.getByText("Password", {exact: true}).waitFor()
  const [email, password] = await dialog.locator("code").allInnerTexts()
  await dialog.getByRole("button", {name: "Hide now"}).click()
  const [admin] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", {name: "Open admin"}).click()])
  await admin.locator("input[name=email]").fill(email)
  await admin.locator("input[name=password]").fill(password)
  await admin.keyboard.press("Enter")
  await admin.waitForURL(/\/app\/orders/, {timeout: MINUTE})
  await admin.getByText(`#${number}`).first().waitFor({timeout: MINUTE})
  await admin.getByText("ann@example.com").first().waitFor()
  await admin.close()
}

/** The server's own lines as they come: a visitor makes some, and they are found, held and let go on. */
async function readTheLog(page, shop) {
  await page.getByRole("tab", {name: "Logs"}).click()
  const log = page.getByRole("log", {name: "Log lines"})
  await log.waitFor({timeout: MINUTE})
  const pod = await page.getByLabel("Pod", {exact: true}).locator("option", {hasText: /^server-/}).first().textContent()
  await page.getByLabel("Pod", {exact: true}).selectOption({label: pod})
  await page.waitForURL(/pod=/)
  await page.locator("main").getByText("Live", {exact: true}).first().waitFor()
  await shop.reload()
  const search = page.getByRole("searchbox", {name: "Search in these lines"})
  await search.fill("/store/")
  await log.locator("mark").first().waitFor({timeout: MINUTE})
  await page.getByText(/^1 of \d+$/).waitFor()
  expect(await log.locator("mark").first().innerText() === "/store/", "another word is marked")
  await search.fill("")
  await page.getByRole("button", {name: "Pause"}).click()
  const held = await page.getByText(/^[\d,]+ lines$/).innerText()
  await shop.reload()
  await page.getByText(/^[1-9][\d,]* new lines$/).waitFor({timeout: MINUTE})
  expect(await page.getByText(/^[\d,]+ lines$/).innerText() === held, "a pause holds nothing")
  await page.getByRole("button", {name: "Go on"}).click()
  await waitFor("the lines that came meanwhile", async () => (await page.getByText(/^[\d,]+ lines$/).innerText()) !== held)
}

async function closeAndOpen(page, shop) {
  await page.getByRole("tab", {name: "Danger"}).click()
  await page.getByRole("button", {name: "Suspend"}).first().click()
  await page.getByRole("dialog").getByRole("button", {name: "Suspend"}).click()
  await status(page, "Suspended").waitFor({timeout: 3 * MINUTE})
  const closed = await shop.goto(shop.url())
  expect(closed.status() === 503 && /suspended/i.test(await shop.locator("body").innerText()), `the address of a suspended shop answers ${closed.status()}`)
  await page.getByRole("button", {name: "Resume"}).first().click()
  await status(page, "Ready").waitFor({timeout: 5 * MINUTE})
  await shop.goto(new URL(shop.url()).origin)
  await shop.getByTestId("product-card").first().waitFor()
  await shop.close()
}

async function remove(page, id) {
  await page.getByRole("button", {name: "Delete…"}).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByText("What will be lost").waitFor()
  await dialog.getByRole("textbox").fill(NAME)
  await dialog.getByRole("button", {name: "Delete for ever"}).click()
  await page.getByText("This store was deleted.").waitFor({timeout: 4 * MINUTE})
  expect(await phaseOf(id) === "Deleted", "the page was ahead of soukd")
  await page.getByRole("heading", {name: "Receipt of the deletion"}).waitFor()
  await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Download the receipt"}).click()])
  const {lines} = await api("GET", `/api/v1/stores/${id}/receipt`)
  await page.getByText(`${lines.length} of ${lines.length} gone`).waitFor()
}

const browser = await Browser.start()
const checks = new Checks()
try {
  await checks.run("a person makes a shop, buys in it, closes it, opens it and deletes it", async () => {
    const {url} = await newCode()
    // The shop and its admin are other addresses than the dashboard's, and what they do is theirs.
    const theirs = [/^request to another host: (http:\/\/[a-z0-9-]+\.localhost:|https:\/\/cdn\.jsdelivr\.net\/gh\/lipis\/flag-icons\/)/, /^uncaught: /, /^policy: /]
    await browser.visit(`/${new URL(url).hash}`, async (page, context) => {
      await heading(page, "Stores").waitFor()
      const id = await make(page)
      const {shop, number} = await buy(page, context)
      await seeTheOrder(page, context, number)
      await readTheLog(page, shop)
      await closeAndOpen(page, shop)
      await remove(page, id)
      expect(page.url().startsWith(URL_OF_PAGE), page.url())
    }, {signedIn: false, allowElsewhere: theirs})
  })
} finally {
  await browser.close()
}
checks.finish()
