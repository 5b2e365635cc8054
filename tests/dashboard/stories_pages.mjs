// The pages beside the stores: what they show is what soukd knows, at the moment it knows it.
import {api, DESKTOP, expect, fits, makeStore, newCode, notBlank, pause, phaseOf, PHONE, settled, URL_OF_PAGE, waitFor, waitPhase, wellMade, WIDE, WIDEST} from "./browser.mjs"

const rows = (page) => page.getByRole("listitem")
const heading = (page, name) => page.getByRole("heading", {level: 1, name})

export async function operations_run_before_ones_eyes_and_can_be_cancelled(browser) {
  await browser.visit("/operations", async (page) => {
    await heading(page, "Operations").waitFor()
    const {id} = await makeStore("Cancelled shop", "endless")
    const row = rows(page).filter({hasText: "Cancelled shop"})
    await row.getByText("Running").waitFor()
    const bar = row.getByRole("progressbar")
    await waitFor("progress", async () => Number(await bar.getAttribute("aria-valuenow")) > 0)
    await row.getByRole("button", {name: "Cancel: Creation, Cancelled shop"}).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByRole("button", {name: "Let it run"}).click()
    await dialog.waitFor({state: "hidden"})
    expect(await phaseOf(id) === "Provisioning", "asking cancels already")
    await row.getByRole("button", {name: /^Cancel/}).click()
    await dialog.getByRole("button", {name: "Cancel the operation"}).click()
    await row.getByText("Failed", {exact: true}).waitFor({timeout: 60_000})
    expect(await row.getByRole("button").count() === 0, "what has ended can still be cancelled")
    await row.getByRole("link", {name: "Cancelled shop"}).click()
    await page.waitForURL(`${URL_OF_PAGE}/stores/${id}`)
    await page.goBack()
    await heading(page, "Operations").waitFor()
  })
}

export async function operations_are_filtered_by_the_address(browser) {
  const failed = await makeStore("Filtered failure", "no-image")
  await makeStore("Filtered success")
  await waitPhase(failed.id, "Failed")
  await browser.visit("/operations?state=failed&store=filtered-failure", async (page) => {
    await rows(page).filter({hasText: "Filtered failure"}).waitFor()
    expect(await rows(page).filter({hasText: "Filtered success"}).count() === 0, "the filter shows others")
    await page.getByLabel("State", {exact: true}).selectOption({label: "Succeeded"})
    await page.getByText("No operation matches these filters.").waitFor()
    expect(page.url().includes("state=succeeded"), page.url())
    await page.getByRole("button", {name: "Clear the filters"}).click()
    await rows(page).filter({hasText: "Filtered success"}).waitFor()
    expect(new URL(page.url()).search === "", page.url())
    await page.getByRole("searchbox").fill("No such store at all")
    await page.getByText(/There is no store of this name/).waitFor()
  })
}

export async function activity_tells_what_happens_at_the_moment_it_happens(browser) {
  await browser.visit("/activity", async (page) => {
    await heading(page, "Activity").waitFor()
    const {id} = await makeStore("Live news")
    const lines = rows(page).filter({hasText: "Live news"})
    await lines.filter({hasText: "Requested"}).waitFor()
    await lines.filter({hasText: "an order can be placed"}).first().waitFor({timeout: 60_000})
    const told = await lines.count()
    await waitPhase(id, "Ready")
    // The same list read anew has the same lines: nothing was missed, nothing is told twice.
    await page.reload()
    await lines.filter({hasText: "an order can be placed"}).first().waitFor()
    expect(await lines.count() >= told, `${await lines.count()} lines after ${told}`)
    let events = []
    await waitFor("a line for each event", async () => {
      ({events} = await api("GET", `/api/v1/stores/${id}/events?page_size=1000`))
      return await lines.count() === events.length
    })
    await page.getByLabel("What happened").selectOption({label: "Ready"})
    await waitFor("the filter", async () => (await lines.count()) === 1)
    expect(page.url().includes("store.ready"), page.url())
    await page.getByLabel("To", {exact: true}).fill("2020-01-01")
    await page.getByText("Nothing like this in the last 30 days.").waitFor()
    await page.getByRole("button", {name: "Clear the filters"}).click()
    await page.getByRole("searchbox").fill("Live news")
    await waitFor("the store's lines alone", async () => (await rows(page).count()) === events.length)
  })
}

