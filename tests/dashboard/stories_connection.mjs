// How a page comes and stays alive: over thin lines, sockets and proxies, in several tabs, and without any.
import {api, expect, letGo, makeStore, newCode, notBlank, phaseOf, status, URL_OF_PAGE, waitFor, waitPhase, withSettings} from "./browser.mjs"
import {Wire} from "./wire.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const row = (page, name) => page.getByRole("row").filter({hasText: name})
const live = (page) => page.getByText("Live", {exact: true}).locator("visible=true").first()

/** As a phone has it in the country. */
const THIN = {offline: false, latency: 400, downloadThroughput: 50 * 1024, uploadThroughput: 50 * 1024}

/** Looks ten times a second whether there is anything to see: words, or the sign that something comes. */
function watchForBlankness() {
  window.seen = {first: null, blankAfter: 0}
  const look = () => {
    const something = document.body !== null && (document.body.innerText.trim() !== "" || document.querySelector("[role=status]") !== null)
    if (something) window.seen.first ??= performance.now()
    else if (window.seen.first !== null) window.seen.blankAfter += 1
  }
  setInterval(look, 100)
}

export async function a_thin_line_brings_a_page_bit_by_bit(browser, {pages}) {
  const known = Object.fromEntries(await pages())
  await Promise.all(["stores", "store"].map((name) => browser.visit(null, async (page, context) => {
    await page.addInitScript(watchForBlankness)
    const network = await context.newCDPSession(page)
    await network.send("Network.enable")
    await network.send("Network.emulateNetworkConditions", THIN)
    await page.goto(URL_OF_PAGE + known[name], {waitUntil: "commit"})
    await page.getByRole("heading", {level: 1}).first().waitFor()
    await notBlank(page)
    if (name === "stores") {
      await page.getByRole("row").nth(1).waitFor()
      await page.getByRole("group", {name: "Status"}).getByRole("button", {name: /^Ready\s*\d/}).waitFor()
    } else {
      await heading(page, "Green Tea").waitFor()
      await page.getByRole("region", {name: "Usage"}).waitFor()
      await page.getByRole("region", {name: "Latest activity"}).getByRole("listitem").first().waitFor()
    }
    await waitFor("the end of loading", async () => (await page.getByRole("status", {name: "Loading"}).count()) === 0, 60)
    await live(page).waitFor()
    const {first, blankAfter} = await page.evaluate(() => window.seen)
    expect(first < 15_000, `${name} shows its first sign after ${Math.round(first)} ms`)
    expect(blankAfter <= 2, `${name} was blank again for ${blankAfter * 100} ms`)
  })))
}

export async function a_thin_line_makes_one_store_however_often_it_is_asked(browser) {
  const name = "Made over a thin line"
  await browser.visit("/create", async (page, context) => {
    const asked = []
    page.on("request", (request) => {
      const {pathname, searchParams} = new URL(request.url())
      if (request.method() === "POST" && pathname.endsWith("/stores") && !searchParams.has("validate_only")) asked.push(request)
    })
    const field = page.getByLabel("Name of the shop")
    await page.getByRole("radio", {name: /^Shop/}).check()
    const network = await context.newCDPSession(page)
    await network.send("Network.enable")
    await network.send("Network.emulateNetworkConditions", THIN)
    await field.fill(name)
    await page.getByText("This name is free.").waitFor()
    // Time enough to ask again and again, on a busy machine, too.
    await network.send("Network.emulateNetworkConditions", {...THIN, latency: 6000})
    const submit = page.getByRole("button", {name: "Create store"})
    await field.press("Enter")
    await waitFor("the button to be busy", async () => await submit.getAttribute("aria-busy") === "true", 20, 10)
    await field.press("Enter")
    await submit.press("Enter")
    expect(await submit.getAttribute("aria-busy") === "true", "the line was not thin enough to ask twice")
    await network.send("Network.emulateNetworkConditions", THIN)
    await page.waitForURL(/\/stores\/str_/)
    await heading(page, name).waitFor()
    expect(asked.length === 1, `it was asked for ${asked.length} times`)
    const {stores} = await api("GET", "/api/v1/stores?search=thin")
    expect(stores.length === 1 && page.url().endsWith(stores[0].id), `${stores.length} stores were made`)
  })
}

