// What is chosen on pages, without a mouse: nothing here clicks.
import {readFileSync} from "node:fs"

import {api, expect, kubectl, makeStore, newCode, phaseOf, waitFor, waitPhase} from "./browser.mjs"
import {choose, focusIs, open, press, tabTo, together} from "./keys.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const row = (page, name) => page.getByRole("row").filter({hasText: name})

export async function several_stores_start_anew_and_are_deleted_by_keyboard_alone(browser) {
  const made = await Promise.all(["Dawn one", "Dawn two"].map((name) => makeStore(name)))
  await Promise.all(made.map(({id}) => waitPhase(id, "Ready")))
  await browser.visit("/stores?search=dawn", async (page) => {
    await row(page, made[1].name).waitFor()
    const select = async () => {
      for (const {name} of made) {
        await tabTo(page, `Select ${name}`)
        await page.keyboard.press("Space")
        await waitFor(`${name} to be selected`, () => page.getByLabel(`Select ${name}`).isChecked())
      }
      await page.getByRole("toolbar", {name: "2 selected"}).waitFor()
    }
    await select()
    const dialog = await open(page, /^Restart$/)
    await press(page, /^Restart \(2\)/)
    await dialog.getByRole("button", {name: "Done"}).waitFor()
    await press(page, /^Done$/)
    await dialog.waitFor({state: "hidden"})
    for (const {id} of made) await waitFor("the restart", async () => (await api("GET", `/api/v1/operations?store=${id}&kind=store.restart`)).operations.some(({state}) => state === "succeeded"), 60)
    await select()
    await open(page, /^Delete$/)
    await tabTo(page, /^Type 2/)
    await page.keyboard.type("2")
    await press(page, /^Delete \(2\)/)
    await dialog.getByRole("button", {name: "Done"}).waitFor()
    await press(page, /^Done$/)
    await dialog.waitFor({state: "hidden"})
    for (const {id, name} of made) {
      await row(page, name).waitFor({state: "detached", timeout: 60_000})
      expect(await phaseOf(id) === "Deleted", "the list was ahead of soukd")
    }
  })
}

export async function looks_are_chosen_and_the_session_is_ended_by_keyboard_alone(browser) {
  const {url} = await newCode()
  await browser.visit(`/${new URL(url).hash}`, async (page) => {
    const looks = () => page.evaluate(() => ({...document.documentElement.dataset}))
    await heading(page, "Stores").waitFor()
    await choose(page, "More", "Theme: Dark")
    await waitFor("the dark theme", async () => (await looks()).theme === "dark")
    await together(page, "g", ",")
    await heading(page, "Settings").waitFor()
    await tabTo(page, /^Dark$/)
    await page.keyboard.press("ArrowUp")
    await focusIs(page, "Light")
    await tabTo(page, /^Comfortable$/)
    await page.keyboard.press("ArrowDown")
    await focusIs(page, "Compact")
    const {theme, density} = await looks()
    expect(theme === "light" && density === "compact", `${theme}, ${density}`)
    await choose(page, "More", "Sign out")
    await page.getByLabel("Admin token", {exact: true}).waitFor()
  }, {signedIn: false})
}

export async function operations_activity_and_periods_are_filtered_by_keyboard_alone(browser, {pages}) {
  const {store} = Object.fromEntries(await pages())
  const select = async (page, label, typed, address) => {
    await tabTo(page, label)
    await together(page, ...typed)
    await page.waitForURL(address)
  }
  await browser.visit("/operations", async (page) => {
    const list = page.getByRole("list", {name: "Operations"}).getByRole("listitem")
    await list.first().waitFor()
    await select(page, /^State$/, "Fail", /state=failed/)
    await select(page, /^Kind$/, "Crea", /kind=store\.create/)
    await waitFor("failed creations alone", async () => {
      const texts = await list.allInnerTexts()
      return texts.length > 0 && texts.every((text) => text.includes("Creation") && text.includes("Failed"))
    })
    await press(page, /^Activity$/, "Shift+Tab")
    await heading(page, "Activity").waitFor()
    await select(page, /^What happened$/, "Ready", /store\.ready/)
    const told = page.getByRole("main").getByRole("listitem")
    await waitFor("stores that became ready alone", async () => {
      const texts = await told.allInnerTexts()
      return texts.length > 0 && texts.every((text) => text.includes("Ready"))
    })
  })
  await browser.visit(`${store}?tab=activity`, async (page) => {
    await page.getByText(/an order can be placed/).first().waitFor()
    await select(page, /^Kind$/, "Sta", /type=store\.phase/)
    await press(page, /^Operations$/, "Shift+Tab")
    await page.waitForURL(/show=operations/)
    await page.getByText("Creation", {exact: true}).waitFor()
    await tabTo(page, /^Activity$/, "Shift+Tab")
    await page.keyboard.press("Home")
    await focusIs(page, "Overview")
    await page.keyboard.press("Enter")
    await page.getByLabel("Period", {exact: true}).waitFor()
    await select(page, /^Period$/, "7", /range=7d/)
  })
  await browser.visit("/platform", async (page) => {
    await page.getByLabel("Time", {exact: true}).waitFor()
    await select(page, /^Time$/, "7", /days=7/)
  })
}