export async function engines_say_what_they_hold_and_how_long_they_take_here(browser) {
  const {id} = await makeStore("Timed shop")
  await waitPhase(id, "Ready")
  await browser.visit("/engines", async (page) => {
    const {creations} = await api("GET", "/api/v1/stats")
    const {engines} = await api("GET", "/api/v1/engines")
    expect(creations.some(({engine, count}) => engine === "shop" && count > 0), JSON.stringify(creations))
    const cards = page.getByRole("article")
    await waitFor("an article an engine", async () => (await cards.count()) === engines.length)
    const shop = page.locator("article[aria-labelledby='engine-shop']")
    await shop.getByText(/Measured on this platform/).waitFor()
    await shop.getByText("The shop's page shows a product").waitFor()
    await shop.getByRole("table", {name: /runs$/}).getByText("runs once").waitFor()
    await page.locator("article[aria-labelledby='engine-bad-setup']").getByText("No store of this engine was made here yet.").waitFor()
    await page.getByRole("table", {name: "Plans"}).getByText("Starter").waitFor()
    await shop.getByRole("link", {name: /^New store/}).click()
    await page.waitForURL(/\/create\?engine=shop/)
    await page.getByLabel("Name of the shop").fill("Begun at its engine")
    await page.getByRole("button", {name: "Create store"}).click()
    await page.waitForURL(/\/stores\/str_/)
    await heading(page, "Begun at its engine").waitFor()
    expect((await api("GET", `/api/v1/stores/${new URL(page.url()).pathname.split("/").pop()}`)).engine === "shop", "another engine was taken")
  })
}

export async function the_platform_shows_its_health_its_work_and_its_times(browser) {
  await browser.visit("/platform", async (page) => {
    for (const name of ["Database", "Cluster", "Queue"]) {
      const card = rows(page).filter({has: page.getByRole("heading", {name})})
      await card.getByText("Well", {exact: true}).waitFor()
      await card.getByText(/answers in [\d.,]+ ms/).waitFor()
    }
    await page.getByRole("meter", {name: "Workers busy"}).waitFor()
    await page.getByRole("table", {name: "Creation times"}).waitFor()
    await page.locator("canvas").first().waitFor()
    await page.getByLabel("Time", {exact: true}).selectOption({label: "7 days"})
    await page.waitForURL(/days=7/)
    const {version} = await api("GET", "/api/v1/health")
    await page.getByText(`soukd ${version}`).waitFor()
    // Stores of other stories may become ready meanwhile.
    const ready = page.getByRole("link", {name: /^Ready\s*\d/})
    await waitFor("the number of stores that are ready", async () => {
      const {phases} = await api("GET", "/api/v1/stats")
      return new RegExp(`^Ready\\s*${phases.Ready}$`).test((await ready.innerText()).trim())
    })
    await ready.click()
    await page.waitForURL(/\/stores\?.*Ready/)
  })
}

export async function a_failing_database_is_told_by_the_platform_page(browser) {
  await browser.visit("/platform", async (page) => {
    await page.getByText("All is well").waitFor()
    const health = await api("GET", "/api/v1/health")
    await page.route("**/api/v1/health", (route) => route.fulfill({
      status: 503, contentType: "application/json",
      body: JSON.stringify({...health, status: "down", checks: {...health.checks, database: {status: "failed", latency_ms: null, message: "no answer within 2 s"}}}),
    }))
    await page.getByText("The database does not answer").waitFor()
    await page.getByText(/Stores go on serving/).waitFor()
    await page.unroute("**/api/v1/health")
    await page.getByText("All is well").waitFor()
  })
}

