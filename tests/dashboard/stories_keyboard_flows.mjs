// What people do with a store day by day, without a mouse: nothing here clicks.
import {readFileSync} from "node:fs"

import {api, expect, makeStore, phaseOf, status, URL_OF_PAGE, waitFor, waitPhase} from "./browser.mjs"
import {choose, dialogOf, focused, focusIs, goesOn, inPage, open, press, pressUntil, tabTo, together} from "./keys.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const row = (page, name) => page.getByRole("row").filter({hasText: name})
const pathOf = async (pages, wanted) => (await pages()).find(([name]) => name === wanted)[1]

export async function a_store_is_looked_after_by_keyboard_alone(browser) {
  const {id} = await makeStore("By key alone")
  await waitPhase(id, "Ready")
  await browser.visit(`/stores/${id}`, async (page) => {
    await heading(page, "By key alone").waitFor()
    await choose(page, "More actions", "Rename")
    await dialogOf(page, "Rename")
    await tabTo(page, /^Name$/)
    await page.keyboard.press("Control+a")
    await page.keyboard.type("By key renamed")
    await page.keyboard.press("Enter")
    await heading(page, "By key renamed").waitFor()
    await focusIs(page, "More actions")

    const login = await open(page, "Show login", "Shift+Tab")
    await tabTo(page, "Reason")
    await page.keyboard.type("A test of the keys")
    await page.keyboard.press("Enter")
    await login.getByText("Password", {exact: true}).waitFor()
    await pressUntil(page, "Copy password", "Copied")
    expect(await page.evaluate(() => navigator.clipboard.readText()) === await login.locator("code").nth(1).innerText(), "something else was copied")
    await press(page, "Hide now")
    await focusIs(page, "Show login")
    expect(await page.getByText(/Hidden again in/).count() === 0, "the login stays")

    await tabTo(page, /^Overview$/)
    await page.keyboard.press("End")
    await focusIs(page, "Danger")
    await page.keyboard.press("Enter")
    const dialog = await open(page, /^Suspend$/)
    await press(page, /^Suspend$/)
    await dialog.waitFor({state: "hidden"})
    await inPage(page)
    await status(page, "Suspended").waitFor({timeout: 60_000})
    await goesOn(page, "a suspension")
    await press(page, /^Resume$/)
    await status(page, "Ready").waitFor({timeout: 60_000})
    expect(await phaseOf(id) === "Ready", "the page was ahead of soukd")
    await goesOn(page, "a resumption")
    await open(page, /^Restart$/)
    await press(page, /^Restart$/)
    await dialog.waitFor({state: "hidden"})
    await inPage(page)
    await waitFor("the restart", async () => (await api("GET", `/api/v1/operations?store=${id}&kind=store.restart`)).operations.some(({state}) => state === "succeeded"), 60)
    await goesOn(page, "a restart")
  }, {options: {permissions: ["clipboard-read", "clipboard-write"]}})
}

export async function a_failed_store_is_tried_again_by_keyboard_alone(browser) {
  const {id} = await makeStore("Retried by key", "bad-setup")
  await waitPhase(id, "Failed")
  await browser.visit(`/stores/${id}`, async (page) => {
    await page.getByRole("heading", {name: "Why it failed"}).waitFor()
    await press(page, /^Retry$/)
    await status(page, "Being created").waitFor()
    await status(page, "Failed").waitFor({timeout: 60_000})
    const {operations} = await api("GET", `/api/v1/operations?store=${id}&kind=store.retry`)
    expect(operations.length === 1, `${operations.length} retries`)
  })
}

export async function a_creation_is_cancelled_on_its_page_by_keyboard_alone(browser) {
  const {id} = await makeStore("Called off by key", "endless")
  await browser.visit(`/stores/${id}`, async (page) => {
    await heading(page, "Called off by key").waitFor()
    await page.getByRole("button", {name: "Cancel: Creation, Called off by key"}).waitFor()
    await open(page, "Cancel: Creation, Called off by key")
    await page.keyboard.press("Escape")
    await focusIs(page, "Cancel: Creation, Called off by key")
    await open(page, "Cancel: Creation, Called off by key")
    await press(page, "Cancel the operation")
    await page.getByRole("heading", {name: "Why it failed"}).waitFor({timeout: 60_000})
    await goesOn(page, "a cancellation")
  })
}

