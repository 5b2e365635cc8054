// soukd as people find it on the first day. Comes before all others: they make stores.
import {api, expect, fits, notBlank, PHONE, URL_OF_PAGE, waitPhase, wellMade} from "./browser.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})

export async function an_empty_soukd_leads_to_its_first_store(browser) {
  const {stores} = await api("GET", "/api/v1/stores?page_size=1")
  expect(stores.length === 0, "a story before this one made a store")
  await browser.visit(null, async (page) => {
    for (const path of ["/operations", "/activity", "/engines", "/platform", "/stores"]) {
      await page.goto(URL_OF_PAGE + path)
      await page.getByRole("heading", {level: 1}).first().waitFor()
      await wellMade(page, `an empty ${path}`)
      await notBlank(page)
    }
    await page.getByText("No store yet").waitFor()
    expect(await page.getByRole("searchbox").count() === 0, "there is nothing to search in")
    await page.setViewportSize(PHONE)
    await fits(page, "an empty list")
    await page.getByRole("link", {name: "Create the first store"}).click()
    await page.waitForURL(`${URL_OF_PAGE}/create`)
    await heading(page, "New store").waitFor()
    await page.getByRole("radio", {name: /^Shop/}).check()
    await page.getByText("first one of its kind here").first().waitFor()
    await page.getByLabel("Name of the shop").fill("The very first")
    await page.getByText("This name is free.").waitFor()
    await page.getByRole("button", {name: "Create store"}).click()
    await page.waitForURL(/\/stores\/str_/)
    await waitPhase(new URL(page.url()).pathname.split("/").pop(), "Ready")
    await page.getByRole("link", {name: "Open storefront"}).waitFor()
    await page.getByRole("link", {name: "All stores"}).click()
    await page.getByRole("row").filter({hasText: "The very first"}).waitFor()
    expect(await page.getByText("No store yet").count() === 0, "the list is still called empty")
  })
}