export async function sessions_are_listed_and_can_be_ended(browser) {
  const {url} = await api("POST", "/api/v1/sign-in-codes")
  await browser.visit(`/${new URL(url).hash}`, async (other) => {
    await other.getByRole("navigation", {name: "Main menu"}).waitFor()
    const {id} = await other.evaluate(async () => (await fetch("/api/v1/session")).json())
    await browser.visit("/settings", async (page) => {
      const mine = rows(page).filter({hasText: "This browser"})
      await mine.waitFor()
      expect(await mine.getByRole("button").count() === 0, "one's own session can be ended by mistake")
      const {sessions} = await page.evaluate(async () => (await fetch("/api/v1/sessions")).json())
      expect(sessions.some((session) => session.id === id), "the other session is not listed")
      const line = rows(page).filter({hasText: "Firefox on Windows"})
      await line.getByRole("button", {name: "End the session: Firefox on Windows"}).click()
      const dialog = page.getByRole("dialog")
      await dialog.getByRole("button", {name: "End the session"}).click()
      // Behind an open dialog no role is found, so the line would be gone before the session is; and with the page went the request.
      await dialog.waitFor({state: "hidden"})
      await line.waitFor({state: "detached"})
    })
    await other.getByText(/Your session has ended/).waitFor({timeout: 30_000})
  }, {signedIn: false, options: {userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}})
}

export async function all_other_sessions_end_at_once(browser) {
  for (let others = 0; others < 2; others++) {
    const {url} = await newCode()
    await browser.visit(`/${new URL(url).hash}`, (other) => other.getByRole("navigation", {name: "Main menu"}).waitFor(), {signedIn: false})
  }
  await browser.visit("/settings", async (page) => {
    await rows(page).filter({hasText: "This browser"}).waitFor()
    expect(await rows(page).count() >= 3, "the others are not listed")
    await page.getByRole("button", {name: "End all others"}).click()
    await page.getByRole("dialog").getByRole("button", {name: "End all others"}).click()
    await page.getByText("No other browser is signed in.").waitFor()
    const {sessions} = await page.evaluate(async () => (await fetch("/api/v1/sessions")).json())
    expect(sessions.length === 1 && sessions[0].current, `${sessions.length} sessions are left`)
  })
}

export async function theme_and_density_are_kept(browser) {
  await browser.visit("/settings", async (page) => {
    const ground = async () => {
      await settled(page)
      return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    }
    await page.getByText("As the system").waitFor()
    const light = await ground()
    await page.getByText("Dark", {exact: true}).click()
    const dark = await ground()
    expect(light !== dark, "the theme changes nothing")
    await page.getByText("Compact", {exact: true}).click()
    await page.reload()
    await page.getByText("As the system").waitFor()
    expect(await ground() === dark, "the theme is forgotten")
    expect(await page.evaluate(() => document.documentElement.dataset.density) === "compact", "the density is forgotten")
    await page.emulateMedia({colorScheme: "dark"})
    await page.getByText("As the system", {exact: true}).click()
    expect(await ground() === dark, "the system's theme is not followed")
  })
}

export async function the_api_reference_is_one_click_away(browser) {
  await browser.visit("/settings", async (page) => {
    await page.getByRole("link", {name: "API reference"}).last().click()
    await page.waitForURL(/\/docs/)
    await heading(page, "Souk API").waitFor()
    await notBlank(page)
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size)
      await wellMade(page, `the API reference at ${size.width}`)
    }
  })
}