export async function a_socket_carries_what_events_cannot(browser) {
  const store = await makeStore("Seen by socket", "endless")
  const {id} = store
  await browser.visit(null, async (page) => {
    const told = []
    page.on("websocket", (socket) => { socket.on("framereceived", ({payload}) => { told.push(JSON.parse(String(payload))) }) })
    await page.route((url) => url.pathname === "/api/v1/events", (route) => (/event-stream/.test(route.request().headers().accept ?? "") ? route.abort() : route.continue()))
    await page.goto(`${URL_OF_PAGE}/stores/${id}`)
    await heading(page, "Seen by socket").waitFor()
    await waitFor("the socket's beginning", () => told.some(({type}) => type === "ready"), 30)
    await live(page).waitFor()
    await page.getByText(/The connection to soukd is interrupted/).waitFor({state: "hidden"})
    await status(page, "Being created").waitFor()
    await letGo(store)
    await status(page, "Ready").waitFor({timeout: 60_000})
    expect(await phaseOf(id) === "Ready", "the page is ahead of soukd")
    expect(told.some(({type, event}) => type === "event" && event.store_id === id && event.phase === "Ready"), `no frame told of it: ${told.length} frames`)
    expect(await page.getByText(/Live updates are blocked/).count() === 0, "the page asks every few seconds all the same")
  })
}

export async function two_tabs_of_one_browser_show_the_same(browser) {
  const store = await makeStore("Open in two tabs", "endless")
  const {id} = store
  await browser.visit(`/stores/${id}`, async (one, context) => {
    const two = await context.newPage()
    await two.goto(`${URL_OF_PAGE}/stores?search=tabs`)
    await row(two, "Open in two tabs").waitFor()
    await waitFor("a step that lasts: each one makes another version, which a rename must not overlook", async () => (await api("GET", `/api/v1/stores/${id}`)).progress.step === "workloads")
    await one.getByRole("button", {name: "More actions"}).click()
    await one.getByRole("menuitem", {name: "Rename"}).click()
    await one.getByRole("dialog").getByLabel("Name", {exact: true}).fill("Renamed in one of two tabs")
    await one.getByRole("dialog").getByRole("button", {name: "Rename"}).click()
    await heading(one, "Renamed in one of two tabs").waitFor()
    await row(two, "Renamed in one of two tabs").waitFor()
    await letGo(store)
    await status(one, "Ready").waitFor({timeout: 60_000})
    await row(two, "Renamed in one of two tabs").getByText("Ready", {exact: true}).waitFor({timeout: 5000})
    expect(await phaseOf(id) === "Ready", "the tabs are ahead of soukd")
    // The session is the browser's: it ends in all its tabs.
    await one.getByRole("button", {name: "More"}).first().click()
    await one.getByRole("menuitem", {name: "Sign out"}).click()
    for (const tab of [one, two]) await tab.getByLabel("Admin token", {exact: true}).waitFor()
  }, {options: {storageState: await ownSession(browser)}})
}

/** A session that a story may end. */
async function ownSession(browser) {
  const {url} = await newCode()
  let state
  await browser.visit(`/${new URL(url).hash}`, async (page, context) => {
    await page.getByRole("navigation", {name: "Main menu"}).waitFor()
    state = await context.storageState()
  }, {signedIn: false})
  return state
}

/** Over HTTP/1.1 a browser opens six connections to one host, for all its tabs together. */
const TABS = 7

/** To the driver every tab is in sight; of a person's tabs one is. */
function inTheBackground() {
  window.inSight = true
  Object.defineProperty(document, "visibilityState", {get: () => (window.inSight ? "visible" : "hidden")})
}
const show = (tab, inSight) => tab.evaluate((now) => {
  window.inSight = now
  document.dispatchEvent(new Event("visibilitychange"))
}, inSight)

export async function seven_tabs_of_one_browser_are_alive_when_they_are_looked_at(browser) {
  const {id} = await makeStore("Seen seven times", "slow")
  await browser.visit(null, async (first, context) => {
    await context.addInitScript(inTheBackground)
    const tabs = []
    for (let i = 0; i < TABS; i++) {
      if (i > 0) await show(tabs.at(-1), false)
      const tab = i === 0 ? first : await context.newPage()
      await tab.goto(`${URL_OF_PAGE}/stores?search=seven`, {waitUntil: "commit"})
      tabs.push(tab)
    }
    // Tabs that were left give their connections back after half a minute.
    const ready = (tab) => row(tab, "Seen seven times").getByText("Ready", {exact: true})
    await ready(tabs.at(-1)).waitFor({timeout: 60_000})
    await live(tabs.at(-1)).waitFor({timeout: 30_000})
    expect(await phaseOf(id) === "Ready", "the page is ahead of soukd")
    await show(tabs.at(-1), false)
    await show(first, true)
    await ready(first).waitFor()
    await live(first).waitFor()
  })
}

