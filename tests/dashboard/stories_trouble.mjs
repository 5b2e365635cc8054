// What a page does when the world behind it is not well: it ends in the true state, is never blank, and says in a sentence what to do.
import {api, control, expect, letGo, makeStore, notBlank, pause, phaseOf, status, TOKEN, URL_OF_PAGE, waitFor, waitPhase} from "./browser.mjs"
import {Wire} from "./wire.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})

const live = (page) => page.getByText("Live", {exact: true}).locator("visible=true").first()

const PHASES = {Requested: "Waiting", Provisioning: "Being created", Ready: "Ready", Failed: "Failed"}
const STEPS = {namespace: "Namespace", fence: "Fence", secrets: "Secrets", release: "Release", data: "Database", setup: "Shop setup", workloads: "Programs", route: "Address", checks: "Test order", ready: "Ready"}
const STATES = {pending: "to do", running: "running", done: "done", failed: "failed"}

/** Phase, percent and every step: the page of a store that is being made, beside the API. */
async function pageSaysWhatSoukdSays(page, id, when) {
  let [shown, told] = ["", ""]
  const ask = async () => {
    const {phase, progress} = await api("GET", `/api/v1/stores/${id}`)
    return [PHASES[phase], progress.percent, ...progress.steps.map(({name, state}) => `${STEPS[name]} (${STATES[state]})`)].join(", ")
  }
  const look = () => page.evaluate(() => [
    document.querySelector("h1").nextElementSibling.textContent.trim(),
    document.querySelector("main [role=progressbar]").getAttribute("aria-valuenow"),
    ...[...document.querySelectorAll("main ol > li .sr-only")].map((state) => state.parentElement.textContent.trim()),
  ].join(", "))
  const end = Date.now() + 20_000
  do {
    [shown, told] = [await look(), await ask()]
    if (shown === told) return
    await pause(50)
  } while (Date.now() < end)
  throw new Error(`${when} the page shows ${shown}; soukd says ${told}`)
}

const CUTS = 10

export async function the_stream_cut_ten_times_and_soukd_killed_in_a_creation(browser) {
  const wire = await Wire.start()
  try {
    const store = await makeStore("Made in a storm", "patient")
    const {id} = store
    await browser.visit(null, async (page) => {
      await page.goto(`${wire.url}/stores/${id}`)
      await heading(page, "Made in a storm").waitFor()
      for (let cuts = 0, begun = 0; cuts < CUTS; cuts++) {
        if (cuts === CUTS / 2) {
          await control("kill")
          await notBlank(page)
          await heading(page, "Made in a storm").waitFor()
          await pause(1500)
          await control("start")
        }
        await waitFor(`the stream after cut ${cuts}`, () => wire.begun > begun && wire.streams.size > 0, 30, 20)
        await live(page).waitFor()
        await pageSaysWhatSoukdSays(page, id, `after cut ${cuts}`)
        expect(await phaseOf(id) === "Provisioning", `the store was not being made any more at cut ${cuts + 1}`)
        begun = wire.begun
        expect(wire.cut() > 0, `nothing was cut at cut ${cuts + 1}`)
      }
      await waitFor("the stream after the last cut", () => wire.streams.size > 0, 30, 20)
      await letGo(store)
      await status(page, "Ready").waitFor({timeout: 120_000})
      expect(await phaseOf(id) === "Ready", "the page is ahead of soukd")
      const {version, progress} = await api("GET", `/api/v1/stores/${id}`)
      expect(progress.percent === 100 && version > 0, JSON.stringify(progress))
      // The connection is back, and says so.
      await live(page).waitFor()
    }, {allow: wire.meant})
  } finally {
    wire.close()
  }
}

export async function a_page_without_soukd_shows_what_it_has_and_comes_back(browser) {
  const wire = await Wire.start()
  try {
    await browser.visit(null, async (page) => {
      await page.goto(`${wire.url}/stores`)
      await heading(page, "Stores").waitFor()
      await page.getByRole("row").nth(1).waitFor()
      // The programs of the other pages come by themselves after a moment.
      await waitFor("the programs of all pages", () => page.evaluate(() => performance.getEntriesByType("resource").some(({name}) => name.includes("/settings-page"))), 60)
      wire.down = true
      wire.cut()
      await page.getByText(/The connection to soukd is interrupted/).waitFor({timeout: 30_000})
      expect(await page.getByRole("row").count() > 1, "what was shown is gone")
      // A page that needs an answer says in one sentence that there is none.
      await page.getByRole("link", {name: "Operations"}).first().click()
      await heading(page, "Operations").waitFor()
      await page.getByText(/soukd does not answer/).first().waitFor({timeout: 60_000})
      await notBlank(page)
      wire.down = false
      await page.getByRole("button", {name: "Try again"}).first().click({timeout: 5000}).catch(() => undefined) // it may have come by itself
      await page.getByRole("listitem").first().waitFor()
      await page.getByText(/The connection to soukd is interrupted/).waitFor({state: "hidden", timeout: 60_000})
    }, {allow: wire.meant})
  } finally {
    wire.close()
  }
}