/** Every page in both themes on every kind of screen: nothing for axe to find, nothing that sticks out. */
export async function every_page_is_accessible_in_both_themes(browser, {pages}) {
  const wrong = []
  for (const [name, path] of [...await pages(), ["sign-in", "/"]]) {
    await browser.visit(path, async (page) => {
      await page.getByRole("heading", {level: 1}).first().waitFor()
      for (const size of [DESKTOP, PHONE]) {
        await page.setViewportSize(size)
        await wellMade(page, `${name} at ${size.width}`).catch((error) => { wrong.push(error.message) })
      }
      for (const size of [WIDE, WIDEST]) {
        await page.setViewportSize(size)
        await fits(page, `${name} at ${size.width}`).catch((error) => { wrong.push(error.message) })
      }
    }, {signedIn: name !== "sign-in"}).catch((error) => { wrong.push(`${name}: ${error.message}`) })
  }
  expect(wrong.length === 0, wrong.join("\n"))
}

export async function a_failure_elsewhere_is_told_once_and_on_its_own_page_not_at_all(browser) {
  const news = (page) => page.getByRole("log", {name: "News"}).getByRole("listitem").filter({hasText: "Fails elsewhere"})
  await browser.visit("/engines", async (elsewhere) => {
    await heading(elsewhere, "Engines").waitFor()
    const {id} = await makeStore("Fails elsewhere", "bad-setup")
    await browser.visit(`/stores/${id}`, async (own) => {
      await news(elsewhere).first().waitFor({timeout: 60_000})
      await own.getByRole("heading", {name: "Why it failed"}).waitFor()
      await pause(1500) // time for a second one
      expect(await news(elsewhere).count() === 1, `told ${await news(elsewhere).count()} times`)
      expect(await news(own).count() === 0, "its own page tells what it shows already")
    })
    await news(elsewhere).getByText("The currency XTS is not known to this shop.").waitFor()
    await news(elsewhere).getByRole("link", {name: "Fails elsewhere failed"}).click()
    await elsewhere.waitForURL(`${URL_OF_PAGE}/stores/${id}`)
    await news(elsewhere).getByRole("button", {name: "Dismiss"}).click()
    await news(elsewhere).waitFor({state: "detached"})
  })
}

export async function what_is_chosen_in_a_row_that_scrolls_is_in_view_on_a_phone(browser) {
  const {id} = await makeStore("Seen on a phone")
  await waitPhase(id, "Ready")
  /** Far to the right of what the row shows by itself, and shown. */
  const isShown = async (row, chosen) => {
    await chosen.waitFor()
    await waitFor("the chosen one in view", async () => row.evaluate((part, one) => {
      const [outer, inner] = [part, one].map((element) => element.getBoundingClientRect())
      return part.scrollLeft > 0 && inner.left >= outer.left && inner.right <= outer.right
    }, await chosen.elementHandle()))
  }
  await browser.visit(null, async (page) => {
    // A platform with stores in many phases.
    await page.route(/\/api\/v1\/stats/, async (route) => {
      const response = await route.fetch()
      const {phases, ...rest} = await response.json()
      await route.fulfill({response, json: {...rest, phases: {...phases, Provisioning: 2, Degraded: 1, Failed: 4, Suspended: 3}}})
    })
    await page.goto(`${URL_OF_PAGE}/stores?phase=["Deleted"]`)
    const row = page.getByRole("group", {name: "Status"})
    await isShown(row, row.getByRole("button", {name: "Deleted", pressed: true}))
    await page.goto(`${URL_OF_PAGE}/stores/${id}?tab=danger`)
    const tabs = page.getByRole("tablist")
    await isShown(tabs, tabs.getByRole("tab", {name: "Danger", selected: true}))
    expect(await page.locator("main").evaluate((main) => main.scrollTop) === 0, "the page has moved with its row")
    await tabs.getByRole("tab", {name: "Resources"}).click()
    await page.setViewportSize({width: 320, height: 640})
    await isShown(tabs, tabs.getByRole("tab", {name: "Resources", selected: true}))
  }, {size: PHONE})
}