/** Side by side on large screens, all of them in sight. */
const WINDOWS = 8
const WITH_LOGS = 3

export async function eight_windows_of_one_browser_that_are_all_in_sight_are_all_alive(browser) {
  const store = await makeStore("Seen side by side", "endless")
  const {id} = store
  await browser.visit(null, async (first, context) => {
    const windows = [first]
    while (windows.length < WINDOWS) windows.push(await context.newPage())
    const all = (look) => Promise.all(windows.map(look))
    for (const [index, page] of windows.entries()) await page.goto(`${URL_OF_PAGE}/stores/${id}${index < WITH_LOGS ? "?tab=logs" : ""}`, {waitUntil: "commit"})
    await all((page) => heading(page, "Seen side by side").waitFor())
    // Each has its own word of the stream; a log says "Live" of its lines, too.
    await all((page) => page.locator("header").getByText("Live", {exact: true}).locator("visible=true").waitFor())
    // Lines come to a few as they are written; the others ask for them, and say so.
    const log = (page) => page.getByRole("log", {name: "Log lines"}).getByText("hello from a pod").first()
    await Promise.all(windows.slice(0, WITH_LOGS).map((page) => log(page).waitFor({timeout: 60_000})))
    await waitFor("a step that lasts, as in two tabs", async () => (await api("GET", `/api/v1/stores/${id}`)).progress.step === "workloads")
    const last = windows.at(-1)
    await last.getByRole("button", {name: "More actions"}).click()
    await last.getByRole("menuitem", {name: "Rename"}).click()
    await last.getByRole("dialog").getByLabel("Name", {exact: true}).fill("Renamed side by side")
    await last.getByRole("dialog").getByRole("button", {name: "Rename"}).click()
    await all((page) => heading(page, "Renamed side by side").waitFor())
    await letGo(store)
    await all((page) => status(page, "Ready").waitFor({timeout: 60_000}))
    expect(await phaseOf(id) === "Ready", "the pages are ahead of soukd")
    // The session is the browser's: it ends in all its windows, also in those that no answer tells of it.
    await last.getByRole("button", {name: "More"}).first().click()
    await last.getByRole("menuitem", {name: "Sign out"}).click()
    await all((page) => page.getByLabel("Admin token", {exact: true}).waitFor())
  }, {options: {storageState: await ownSession(browser)}})
}

export async function a_creation_goes_on_when_its_tab_is_closed(browser) {
  let id
  await browser.visit("/create", async (page) => {
    await page.getByRole("radio", {name: /^Patient/}).check()
    await page.getByLabel("Name of the shop").fill("Left alone")
    await page.getByText("This name is free.").waitFor()
    await page.getByRole("button", {name: "Create store"}).click()
    await page.waitForURL(/\/stores\/str_/)
    id = new URL(page.url()).pathname.split("/").pop()
    await page.getByText("You can close this page; the work goes on.").waitFor()
    await page.getByRole("listitem").filter({hasText: "Shop setup (running)"}).waitFor()
    await page.close()
  })
  expect(await phaseOf(id) === "Provisioning", "the store was ready before the tab was closed")
  await waitFor("the next step", async () => (await api("GET", `/api/v1/stores/${id}`)).progress.step === "workloads", 60)
  await letGo(await api("GET", `/api/v1/stores/${id}`))
  await browser.visit("/stores?search=left", async (page) => {
    await row(page, "Left alone").getByRole("link", {name: "Left alone", exact: true}).click()
    await status(page, "Ready").waitFor({timeout: 60_000})
    expect(await phaseOf(id) === "Ready", "the page is ahead of soukd")
    await page.getByRole("link", {name: "Open storefront"}).waitFor()
  })
  expect((await api("GET", `/api/v1/operations?store=${id}`)).operations.length === 1, "it was begun again")
}