/** Does it with each, in two rows side by side. */
const inTwo = (all, each) => Promise.all([0, 1].map(async (odd) => {
  for (const one of all.filter((_, index) => index % 2 === odd)) await each(one)
}))

/** Each page by its own way in, because a reload asks for everything. */
const PLACES = ["/stores", "/create", "/operations", "/activity", "/engines", "/platform", "/settings"]

export async function a_failing_back_end_is_one_sentence_and_no_blank_page(browser, {pages}) {
  await pages() // there is a store
  const problem = {type: "https://souk.dev/problems/unavailable", title: "Service Unavailable", status: 503, detail: "The database does not answer; try again in a moment.", code: "unavailable", request_id: "req_failing"}
  const {stores: [store]} = await api("GET", "/api/v1/stores?page_size=1")
  // Two at a time: most of it is waiting between tries.
  await inTwo([...PLACES, `/stores/${store.id}`], async (path) => {
    await browser.visit(null, async (page) => {
      let failing = true
      await page.route("**/api/v1/**", (route) => {
        const {pathname} = new URL(route.request().url())
        if (!failing || pathname === "/api/v1/session" || pathname === "/api/v1/dashboard") return route.continue()
        return route.fulfill({status: 503, contentType: "application/problem+json", headers: {"Retry-After": "1"}, body: JSON.stringify(problem)})
      })
      await page.goto(URL_OF_PAGE + path)
      await page.getByText(problem.detail).first().waitFor({timeout: 40_000})
      await notBlank(page)
      failing = false
      const again = page.getByRole("button", {name: "Try again"})
      await waitFor(`${path} to come back`, async () => {
        for (const button of await again.all()) await button.click({timeout: 1000}).catch(() => undefined)
        await pause(300)
        return (await page.getByText(problem.detail).count()) === 0 && (await page.getByRole("status", {name: "Loading"}).count()) === 0
      }, 60)
    })
  })
}