/** A pod of two containers that has ended once, as real stores have them: the programs of the tiny engine are one each and never end. */
async function addPod({id, namespace}) {
  const container = (name) => ({
    name, image: "guest", securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: ["ALL"]}},
    resources: {requests: {cpu: "1m", memory: "8Mi"}, limits: {cpu: "100m", memory: "8Mi"}},
  })
  const securityContext = {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: "RuntimeDefault"}}
  await kubectl(["create", "-f", "-"], JSON.stringify({
    apiVersion: "v1", kind: "Pod", metadata: {name: "guest", namespace, labels: {"souk.dev/store": id}},
    spec: {automountServiceAccountToken: false, securityContext, containers: [container("main"), container("side")]},
  }))
  const statuses = await waitFor("the containers of the pod", async () => {
    const {status} = JSON.parse(await kubectl(["get", "pod", "guest", "-n", namespace, "-o", "json"]))
    return status.phase === "Running" && status.containerStatuses?.length === 2 ? status.containerStatuses : null
  })
  const restarted = {status: {containerStatuses: statuses.map((one) => ({...one, restartCount: 1}))}}
  await kubectl(["patch", "pod", "guest", "-n", namespace, "--subresource=status", "--type=merge", "-p", JSON.stringify(restarted)])
}

export async function a_pod_a_container_and_its_life_before_are_chosen_and_saved_by_keyboard_alone(browser) {
  const store = await makeStore("Logged by key")
  await waitPhase(store.id, "Ready")
  await addPod(store)
  await browser.visit(`/stores/${store.id}?tab=logs`, async (page) => {
    const asked = []
    page.on("request", (request) => {
      const {pathname, searchParams} = new URL(request.url())
      if (pathname.endsWith("/logs")) asked.push(Object.fromEntries(searchParams))
    })
    const sorted = (query) => JSON.stringify(Object.entries(query ?? {}).sort())
    const isAsked = (wanted) => waitFor(`the question for ${JSON.stringify(wanted)}`, () => sorted(asked.at(-1)) === sorted(wanted))
    await page.getByRole("option", {name: "guest"}).waitFor({state: "attached"})
    await tabTo(page, /^Pod$/)
    await together(page, ..."gue")
    await page.waitForURL(/pod=guest/)
    await tabTo(page, /^Container$/)
    await together(page, ..."sid")
    await page.waitForURL(/container=side/)
    await isAsked({pod: "guest", container: "side", follow: "true", tail: "10000"})
    const line = page.getByRole("log", {name: "Log lines"}).getByText("hello from a pod of the fast box")
    await line.waitFor()
    await tabTo(page, "Before the restart")
    await page.keyboard.press("Space")
    await page.waitForURL(/previous=true/)
    await isAsked({pod: "guest", container: "side", previous: "true", tail: "10000"})
    await line.waitFor()
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, /^Download$/)])
    const saved = readFileSync(await download.path(), "utf8")
    expect(download.suggestedFilename() === `${store.slug}.log` && saved === "guest/side hello from a pod of the fast box", `${download.suggestedFilename()}: ${saved}`)
  })
}

export async function news_of_elsewhere_is_dismissed_by_keyboard_alone(browser) {
  await browser.visit("/engines", async (page) => {
    await heading(page, "Engines").waitFor()
    const news = page.getByRole("log", {name: "News"}).getByRole("listitem")
    const failed = ["Fails far away", "Fails further away"]
    await Promise.all(failed.map((name) => makeStore(name, "bad-setup")))
    for (const name of failed) await news.filter({hasText: name}).waitFor({timeout: 60_000})
    // The last stop of the page is the one before the news.
    const place = await page.getByRole("main").getByRole("group").last().getAttribute("aria-label")
    await tabTo(page, place)
    await tabTo(page, /^Dismiss$/)
    await waitFor("the end of all news, one by one", async () => {
      if (await news.count() === 0) return true
      await focusIs(page, /^Dismiss$/)
      await page.keyboard.press("Enter")
      return false
    })
    await focusIs(page, place)
  })
}