const noneIsMade = () => waitFor("the end of all creations", async () => {
  const {phases} = await api("GET", "/api/v1/stats")
  return !phases.Requested && !phases.Provisioning
}, 120)

export async function a_store_in_line_says_where_it_stands_and_how_long_it_takes(browser) {
  await noneIsMade()
  await withSettings({"limits.provisioning": "1"}, async () => {
    const first = await makeStore("First in line", "patient")
    await waitPhase(first.id, "Provisioning")
    const second = await makeStore("Second in line", "patient")
    const third = await makeStore("Third in line", "slow")
    await browser.visit(`/stores/${third.id}`, async (page) => {
      await page.getByText(/number 2 in line/).first().waitFor()
      await status(page, "Waiting").waitFor()
      await browser.visit("/create", async (form) => {
        await form.getByLabel("Name of the shop").fill("Fourth in line")
        await form.getByText("Other stores are being made now, so this one waits in line first.").waitFor()
      })
      await browser.visit(`/stores/${second.id}`, async (next) => {
        await next.getByText(/number 1 in line/).first().waitFor()
        expect(await next.getByText(/about .* left/).count() === 0, "who waits in line cannot know how long")
        await letGo(first)
        await status(next, "Being created").waitFor({timeout: 60_000})
        expect(await phaseOf(first.id) === "Ready", "two are made at once")
        // The first one taught how long it takes.
        await next.getByText(/^about .* left$/).waitFor()
      })
      await page.getByText(/number 1 in line/).first().waitFor()
    })
    await letGo(second)
  })
}

const FOLDER = "/shops/souk"

export async function a_proxy_may_show_soukd_in_a_folder(browser) {
  await browser.session() // before soukd's pages are written for the folder
  await withSettings({"dashboard.base_path": FOLDER}, async () => {
    const wire = await Wire.start(FOLDER)
    const at = (path) => wire.url + path
    try {
      const {id} = await makeStore("In a folder", "slow")
      const {url} = await newCode()
      expect(new URL(url).pathname === `${FOLDER}/`, `the link is ${url}`)
      await browser.visit(null, async (page) => {
        await page.goto(at(`/${new URL(url).hash}`))
        await heading(page, "Stores").waitFor()
        await row(page, "In a folder").getByRole("link", {name: "In a folder", exact: true}).click()
        await page.waitForURL(at(`/stores/${id}`))
        await live(page).waitFor()
        await status(page, "Ready").waitFor({timeout: 60_000})
        const {begun} = wire
        expect(begun > 0, "no stream went through the proxy")
        for (const [path, title] of [["/operations", "Operations"], ["/activity", "Activity"], ["/engines", "Engines"], ["/platform", "Platform"], ["/settings", "Settings"], ["/stores", "Stores"]]) {
          await page.getByRole("navigation", {name: "Main menu"}).getByRole("link", {name: title}).click()
          await page.waitForURL(at(path))
          await heading(page, title).waitFor()
        }
        expect(wire.begun === begun && wire.streams.size === 1, `${wire.begun} streams were begun by ${begun}, ${wire.streams.size} are open: a tab has one, whatever page it shows`)
        // A page that is asked for by itself, its API and its way out.
        await page.goto(at(`/stores/${id}?tab=danger`))
        await page.getByRole("button", {name: "Suspend"}).first().click()
        await page.getByRole("dialog").getByRole("button", {name: "Suspend"}).click()
        await status(page, "Suspended").waitFor({timeout: 60_000})
        await page.goto(at("/settings"))
        expect(await page.getByRole("link", {name: "API reference"}).last().getAttribute("href") === `${FOLDER}/docs`, "the API reference is elsewhere")
        await page.getByRole("button", {name: "Sign in on another device"}).click()
        await page.getByRole("button", {name: "Make the link"}).click()
        await page.getByText(at("/#code=")).waitFor()
        await page.keyboard.press("Escape")
        await page.getByRole("button", {name: "More"}).first().click()
        await page.getByRole("menuitem", {name: "Sign out"}).click()
        await page.getByLabel("Admin token", {exact: true}).waitFor()
      }, {signedIn: false, allow: wire.meant})
      expect(wire.strays.length === 0, `asked for outside the folder: ${wire.strays}`)
    } finally {
      wire.close()
    }
  })
}
