// What a browser needs before any page can tell what failed: who is there, and the dashboard's own files.
import {api, expect, makeStore, notBlank, URL_OF_PAGE, waitFor, waitPhase, wellMade} from "./browser.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const PROXY = "Word of a proxy"

/** How a question ends: a proxy answers for soukd, or nobody does. */
const WAYS = {
  refused: (route) => route.fulfill({status: 503, contentType: "text/html", body: `<h1>${PROXY}</h1>`}),
  lost: (route) => route.abort(),
}
const both = (story) => Promise.all(Object.entries(WAYS).map(([way, fail]) => story(way, fail)))

/** One sentence, and the way on beside it. */
async function isTold(page, sentence) {
  await page.getByText(sentence).waitFor()
  await page.getByRole("button", {name: "Try again"}).waitFor()
  const text = await page.locator("body").innerText()
  expect(await page.getByRole("alert").count() === 1 && !text.includes(PROXY), `told: ${text.slice(0, 300)}`)
}

export async function who_is_there_cannot_be_asked_and_the_page_says_so_and_comes_by_itself(browser) {
  await both((way, fail) => browser.visit(null, async (page) => {
    let failing = true
    await page.route("**/api/v1/session", (route) => (failing ? fail(route) : route.continue()))
    await page.goto(`${URL_OF_PAGE}/platform`)
    await isTold(page, way === "lost" ? /^soukd does not answer/ : /^soukd answered 503/)
    expect(await page.getByLabel("Admin token", {exact: true}).count() === 0, "who is signed in is asked for the token")
    await wellMade(page, "who is there cannot be asked")
    failing = false
    await heading(page, "Platform").waitFor()
    expect(new URL(page.url()).pathname === "/platform", page.url())
  }))
}

export async function files_of_the_dashboard_that_do_not_come_are_a_sentence_and_come_later(browser) {
  await both((way, fail) => browser.visit(null, async (page) => {
    let failing = /\.js$/
    const failed = []
    await page.route("**/assets/**", (route) => {
      const {pathname} = new URL(route.request().url())
      if (!failing?.test(pathname)) return route.continue()
      failed.push(pathname)
      return fail(route)
    })
    await page.goto(`${URL_OF_PAGE}/create`)
    await page.getByText("The dashboard's program has not come yet.").waitFor()
    await notBlank(page)
    await wellMade(page, "the page without its program")
    failing = /\/assets\/settings-page-/
    await page.getByRole("link", {name: "load the page again"}).click()
    const name = page.getByLabel("Name of the shop")
    await name.fill("Typed meanwhile")
    // Pages that nobody asked for yet come in the background: that one of them fails is nobody's business.
    await waitFor("the failure in the background", () => failed.some((path) => failing.test(path)), 60)
    await page.getByText("This name is free.").waitFor()
    expect(await name.inputValue() === "Typed meanwhile", `${way}: what was typed is lost`)
    // Who asks for it gets a new page, in case that soukd is a newer one; where that does not help, a sentence.
    // The old one says the same until it goes.
    await page.evaluate(() => { window.isOld = true })
    await page.getByRole("link", {name: "Settings"}).first().click()
    await waitFor("the new page", () => page.evaluate(() => !window.isOld && sessionStorage.getItem("souk-reloaded")).catch(() => null))
    await isTold(page, /^The program of this page has not come/)
    await page.getByRole("link", {name: "Operations"}).first().click()
    await heading(page, "Operations").waitFor()
    await page.getByRole("link", {name: "Settings"}).first().click()
    await isTold(page, /^The program of this page has not come/)
    failing = null
    await page.getByRole("button", {name: "Try again"}).click()
    await heading(page, "Settings").waitFor()
  }))
  const {stores} = await api("GET", "/api/v1/stores?search=Typed")
  expect(stores.length === 0, "a store was made by itself")
}

export async function a_part_of_a_page_that_does_not_come_leaves_the_page_and_comes_with_the_next_try(browser) {
  const {id} = await makeStore("Made for a chart")
  await Promise.all([waitPhase(id, "Ready"), both((way, fail) => browser.visit(null, async (page) => {
    let failing = true
    await page.route(/\/assets\/palette-[^/]*\.js$/, (route) => (failing ? fail(route) : route.continue()))
    await page.goto(`${URL_OF_PAGE}/create`)
    const name = page.getByLabel("Name of the shop")
    await name.fill("Typed meanwhile")
    await page.keyboard.press("Control+k")
    await page.getByText("The search has not come").waitFor()
    await heading(page, "New store").waitFor()
    failing = false
    await page.keyboard.press("Control+k")
    await page.getByRole("combobox", {name: "Command palette"}).waitFor()
    await page.getByText("The search has not come").waitFor({state: "detached"})
    await page.keyboard.press("Escape")
    expect(await name.inputValue() === "Typed meanwhile", `${way}: what was typed is lost`)
  }))])
  await both((way, fail) => browser.visit(null, async (page) => {
    let failing = true
    await page.route(/\/assets\/time-chart-[^/]*\.js$/, (route) => (failing ? fail(route) : route.continue()))
    await page.goto(`${URL_OF_PAGE}/platform`)
    await isTold(page, /^This part has not come/)
    await heading(page, "Platform").waitFor()
    await page.getByRole("table", {name: "Creation times"}).waitFor()
    failing = false
    await page.getByRole("button", {name: "Try again"}).click()
    await page.locator("figure canvas").waitFor()
    await page.getByRole("alert").waitFor({state: "detached"})
  }))
}