export async function a_back_end_that_fails_now_and_then_loses_nothing(browser) {
  const {id} = await makeStore("Made on bad days", "slow")
  await browser.visit(null, async (page) => {
    let asked = 0
    await page.route("**/api/v1/**", (route) => {
      // Every third answer is a failure of a proxy, which knows no problem documents.
      if (++asked % 3 === 0) return route.fulfill({status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>"})
      return route.continue()
    })
    await page.goto(`${URL_OF_PAGE}/stores/${id}`)
    await heading(page, "Made on bad days").waitFor({timeout: 40_000})
    await status(page, "Ready").waitFor({timeout: 120_000})
    expect(await phaseOf(id) === "Ready", "the page is ahead of soukd")
    expect(!(await page.locator("body").innerText()).includes("Bad gateway"), "a proxy's page is shown")
  })
}

/** The same row of numbers in each run, so that a failure can be seen again. */
function dice(seed) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

export async function reads_that_fail_at_random_leave_no_page_blank(browser, {pages}) {
  const STATUSES = [500, 502, 503, 504]
  const throwDice = dice(20261122)
  const shown = (await pages()).filter(([name]) => !["not-found", "stores-none"].includes(name))
  await browser.visit(null, async (page) => {
    let failed = 0
    await page.route("**/api/v1/**", (route) => {
      if (throwDice() > 0.35) return route.continue()
      failed += 1
      return route.fulfill({status: STATUSES[failed % STATUSES.length], contentType: "text/html", body: "<h1>Word of a proxy</h1>"})
    })
    for (const [name, path] of shown) {
      await page.goto(URL_OF_PAGE + path)
      await page.getByRole("heading", {level: 1}).first().waitFor()
      // What failed four times in a row says so and is asked again by a click; nothing else is left open. Where that was the question who
      // is there, the page is the sign of loading alone for a moment.
      const text = await waitFor(`${name} to be complete`, async () => {
        for (const button of await page.getByRole("button", {name: "Try again"}).all()) await button.click({timeout: 1000}).catch(() => undefined)
        const {said, comes} = await page.evaluate(() => ({said: document.body.innerText.trim(), comes: document.querySelector("[role=status][aria-label=Loading]") !== null}))
        expect(comes || said.length > 20, `${name} is blank: ${JSON.stringify(said)}`)
        return !comes && !said.includes("That did not work") && said
      }, 60, 200)
      expect(!text.includes("Word of a proxy") && !text.includes("This part of the page failed"), `${name}: ${text.slice(0, 300)}`)
    }
    expect(failed > 10, `only ${failed} reads failed`)
  })
}

const SLOW_MS = 9000 // four seconds of it the page says so

export async function a_slow_line_shows_that_something_comes(browser) {
  await inTwo(PLACES, (path) => browser.visit(null, async (page) => {
    await page.route("**/api/v1/**", async (route) => {
      // So slow that it is told: one answer, the list of a page that has more on it.
      await pause(new URL(route.request().url()).pathname === "/api/v1/sessions" ? SLOW_MS : 1200)
      await route.continue().catch(() => undefined) // the page may have gone on meanwhile
    })
    await page.goto(URL_OF_PAGE + path, {waitUntil: "commit"})
    await page.getByRole("status").first().waitFor()
    await page.getByRole("heading", {level: 1}).first().waitFor()
    if (path === "/settings") {
      await page.getByText("The answer is slow; it comes by itself.").waitFor()
      expect(await page.getByText("The answer is slow").count() === 1, "the slowness is told twice")
      await page.getByText("This browser", {exact: true}).waitFor()
    }
    await waitFor(`the end of loading of ${path}`, async () => (await page.getByRole("status", {name: "Loading"}).count()) === 0, 20)
    await notBlank(page)
  }))
}

export async function a_session_that_expires_while_one_writes_says_so(browser) {
  await browser.visit("/", async (page) => {
    await page.getByLabel("Admin token", {exact: true}).fill(TOKEN)
    await page.getByRole("button", {name: "Sign in"}).click()
    await heading(page, "Stores").waitFor()
    await page.keyboard.press("c")
    await page.getByLabel("Name of the shop").fill("Never made")
    await page.getByText("This name is free.").waitFor()
    const {id} = await page.evaluate(async () => (await fetch("/api/v1/session")).json())
    await api("DELETE", `/api/v1/sessions/${id}`)
    await page.getByRole("button", {name: "Create store"}).click({timeout: 5000}).catch(() => undefined) // it may have noticed by itself
    await page.getByText(/Your session has ended/).waitFor({timeout: 30_000})
    await notBlank(page)
    const {stores} = await api("GET", "/api/v1/stores?search=Never")
    expect(stores.length === 0, "a store was made without a session")
  }, {signedIn: false})
}

export async function two_browsers_see_the_same_at_once(browser) {
  const {id} = await makeStore("Seen by two", "slow")
  await browser.visit(`/stores/${id}`, async (one) => {
    await browser.visit("/stores?search=seen", async (two) => {
      await status(one, "Ready").waitFor({timeout: 90_000})
      const from = Date.now()
      await two.getByRole("row").filter({hasText: "Seen by two"}).getByText("Ready", {exact: true}).waitFor({timeout: 5000})
      expect(Date.now() - from < 2000, `the second browser is ${Date.now() - from} ms behind`)
    })
  })
  await waitPhase(id, "Ready")
}

export async function a_blocked_stream_falls_back_and_says_so(browser) {
  const {id} = await makeStore("Behind a wall", "slow")
  await browser.visit(null, async (page) => {
    // A proxy that lets no stream through: neither events nor WebSockets.
    await page.route((url) => url.pathname === "/api/v1/events", (route) => (/event-stream/.test(route.request().headers().accept ?? "") ? route.abort() : route.continue()))
    await page.routeWebSocket(/\/api\/v1\/events\/ws/, (socket) => { socket.close() })
    await page.goto(`${URL_OF_PAGE}/stores/${id}`)
    await page.getByText(/Live updates are blocked on your network/).waitFor({timeout: 60_000})
    await status(page, "Ready").waitFor({timeout: 90_000})
  })
}