export async function the_list_is_filtered_by_keyboard_alone(browser, {pages}) {
  await pages() // one of them has failed: a status without stores cannot be chosen
  const [one, two] = await Promise.all([makeStore("Keyed one"), makeStore("Keyed two", "shop", "standard")])
  await Promise.all([one, two].map(({id}) => waitPhase(id, "Ready")))
  await browser.visit("/stores", async (page) => {
    await row(page, one.name).waitFor()
    await page.keyboard.press("/")
    await page.keyboard.type("keyed")
    await page.waitForURL(/search=keyed/)
    await waitFor("the two alone", async () => (await page.getByRole("row").count()) === 3)
    await tabTo(page, /^Engine$/)
    await together(page, ..."Sho")
    await page.waitForURL(/engine=shop/)
    await tabTo(page, /^Plan$/)
    await together(page, ..."Stan")
    await page.waitForURL(/plan=standard/)
    await row(page, one.name).waitFor({state: "detached"})
    await row(page, two.name).waitFor()
    await page.keyboard.press("Home")
    await row(page, one.name).waitFor()
    await tabTo(page, /^Order$/)
    await page.keyboard.press("End")
    await page.waitForURL(/sort=-updated/)
    await page.keyboard.press("ArrowUp")
    await page.waitForURL(/sort=-name/)
    await waitFor("the order", async () => (await page.getByRole("row").getByRole("link", {name: /^Keyed/}).allInnerTexts()).join() === "Keyed two,Keyed one")
    await press(page, /^Failed/, "Shift+Tab")
    await page.getByText("No store matches these filters.").waitFor()
    expect(await page.getByRole("button", {name: /^Failed/}).getAttribute("aria-pressed") === "true", "the chosen status does not say so")
    await press(page, "Clear the filters")
    await page.waitForURL((url) => url.search === "")
    await row(page, one.name).waitFor()
  })
}

export async function several_stores_are_suspended_by_keyboard_alone(browser) {
  const made = await Promise.all(["Dusk one", "Dusk two"].map((name) => makeStore(name)))
  await Promise.all(made.map(({id}) => waitPhase(id, "Ready")))
  await browser.visit("/stores?search=dusk", async (page) => {
    await row(page, made[1].name).waitFor()
    for (const {name} of made) {
      await tabTo(page, `Select ${name}`)
      await page.keyboard.press("Space")
      await waitFor(`${name} to be selected`, () => page.getByLabel(`Select ${name}`).isChecked())
    }
    await page.getByRole("toolbar", {name: "2 selected"}).waitFor()
    await page.keyboard.press("a")
    await focusIs(page, "Restart")
    const dialog = await open(page, /^Suspend$/)
    await press(page, /^Suspend \(2\)/)
    await dialog.getByRole("button", {name: "Done"}).waitFor()
    await press(page, /^Done$/)
    await dialog.waitFor({state: "hidden"})
    await inPage(page)
    for (const {id, name} of made) {
      await row(page, name).getByText("Suspended", {exact: true}).waitFor({timeout: 60_000})
      expect(await phaseOf(id) === "Suspended", "the list was ahead of soukd")
    }
  })
}

export async function objects_and_receipts_are_read_by_keyboard_alone(browser, {pages}) {
  await browser.visit(await pathOf(pages, "store-resources"), async (page) => {
    await page.getByRole("region", {name: "Objects of this store"}).getByRole("button", {name: /^Deployment/}).first().waitFor()
    const dialog = await open(page, /^Deployment/)
    await page.waitForURL(/object=/)
    await dialog.getByText(/"?kind"?: "?Deployment/).first().waitFor()
    // What scrolls can be scrolled: it is a stop.
    await tabTo(page, /kind"?: "?Deployment/)
    await page.keyboard.press("Escape")
    await dialog.waitFor({state: "hidden"})
    await focusIs(page, /^Deployment/)
  })
  await browser.visit(await pathOf(pages, "store-deleted"), async (page) => {
    await page.getByText("This store was deleted.").waitFor()
    await page.getByRole("button", {name: "Download the receipt"}).waitFor()
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download the receipt")])
    expect(readFileSync(await download.path(), "utf8").includes("Old Carpets"), "another receipt")
    await focusIs(page, "Download the receipt")
  })
}

export async function a_log_is_searched_by_keyboard_alone(browser, {pages}) {
  const lines = Array.from({length: 300}, (_, i) => (i % 100 === 50 ? `needle ${i}` : `straw ${i}`))
  await browser.visit(null, async (page) => {
    let asked = 0
    await page.route("**/api/v1/stores/*/logs**", async (route) => {
      if (++asked === 1) await route.fulfill({contentType: "text/plain", body: lines.map((line) => `web-1/web ${line}\n`).join("")})
    })
    await page.goto(URL_OF_PAGE + await pathOf(pages, "store-logs"))
    const log = page.getByRole("log", {name: "Log lines"})
    await log.getByText("straw 299").waitFor()
    await page.keyboard.press("/")
    await focusIs(page, "Search in these lines")
    await page.keyboard.type("NEEDLE")
    for (const [key, at, line] of [[null, 1, 50], ["Enter", 2, 150], ["Enter", 3, 250], ["Enter", 1, 50], ["Shift+Enter", 3, 250]]) {
      if (key) await page.keyboard.press(key)
      await page.getByText(`${at} of 3`, {exact: true}).waitFor()
      await log.getByText(`needle ${line}`).locator("mark").waitFor()
    }
    await press(page, "Match before")
    await page.getByText("2 of 3", {exact: true}).waitFor()
    await press(page, /^Pause$/)
    await focusIs(page, "Go on")
    await press(page, "Wrap lines")
    expect(await page.getByRole("button", {name: "Wrap lines"}).getAttribute("aria-pressed") === "true", "lines are not wrapped")
    // The lines themselves are a stop, and keys scroll them.
    await tabTo(page, "Log lines")
    await page.keyboard.press("Home")
    await log.getByText("straw 0", {exact: true}).waitFor()
    expect(await focused(page) === "Log lines", "scrolling loses the keyboard")
  })
}
